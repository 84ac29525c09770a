"""A walk in a real browser: from nothing to the printed report, on a desk and on a phone."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.cast import Cast
from zhuoyue.site.start import start_token
from zhuoyue.studies.tests.makers import done
from zhuoyue.studies.tests.test_groups import town_of
from zhuoyue.studies.tests.test_groups import wave_of as towns

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
MISSING = "no Chromium on this machine: the browser walks were left out"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None and not os.environ.get("CI"), reason=MISSING),
]
PASSWORD = "a long pass phrase 42"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop of its own in this thread; Django must not mind.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    assert CHROMIUM is not None, MISSING
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Answers in which satisfaction follows quality."""
    lines = ["quality1,quality2,quality3,sat1,sat2,unit"]
    for i in range(120):
        base = 1 + (i * 7) % 5
        cells = [base, base + i % 2, base - (i % 3 == 0), base + (i % 4 == 0), base - (i % 5 == 0)]
        lines.append(",".join([*(str(min(5, max(1, c))) for c in cells), f"部门{i % 3}"]))
    path = tmp_path / "答卷.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def open_page(browser: Browser, live_server: Any, *, width: int, language: str) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, base_url=live_server.url, accept_downloads=True
    )
    cookie: Any = {"name": "django_language", "value": language, "url": live_server.url}
    context.add_cookies([cookie])
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    return page


def no_sideways_scrolling(page: Page) -> None:
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0, f"{page.url} scrolls sideways"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "language"), [(1440, "zh-hans"), (390, "en")])
def test_from_an_empty_centre_to_the_report(
    browser: Browser, live_server: Any, answers: Path, width: int, language: str
) -> None:
    page = open_page(browser, live_server, width=width, language=language)
    page.goto(f"/start/{start_token()}/")
    for name, value in {
        "enterprise": "松花江机械厂",
        "name": "松花江机械厂技术中心",
        "code": "songhua",
        "username": "zhaoqian",
        "password": PASSWORD,
    }.items():
        page.fill(f"#id_{name}", value)
    page.click("button.btn-primary")
    expect(page.locator("body")).to_contain_text("松花江机械厂技术中心")
    no_sideways_scrolling(page)

    load_recipients(page, answers.parent)
    log_a_contact(page)

    page.goto("/surveys/import/")
    page.set_input_files("#id_file", str(answers))
    for name, value in {"wave": "w2026", "title": "2026 调查", "low": "1", "high": "5"}.items():
        page.fill(f"#id_{name}", value)
    page.click(".save-bar button.btn-primary")
    expect(page.locator("main")).to_contain_text("quality3")
    no_sideways_scrolling(page)
    page.click(".save-bar button.btn-primary")
    expect(page.locator("h1")).to_contain_text("2026 调查")

    page.click("a[href*='studies/start/?wave=']")
    text = page.input_value("#id_model_text")
    assert "quality =~ quality1 + quality2 + quality3" in text
    page.fill("#id_model_text", text + "\nsat ~ quality")
    page.fill("#id_replicates", "300")
    page.click(".save-bar button.btn-primary")
    expect(page.locator("figure[data-graph] canvas").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("n = 120")
    no_sideways_scrolling(page)
    for ending, head in (("zh.docx", b"PK"), ("en.pdf", b"%PDF")):
        with page.expect_download() as caught:
            page.click(f"a[href$='{ending}']")
        assert Path(caught.value.path()).read_bytes().startswith(head)

    page.click("main a[href*='/studies/findings/']")
    page.click("a[href*='?origin=studies.finding']")
    page.fill("#id_goal", "满意度提高半分")
    page.select_option("#id_owner", index=1)
    page.click(".save-bar button.btn-primary")
    expect(page.locator("h1")).to_contain_text("I0001")
    no_sideways_scrolling(page)


def load_recipients(page: Page, folder: Path) -> None:
    """From the template's headings to records, through the pages of an import."""
    people = {
        "people.department": "编码,名称\nrd,研发部\n",
        "people.person": "工号,姓名,部门\n0001,王工,rd\n",
        "people.recipient": "编码,名称,内外部\nW1,一车间,内部\nC1,北方电机厂,外部\n",
    }
    for name, text in people.items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="gb18030")
        page.goto(f"/imports/{name}/")
        page.set_input_files("#id_file", str(path))
        page.click(".save-bar button.btn-primary")
        no_sideways_scrolling(page)
        page.click("form[action$='/confirm/'] button.btn-primary")
        expect(page.locator("#job .tone-good")).to_be_visible()


def log_a_contact(page: Page) -> None:
    """The quick log of a centre where nothing has been logged yet."""
    page.goto("/delivery/contacts/quick/")
    for name in ("recipient", "outcome", "felt"):  # its catalogue has no touchpoints yet
        page.locator(f"label:has(input[name='{name}'])").first.click()
    no_sideways_scrolling(page)
    page.click(".save-bar button.btn-primary")
    page.goto("/delivery/contacts/")
    expect(page.locator("main")).to_contain_text(re.compile("一车间|北方电机厂"))


