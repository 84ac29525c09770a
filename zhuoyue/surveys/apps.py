"""The surveys room."""

from zhuoyue.kit.apps import RoomConfig


class SurveysConfig(RoomConfig):
    name = "zhuoyue.surveys"
