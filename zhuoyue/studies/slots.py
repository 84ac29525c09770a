"""What studies put into the pages of lower rooms."""

from django.template.loader import render_to_string

from zhuoyue.kit.access import Request
from zhuoyue.kit.registry import fills
from zhuoyue.studies.access import RUN_STUDIES, VIEW_STUDIES
from zhuoyue.studies.models import Study
from zhuoyue.surveys.models import Wave


@fills("surveys.wave.actions")
def studies_of_wave(request: Request, wave: Wave) -> str:
    """The studies of a wave, and the way to a new one."""
    if not request.actor.may(VIEW_STUDIES):
        return ""
    rows = Study.objects.visible_to(request.actor).standing().filter(wave=wave)
    context = {"studies": rows, "wave": wave, "may_run": request.actor.may(RUN_STUDIES)}
    return render_to_string("studies/_of_wave.html", context)
