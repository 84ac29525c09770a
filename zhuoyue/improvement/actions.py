"""Writes of improvement."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.improvement import effect, rules
from zhuoyue.improvement.access import EDIT_IMPROVEMENT, JUDGE_IMPROVEMENT
from zhuoyue.improvement.events import ImprovementJudged
from zhuoyue.improvement.models import Cause, EffectCheck, Improvement, Step
from zhuoyue.kit import clock
from zhuoyue.kit.actions import Work, action
from zhuoyue.kit.numbering import next_number
from zhuoyue.kit.records import CORRECTED, WITHDREW, RecordActions
from zhuoyue.kit.registry import Period
from zhuoyue.standard.library import library
from zhuoyue.surveys.models import Wave

cause = RecordActions(Cause, permission=EDIT_IMPROVEMENT)
step = RecordActions(Step, permission=EDIT_IMPROVEMENT)


def require_measure(values: dict[str, Any]) -> None:
    number = values.get("measure")
    if number is not None and library().measure(number) is None:
        raise ValidationError({"measure": _("The standard's set has no such measure.")})


@action(
    "improvement.improvement.create",
    permission=EDIT_IMPROVEMENT,
    sentence=lazy("%(actor)s opened the improvement action “%(target)s”"),
)
def open_improvement(
    work: Work, /, *, origin: tuple[str, int] | None = None, **values: Any
) -> Improvement:
    """Open an action; `origin` is the kind and key of what gave occasion to it."""
    require_measure(values)
    kind, key = origin or ("", None)
    row = Improvement(number=next_number(work, Improvement), origin_kind=kind, origin_id=key)
    return work.keep(row, **values)


@action("improvement.improvement.correct", permission=EDIT_IMPROVEMENT, sentence=CORRECTED)
def correct_improvement(work: Work, /, row: Improvement, **values: Any) -> Improvement:
    require_measure(values)
    return work.keep(row, **values)


@action("improvement.improvement.withdraw", permission=EDIT_IMPROVEMENT, sentence=WITHDREW)
def withdraw_improvement(work: Work, /, row: Improvement, *, reason: str) -> Improvement:
    return work.keep(row, withdrawn_at=clock.now(), withdrawn_reason=reason)


def require_way(row: Improvement, wanted: str) -> None:
    if not rules.may_become(row.state, wanted):
        words = {"old": row.get_state_display(), "new": Improvement.State(wanted).label}
        raise ValidationError(
            _("An improvement action that is “%(old)s” cannot become “%(new)s”.") % words
        )


def standing_steps(row: Improvement) -> Any:
    return Step.objects.filter(improvement=row, withdrawn_at__isnull=True)


@action(
    "improvement.improvement.start",
    permission=EDIT_IMPROVEMENT,
    sentence=lazy("%(actor)s began the improvement action “%(target)s”"),
)
def start(work: Work, /, row: Improvement) -> Improvement:
    """A plan has steps; without any there is nothing to do."""
    require_way(row, rules.DOING)
    if not standing_steps(row).exists():
        raise ValidationError(_("Plan at least one step first."))
    return work.keep(row, state=rules.DOING)


@action(
    "improvement.step.finish",
    permission=EDIT_IMPROVEMENT,
    sentence=lazy("%(actor)s did the step “%(target)s”"),
)
def finish_step(work: Work, /, row: Step) -> Step:
    if row.improvement.state != rules.DOING:
        raise ValidationError(_("Steps are done after the action has begun."))
    if row.done_at is not None:
        raise ValidationError(_("This step has been done already."))
    return work.keep(row, done_at=clock.now(), done_by=work.actor.name)


@action(
    "improvement.improvement.hand_over",
    permission=EDIT_IMPROVEMENT,
    sentence=lazy("%(actor)s handed the improvement action “%(target)s” over to be checked"),
)
def hand_over(work: Work, /, row: Improvement) -> Improvement:
    """All steps are done: now somebody else looks at the effect."""
    require_way(row, rules.CHECKING)
    left = standing_steps(row).filter(done_at__isnull=True).count()
    if left:
        raise ValidationError(_("Steps not done yet: %(count)d.") % {"count": left})
    return work.keep(row, state=rules.CHECKING)


@action(
    "improvement.effectcheck.create",
    permission=EDIT_IMPROVEMENT,
    sentence=lazy("%(actor)s checked an effect: %(target)s"),
)
def check_waves(
    work: Work, /, row: Improvement, *, before: Wave, after: Wave, subject: str
) -> EffectCheck:
    """Compare two survey waves; the figures are kept as they were found."""
    found = effect.between_waves(work.actor, before, after, subject.strip())
    return keep_check(work, row, EffectCheck.Method.WAVES, found)


@action(
    "improvement.effectcheck.create_of_measure",
    permission=EDIT_IMPROVEMENT,
    sentence=lazy("%(actor)s checked an effect: %(target)s"),
)
def check_measure(
    work: Work, /, row: Improvement, *, measure: int, before: Period, after: Period
) -> EffectCheck:
    """Compare a measure in two periods."""
    found = effect.between_periods(work.actor, measure, before, after)
    return keep_check(work, row, EffectCheck.Method.MEASURE, found)


def keep_check(work: Work, row: Improvement, method: str, found: effect.Effect) -> EffectCheck:
    result = found.difference.to_dict()
    return work.keep(
        EffectCheck(improvement=row),
        method=method,
        subject=found.subject,
        before=found.before,
        after=found.after,
        result=result,
        verdict=found.verdict,
        engine=str(result["engine"]),
    )


@action(
    "improvement.improvement.judge",
    permission=JUDGE_IMPROVEMENT,
    sentence=lazy("%(actor)s judged the improvement action “%(target)s”"),
)
def judge(work: Work, /, row: Improvement, *, is_effective: bool, judgement: str) -> Improvement:
    """Somebody other than the owner says whether it helped, with what was found before the eyes."""
    wanted = rules.EFFECTIVE if is_effective else rules.NOT_EFFECTIVE
    require_way(row, wanted)
    if not rules.may_judge(work.actor.belonging("people.person"), row.owner_id):
        raise PermissionDenied("owner")
    if not row.effectchecks.exists() and is_effective:
        raise ValidationError(_("Check the effect first; what nobody measured is not effective."))
    work.keep(
        row,
        state=wanted,
        judgement=judgement.strip(),
        judged_by=work.actor.name,
        judged_at=clock.now(),
    )
    work.announce(ImprovementJudged(work.actor, row.pk, is_effective))
    return row


@action(
    "improvement.improvement.standardise",
    permission=EDIT_IMPROVEMENT,
    sentence=lazy("%(actor)s made the improvement “%(target)s” standard"),
)
def standardise(work: Work, /, row: Improvement, *, made_standard: str) -> Improvement:
    """What helped becomes how it is always done: which standard, scheme or training says so."""
    require_way(row, rules.STANDARDISED)
    return work.keep(row, state=rules.STANDARDISED, made_standard=made_standard.strip())


@action(
    "improvement.improvement.plan_again",
    permission=EDIT_IMPROVEMENT,
    sentence=lazy("%(actor)s planned the improvement action “%(target)s” again"),
)
def plan_again(work: Work, /, row: Improvement) -> Improvement:
    require_way(row, rules.PLANNED)
    return work.keep(row, state=rules.PLANNED)
