"""The demonstration's improvement actions: one gone its whole way, one under way."""

from datetime import date

from django.db import transaction

from zhuoyue.demo.days import moment
from zhuoyue.demo.schemes import someone
from zhuoyue.improvement import actions
from zhuoyue.improvement.models import Improvement
from zhuoyue.kit import clock
from zhuoyue.kit.access import Actor
from zhuoyue.people.models import Person, Role
from zhuoyue.studies.models import Finding
from zhuoyue.surveys.models import Wave


def make_improvements(actor: Actor) -> None:
    """The first study found a driver; what was done about it is checked by the second wave."""
    driver = Finding.objects.visible_to(actor).filter(kind="driver").order_by("pk")[0]
    people = list(Person.objects.visible_to(actor).order_by("number"))
    with transaction.atomic(), clock.at(moment(date(2025, 1, 13))):
        made = plan(actor, driver, people[4])
        actions.start(actor, made)
    with transaction.atomic(), clock.at(moment(date(2025, 9, 26))):
        for step in made.steps.order_by("pk"):
            actions.finish_step(actor, step)
        actions.hand_over(actor, made)
    before, after = Wave.objects.visible_to(actor).order_by("ended_on")
    with transaction.atomic(), clock.at(moment(date(2025, 12, 15))):
        actions.check_waves(actor, made, before=before, after=after, subject=driver.subject)
        actions.judge(
            someone(actor, Role.DIRECTOR),
            made,
            is_effective=True,
            judgement="两次调查相比有提高，区间不含零；没有对照组，继续观察。",
        )
        actions.standardise(actor, made, made_standard="值班制度写入服务标准；进度通报列为必做步骤")
    with transaction.atomic(), clock.at(moment(date(2025, 11, 10))):
        under_way(actor, people[0])


def plan(actor: Actor, driver: Finding, owner: Person) -> Improvement:
    made = actions.open_improvement(
        actor,
        origin=("studies.finding", driver.pk),
        title="缩短响应时间，主动通报进度",
        goal="质量感知均分（1–10）提高 0.2 分以上",
        subject=driver.subject,
        owner=owner,
        department=owner.department,
        due_on=date(2025, 9, 30),
    )
    root = actions.cause.create(actor, improvement=made, text="没有夜间值班制度", is_root=True)
    actions.cause.create(actor, improvement=made, text="报警电话无人接听", because_of=root)
    for text in ("建立夜间值班制度", "每个工序完成后一小时内更新进度", "次日回访"):
        actions.step.create(actor, improvement=made, text=text, person=owner)
    return made


def under_way(actor: Actor, owner: Person) -> None:
    """Owned by the engineer of the demonstration, so that the inbox knows of it."""
    made = actions.open_improvement(
        actor,
        title="提高首次接触解决率",
        goal="首次接触解决率从 55 % 提高到 65 %",
        measure=34,
        owner=owner,
        department=owner.department,
        due_on=date(2026, 6, 30),
    )
    actions.step.create(actor, improvement=made, text="整理常见问题处置卡片", person=owner)
    actions.start(actor, made)
