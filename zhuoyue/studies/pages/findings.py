"""Pages of findings."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from zhuoyue.kit.access import Request
from zhuoyue.kit.records import Facts, RecordPages
from zhuoyue.kit.tables import Column, Filter, Table
from zhuoyue.studies.access import RUN_STUDIES, VIEW_STUDIES
from zhuoyue.studies.models import Finding


class FindingFilter(Filter):
    class Meta:
        model = Finding
        fields = ["kind", "study"]


type Name = str | Promise

# What stands behind a finding, in the order in which it is read, and its decimal places.
NAMES: dict[str, tuple[Name, int]] = {
    "target": (pgettext_lazy("construct", "target"), 0),
    "construct": (lazy("construct"), 0),
    "importance": (lazy("total effect"), 3),
    "loading": (lazy("loading"), 3),
    "htmt": ("HTMT", 3),
    "limit": (lazy("limit"), 2),
    "interval": (lazy("95 % interval"), 0),
    "performance": (lazy("performance (0–100)"), 1),
    "n": ("n", 0),
}


def finding_facts(request: Request, finding: Finding) -> Facts:
    known = dict(finding.facts)
    low, high = known.get("low"), known.get("high")
    if low is not None and high is not None:
        known["interval"] = f"{low:.3f} – {high:.3f}"
    return [
        (lazy("study"), finding.study),
        (lazy("kind"), finding.get_kind_display()),
        (lazy("subject"), finding.subject),
        *(
            (name, f"{known[key]:.{places}f}" if isinstance(known[key], float) else known[key])
            for key, (name, places) in NAMES.items()
            if key in known
        ),
    ]


findings = RecordPages(
    model=Finding,
    noun="finding",
    table=Table(
        lazy("Findings"),
        [
            Column("subject", lazy("subject"), sort="subject"),
            Column("kind", lazy("kind"), sort="kind", kind="badge"),
            Column("study.title", lazy("study"), sort="study__title"),
        ],
        filters=FindingFilter,
        search=("subject", "study__title"),
        empty_text=lazy("Findings come from studies."),
    ),
    view=VIEW_STUDIES,
    edit=RUN_STUDIES,
    rows=lambda actor: Finding.objects.select_related("study"),
    facts=finding_facts,
)
