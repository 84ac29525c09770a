"""A list shows and offers only what belongs to the reader's tenant."""

from django.urls import reverse

from tests.cast import Cast, make_centre
from zhuoyue.people import actions


def test_the_filter_of_a_list_offers_no_record_of_another_centre(cast: Cast) -> None:
    _tenant, elsewhere, _centre = make_centre("mudanjiang")
    actions.department.create(elsewhere, code="secret", title_zh="外人部门")
    page = cast.client().get(reverse("people:person-list")).content.decode()
    assert cast.department.title_zh in page
    assert "外人部门" not in page
