"""Models written as text: both ways say the same, and errors name the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhuoyue.analysis import (
    AnalysisError,
    HigherOrder,
    HigherOrderMethod,
    Interaction,
    InteractionMethod,
    Mode,
    Model,
    parse_model,
    read_model,
)

FORMULAS = """
# the service chain
Quality =~ q1 + q2 +
           q3          ! continued
Price <~ p1
       + "p 2"
Loyalty =~ 忠诚1 + 忠诚2; Loyalty ~ Quality + Price
Quality ~ Price
"""

YAML = """
constructs:
  Quality: [q1, q2, q3]
  Price: {items: [p1, p 2], mode: formative}
  Loyalty: [忠诚1, 忠诚2]
paths:
"""
PATHS = [
    "  - [Quality, Loyalty]\n  - [Price, Loyalty]\n  - [Price, Quality]\n",
    "  - Quality -> Loyalty\n  - Price -> Loyalty\n  - Price -> Quality\n",
    "  Quality: [Loyalty]\n  Price: [Loyalty, Quality]\n",
    "  Quality: Loyalty\n  Price: [Loyalty, Quality]\n",
]


@pytest.fixture
def expected() -> Model:
    return Model.of(
        {
            "Quality": ["q1", "q2", "q3"],
            "Price": ["p1", "p 2"],
            "Loyalty": ["忠诚1", "忠诚2"],
        },
        [("Quality", "Loyalty"), ("Price", "Loyalty"), ("Price", "Quality")],
        formative=["Price"],
    )


def test_formulas(expected: Model) -> None:
    assert parse_model(FORMULAS) == expected
    assert parse_model(FORMULAS.translate(str.maketrans("=~+;#<", "＝～＋；＃＜"))) == expected
    quoted = parse_model("质量 =～ '1、速度：快' ＋ q2；满意 =~ s；满意 ～ 质量")
    assert quoted.items == ("1、速度：快", "q2", "s")


@pytest.mark.parametrize("paths", PATHS)
@pytest.mark.usefixtures("with_yaml")
def test_yaml(expected: Model, paths: str) -> None:
    assert parse_model(YAML + paths) == expected


@pytest.mark.usefixtures("with_yaml")
def test_yaml_names_stay_text() -> None:
    found = parse_model("constructs: {Q: [1, 02], S: [no]}\npaths: [[Q, S]]")
    assert found.items == ("1", "02", "no")


WIDER_FORMULAS = """
Trust =~ Staff + House
Staff =~ s1 + s2
House =+ h1 + h2
Speed =~ v1 + v2
Loyalty =~ l1 + l2
Loyalty ~ Trust + Speed + Trust:Speed
"""
WIDER_YAML = """
constructs:
  Staff: [s1, s2]
  House: {items: [h1, h2], mode: unit}
  Speed: [v1, v2]
  Loyalty: [l1, l2]
higher_order:
  Trust: [Staff, House]
interactions:
  - [Trust, Speed]
paths: {Trust: Loyalty, Speed: Loyalty, "Trust*Speed": Loyalty}
"""


def test_higher_orders_interactions_and_unit_weights_in_both_ways() -> None:
    expected = Model.of(
        {
            "Staff": ["s1", "s2"],
            "House": ["h1", "h2"],
            "Speed": ["v1", "v2"],
            "Loyalty": ["l1", "l2"],
        },
        [("Trust", "Loyalty"), ("Speed", "Loyalty"), ("Trust*Speed", "Loyalty")],
        unit=["House"],
        higher_order=[HigherOrder("Trust", ("Staff", "House"))],
        interactions=[("Trust", "Speed")],
    )
    assert parse_model(WIDER_FORMULAS) == expected
    assert parse_model(WIDER_FORMULAS.replace("Trust:Speed", "Trust*Speed")) == expected
    pytest.importorskip("yaml", reason="YAML models need the optional package PyYAML")
    assert parse_model(WIDER_YAML) == expected
    assert parse_model(str(expected.to_dict())) == expected


@pytest.mark.usefixtures("with_yaml")
def test_methods_of_higher_orders_and_interactions_are_chosen_in_yaml() -> None:
    found = parse_model("""
constructs: {A: [a1, a2], B: [b1, b2], C: [c1, c2], D: [d1, d2]}
higher_order:
  AB: {parts: [A, B], mode: B, method: repeated}
interactions:
  - {of: [C, D], method: orthogonal}
