"""Every registered write leaves exactly one audit entry, and says it in both languages."""

import pytest
from django.utils import translation

from tests.cast import Cast
from tests.collect import action_makers
from zhuoyue.kit import audit
from zhuoyue.kit.actions import actions
from zhuoyue.kit.history import told
from zhuoyue.kit.models import AuditEntry

MAKERS = action_makers()


def test_every_action_has_a_maker() -> None:
    assert set(actions()) - set(MAKERS) == set(), "add these actions to a tests/makers.py"
    assert set(MAKERS) - set(actions()) == set(), "these makers name no action"


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_an_action_leaves_exactly_one_audit_entry(cast: Cast, name: str) -> None:
    before = MAKERS[name](cast)  # prepares, and gives back the one call to be watched
    known = set(AuditEntry.objects.values_list("pk", flat=True))
    before()
    entries = AuditEntry.objects.exclude(pk__in=known)
    own = [entry for entry in entries if entry.action == name]
    assert len(own) == 1, [entry.action for entry in entries]
    assert [audit.verify(entry.tenant) for entry in own] == [None]


@pytest.mark.parametrize("name", sorted(actions()))
def test_an_action_is_told_in_both_languages(name: str) -> None:
    entry = AuditEntry(action=name, actor="王工", target="一号", changes={})
    with translation.override("en"):
        english = told(entry).sentence
    with translation.override("zh-hans"):
        chinese = told(entry).sentence
    assert english != chinese, f"{name} has no Chinese sentence"
    assert "王工" in chinese
