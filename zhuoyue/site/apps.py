"""The site room."""

from zhuoyue.kit.apps import RoomConfig


class SiteConfig(RoomConfig):
    name = "zhuoyue.site"
    label = "site"
