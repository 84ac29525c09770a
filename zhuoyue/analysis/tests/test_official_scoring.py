"""Official scoring: the grades of the evaluation of 2021, and each rule by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.analysis import AnalysisError
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.weighing.official import Item, Kind, Scheme, grade, official_scoring
from zhuoyue.analysis.weighing.official_table import parse_scheme

TOTAL = Item("total", Kind.BONUS, 100.0)
STAFF = Scheme((TOTAL,), floors=frozen({"staff": 150.0}))
PIECEWISE = Item("index", Kind.LINEAR, 8.0, basic=8.0, full=60.0)


@pytest.mark.parametrize(
    ("total", "floors_ok", "submitted", "expected"),
    [
        (90, True, True, "优秀"), (89.99, True, True, "良好"), (65, True, True, "良好"),
        (64.99, True, True, "基本合格"), (60, True, True, "基本合格"),
        (59.99, True, True, "不合格"), (95, False, True, "不合格"), (95, True, False, "不合格"),
    ],
)  # fmt: skip
def test_grades_of_totals(total: float, floors_ok: bool, submitted: bool, expected: str) -> None:
    assert grade(STAFF, total, floors_ok=floors_ok, submitted=submitted) == expected


def test_a_missed_floor_fails_whatever_the_total() -> None:
    found = official_scoring(
        STAFF,
        {"a": {"total": 95, "staff": 149}, "b": {"total": 95, "staff": 150}, "c": {"total": 95}},
        not_submitted=["b"],
    )
    assert [each.grade for each in found.centres.values()] == ["不合格"] * 3
    assert found.centres["a"].floors_missed == ("staff",)
    assert found.centres["b"].floors_missed == ()
    assert found.centres["c"].floors_missed == ("staff",)


def test_the_list_of_2021_is_counted_by_grade() -> None:
    scores = [92.0] * 72 + [70.0] * 1459 + [62.0] * 85 + [50.0] * 128
    found = official_scoring(
        Scheme((TOTAL,)), {str(k): {"total": each} for k, each in enumerate(scores)}
    )
    assert found.by_grade == {"优秀": 72, "良好": 1459, "基本合格": 85, "不合格": 128}
    assert found.n == 1744


@pytest.mark.parametrize(("value", "points"), [(7.99, 0), (8, 4.8), (34, 6.4), (60, 8), (90, 8)])
def test_a_linear_item_between_basic_and_full(value: float, points: float) -> None:
    found = official_scoring(Scheme((PIECEWISE,)), {"a": {"index": value}})
    assert found.centres["a"].total == pytest.approx(points)


def test_coefficients_of_industries_change_what_is_counted() -> None:
    item = Item("intensity", Kind.LINEAR, 10.0, basic=1.0, full=6.0, by_industry=True)
    scheme = Scheme((item,), industries=frozen({"chemical": 1.2, "electronics": 0.6}))
    found = official_scoring(
        scheme,
        {"a": {"intensity": 3.0}, "b": {"intensity": "5"}},
        industries={"a": "chemical", "b": "electronics"},
    )
    used = [each.points[0].used for each in found.centres.values()]
    assert used == pytest.approx([3.6, 3.0])


def test_tiers_judgements_bonus_and_penalty() -> None:
    scheme = Scheme(
        (
            Item("patents", Kind.TIERED, 10.0, steps=((1.0, 4.0), (5.0, 7.0), (10.0, 10.0))),
            Item("plan", Kind.QUALITATIVE, 10.0, shares=frozen({"strong": 1.0, "weak": 0.2})),
            Item("awards", Kind.BONUS, 5.0, per_unit=2.0),
            Item("late", Kind.PENALTY, 5.0, per_unit=1.5),
            Item("days", Kind.LINEAR, 10.0, basic=30.0, full=10.0, base_share=0.5),
        )
    )
    found = official_scoring(
        scheme,
        {"a": {"patents": 9, "plan": "weak", "awards": 4, "late": 2, "days": 20}, "b": {}},
    )
    points = {each.item: each.points for each in found.centres["a"].points}
    assert points == {"patents": 7, "plan": 2, "awards": 5, "late": -3, "days": 7.5}
    assert found.centres["b"].total == 0
    assert [each.code for each in found.cautions] == ["scoring_gaps"]


def test_an_item_may_have_coefficients_and_bands_of_its_own() -> None:
    """Coefficients of 2007 (steel .. 1.4, others none); staff shares of Beijing's table."""
    scheme = Scheme(
        (
            Item(
                "new sales", Kind.LINEAR, 10.0, basic=10.0, full=30.0,
                coefficients=frozen({"steel": 1.4, "electronics": 0.4, "other": None}),
            ),
            Item(
                "staff", Kind.LINEAR, 9.0, basic=2.0, full=10.0,
                bands=frozen({"electronics": (30.0, 60.0), "steel": (1.0, 5.0)}),
            ),
        )
    )  # fmt: skip
    values = {"new sales": 20.0, "staff": 6.0}
    industries = {"a": "steel", "b": "electronics", "c": "other"}
    found = official_scoring(scheme, dict.fromkeys("abc", values), industries=industries)
    points = [[one.points for one in each.points] for each in found.centres.values()]
    assert points == [pytest.approx(each) for each in ([9.6, 9], [0, 0], [6, 7.2])]
    assert found.centres["a"].points[0].used == pytest.approx(28)
    assert found.cautions == ()


