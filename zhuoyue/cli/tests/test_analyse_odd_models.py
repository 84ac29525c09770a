"""Model files as people write them in a hurry: the line, the culprit and the remedy are named."""

import re

import pytest

from zhuoyue.cli.tests.conftest import MODEL, Desk
from zhuoyue.cli.tests.test_analyse_bad_input import LANGUAGES, refused

YAML = """constructs:
  Quality: [q1, q2, q3]
  Value: {items: [v1, v2], mode: formative}
  Loyalty: [l1, l2]
paths:
  - [Quality, Value]
  - [Quality, Loyalty]
  - [Value, Loyalty]
"""
BLOCKS = YAML.split("paths", maxsplit=1)[0]

# text, code, line, what the sentence must name
CASES: dict[str, tuple[str, str, int, str]] = {
    "an anchor for two blocks": (
        YAML.replace("[q1, q2, q3]", "&a [q1, q2]").replace("[l1, l2]", "*a"),
        "item_shared",
        4,
        "q1",
    ),
    "an anchor within itself": (YAML.replace("[q1,", "&a [*a,"), "text_not_list", 2, "Quality"),
    "a merged mapping": (
        YAML.replace("{items: [v1", "{<<: *b, items: [v1").replace("[q1", "&b [q1"),
        "text_unknown_key",
        3,
        "<<",
    ),
    "a base to merge": (
        f"base: &b {{mode: formative}}\n{YAML}",
        "text_unknown_key",
        1,
        "base",
    ),
    "a construct twice": (YAML.replace("Loyalty: [", "Quality: ["), "text_key_twice", 4, "Quality"),
    "all of it twice": (YAML + YAML, "text_key_twice", 9, "constructs"),
    "two documents": (f"{YAML}---\n{YAML}", "text_yaml", 9, "---"),
    "a tab": (YAML.replace("  Value", "\tValue"), "text_tab", 3, ""),
    "a bell": (YAML.replace("Value", "Va\aue", 1), "text_yaml", 3, "#x0007"),
    "items that are nothing": (YAML.replace("[q1, q2, q3]", ""), "text_not_list", 2, "Quality"),
    "items in items": (YAML.replace("[q1,", "[[q1],"), "text_not_list", 2, "Quality"),
    "items that are a mapping": (YAML.replace("[q1,", "[{a: q1},"), "text_not_list", 2, "Quality"),
    "constructs as a list": ("constructs:\n - Quality: [q1]", "text_not_mapping", 2, "constructs"),
    "constructs as a name": ("constructs: Quality", "text_not_mapping", 1, "constructs"),
    "paths as a name": (f"{BLOCKS}paths: Quality", "text_not_list", 5, "paths"),
    "paths that are nothing": (f"{BLOCKS}paths:", "text_not_list", 5, "paths"),
    "no paths": (BLOCKS, "paths_missing", 1, ""),
    "no constructs": ("paths:\n  - [A, B]", "path_unknown_construct", 2, "A"),
    "a path of three": (YAML.replace("[Quality, Value]", "[A, B, C]"), "text_path_form", 6, "C"),
    "a path of one": (YAML.replace("[Quality, Value]", "5"), "text_path_form", 6, "5"),
    "a mode that is none": (YAML.replace("formative", "B2"), "setting_unknown", 3, "b2"),
    "a mode in a list": (YAML.replace("formative", "[B]"), "setting_unknown", 3, "[B]"),
    "a mode that is a mapping": (YAML.replace("formative", "{x: y}"), "setting_unknown", 3, "{x}"),
    "an unknown key": (YAML.replace("mode", "modus"), "text_unknown_key", 3, "modus"),
    "code to be run": (
        YAML.replace("[q1, q2, q3]", '!!python/object/apply:os.system ["echo q1"]'),
        "item_unknown",
        0,
        "echo q1",
    ),
    "a product without a path": (
        f"{YAML}interactions: [[Quality, Value]]",
        "construct_unconnected",
        9,
        "Quality*Value",
    ),
    "a product of one": (f"{YAML}interactions: [[Value]]", "text_interaction_form", 9, "Value"),
    "a product by magic": (
        f"{YAML}interactions: [{{of: [Quality, Value], method: magic}}]",
        "setting_unknown",
        9,
        "magic",
    ),
    "parts that are none": (
        f"{YAML}higher_order: {{Trust: [Quality, Price]}}",
        "part_unknown",
        9,
        "Price",
    ),
    "wholes of wholes": (
        f"{YAML}higher_order:\n  T: [Quality, Value]\n  U: [T, Loyalty]",
        "part_unknown",
        11,
        "T",
    ),
    # formulas
    "a path to itself": (f"{MODEL}Value ~ Value", "path_to_itself", 6, "Value"),
    "a path twice": (f"{MODEL}Value ~ Quality", "path_duplicate", 6, "Quality"),
    "a path twice on a line": (
        MODEL.replace("~ Quality\n", "~ Quality + Quality\n"),
        "path_duplicate",
        4,
        "Quality",
    ),
    **{
        f"the operator {sign}": (f"{MODEL}Value {sign} Quality", "text_syntax", 6, sign)
        for sign in (":=", "==", ">", "->", "<-", "|", "=~~", "~=", "=")
    },
    "an intercept": (f"{MODEL}Value ~ 1", "path_unknown_construct", 6, "1"),
    "a fixed loading": (MODEL.replace("q1 +", "0.5*q1 +"), "text_modifier", 1, "0.5*q1"),
    "a label": (
        MODEL.replace("~ Quality\n", "~ a*Quality\n"),
        "interaction_unknown_construct",
        4,
        "a*Quality",
    ),
    "a minus": (MODEL.replace("Quality + V", "Quality - V"), "text_syntax", 5, "- Value"),
    "a plus too many": (MODEL.replace("q2 + q3", "q2 ++ q3"), "text_syntax", 1, "++"),
    "a plus at the end": (MODEL.replace("q2 + q3", "q2 +"), "text_syntax", 1, "Value =~"),
    "an item in two": (MODEL.replace("+ v2", "+ q1"), "item_shared", 2, "q1"),
    "a construct once more": (f"{MODEL}Value =~ v1", "construct_duplicate", 6, "Value"),
    "a construct alone": (f"{MODEL}Price =~ p1", "construct_unconnected", 6, "Price"),
    "paths alone": ("Value ~ Quality", "path_unknown_construct", 1, "Quality"),
    "constructs alone": ("A =~ q1\nB =~ q2", "paths_missing", 1, ""),
    "nothing on the left": (f"{MODEL} ~ Quality", "text_syntax", 6, "~ Quality"),
    "nothing on the right": (f"{MODEL}Value ~ ", "text_syntax", 6, "Value ~"),
    "a space in a name": (MODEL.replace("q1", "my q1"), "text_syntax", 1, "my q1"),
    "a quote left open": (MODEL.replace("q1", '"q1'), "text_syntax", 1, '"q1'),
    "a name of no letters": (MODEL.replace("q1", '""'), "text_syntax", 1, '""'),
    "a long line of nothing": ("A" * 50_000, "text_syntax", 1, "A" * 80),
    "a product of one construct": (
        f"{MODEL}Loyalty ~ Value:Value",
        "interaction_with_itself",
        6,
        "Value",
    ),
    "a product of three": (f"{MODEL}Loyalty ~ A:B:C", "text_syntax", 6, "A:B:C"),
    "a product in both orders": (
        f"{MODEL}Loyalty ~ Quality:Value + Value:Quality",
        "interaction_twice",
        6,
        "Value*Quality",
    ),
    "a product with its own target": (
        f"{MODEL}Loyalty ~ Quality:Loyalty",
        "path_cycle",
        6,
        "Quality*Loyalty",
    ),
    "a product on the left": (f"{MODEL}Quality:Value ~ Loyalty", "text_syntax", 6, ":Value"),
    "a path of a part": (
        "A =~ q1\nB =~ q2\nH =~ A + B\nL =~ l1\nL ~ H + A",
        "path_of_part",
        5,
        "A",
    ),
    "a whole of one part": ("A =~ q1\nH =~ A\nL =~ l1\nL ~ H", "parts_too_few", 2, "H"),
    "a whole of a construct and an item": (
        "A =~ q1\nH =~ A + q2\nL =~ l1\nL ~ H + A",
        "item_unknown",
        0,
        "A",
    ),
}


