"""What a wave says of itself, in words."""

from django.utils.translation import gettext as _

from zhuoyue.surveys.models import Wave


def rate_in_words(wave: Wave) -> str:
    """The response rate, never more than is known."""
    if wave.response_rate is None:
        return _("unknown: the number invited is not known")
    return _("%(rate).1f %% (%(answers)d of %(invited)d)") % {
        "rate": 100 * wave.response_rate,
        "answers": wave.responses_count,
        "invited": wave.invited,
    }


def period_in_words(wave: Wave) -> str:
    """From day to day; where the file named no days, that is said."""
    if not wave.is_dated:
        return _("unknown (imported on %(day)s)") % {"day": f"{wave.started_on:%Y-%m-%d}"}
    return f"{wave.started_on:%Y-%m-%d} – {wave.ended_on:%Y-%m-%d}"
