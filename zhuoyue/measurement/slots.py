"""What measurement shows on the pages of lower rooms."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from zhuoyue.kit.access import Request
from zhuoyue.kit.registry import fills, measures
from zhuoyue.measurement.access import VIEW_MEASURES
from zhuoyue.standard.library import Entry


@fills("standard.measure")
def way_to_figures(request: Request, measure: Entry) -> str:
    """Beside a measure of the library: the way to its figures, or that none are computed yet."""
    number = int(measure.id)
    if number not in measures():
        return format_html('<span class="quiet">{}</span>', _("not yet measured"))
    if not request.actor.may(VIEW_MEASURES):
        return ""
    url = reverse("measurement:measure", args=[number])
    return format_html('<a href="{}">{}</a>', url, _("figures"))