def test_penalties_in_steps_and_a_cap_on_all_bonus() -> None:
    """Ningbo's rule: a year of loss takes 5, two take 20."""
    scheme = Scheme(
        (
            Item("awards", Kind.BONUS, 5.0, per_unit=2.0),
            Item("status", Kind.BONUS, 3.0, shares=frozen({"yes": 1.0, "no": 0.0})),
            Item("losses", Kind.PENALTY, 20.0, steps=((1.0, 5.0), (2.0, 20.0))),
        ),
        bonus_cap=6.0,
    )
    found = official_scoring(
        scheme,
        {
            "a": {"awards": 2, "status": "yes", "losses": 0},
            "b": {"awards": 9, "status": "no", "losses": 1},
            "c": {"awards": 0, "status": "yes", "losses": 2},
        },
    )
    assert [each.total for each in found.centres.values()] == [6, 0, -17]
    assert [each.over_cap for each in found.centres.values()] == [1, 0, 0]
    told = found.to_dict()["parameters"]
    assert told["items"][2]["steps"] == [[1, 5], [2, 20]]
    assert told["bonus_cap"] == 6


@given(st.floats(0, 100), st.floats(0, 100), st.floats(0, 1))
def test_more_is_never_worse_and_never_above_the_weight(
    one: float, other: float, share: float
) -> None:
    item = Item("x", Kind.LINEAR, 8.0, basic=8.0, full=60.0, base_share=share)
    low, high = sorted((one, other))
    found = official_scoring(Scheme((item,)), {"low": {"x": low}, "high": {"x": high}})
    totals = [each.total for each in found.centres.values()]
    assert 0 <= totals[0] <= totals[1] <= 8 + 1e-12


def test_incomplete_tables_and_odd_cells_are_refused() -> None:
    def code(call: object) -> str:
        assert callable(call)
        with pytest.raises(AnalysisError) as refused:
            call()
        return str(refused.value.code)

    assert code(lambda: Item("x", Kind.LINEAR, 8.0)) == "scoring_item"
    assert (
        code(lambda: Item("x", Kind.TIERED, 8.0, steps=((5.0, 1.0), (1.0, 2.0)))) == "scoring_item"
    )
    assert code(lambda: Item("x", Kind.TIERED, 8.0, steps=((5.0, 9.0),))) == "scoring_item"
    assert code(lambda: Item("x", Kind.QUALITATIVE, 8.0)) == "scoring_item"
    assert code(lambda: Item("x", Kind.LINEAR, 8.0, basic=float("nan"), full=1.0)) == "scoring_item"
    assert code(lambda: Scheme((TOTAL,), bonus_cap=-1.0)) == "scoring_bonus_cap"
    alone = Item("x", Kind.LINEAR, 8.0, bands=frozen({"steel": (1.0, 2.0)}))
    assert code(lambda: official_scoring(Scheme((alone,)), {"c": {"x": 1.0}})) == "scoring_industry"
    assert code(lambda: Scheme((TOTAL, TOTAL))) == "scoring_items"
    assert code(lambda: Scheme((TOTAL,), grades=((60.0, "a"), (90.0, "b")))) == "scoring_grades"
    scheme = Scheme((PIECEWISE,), industries=frozen({"a": 1.0}))
    assert code(lambda: official_scoring(scheme, {})) == "scoring_nobody"
    assert code(lambda: official_scoring(scheme, {"c": {"index": "many"}})) == "scoring_number"
    assert (
        code(lambda: official_scoring(scheme, {"c": {}}, industries={"c": "z"}))
        == "scoring_industry"
    )


NATIONAL_2007 = """
items:
  spend: {kind: linear, weight: 10, basic: 3.6, full: 6,
          coefficients: {化工: 1.2, 电子: 0.6, 其他: 3.0}}
  new_products: {kind: linear, weight: 10, basic: 20, full: 40,
                 coefficients: {化工: 1.0, 电子: 0.4, 其他: null}}
"""


