"""Writes of measurement."""

from zhuoyue.kit.records import RecordActions
from zhuoyue.measurement.access import SET_TARGETS
from zhuoyue.measurement.models import Target

target = RecordActions(Target, permission=SET_TARGETS)
