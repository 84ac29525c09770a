"""What needs announce."""

from dataclasses import dataclass

from zhuoyue.kit.events import Event


@dataclass(frozen=True)
class RequestRaised(Event):
    request_id: int


@dataclass(frozen=True)
class NeedRecorded(Event):
    need_id: int
