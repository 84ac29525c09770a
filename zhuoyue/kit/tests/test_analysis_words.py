"""Every code of the library has its Chinese, with the same facts in it."""

import string

import pytest

from zhuoyue.analysis import CAUTION_TEXTS, ERROR_TEXTS, AnalysisError
from zhuoyue.kit.analysis_words import ZH, say_error

TEXTS = {**CAUTION_TEXTS, **ERROR_TEXTS}


def names(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name}


def test_every_code_has_its_chinese_and_none_is_left_over() -> None:
    assert set(ZH) == set(TEXTS)


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_both_languages_say_the_same_facts(code: str) -> None:
    assert names(ZH[code]) <= names(TEXTS[code])
    assert any("\u4e00" <= c <= "\u9fff" for c in ZH[code])


def test_an_error_names_file_and_line_in_the_readers_language() -> None:
    error = AnalysisError("item_constant", at=("model.yaml", 3), item="q1", value=5)
    assert say_error(error, "zh-hans").startswith("model.yaml 第 3 行：题项 q1")
    assert say_error(error, "en").startswith("model.yaml, line 3: Every answer to q1")


def test_an_error_within_a_group_is_told_in_one_language() -> None:
    inner = AnalysisError("item_constant", item="q1", value=5)
    error = AnalysisError(
        "group_refused", group="大庆", reason=inner.message, inner=inner.to_dict()
    )
    assert say_error(error, "zh").startswith("组 大庆：题项 q1 的答案全是 5")
    assert say_error(error, "en") == error.message
