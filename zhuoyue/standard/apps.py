"""The standard room."""

from zhuoyue.kit.apps import RoomConfig


class StandardConfig(RoomConfig):
    name = "zhuoyue.standard"
