"""Handing out reports."""

from urllib.parse import quote

from django.http import Http404, HttpResponse

from zhuoyue.kit.access import Request, get_for
from zhuoyue.kit.documents import write_pdf, write_word
from zhuoyue.kit.pages import page
from zhuoyue.reports.effect_chain import LANGUAGES
from zhuoyue.reports.evaluation import evaluation_report
from zhuoyue.studies.access import VIEW_STUDIES
from zhuoyue.studies.models import Study

WRITERS = {
    "docx": (
        write_word,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "pdf": (write_pdf, "application/pdf"),
}


@page(None)
def evaluation(request: Request, pk: int, language: str, ending: str) -> HttpResponse:
    """The evaluation report of a finished study as Word or PDF."""
    study = get_for(
        request.actor,
        Study.objects.standing().select_related("wave__questionnaire", "tenant", "input_file"),
        pk=pk,
    )
    request.actor.require(VIEW_STUDIES)
    if study.result is None or language not in LANGUAGES or ending not in WRITERS:
        raise Http404("report")
    write, media_type = WRITERS[ending]
    response = HttpResponse(
        write(evaluation_report(request.actor, study, language)), content_type=media_type
    )
    name = f"evaluation-{study.wave.code}-{language}.{ending}"
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
