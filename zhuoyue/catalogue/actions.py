"""Writes of the catalogue."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy

from zhuoyue.catalogue.access import EDIT_CATALOGUE
from zhuoyue.catalogue.models import Service, ServiceStandard, Touchpoint
from zhuoyue.kit.actions import Work, action
from zhuoyue.kit.records import RecordActions
from zhuoyue.kit.seeds import plant

service = RecordActions(Service, permission=EDIT_CATALOGUE)
touchpoint = RecordActions(Touchpoint, permission=EDIT_CATALOGUE)
service_standard = RecordActions(ServiceStandard, permission=EDIT_CATALOGUE)

SEED = Path(__file__).parent / "data" / "seed.yaml"


@dataclass(frozen=True)
class Seeded:
    """How many rows a seed has added."""

    services: int
    touchpoints: int


@action(
    "catalogue.seed",
    permission=EDIT_CATALOGUE,
    sentence=gettext_lazy("%(actor)s loaded the usual services and touchpoints"),
)
def seed_catalogue(work: Work, /) -> Seeded:
    """Begin with what technology centres usually have; a second time adds only what is missing."""
    made = Seeded(
        services=plant(work, Service, SEED, "services"),
        touchpoints=plant(work, Touchpoint, SEED, "touchpoints"),
    )
    work.note(services=made.services, touchpoints=made.touchpoints)
    return made