@pytest.mark.usefixtures("with_yaml")
def test_each_item_has_its_own_coefficients_as_in_2007() -> None:
    """National coefficients of 2007: chemistry 1.2 and 1.0; others 3.0, and 60 % of the marks."""
    found = official_scoring(
        parse_scheme(NATIONAL_2007, "2007.yaml"),
        {name: {"spend": 3.0, "new_products": 30.0} for name in ("a", "b", "c")},
        industries={"a": "化工", "b": "电子", "c": "其他"},
    )
    points = {name: [p.points for p in each.points] for name, each in found.centres.items()}
    # 3 x 1.2 = 3.6 just reaches the basic value, though in binary it is a little less
    assert points["a"] == pytest.approx([6.0, 8.0])
    assert points["b"] == [0.0, 0.0]
    assert points["c"] == pytest.approx([10.0, 6.0])
    assert found.centres["c"].points[1].coefficient is None
    assert found.cautions == ()


def test_limits_differ_by_industry_as_in_beijing() -> None:
    """Share of R&D staff, weight 9: industry 2 to 10 %, software 30 to 60 %, building 1 to 5 %."""
    bands = frozen({"software": (30.0, 60.0), "building": (1.0, 5.0)})
    scheme = Scheme((Item("staff", Kind.LINEAR, 9.0, basic=2.0, full=10.0, bands=bands),))
    found = official_scoring(
        scheme,
        {"a": {"staff": 30}, "b": {"staff": 29}, "c": {"staff": 3}, "d": {"staff": 6}},
        industries={"a": "software", "b": "software", "c": "building"},
    )
    totals = [each.total for each in found.centres.values()]
    assert totals == pytest.approx([5.4, 0, 7.2, 7.2])
    told = [(each.points[0].reached, each.points[0].following) for each in found.centres.values()]
    assert told == [(30, 60), (None, 30), (1, 5), (2, 10)]


@given(
    st.lists(st.tuples(st.integers(0, 99), st.integers(0, 10)), min_size=1, max_size=5),
    st.floats(-10, 200),
    st.floats(-10, 200),
    st.sampled_from([Kind.TIERED, Kind.BONUS, Kind.PENALTY]),
)
def test_steps_never_turn_back_and_never_pass_the_weight(
    steps: list[tuple[int, int]], one: float, other: float, kind: Kind
) -> None:
    rising = tuple((float(start), float(points)) for start, points in sorted(dict(steps).items()))
    low, high = sorted((one, other))
    scheme = Scheme((Item("x", kind, 10.0, steps=rising),))
    found = official_scoring(scheme, {"low": {"x": low}, "high": {"x": high}})
    totals = [abs(each.total) for each in found.centres.values()]
    assert 0 <= totals[0] <= totals[1] <= 10


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("file_unreadable", "[1, 2"),
        ("scoring_scheme", "3"),
        ("scoring_scheme", "items: [1]"),
        ("scoring_scheme", "items: {x: {weight: 1, colour: red}}"),
        ("scoring_scheme", "items: {x: {kind: odd, weight: 1}}"),
        ("scoring_scheme", "items: {x: {basic: 1, full: 2}}"),
        ("scoring_scheme", "items: {x: {weight: 1, basic: a, full: 2}}"),
        ("scoring_scheme", "items: {x: {weight: 1, kind: tiered, steps: [1, 2]}}"),
        ("scoring_scheme", "items: {x: {weight: 1, basic: 1, full: 2}}\nlimits: {a: 1}"),
        ("scoring_item", "items: {x: {weight: 1, bands: {a: [2, 2]}}}"),
        ("scoring_scheme", "items: {x: {weight: 1, basic: 1, full: .inf}}"),
        ("scoring_item", "items: {x: {weight: 1, basic: 1, full: 2, coefficients: {a: 0}}}"),
        ("scoring_coefficients", "items: {x: {weight: 1, basic: 1, full: 2, by_industry: true}}"),
    ],
)
@pytest.mark.usefixtures("with_yaml")
def test_a_table_that_is_not_understood_is_refused(code: str, text: str) -> None:
    with pytest.raises(AnalysisError) as refused:
        parse_scheme(text, "table.yaml")
    assert refused.value.code == code


@pytest.mark.usefixtures("with_yaml")
def test_a_centre_without_industry_or_a_stranger_is_refused() -> None:
    scheme = parse_scheme(NATIONAL_2007, "2007.yaml")
    for code, more in [
        ("scoring_industry", {}),
        ("scoring_industry", {"industries": {"a": "航空"}}),
        ("scoring_centre", {"industries": {"a": "化工", "b": "化工"}}),
        ("scoring_centre", {"industries": {"a": "化工"}, "not_submitted": ["b"]}),
    ]:
        with pytest.raises(AnalysisError) as refused:
            official_scoring(scheme, {"a": {"spend": 1.0}}, **more)  # type: ignore[arg-type]  # mixed
        assert refused.value.code == code
