"""What delivery announces."""

from dataclasses import dataclass

from zhuoyue.kit.events import Event


@dataclass(frozen=True)
class CaseOpened(Event):
    case_id: int


@dataclass(frozen=True)
class CaseResolved(Event):
    case_id: int


@dataclass(frozen=True)
class CaseClosed(Event):
    case_id: int


@dataclass(frozen=True)
class CaseReopened(Event):
    case_id: int


@dataclass(frozen=True)
class ContactLogged(Event):
    contact_id: int
