"""Forms as people meet them."""

from django import forms

from tests.cast import Cast
from zhuoyue.kit.forms import ActorForm
from zhuoyue.people.models import Recipient


class Example(ActorForm):
    needed = forms.ModelChoiceField(Recipient.objects.none())
    optional = forms.ModelChoiceField(Recipient.objects.none(), required=False)
    named = forms.ModelChoiceField(Recipient.objects.none(), empty_label="全部")
    kind = forms.ChoiceField(choices=[("", "---------"), ("a", "甲")], required=False)
    one = forms.ChoiceField(choices=[("", "不清楚"), ("a", "甲")], widget=forms.RadioSelect)


def test_choosing_nothing_is_named_in_the_readers_language(cast: Cast) -> None:
    form = Example(actor=cast.actor())

    def first(name: str) -> str:
        return str(next(iter(form.fields[name].choices))[1])  # type: ignore[attr-defined]  # a choice

    assert [first(n) for n in ("needed", "optional", "named", "kind", "one")] == [
        "请选择",
        "—",
        "全部",
        "—",
        "不清楚",
    ]
