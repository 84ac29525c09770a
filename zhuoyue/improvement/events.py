"""What improvement announces."""

from dataclasses import dataclass

from zhuoyue.kit.events import Event


@dataclass(frozen=True)
class ImprovementJudged(Event):
    improvement_id: int
    is_effective: bool
