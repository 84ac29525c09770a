"""The catalogue room."""

from zhuoyue.kit.apps import RoomConfig


class CatalogueConfig(RoomConfig):
    name = "zhuoyue.catalogue"
