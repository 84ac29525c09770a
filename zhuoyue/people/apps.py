"""The people room."""

from zhuoyue.kit.apps import RoomConfig


class PeopleConfig(RoomConfig):
    name = "zhuoyue.people"
