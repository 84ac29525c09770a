"""The needs room."""

from zhuoyue.kit.apps import RoomConfig


class NeedsConfig(RoomConfig):
    name = "zhuoyue.needs"