paths: [[C, AB], [D, AB], [C*D, AB]]
""")
    assert found.higher_order == (
        HigherOrder("AB", ("A", "B"), Mode.FORMATIVE, HigherOrderMethod.REPEATED),
    )
    assert found.interactions == (Interaction("C", "D", InteractionMethod.ORTHOGONAL),)


def test_what_a_model_says_of_itself_reads_back(expected: Model) -> None:
    record = expected.to_dict()
    assert record["constructs"] == {
        "Quality": {"items": ["q1", "q2", "q3"], "mode": "reflective"},
        "Price": {"items": ["p1", "p 2"], "mode": "formative"},
        "Loyalty": {"items": ["忠诚1", "忠诚2"], "mode": "reflective"},
    }
    pytest.importorskip("yaml", reason="YAML models need the optional package PyYAML")
    assert parse_model(str(record)) == expected


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("Q =~ q1 + q2\nS =~ q2 + s2\nS ~ Q", "item_shared", 2),
        ("Q =~ q1\n\nS =~ s1\nS ~ X", "path_unknown_construct", 4),
        ("Q =~ q1\nS =~ s1\nT =~ t1\nS ~ Q\nT ~ S\nQ ~ T", "path_cycle", 6),
        ("Q =~ q1\nS =~ s1\nS ~ Q\nS ~ Q", "path_duplicate", 4),
        ("Q =~ q1\nS =~ s1\nS ~ Q\nS ~ S", "path_to_itself", 4),
        ("Q =~ q1\nT =~ t\nS =~ s1\nS ~ Q", "construct_unconnected", 2),
        ("Q =~ q1 + q1", "item_duplicate", 1),
        ("Q =~ q1\nQ =~ q2", "construct_duplicate", 2),
        ("# nothing else\nQ =~ q1 ++ q2", "text_syntax", 2),
        ("Q =~\nS =~ s\nS ~ Q", "construct_empty", 1),
        ("Q =~ q1\nsome words", "text_syntax", 2),
        ("Q =~ q1 + 0.5*q2", "text_modifier", 1),
        ("Q =~ q1\nq1 ~~ q2", "text_covariance", 2),
        ("# only a comment", "text_empty", 1),
        ("A =~ B\nB =~ b\nC =~ c\nC ~ A", "parts_too_few", 1),
        ("A =~ a\nB =~ b\nB ~ A + A:A", "interaction_with_itself", 3),
        ("A =~ a\nB =~ b\nB ~ A +\n A:C", "interaction_unknown_construct", 3),
    ],
)
def test_formula_errors_name_the_line(text: str, code: str, line: int) -> None:
    with pytest.raises(AnalysisError) as caught:
        parse_model(text, name="chain.txt")
    assert (caught.value.code, caught.value.line) == (code, line)
    assert str(caught.value).startswith(f"chain.txt, line {line}: ")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("constructs:\n  Q: [a\npaths: 3", "text_yaml", 3),
        ("constructs:\n  Q: [a]\n  Q: [b]\n", "text_key_twice", 3),
        ("constructs: 4\n", "text_not_mapping", 1),
        ("constructs:\n  Q: {items: [a], modus: B}\n", "text_unknown_key", 2),
        ("constructs:\n  Q: {items: [a], mode: C}\n", "setting_unknown", 2),
        ("constructs:\n  Q: [a]\n  S: []\n", "construct_empty", 3),
        ("constructs:\n  Q:\n", "text_not_list", 2),
        ("construct:\n  Q: [a]\n", "text_unknown_key", 1),
        ("constructs:\n  Q: [a]\n  S: [b]\npaths:\n  - [Q, S, T]\n", "text_path_form", 5),
        ("constructs:\n  Q: [a]\n  S: [b]\npaths:\n  - [Q, T]\n", "path_unknown_construct", 5),
        ("constructs:\n  Q: [a]\n  S: [b]\npaths: 7\n", "text_not_list", 4),
        ("constructs:\n\t- Q: [a]\n", "text_tab", 2),
        ("constructs:\n  Q: [a]\nhigher_order:\n  H: {mode: B}\n", "parts_too_few", 4),
        (
            "constructs:\n  Q: [a]\nhigher_order:\n  H: {parts: [Q, S], method: x}",
            "setting_unknown",
            4,
        ),
        ("constructs:\n  Q: [a]\ninteractions: Q\n", "text_not_list", 3),
        ("constructs:\n  Q: [a]\ninteractions:\n  - [Q]\n", "text_interaction_form", 4),
        ("constructs:\n  Q: [a]\ninteractions:\n  - {method: orthogonal}\n", "text_not_list", 4),
        ("constructs: " + "[" * 3000 + "]" * 3000, "text_yaml", 1),
    ],
)
@pytest.mark.usefixtures("with_yaml")
def test_yaml_errors_name_the_line(text: str, code: str, line: int) -> None:
    with pytest.raises(AnalysisError) as caught:
        parse_model(text, name="chain.yaml")
    assert (caught.value.code, caught.value.line) == (code, line)


def test_a_model_file(tmp_path: Path, expected: Model) -> None:
    place = tmp_path / "chain.txt"
    place.write_text(FORMULAS, encoding="utf-8-sig")
    assert read_model(place) == expected
    assert read_model(place).construct("Price").mode is Mode.FORMATIVE
    with pytest.raises(AnalysisError) as caught:
        read_model(tmp_path / "none.txt")
    assert caught.value.code == "file_missing"
    place.write_bytes("品质 =~ 一\n价值 =~ 二\n价值 ~ 品质".encode("gb18030"))
    assert read_model(place).names == ("品质", "价值")
    place.write_bytes(b"Quality =~ q1\xff")
    with pytest.raises(AnalysisError) as caught:
        read_model(place)
    assert caught.value.code == "file_encoding"
