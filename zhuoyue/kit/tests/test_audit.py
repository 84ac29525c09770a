"""The audit chain shows every kind of tampering, and names the first broken entry."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.cast import Cast
from zhuoyue.kit import audit
from zhuoyue.kit.models import AuditEntry, AuditHead
from zhuoyue.people import actions as people


@pytest.fixture
def chain(cast: Cast, settings: Any, tmp_path: Path) -> Cast:
    """A centre with a handful of entries, anchored."""
    settings.AUDIT_ANCHORS = tmp_path / "anchors.jsonl"
    for number in range(4):
        people.recipient.create(
            cast.actor(), code=f"R{number}", name=f"客户{number}", audience="external"
        )
    audit.anchor_all()
    return cast


def rows(cast: Cast) -> Any:
    return AuditEntry.objects.filter(tenant=cast.tenant)


def last(cast: Cast) -> int:
    return int(rows(cast).count())


def test_an_untouched_chain_holds(chain: Cast) -> None:
    assert audit.verify(chain.tenant) is None


def test_the_entry_says_old_and_new(chain: Cast) -> None:
    people.recipient.correct(chain.actor(), chain.recipient, segment="重点")
    assert rows(chain).latest("sequence").changes == {"segment": ["", "重点"]}


@pytest.mark.parametrize(
    "values",
    [{"actor": "别人"}, {"action": "people.person.withdraw"}, {"changes": {"name": ["a", "b"]}}],
)
def test_a_changed_entry_is_found(chain: Cast, values: dict[str, Any]) -> None:
    rows(chain).filter(sequence=3).update(**values)
    assert audit.verify(chain.tenant) == audit.Break("harbin", 3, "changed")


def test_a_deleted_entry_is_found(chain: Cast) -> None:
    rows(chain).filter(sequence=3)._raw_delete(using="default")
    assert audit.verify(chain.tenant) == audit.Break("harbin", 3, "missing")


def test_an_inserted_entry_is_found(chain: Cast) -> None:
    entry = rows(chain).get(sequence=2)
    entry.pk, entry.sequence = None, last(chain) + 1
    entry.save()
    assert audit.verify(chain.tenant) == audit.Break("harbin", entry.sequence, "changed")


def test_two_entries_that_changed_places_are_found(chain: Cast) -> None:
    for old, new in ((2, 9001), (3, 2), (9001, 3)):
        rows(chain).filter(sequence=old).update(sequence=new)
    broken = audit.verify(chain.tenant)
    assert broken is not None
    assert broken.sequence == 2


def test_an_end_cut_off_is_found_by_the_head(chain: Cast) -> None:
    end = last(chain)
    rows(chain).filter(sequence=end)._raw_delete(using="default")
    assert audit.verify(chain.tenant) == audit.Break("harbin", end, "truncated")


def test_an_end_cut_off_with_its_head_is_found_by_the_anchor(chain: Cast) -> None:
    end = last(chain)
    rows(chain).filter(sequence=end)._raw_delete(using="default")
    kept = rows(chain).latest("sequence")
    AuditHead.objects.filter(tenant=chain.tenant).update(sequence=kept.sequence, mac=kept.mac)
    assert audit.verify(chain.tenant) == audit.Break("harbin", end, "truncated")


def test_a_forged_anchor_is_found(chain: Cast, settings: Any) -> None:
    path = Path(settings.AUDIT_ANCHORS)
    lines = path.read_text().splitlines()  # of every centre, in the order the database likes
    line = next(line for line in lines if f'"{chain.tenant.code}"' in line)
    path.write_text(line.replace('"mac": "', '"mac": "0', 1) + "\n")
    broken = audit.verify(chain.tenant)
    assert broken is not None
    assert broken.reason == "anchor"


def test_a_chain_made_anew_in_place_of_another_is_found(chain: Cast) -> None:
    rows(chain)._raw_delete(using="default")
    AuditHead.objects.filter(tenant=chain.tenant).delete()
    people.recipient.correct(chain.actor(), chain.recipient, segment="重点")
    assert audit.verify(chain.tenant) == audit.Break("harbin", 1, "replaced")


def test_a_chain_that_was_given_another_name_is_found(chain: Cast, settings: Any) -> None:
    AuditHead.objects.filter(tenant=chain.tenant).update(chain="f" * 32)
    Path(settings.AUDIT_ANCHORS).unlink()
    assert audit.verify(chain.tenant) == audit.Break("harbin", 1, "reordered")


def test_what_a_restored_backup_lacks_is_owned_up_to(chain: Cast) -> None:
    end = last(chain)
    rows(chain).filter(sequence=end)._raw_delete(using="default")
    kept = rows(chain).latest("sequence")
    AuditHead.objects.filter(tenant=chain.tenant).update(sequence=kept.sequence, mac=kept.mac)
    assert audit.verify(chain.tenant) is not None
    audit.anchor_all(restored=True)
    assert audit.verify(chain.tenant) is None


def test_an_entry_can_be_neither_saved_again_nor_deleted(chain: Cast) -> None:
    entry = rows(chain).first()
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()


def test_a_refused_write_leaves_no_entry(chain: Cast) -> None:
    before = last(chain)
    with pytest.raises(Exception, match="people"):
        people.recipient.create(chain.actor("engineer"), code="X", name="无权", audience="external")
    assert last(chain) == before


def test_the_key_is_not_in_the_database(chain: Cast, settings: Any) -> None:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert all(settings.AUDIT_KEY not in str(row) for row in cursor.fetchall())
