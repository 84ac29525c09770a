"""Running numbers."""

from tests.cast import Cast, make_centre
from zhuoyue.kit.actions import Work
from zhuoyue.kit.models import CounterSignature
from zhuoyue.kit.numbering import next_number


def test_numbers_begin_at_one_go_on_and_belong_to_a_tenant(cast: Cast) -> None:
    work = Work(cast.actor())
    assert next_number(work, CounterSignature, "target_id") == 1
    CounterSignature.objects.create(
        tenant=cast.tenant, kind="rooms.thing", target_id=4, content_hash="0", party="x",
        party_label="x", signed_by="x", decision="signed",
    )  # fmt: skip
    assert next_number(work, CounterSignature, "target_id") == 5
    _tenant, other, _centre = make_centre("daqing")
    assert next_number(Work(other), CounterSignature, "target_id") == 1
