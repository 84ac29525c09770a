"""A room announces itself by the drawers it has; they are opened when the house stands."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

DRAWERS = (
    "access", "actions", "events", "kinds", "reactions", "slots", "evidence",
    "measures", "imports", "jobs", "navigation", "waiting", "searching", "charts",
)  # fmt: skip


class RoomConfig(AppConfig):
    """A floor of the house: every room's apps.py names a subclass of it."""

    default_auto_field = "django.db.models.BigAutoField"
    default = False  # a room's apps.py imports this class too; Django must take the room's own

    def __init_subclass__(cls) -> None:
        cls.default = True

    def ready(self) -> None:
        for drawer in DRAWERS:
            module = f"{self.name}.{drawer}"
            if find_spec(module) is not None:
                import_module(module)


class KitConfig(RoomConfig):
    name = "zhuoyue.kit"
    label = "kit"

    def ready(self) -> None:
        super().ready()
        import_module("zhuoyue.kit.jobs.housekeeping")
