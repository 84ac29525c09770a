"""Measures 32, 33 and 37 follow from what was drafted, signed and returned."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from zhuoyue.kit import clock, registry
from zhuoyue.kit.registry import MeasureValue, Period
from zhuoyue.needs.tests.makers import need
from zhuoyue.schemes import actions
from zhuoyue.schemes.models import DesignElement
from zhuoyue.schemes.tests.makers import drafted, element, presented, sign, signed, touchpoint


def value(cast: Cast, number: int) -> MeasureValue:
    today = clock.today()
    period = Period(today - timedelta(days=30), today)
    return registry.measures()[number].compute(cast.actor(), period, {})


@pytest.mark.parametrize("number", [32, 33, 37])
def test_without_schemes_nothing_is_measured(cast: Cast, number: int) -> None:
    assert value(cast, number).n == 0


def test_one_of_two_presented_schemes_is_individual(cast: Cast) -> None:
    presented(cast)
    plain = drafted(cast)
    for part in DesignElement.objects.filter(scheme=plain):
        actions.design_element.correct(cast.actor(), part, is_individual=False)
    actions.present_scheme(cast.actor("service_manager"), plain, departments=[cast.department])
    drafted(cast)  # never presented: it does not count
    found = value(cast, 32)
    assert (found.numerator, found.denominator) == (1, 2)


def test_a_need_counts_as_traced_when_element_promise_and_measure_are_there(cast: Cast) -> None:
    scheme, wanted = drafted(cast), need(cast)
    need(cast)
    facts = {"need": wanted, "element": element(cast, scheme)}
    link = actions.trace_link.create(cast.actor(), scheme, **facts)
    assert value(cast, 33).numerator == 0
    point = touchpoint(cast, scheme)
    actions.trace_link.correct(cast.actor(), link, touchpoint=point, measure=29)
    found = value(cast, 33)
    assert (found.numerator, found.denominator) == (1, 2)
    actions.journey_touchpoint.correct(cast.actor(), point, promise="")
    assert value(cast, 33).numerator == 0


def test_what_was_returned_once_is_no_first_pass_and_what_lies_open_waits(cast: Cast) -> None:
    signed(cast)
    returned = presented(cast)
    sign(cast, returned, decision="returned", reason="缺少验收标准")
    sign(cast, returned)
    presented(cast)
    found = value(cast, 37)
    assert (found.numerator, found.denominator, found.excluded) == (1, 2, {"pending": 1})
