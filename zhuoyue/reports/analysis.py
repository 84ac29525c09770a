"""The report of `zhuoyue analyse`: a result and the files behind it, without centre or database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from zhuoyue.kit.documents import Document
from zhuoyue.reports import effect_chain
from zhuoyue.reports.effect_chain import LANGUAGES, Reading
from zhuoyue.reports.groups import groups
from zhuoyue.studies import rules


@dataclass(frozen=True)
class Inputs:
    """The files a result was made from."""

    answers: str
    sha256: str
    model: str
    model_text: str
    rows: int


def analysis_report(
    result: Mapping[str, Any], inputs: Inputs, language: str, made_at: datetime
) -> Document:
    """An analysis as a document; the target of its map is satisfaction, or what comes last."""
    with translation.override(LANGUAGES[language]):
        target = rules.target_of(list(result["index"]), list(result["r2"]))
        return compose(Reading(result, target, language, basis(result)), inputs, made_at)


def compose(r: Reading, inputs: Inputs, made_at: datetime) -> Document:
    return Document(
        title=_("Effect chain: analysis report"),
        subtitle=inputs.answers,
        facts=[
            (_("Answers"), inputs.answers),
            (_("Causal model"), inputs.model),
            (_("Answers used (n)"), str(r.n)),
            (_("Evaluated"), f"{made_at:%Y-%m-%d %H:%M}"),
        ],
        blocks=[
            *effect_chain.summary(r),
            *effect_chain.data(r, [[_("Rows in the file"), str(inputs.rows)]]),
            *effect_chain.chain(r),
            *effect_chain.measurement(r),
            *effect_chain.performance(r),
            *(groups(r.result["groups"], r.language) if "groups" in r.result else ()),
            *effect_chain.cautions(r),
            *effect_chain.sources(
                [
                    [_("Answers"), inputs.answers],
                    ["SHA-256", inputs.sha256],
                    [_("Causal model"), inputs.model_text.strip()],
                ]
            ),
        ],
        language=r.language,
        made_at=made_at,
        footer=_("Zhuoyue · DB23/T 3405-2023, clauses 5.4 and 6.4.2"),
    )


def basis(result: Mapping[str, Any]) -> str:
    """What stands beside every figure."""
    if "spread" in result:
        return _("n = %(n)d; 95 %% intervals") % {"n": result["n"]}
    return f"n = {result['n']}"
