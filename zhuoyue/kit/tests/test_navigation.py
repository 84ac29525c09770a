"""The side bar shows what the actor may open, and nothing else."""

from tests.cast import Cast
from zhuoyue.kit.navigation import nearest


def test_an_administrator_finds_every_room(cast: Cast) -> None:
    page = cast.client("administrator").get("/").content.decode()
    for address in ("/people/people/", "/people/accounts/", "/surveys/waves/", "/audit/"):
        assert f'href="{address}"' in page


def test_an_engineer_does_not_see_accounts_or_the_audit_log(cast: Cast) -> None:
    page = cast.client("engineer").get("/").content.decode()
    assert 'href="/people/people/"' in page
    assert 'href="/people/accounts/"' not in page
    assert 'href="/audit/"' not in page


def test_the_side_bar_marks_one_entry_and_the_start_page_only_on_itself() -> None:
    entries = ["/", "/people/people/", "/standard/", "/standard/measures/"]
    assert nearest("/", entries) == "/"
    assert nearest("/people/people/7/", entries) == "/people/people/"
    assert nearest("/standard/measures/", entries) == "/standard/measures/"
    assert nearest("/standard/clauses/5.1/", entries) == "/standard/"
    assert nearest("/password/", entries) == ""
