"""Keeping the catalogue: levels, owners, and promises that can be measured."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from tests.cast import Cast
from zhuoyue.catalogue import actions
from zhuoyue.catalogue.models import Emotion, Service, ServiceStandard, Touchpoint
from zhuoyue.catalogue.tests.makers import service, service_standard, touchpoint
from zhuoyue.kit.models import AuditEntry


def refused(make: Callable[..., Any], *args: Any, **more: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        make(*args, **more)
    return " ".join(caught.value.messages)


def test_two_services_cannot_share_a_code_until_one_is_withdrawn(cast: Cast) -> None:
    first = service(cast)
    with translation.override("en"):
        assert "This code is taken." in refused(service, cast)
    actions.service.withdraw(cast.actor(), first, reason="合并")
    assert service(cast).pk != first.pk


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"touchpoint": None}, "Choose the service or the touchpoint"),
        ({"target": 0}, "must lie above 0"),
        ({"target": -4}, "must lie above 0"),
        ({"kind": "quality", "unit": "percent", "target": 101, "clock_from": "", "clock_to": ""},
         "at 100 or below"),
        ({"unit": "percent"}, "A time is counted in hours"),
        ({"clock_to": ""}, "A time is counted in hours"),
        ({"clock_from": "closed", "clock_to": "opened"}, "A time is counted in hours"),
        ({"clock_from": "opened", "clock_to": "opened"}, "A time is counted in hours"),
        ({"kind": "quality"}, "A time is counted in hours"),
    ],
)  # fmt: skip
def test_a_service_standard_that_could_not_be_measured_is_refused(
    cast: Cast, wrong: dict[str, Any], said: str
) -> None:
    where = touchpoint(cast)
    with translation.override("en"):
        assert said in refused(service_standard, cast, **({"touchpoint": where} | wrong))
    assert service_standard(cast, touchpoint=where).touchpoint == where


def test_a_service_standard_says_its_promise_and_judges_a_value(cast: Cast) -> None:
    timed = service_standard(cast)
    quality = service_standard(
        cast, "right-first", service=service(cast), kind="quality", unit="percent",
        target=95, direction="at_least", clock_from="", clock_to="",
    )  # fmt: skip
    with translation.override("en"):
        assert timed.promise == "at most 4 hours"
    with translation.override("zh-hans"):
        assert timed.promise == "不超过 4 小时"
        assert quality.promise == "不低于 95 %"
    assert [timed.is_kept_by(hours) for hours in (3.9, 4.0, 4.1)] == [True, True, False]
    assert [quality.is_kept_by(share) for share in (94.9, 95.0, 96.0)] == [False, True, True]


def test_nobody_can_intend_an_unpleasant_emotion(cast: Cast) -> None:
    with translation.override("en"):
        said = refused(touchpoint, cast, "bad", intended_emotion=Emotion.ANGRY)
    assert said == "Nobody intends an unpleasant emotion."
    assert touchpoint(cast, "good", intended_emotion=Emotion.CALM).intended_emotion == "calm"
    assert touchpoint(cast, "open", intended_emotion="").intended_emotion == ""


def test_only_the_digital_channel_counts_as_digital(cast: Cast) -> None:
    channels = {c: touchpoint(cast, f"by-{c}", channel=c) for c in Touchpoint.Channel.values}
    assert [c for c, made in channels.items() if made.is_digital] == ["digital"]


def test_loading_the_usual_catalogue_twice_adds_nothing_and_restores_nothing(cast: Cast) -> None:
    own = service(cast, "consulting", title_zh="我们自己的咨询")
    first = actions.seed_catalogue(cast.actor())
    assert (first.services, first.touchpoints) == (32, 46)
    gone = Touchpoint.objects.get(tenant=cast.tenant, code="fair")
    actions.touchpoint.withdraw(cast.actor(), gone, reason="不参展")
    second = actions.seed_catalogue(cast.actor())
    assert (second.services, second.touchpoints) == (0, 0)
    assert not Touchpoint.objects.standing().filter(code="fair").exists()
    own.refresh_from_db()
    assert own.title_zh == "我们自己的咨询"
    entry = AuditEntry.objects.filter(action="catalogue.seed").earliest("sequence")
    assert entry.changes == {"services": 32, "touchpoints": 46}


def test_every_seeded_row_passes_the_checks_of_its_noun(cast: Cast) -> None:
    actions.seed_catalogue(cast.actor())
    planted: list[Any] = [*Service.objects.all(), *Touchpoint.objects.all()]
    for row in planted:
        row.full_clean(exclude=["created_by"])
        assert row.title_zh and row.title_en
    assert Touchpoint.objects.filter(internal_line=True).count() == 2


def test_a_promise_is_added_from_the_page_of_the_touchpoint(cast: Cast) -> None:
    where = touchpoint(cast)
    client = cast.client("service_manager")
    url = f"{reverse('catalogue:service-standard-create')}?touchpoint={where.pk}"
    assert url in client.get(reverse("catalogue:touchpoint-detail", args=[where.pk])).text
    form = client.get(url).context["form"]
    assert form["touchpoint"].value() == str(where.pk)
    answer = client.post(
        url,
        {
            "code": "answer-1d", "title_zh": "一个工作日内答复", "kind": "response",
            "touchpoint": where.pk, "direction": "at_most", "target": "1",
            "unit": "working_days", "clock_from": "opened", "clock_to": "responded",
        },
    )  # fmt: skip
    made = ServiceStandard.objects.get(code="answer-1d")
    assert answer.headers["Location"] == reverse(
        "catalogue:service-standard-detail", args=[made.pk]
    )
    page = client.get(reverse("catalogue:touchpoint-detail", args=[where.pk])).text
    assert "不超过 1 个工作日" in page


def test_an_empty_catalogue_offers_the_usual_one_to_those_who_may_load_it(cast: Cast) -> None:
    url = reverse("catalogue:service-list")
    offer = reverse("catalogue:seed")
    assert offer in cast.client("director").get(url).text
    assert offer not in cast.client("engineer").get(url).text
    cast.client("director").post(offer)
    assert offer not in cast.client("director").get(url).text
