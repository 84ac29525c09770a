"""Words of Chinese, English and mixed texts, from both segmenters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.analysis import AnalysisError
from zhuoyue.analysis.words import segment as module
from zhuoyue.analysis.words.segment import LONGEST, SegmenterKind, segment

CHARACTERS, WORDS = SegmenterKind.CHARACTERS, SegmenterKind.WORDS


def test_characters_and_pairs_stand_for_chinese_words() -> None:
    assert segment("服务好！", CHARACTERS) == ["服", "务", "好", "服务", "务好"]


def test_the_dictionary_knows_chinese_words() -> None:
    pytest.importorskip("rjieba", reason="the dictionary comes with the optional package rjieba")
    assert segment("房间里的空调坏了。", WORDS) == ["房间", "里", "的", "空调", "坏", "了"]


@pytest.mark.parametrize("kind", [CHARACTERS, SegmenterKind.AUTO])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Staff DON’T answer; 3.5 days!", ["the", "staff", "don't", "answer", "3.5", "days"]),
        ("ＡＢＣ１２３", ["abc", "123"]),
        ("好 😀👍🏽", ["好", "😀", "👍"]),
        ("wi-fi\x00很\x1b[31m", ["wi", "fi", "很", "31", "m"]),
        ("\ud800…—、 \n", []),
        ("", []),
    ],
)
def test_everything_else_is_cut_the_same_way(
    kind: SegmenterKind, text: str, words: list[str]
) -> None:
    if kind is SegmenterKind.AUTO:
        pytest.importorskip("rjieba", reason="without it both are the same segmenter")
    assert segment(text, kind) == words


def test_without_the_package_characters_serve_and_asking_for_words_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _name: None)
    make = module.segmenter.__wrapped__  # past the memory of what was made before
    assert make(SegmenterKind.AUTO).name == "characters"
    with pytest.raises(AnalysisError) as refused:
        make(WORDS)
    assert refused.value.code == "words_package"


def test_a_segmenter_may_be_named_in_plain_text_and_must_be_known() -> None:
    assert segment("很好", "characters") == ["很", "好", "很好"]  # type: ignore[arg-type]  # notebooks
    with pytest.raises(AnalysisError) as refused:
        segment("很好", "jieba")  # type: ignore[arg-type]  # wrong on purpose
    assert refused.value.code == "option_invalid"


@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_has_harmless_words(text: str) -> None:
    for kind in (CHARACTERS, SegmenterKind.AUTO):
        for word in segment(text, kind):
            assert word and word.encode("utf-8")
            assert not any(sign.isspace() or ord(sign) < 32 for sign in word)


def test_of_an_endless_text_only_the_beginning_is_read() -> None:
    assert len(segment("a " * 1_000_000, CHARACTERS)) == LONGEST // 2
