"""What surveys announce."""

from dataclasses import dataclass

from zhuoyue.kit.events import Event


@dataclass(frozen=True)
class WaveImported(Event):
    wave_id: int
