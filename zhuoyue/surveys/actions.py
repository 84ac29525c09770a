"""Writes of surveys."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.kit import clock
from zhuoyue.kit.actions import Work, action
from zhuoyue.kit.records import RecordActions
from zhuoyue.surveys.access import EDIT_SURVEYS
from zhuoyue.surveys.events import WaveImported
from zhuoyue.surveys.models import Item, ItemStatistics, Questionnaire, Response, Wave
from zhuoyue.surveys.reading import Column, Kept, Reading

questionnaire = RecordActions(Questionnaire, permission=EDIT_SURVEYS)
item = RecordActions(Item, permission=EDIT_SURVEYS)
wave = RecordActions(Wave, permission=EDIT_SURVEYS)

BATCH = 1000


@dataclass(frozen=True)
class FileFacts:
    """Where answers came from."""

    name: str
    sha256: str


@action(
    "surveys.wave.import",
    permission=EDIT_SURVEYS,
    sentence=gettext_lazy("%(actor)s imported the answers of “%(target)s”"),
)
def import_wave(
    work: Work,
    /,
    *,
    code: str,
    title: str,
    reading: Reading,
    file: FileFacts,
    invited: int | None = None,
    mode: str = Wave.Mode.ANONYMOUS,
    started_on: date | None = None,
    ended_on: date | None = None,
    into: Questionnaire | None = None,
) -> Wave:
    """Land a whole file of answers as a new wave: all of it or nothing, one audit entry."""
    if reading.troubles:
        raise ValidationError(
            _("The file has %(count)d problems; nothing was imported.")
            % {"count": len(reading.troubles)}
        )
    if not reading.items:
        raise ValidationError(_("No column of the file looks like an item of a survey."))
    if not reading.rows:
        raise ValidationError(_("The file holds no answers."))
    asked = into or _new_questionnaire(work, code, title, reading)
    items = _match_items(work, asked, reading.columns, reading)
    today = clock.today()
    made = work.keep(
        Wave(),
        questionnaire=asked,
        code=code,
        title=title,
        started_on=started_on or reading.first_day or today,
        ended_on=ended_on or reading.last_day or today,
        is_dated=bool(started_on or reading.first_day),
        invited=invited,
        mode=mode,
        responses_count=len(reading.rows),
    )
    Response.objects.bulk_create(_responses(work, made, reading.rows), batch_size=BATCH)
    ItemStatistics.objects.bulk_create(statistics_of(made, items, reading.rows))
    work.note(file=file.name, sha256=file.sha256, rows=len(reading.rows), **reading.excluded())
    work.announce(WaveImported(work.actor, made.pk))
    return made


def _new_questionnaire(work: Work, code: str, title: str, reading: Reading) -> Questionnaire:
    low, high = reading.scale
    made = Questionnaire(
        tenant=work.tenant,
        created_by=work.actor.user,
        code=code,
        title_zh=title,
        scale_low=low,
        scale_high=high,
    )
    made.validate_unique()
    made.validate_constraints()
    made.save()
    constructs = {c: stem for stem, members in reading.constructs.items() for c in members}
    Item.objects.bulk_create(
        Item(
            tenant=work.tenant,
            created_by=work.actor.user,
            questionnaire=made,
            code=column.code,
            position=position,
            text_zh=column.wording[:500],
            kind=column.kind,
            construct=constructs.get(column.code, "")[:60],
        )
        for position, column in enumerate(reading.columns, start=1)
    )
    return made


def _match_items(
    work: Work, asked: Questionnaire, columns: Sequence[Column], reading: Reading
) -> list[Item]:
    """The questionnaire's items for the file's columns; an unknown column is refused by name."""
    known = {i.code: i for i in Item.objects.visible_to(work.actor).filter(questionnaire=asked)}
    unknown = [c.name for c in columns if c.code not in known]
    if unknown:
        raise ValidationError(
            _("Columns that the questionnaire “%(what)s” does not have: %(columns)s.")
            % {"what": asked, "columns": ", ".join(unknown[:10])}
        )
    if (asked.scale_low, asked.scale_high) != reading.scale:
        raise ValidationError(
            _("The answers run from %(low)s to %(high)s, the questionnaire's scale does not.")
            % {"low": reading.scale[0], "high": reading.scale[1]}
        )
    return [known[c.code] for c in columns]


def _responses(work: Work, made: Wave, rows: Iterable[Kept]) -> Iterable[Response]:
    for row in rows:
        yield Response(
            tenant=work.tenant,
            wave=made,
            number=row.number,
            answered_on=row.answered_on,
            weight=row.weight,
            answers={**row.answers, **{c: {"missing": m} for c, m in row.missing.items()}},
        )


def statistics_of(made: Wave, items: Sequence[Item], rows: Sequence[Kept]) -> list[ItemStatistics]:
    """Sufficient statistics of every numeric item of a wave."""
    found = []
    for one in items:
        if not one.is_number:
            continue
        values = [row.answers[one.code] for row in rows if one.code in row.answers]
        numbers = [float(v) for v in values]
        missing = Counter(row.missing[one.code] for row in rows if one.code in row.missing)
        found.append(
            ItemStatistics(
                tenant=made.tenant,
                wave=made,
                item=one,
                n=len(numbers),
                total=sum(numbers),
                squares=sum(v * v for v in numbers),
                counts={f"{v:g}": c for v, c in sorted(Counter(numbers).items())},
                no_answer=missing["no_answer"],
                not_used=missing["not_used"],
            )
        )
    return found
