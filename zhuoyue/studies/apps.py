"""The studies room."""

from zhuoyue.kit.apps import RoomConfig


class StudiesConfig(RoomConfig):
    name = "zhuoyue.studies"
