"""What reports put into the pages of lower rooms."""

from django.template.loader import render_to_string

from zhuoyue.kit.access import Request
from zhuoyue.kit.registry import fills
from zhuoyue.studies.models import Study


@fills("studies.study.reports")
def report_links(request: Request, study: Study) -> str:
    """The four editions of the report, once the study is done."""
    if study.state != Study.State.DONE:
        return ""
    return render_to_string("reports/_links.html", {"study": study})
