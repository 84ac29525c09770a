"""The schemes room."""

from zhuoyue.kit.apps import RoomConfig


class SchemesConfig(RoomConfig):
    name = "zhuoyue.schemes"
