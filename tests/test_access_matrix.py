"""Every address × every role × own or foreign centre."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import Cast, Row
from tests.collect import matrix
from zhuoyue.people.models import Role

MATRIX = matrix()
FRAMEWORK = {"set_language"}


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            space = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from names(entry, space)
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}"


def ask(client: Client, cast: Cast, name: str, row: Row) -> Any:
    url = reverse(name, kwargs=row.kwargs(cast))
    return client.post(url, row.data) if row.method == "POST" else client.get(url, row.data)


def test_every_address_is_in_the_matrix() -> None:
    addresses = set(names(get_resolver())) - FRAMEWORK
    assert addresses - set(MATRIX) == set(), "add these addresses to a tests/makers.py"
    assert set(MATRIX) - addresses == set(), "these rows name no address"


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_each_role_gets_what_it_may_and_nothing_else(cast: Cast, name: str) -> None:
    row = MATRIX[name]
    for role in Role.values:
        status = ask(cast.client(role), cast, name, row).status_code
        if role in row.hidden_from:
            assert status == 404, f"{role} at {name}: {status}, must be 404"
        elif role in row.allowed or row.public:
            assert status not in {401, 403, 404, 405} and status < 500, (
                f"{role} at {name}: {status}"
            )
        else:
            assert status == 403, f"{role} at {name}: {status}, must be 403"


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_people_of_another_centre_find_nothing(cast: Cast, name: str) -> None:
    row = MATRIX[name]
    if row.public or row.shared or not row.kwargs(cast):
        pytest.skip("not a record of a centre")  # the address itself belongs to everyone
    assert ask(cast.client("stranger"), cast, name, row).status_code == 404


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_people_who_have_not_signed_in_are_led_to_the_door(cast: Cast, name: str) -> None:
    row = MATRIX[name]
    response = ask(cast.client(None), cast, name, row)
    if row.public:
        assert not response.headers.get("Location", "").startswith("/sign-in/?next=")
    else:
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/sign-in/?next=")