@pytest.mark.django_db(transaction=True)
def test_sliders_answer_while_they_are_dragged(
    browser: Browser, live_server: Any, cast: Cast
) -> None:
    """With the mouse, with the keyboard, and the same as the form that is sent without scripts."""
    study = done(cast)
    page = open_page(browser, live_server, width=390, language="en")
    page.context.add_cookies([session_of(cast, live_server)])
    address = f"/studies/studies/{study.pk}/"
    page.goto(address)
    slider = page.locator("[data-slider='points_0']")
    row = page.locator("tr[data-construct='Satisfaction']")
    change = row.locator("[data-part='change']")
    expect(change).to_have_text("0.0")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.75, middle, steps=5)
    expect(change).not_to_have_text("0.0")  # the button is still held
    expect(row.locator("[data-part='interval']")).to_have_text(re.compile("to"))
    page.mouse.up()

    slider.focus()
    dragged = change.inner_text()
    slider.press("ArrowLeft")
    points = page.input_value("#id_points_0")
    assert float(points) > 0
    expect(change).not_to_have_text(dragged)
    shown = row.inner_text()
    expect(page.locator("#live")).to_contain_text("Satisfaction")
    expect(page.locator("#live")).to_contain_text(change.inner_text())
    no_sideways_scrolling(page)
    milliseconds = page.evaluate("""() => {
        const form = document.querySelector("[data-what-if]");
        const times = Array.from({length: 9}, () => {
            const started = performance.now();
            form.whatIf.answer();
            return performance.now() - started;
        });
        return times.sort((a, b) => a - b)[4];
    }""")
    assert milliseconds < 50
    page.goto(f"{address}?points_0={points}")  # as the form would be sent
    assert row.inner_text() == shown


# Boxes that an arrow runs through and labels that lie on each other.
HIDDEN = """() => {
    const graph = document.querySelector("figure[data-graph] [data-canvas]")._cyreg.cy;
    const found = [];
    const apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
    const inside = ({x, y}, box) => x > box.x1 && x < box.x2 && y > box.y1 && y < box.y2;
    const along = (a, b, part) => ({x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part});
    const parts = Array.from({length: 50}, (_, k) => k / 50);
    const edges = graph.edges().toArray();
    edges.forEach((edge, k) => {
        const middle = edge.midpoint();
        const before = edges.slice(0, k);
        if (before.some((other) => apart(other.midpoint(), middle) < 30)) found.push(edge.id());
        const bends = edge.segmentPoints() ?? [];
        const points = [edge.sourceEndpoint(), ...bends, edge.targetEndpoint()];
        const ways = points.slice(1).map((next, j) => (part) => along(points[j], next, part));
        const way = ways.flatMap((at) => parts.map(at));
        graph.nodes().difference(edge.connectedNodes()).forEach((node) => {
            const box = node.boundingBox({includeLabels: false});
            if (way.some((point) => inside(point, box))) found.push(node.id());
        });
    });
    return {found, edges: edges.length};
}"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1440, 390])
def test_no_arrow_of_the_model_hides_behind_a_box(
    browser: Browser, live_server: Any, cast: Cast, width: int
) -> None:
    """A leads to C by way of B and also past it; straight arrows would lie on each other."""
    boxes = "A =~ qual1\nB =~ qual2\nC =~ sat1\nD =~ sat2\n"
    study = done(cast, boxes + "B ~ A\nC ~ A + B\nD ~ A + B + C")
    page = open_page(browser, live_server, width=width, language="en")
    page.context.add_cookies([session_of(cast, live_server)])
    page.goto(f"/studies/studies/{study.pk}/")
    page.locator("figure[data-graph]").scroll_into_view_if_needed()
    expect(page.locator("figure[data-graph] canvas").first).to_be_visible()
    assert page.evaluate(HIDDEN) == {"found": [], "edges": 6}


@pytest.mark.django_db(transaction=True)
def test_the_groups_of_a_wave_are_offered_when_it_is_chosen(
    browser: Browser, live_server: Any, cast: Cast
) -> None:
    wave = towns(cast, [row for k in (1, 2) for row in town_of(f"T{k}", 12, effect=0.5, seed=k)])
    page = open_page(browser, live_server, width=390, language="en")
    page.context.add_cookies([session_of(cast, live_server)])
    page.goto("/studies/studies/start/")
    offered = page.locator("#id_group option")
    expect(offered).to_have_count(1)
    page.select_option("#id_wave", str(wave.pk))
    expect(offered).to_have_text(["not at all", "town (T1: 12, T2: 12)"])
    page.select_option("#id_wave", "")
    expect(offered).to_have_count(1)


def session_of(cast: Cast, live_server: Any) -> Any:
    """The analyst, signed in."""
    session = cast.client("analyst").cookies["sessionid"].value
    return {"name": "sessionid", "value": session, "url": live_server.url}


@pytest.mark.django_db(transaction=True)
def test_a_wrong_password_is_refused_in_words(browser: Browser, live_server: Any) -> None:
    page = open_page(browser, live_server, width=390, language="zh-hans")
    page.goto("/sign-in/")
    page.fill("#id_username", "nobody")
    page.fill("#id_password", "wrong")
    page.click("button.btn-primary")
    expect(page.locator("main")).to_contain_text("用户名或密码错误")
