"""What improvement puts into the pages of studies."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from zhuoyue.improvement.access import EDIT_IMPROVEMENT, VIEW_IMPROVEMENT
from zhuoyue.improvement.models import Improvement
from zhuoyue.kit.access import Request
from zhuoyue.kit.registry import fills
from zhuoyue.studies.models import Finding, Study


def opened_from(request: Request, findings: list[int], create_url: str) -> str:
    actor = request.actor
    if not actor.may(VIEW_IMPROVEMENT):
        return ""
    rows: Any = Improvement.objects.visible_to(actor).standing()
    context = {
        "rows": rows.filter(origin_kind="studies.finding", origin_id__in=findings),
        "create_url": create_url if actor.may(EDIT_IMPROVEMENT) else "",
    }
    return render_to_string("improvement/_of_finding.html", context)


@fills("studies.finding")
def of_finding(request: Request, finding: Finding) -> str:
    """What came of a finding, and the way to make something come of it."""
    url = f"{reverse('improvement:improvement-create')}?origin=studies.finding:{finding.pk}"
    return opened_from(request, [finding.pk], url)


@fills("studies.study")
def of_study(request: Request, study: Study) -> str:
    """What came of all findings of a study."""
    keys = list(study.findings.values_list("pk", flat=True))
    return opened_from(request, keys, "") if keys else ""
