"""Writes of schemes."""

from zhuoyue.schemes.actions.content import (
    card,
    design_element,
    journey_touchpoint,
    stage,
    trace_link,
)
from zhuoyue.schemes.actions.scheme import (
    copy_scheme,
    correct_scheme,
    create_scheme,
    withdraw_scheme,
)
from zhuoyue.schemes.actions.signing import answer_scheme, present_scheme, sign_scheme

__all__ = [
    "answer_scheme",
    "card",
    "copy_scheme",
    "correct_scheme",
    "create_scheme",
    "design_element",
    "journey_touchpoint",
    "present_scheme",
    "sign_scheme",
    "stage",
    "trace_link",
    "withdraw_scheme",
]
