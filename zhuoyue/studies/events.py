"""What studies announce."""

from dataclasses import dataclass

from zhuoyue.kit.events import Event


@dataclass(frozen=True)
class StudyDone(Event):
    study_id: int
