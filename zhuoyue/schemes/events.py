"""What schemes announce."""

from dataclasses import dataclass

from zhuoyue.kit.events import Event


@dataclass(frozen=True)
class SchemeSigned(Event):
    """All departments concerned have signed."""

    scheme_id: int
    version: int


@dataclass(frozen=True)
class SchemeAccepted(Event):
    """The recipient has accepted; this version is in force."""

    scheme_id: int
    version: int
