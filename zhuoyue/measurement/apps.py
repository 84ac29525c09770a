"""The measurement room."""

from zhuoyue.kit.apps import RoomConfig


class MeasurementConfig(RoomConfig):
    name = "zhuoyue.measurement"
