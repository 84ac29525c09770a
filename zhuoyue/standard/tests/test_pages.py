"""Reading the library: marks of the print, filters, both languages, and live records."""

import re

from tests.cast import Cast
from zhuoyue.catalogue.tests.makers import service
from zhuoyue.studies.tests.makers import done


def read(cast: Cast, address: str, role: str = "engineer") -> str:
    return cast.client(role).get(f"/standard/{address}").text


def test_a_clause_page_shows_rows_and_the_live_records_that_bear_on_it(cast: Cast) -> None:
    study = done(cast)
    page = read(cast, "clauses/5.4/", "analyst")
    assert "先定规则再评价" in page
    assert f'href="/studies/studies/{study.pk}/"' in page


def test_records_are_told_only_to_those_whose_role_may_see_them(cast: Cast) -> None:
    made = service(cast, title_zh="热处理试验")
    link = f'href="/catalogue/services/{made.pk}/"'
    assert link in read(cast, "clauses/3.2/")
    recipients = read(cast, "clauses/3.2/", "recipient")
    assert link not in recipients
    assert "热处理试验" not in recipients
    assert "热处理试验" not in read(cast, "clauses/3.2/", "stranger")


def test_a_clause_without_records_says_whether_any_could_come(cast: Cast) -> None:
    assert "还没有与此相关的记录" in read(cast, "clauses/3.2/")
    assert "还没有为这一部分汇集记录" in read(cast, "clauses/3.1/")


def test_the_way_on_leads_from_the_first_clause_to_the_last(cast: Cast) -> None:
    def neighbours(id: str) -> list[str]:
        return re.findall(r'clauses/([\d.]+)/" rel="(?:prev|next)"', read(cast, f"clauses/{id}/"))

    assert neighbours("1") == ["2"]
    assert neighbours("6.1.1") == ["6.1", "6.1.2"]
    assert neighbours("6.4.2") == ["6.4.1"]


def test_what_the_print_lacks_is_said_where_it_matters(cast: Cast) -> None:
    assert "印本此处列出八个部门" in read(cast, "clauses/4.4/")
    assert "误排入一个 b 项" in read(cast, "concepts/C2b/")
    assert "印本说明" not in read(cast, "concepts/C2a/")


def test_printed_and_reconstructed_practices_are_told_apart(cast: Cast) -> None:
    everything = read(cast, "practices/")
    assert everything.count("补拟，印本未载") >= 60
    printed = read(cast, "practices/?origin=printed")
    assert "补拟，印本未载" not in printed
    assert 'id="practice-L2a-6"' in printed
    of_one = read(cast, "practices/?element=X2")
    assert 'id="practice-X2b-r1"' in of_one
    assert 'id="practice-L1-1"' not in of_one


def measures_on(page: str) -> set[int]:
    return {int(number) for number in re.findall(r'id="measure-(\d+)"', page)}


def test_measures_are_narrowed_by_class_level_and_element(cast: Cast) -> None:
    assert len(measures_on(read(cast, "measures/"))) == 58
    outcomes = measures_on(read(cast, "measures/?class=outcome"))
    assert {17, 53, 57} <= outcomes
    assert 29 not in outcomes
    assert measures_on(read(cast, "measures/?class=input&element=L2")) == {6, 11}
    assert measures_on(read(cast, "measures/?level=operational&element=O1")) == {42}
    assert "没有符合筛选条件的指标" in read(cast, "measures/?class=nonsense")


def test_the_other_language_stands_beside(cast: Cast) -> None:
    client = cast.client("engineer")
    chinese = client.get("/standard/clauses/5.4/").text
    assert "<summary>English</summary>" in chinese
    assert "Evaluating and improving" in chinese
    client.cookies["django_language"] = "en"
    english = client.get("/standard/clauses/5.4/").text
    assert "<summary>中文</summary>" in english
    assert "评价与改进" in english


def test_an_unknown_clause_or_concept_is_not_found(cast: Cast) -> None:
    client = cast.client("engineer")
    assert client.get("/standard/clauses/9.9/").status_code == 404
    assert client.get("/standard/concepts/Z9z/").status_code == 404


def test_measures_that_are_computed_lead_to_their_figures(cast: Cast) -> None:
    page = read(cast, "measures/")
    assert 'href="/measurement/measures/49/"' in page
    assert 'href="/measurement/measures/49/"' not in read(cast, "measures/", "recipient")
