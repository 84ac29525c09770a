"""The reports room."""

from zhuoyue.kit.apps import RoomConfig


class ReportsConfig(RoomConfig):
    name = "zhuoyue.reports"
