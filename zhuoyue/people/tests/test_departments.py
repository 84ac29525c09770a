"""A new centre begins with the departments the guide names."""

from django.urls import reverse

from tests.cast import Cast, make_centre
from zhuoyue.people import actions
from zhuoyue.people.models import Department


def test_a_centre_without_departments_loads_the_ten_at_one_press(cast: Cast) -> None:
    actions.department.withdraw(cast.actor(), cast.department, reason="重来")
    tenant, elsewhere, _centre = make_centre("mudanjiang")
    assert actions.seed_departments(elsewhere) == 10
    codes = Department.objects.filter(tenant=tenant).values_list("code", flat=True)
    assert sorted(codes) == sorted(
        ["rd", "ip", "std", "hr", "assets", "finance", "tax", "legal", "qa", "ehs"]
    )
    assert actions.seed_departments(elsewhere) == 0


def test_a_centre_that_has_departments_is_not_offered_them(cast: Cast) -> None:
    offer = reverse("people:department-seed")
    page = reverse("people:department-list")
    assert offer not in cast.client("director").get(page).text
    Department.objects.filter(tenant=cast.tenant).update(code="other")
    assert actions.seed_departments(cast.actor()) == 10


def test_an_empty_list_of_departments_shows_the_button(cast: Cast) -> None:
    offer, page = reverse("people:department-seed"), reverse("people:department-list")
    stranger = cast.client("stranger")  # the administrator of a centre that has none yet
    assert offer in stranger.get(page).text
    stranger.post(offer)
    assert "技术研发管理部" in stranger.get(page).text
    assert offer not in stranger.get(page).text
