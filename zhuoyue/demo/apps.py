"""The demo room."""

from zhuoyue.kit.apps import RoomConfig


class DemoConfig(RoomConfig):
    name = "zhuoyue.demo"
