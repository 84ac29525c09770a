"""The delivery room."""

from zhuoyue.kit.apps import RoomConfig


class DeliveryConfig(RoomConfig):
    name = "zhuoyue.delivery"
