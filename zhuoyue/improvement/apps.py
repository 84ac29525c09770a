"""The improvement room."""

from zhuoyue.kit.apps import RoomConfig


class ImprovementConfig(RoomConfig):
    name = "zhuoyue.improvement"
