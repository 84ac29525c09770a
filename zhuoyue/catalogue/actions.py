"""Writes of the catalogue."""

from zhuoyue.catalogue.access import EDIT_CATALOGUE
from zhuoyue.catalogue.models import Service, ServiceStandard, Touchpoint
from zhuoyue.kit.records import RecordActions

service = RecordActions(Service, permission=EDIT_CATALOGUE)
touchpoint = RecordActions(Touchpoint, permission=EDIT_CATALOGUE)
service_standard = RecordActions(ServiceStandard, permission=EDIT_CATALOGUE)
