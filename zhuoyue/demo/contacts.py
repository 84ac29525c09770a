"""The demonstration's contacts and cases: two years, from known truths, landed as files."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from zhuoyue.catalogue.models import Service, Touchpoint
from zhuoyue.delivery.imports import contacts as importer
from zhuoyue.demo.days import moment
from zhuoyue.kit import clock
from zhuoyue.kit.access import Actor
from zhuoyue.kit.imports.importer import carry_out, plan_import
from zhuoyue.kit.imports.mapping import Columns, suggest
from zhuoyue.kit.imports.source import open_table
from zhuoyue.people.models import Person, Recipient

SEED = 20260102
YEARS = {2024: 5_600, 2025: 6_100}
CASES = 140
OPEN_CASES = 6
# What is put in, and what a test finds again.
DIGITAL = {2024: 0.58, 2025: 0.67}
READ = 0.35  # contacts after which the recipient told how it felt
FELT = {"ask": 3.8, "clarify": 3.9, "agree": 3.8, "deliver": 4.0, "close": 4.1, "after": 2.9}
ELSEWHERE = 3.7
KEPT = 0.86
AT_ONCE = 0.55
DIGITAL_CHANNELS = ("platform", "message", "mail", "video")
OTHER_CHANNELS = ("phone", "phone", "visit", "meeting", "letter")
OUTCOMES = ("solved", "moved_on", "moved_on", "information", "handed_over", "not_solved")
SPOKEN = (
    ("报告等了一周才拿到", "", ""),
    ("图纸版本对不上", "", "请在发图时注明替代的版本"),
    ("", "想参加下一次联合试验", ""),
    ("", "", "现场师傅讲解很清楚"),
    ("夜里没人接电话", "", "希望有值班号码"),
    ("", "可把检测数据接入我方系统", ""),
)
TITLES = (
    "轴承温升异常",
    "检测报告加急",
    "图纸查询",
    "试验台预约冲突",
    "标准条款解释",
    "软件许可失效",
    "样品丢失查询",
    "工艺卡更正",
    "合同条款答疑",
    "现场振动复测",
)
HEADING = [
    "时间",
    "服务对象",
    "服务接触点",
    "服务",
    "渠道",
    "工号",
    "结果",
    "感受",
    "障碍",
    "机会",
    "意见或解决办法",
]
LOG_HEADING = [
    "工单号",
    "时间",
    "工单状态",
    "受理时间",
    "解决时间",
    "是否兑现",
    "主题",
    "服务对象",
    "服务",
    "渠道",
    "工号",
]

type Row = Sequence[object]


def make_contacts(actor: Actor) -> None:
    """Two files, as another system would hand them over; each lands in one action."""
    chance = Random(SEED)
    with clock.at(moment(date(2025, 12, 30))):
        land(actor, "接触记录.csv", HEADING, contacts(actor, chance), {})
        land(actor, "事项日志.csv", LOG_HEADING, updates(actor, chance), {"layout": "log"})


def land(
    actor: Actor, name: str, heading: Sequence[str], rows: Iterable[Row], options: dict[str, str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        with path.open("w", encoding="utf-8", newline="") as out:
            table = csv.writer(out)
            table.writerow(heading)
            table.writerows(rows)
        columns = suggest(open_table(path).columns, importer.fields)
        plan = plan_import(importer, actor, path, Columns(columns, options=options))
        carry_out(plan, actor, path)


def working_moment(chance: Random, year: int, until: int = 362) -> datetime:
    """A weekday between eight and six."""
    day = date(year, 1, 1) + timedelta(days=chance.randrange(until))
    while day.weekday() > 4:
        day -= timedelta(days=1)
    if day.year < year:
        day = date(year, 1, 8)
    return moment(day, 8 + chance.randrange(10), chance.randrange(60))


def spelled(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def contacts(actor: Actor, chance: Random) -> Iterator[Row]:
    """One row a contact; what is felt hangs on the stage, the channel on the year."""
    recipients = codes(Recipient.objects.visible_to(actor))
    services = codes(Service.objects.visible_to(actor))
    staff = list(
        Person.objects.visible_to(actor).order_by("number").values_list("number", flat=True)
    )
    touchpoints = list(
        Touchpoint.objects.visible_to(actor).order_by("code").values_list("code", "stage")
    )
    for year, count in YEARS.items():
        for _contact in range(count):
            code, stage = chance.choice(touchpoints)
            is_digital = chance.random() < DIGITAL[year]
            spoken = chance.choice(SPOKEN) if chance.random() < 0.06 else ("", "", "")
            yield [
                spelled(working_moment(chance, year)),
                chance.choice(recipients),
                code,
                chance.choice(services),
                chance.choice(DIGITAL_CHANNELS if is_digital else OTHER_CHANNELS),
                chance.choice(staff),
                chance.choice(OUTCOMES),
                felt(chance, stage) if chance.random() < READ else "",
                *spoken,
            ]


def codes(rows: Iterable[Recipient] | Iterable[Service]) -> list[str]:
    return sorted(row.code for row in rows)


def numbers(actor: Actor) -> list[str]:
    return sorted(person.number for person in Person.objects.visible_to(actor))


def felt(chance: Random, stage: str) -> int:
    """A point of the scale around the stage's truth."""
    wanted = FELT.get(stage, ELSEWHERE) + chance.choice((-1, 0, 0, 1))
    low = int(wanted)
    return max(1, min(5, low + (chance.random() < wanted - low)))


def updates(actor: Actor, chance: Random) -> Iterator[Row]:
    """The log of cases of 2025: some solved at once, some opened again, few still open."""
    recipients = codes(Recipient.objects.visible_to(actor))
    services = codes(Service.objects.visible_to(actor))
    staff = list(
        Person.objects.visible_to(actor).order_by("number").values_list("number", flat=True)
    )
    for number in range(1, CASES + 1):
        is_open = number > CASES - OPEN_CASES
        opened = working_moment(chance, 2025, until=330)
        if is_open:
            opened = moment(date(2025, 12, 22), 9, number % 60)
        about = [chance.choice(TITLES), chance.choice(recipients), chance.choice(services)]
        tail = [*about, chance.choice(("phone", "platform", "mail")), chance.choice(staff)]
        yield from case_rows(f"GD{number:04}", opened, tail, chance, is_open=is_open)


def case_rows(
    number: str, opened: datetime, tail: list[str], chance: Random, *, is_open: bool
) -> Iterator[Row]:
    at_once = not is_open and chance.random() < AT_ONCE
    answered = opened + timedelta(minutes=chance.randrange(10, 400))
    resolved = answered if at_once else answered + timedelta(hours=chance.randrange(4, 120))
    kept = "" if is_open else "是" if chance.random() < KEPT else "否"
    states = [("new", opened)]
    if is_open:
        states += [("in_progress", answered)] if chance.random() < 0.6 else []
    elif at_once:
        states += [("resolved", resolved)]
    else:
        states += [("in_progress", answered), ("resolved", resolved)]
        if chance.random() < 0.12:
            again = resolved + timedelta(hours=20)
            states += [("in_progress", again), ("resolved", again + timedelta(hours=9))]
    end = states[-1][1]
    if not is_open:
        states.append(("closed", end + timedelta(days=1)))
    solved = "" if is_open else spelled(end)
    for state, at in states:
        yield [number, spelled(at), state, spelled(opened), solved, kept, *tail]
