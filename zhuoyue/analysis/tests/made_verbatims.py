"""Verbatims made for tests: our own sentences, put together at random."""

from __future__ import annotations

import random

GOOD = ["friendly staff", "a quick answer", "good advice", "a clear report", "careful work"]
BAD = ["rude staff", "a slow answer", "no advice at all", "a report full of mistakes", "late again"]
NEUTRAL = ["in the morning", "for our workshop", "this week", "about the welding robot", "by phone"]
THEMES = {
    "speed": ["等了很久", "响应很快", "拖了一周", "当天就到"],
    "price": ["收费太高", "价格合理", "报价不清楚", "费用便宜"],
    "report": ["报告写得清楚", "报告有错误", "报告看不懂", "数据齐全"],
}
SUBJECTS = [
    ["report", "figures", "pages", "summary", "mistakes"],
    ["invoice", "price", "discount", "payment", "costs"],
    ["welding", "robot", "spindle", "calibration", "workshop"],
]
ASIDE = ["这次服务", "技术中心", "我们车间", "上个月", "工程师来了", "设备检测"]


def opinions(n: int, seed: int) -> tuple[list[str], list[str]]:
    """English texts with two opinions of one kind, labelled good or bad, one in twenty wrongly."""
    stream = random.Random(seed)
    texts, labels = [], []
    for number in range(n):
        good = bool(stream.getrandbits(1))
        one, two = stream.sample(GOOD if good else BAD, 2)
        texts.append(f"Visit {number}: {one} {stream.choice(NEUTRAL)}, and {two}.")
        wrong = stream.random() < 0.05
        labels.append("good" if good != wrong else "bad")
    return texts, labels


def voices(n: int, seed: int) -> tuple[list[str], list[frozenset[str]]]:
    """Chinese texts with none, one or two themes."""
    stream = random.Random(seed)
    texts, themes = [], []
    for number in range(n):
        chosen = stream.sample(sorted(THEMES), stream.choice([0, 1, 1, 2]))
        parts = [stream.choice(ASIDE), *(stream.choice(THEMES[name]) for name in chosen)]
        texts.append("，".join(parts) + f"。编号{number}")
        themes.append(frozenset(chosen))
    return texts, themes


def subjects(n: int, seed: int) -> tuple[list[str], list[int]]:
    """English texts about one of three subjects, of three words each."""
    stream = random.Random(seed)
    about = [stream.randrange(3) for _number in range(n)]
    texts = [
        "The {} was about the {} and {} number {}.".format(*stream.sample(SUBJECTS[k], 3), number)
        for number, k in enumerate(about)
    ]
    return texts, about
