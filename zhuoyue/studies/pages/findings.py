"""Pages of findings."""

from django.utils.translation import gettext_lazy as lazy

from zhuoyue.kit.access import Request
from zhuoyue.kit.records import Facts, RecordPages
from zhuoyue.kit.tables import Column, Filter, Table
from zhuoyue.studies.access import RUN_STUDIES, VIEW_STUDIES
from zhuoyue.studies.models import Finding


class FindingFilter(Filter):
    class Meta:
        model = Finding
        fields = ["kind", "study"]


def finding_facts(request: Request, finding: Finding) -> Facts:
    return [
        (lazy("study"), finding.study),
        (lazy("kind"), finding.get_kind_display()),
        (lazy("subject"), finding.subject),
        *((name, value) for name, value in finding.facts.items()),
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
