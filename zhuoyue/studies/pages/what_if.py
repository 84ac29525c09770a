"""What-if along the chain: a form that any browser can send, and figures for one that drags."""

from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, Http404
from django.urls import reverse
from django.utils.translation import get_language

from zhuoyue.analysis import Chain, WhatIf, what_if
from zhuoyue.kit.access import Request, get_for
from zhuoyue.kit.analysis_words import say_caution
from zhuoyue.kit.files import store_path
from zhuoyue.kit.pages import page
from zhuoyue.studies import running
from zhuoyue.studies.access import VIEW_STUDIES
from zhuoyue.studies.forms import WhatIfForm
from zhuoyue.studies.models import Study


@dataclass(frozen=True)
class Row:
    """One construct downstream, now and then."""

    construct: str
    now: float
    change: float
    low: float | None
    high: float | None

    @property
    def then(self) -> float:
        return self.now + self.change

    @property
    def dot(self) -> float:
        """Where the change stands in the picture, in percent of its width."""
        return place(self.change)

    @property
    def band(self) -> tuple[float, float]:
        """Where its limits begin, and how wide they are."""
        if self.low is None or self.high is None:
            return self.dot, 0.0
        return place(self.low), place(self.high) - place(self.low)

    @property
    def change_text(self) -> str:
        return signed(self.change)

    @property
    def low_text(self) -> str:
        return "" if self.low is None else signed(self.low)

    @property
    def high_text(self) -> str:
        return "" if self.high is None else signed(self.high)


def place(change: float) -> float:
    reach = WhatIfForm.reach
    return 50 + 50 * min(max(change, -reach), reach) / reach


def signed(points: float) -> str:
    """Points with their sign, and nil without one."""
    text = f"{points:+.1f}"
    return "0.0" if text in {"+0.0", "-0.0"} else text


def what_if_context(request: Request, study: Study) -> dict[str, Any]:
    """The form, its answer, and what a browser needs to answer by itself."""
    result = study.result or {}
    if "chain" not in result:
        return {}
    chain = running.chain_of(result, None)
    if not chain.effects:
        return {}
    form = WhatIfForm(request.GET, chain=chain)
    changes = form.changes if form.is_valid() else {}
    if changes and study.draws_file:
        chain = running.chain_of(result, store_path(study.draws_file.sha256))
    answer = what_if(chain, changes)
    language = get_language() or "zh"
    return {
        "what_if": form,
        "what_if_rows": rows_of(chain, answer),
        "what_if_notes": [say_caution(each, language) for each in answer.cautions],
        "what_if_data": {
            "level": chain.level,
            "index": dict(chain.index),
            "effects": [[e.source, e.target, e.estimate] for e in chain.effects],
            "fields": form.sources,
            "draws": reverse("studies:study-draws", args=[study.pk]) if study.draws_file else "",
        },
    }


def rows_of(chain: Chain, answer: WhatIf) -> list[Row]:
    """Every construct that something leads to; what is not asked about stays as it is."""
    found = {each.construct: each for each in answer.expected}
    targets = {each.target for each in chain.effects}
    rows = []
    for name in (name for name in chain.index if name in targets):
        each = found.get(name)
        rows.append(
            Row(name, each.now, each.change, each.low, each.high)
            if each
            else Row(name, chain.index[name], answer.changes.get(name, 0.0), None, None)
        )
    return rows


@page(None)
def study_draws(request: Request, pk: int) -> FileResponse:
    """The replicates of a study's effects, as they were kept; they never change."""
    study = get_for(request.actor, Study.objects.select_related("draws_file"), pk=pk)
    request.actor.require(VIEW_STUDIES)
    if study.draws_file is None:
        raise Http404("no replicates were kept")
    response = FileResponse(
        store_path(study.draws_file.sha256).open("rb"), content_type=study.draws_file.media_type
    )
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    return response