@LANGUAGES
@pytest.mark.parametrize("name", CASES)
def test_models_in_a_hurry(desk: Desk, language: str, name: str) -> None:
    text, code, line, culprit = CASES[name]
    desk.put(text, "model.txt")
    told = refused(desk, language)
    assert f"[{code}]" in told
    assert culprit in told.replace("\\'", "'")
    assert len(told) < 400
    if line:
        assert re.search(rf"第 {line} 行" if language == "zh" else rf"line {line}:", told)


FINE = {
    "anchors": YAML.replace("mode: formative", "mode: &m formative").replace(
        "[l1, l2]", "{items: [l1, l2], mode: *m}"
    ),
    "JSON": '{"constructs": {"A": ["q1", "q2"], "B": ["l1"]}, "paths": [["A", "B"]]}',
    "words that YAML takes for truth": YAML.replace("Value", "yes").replace("Loyalty", "no"),
    "lines of Windows with a mark": "\ufeff" + YAML.replace("\n", "\r\n"),
    "arrows": YAML.replace("[Quality, Value]", "Quality -> Value"),
    "signs of a Chinese keyboard": MODEL.replace("=~", "＝～").replace("+", "＋"),
    "spaces that do not break": MODEL.replace(" ", "\u00a0"),
    "all on one line": MODEL.replace("\n", ";"),
    "a name with a space": MODEL.replace("Quality", '"Perceived quality"'),
    "a name with a semicolon": MODEL.replace("Quality", "'Speed; care'"),
    "a Chinese name": MODEL.replace("Quality", "感知质量"),
    "two chains side by side": "A =~ q1\nB =~ q2\nC =~ q3\nD =~ v1\nB ~ A\nD ~ C",
}


@pytest.mark.parametrize("name", FINE)
def test_models_that_are_understood(desk: Desk, name: str) -> None:
    desk.put(FINE[name], "model.txt")
    assert desk.run("--lang", "en") == 0
    assert desk.told()[1] == ""


def test_an_item_may_have_the_name_of_a_construct(desk: Desk) -> None:
    """As in ACSI files: the column Value is an item of Quality, and Value a construct beside it."""
    header = "Value,q2,q3,v1,v2,l1,l2"
    desk.put("\n".join([header, *desk.answers.read_text().splitlines()[1:]]), "answers.csv")
    desk.put(MODEL.replace("q1", "Value"), "model.txt")
    assert desk.run("--lang", "en") == 0
    assert re.search(r"Quality +Value +0\.\d+", desk.told()[0])
