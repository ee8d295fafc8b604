"""Every page on a telephone and on a desk, in both languages, light and dark."""

from importlib.resources import files

import pytest

from tests.app.respondent.conftest import QUESTIONNAIRE
from tests.app.respondent.serving import Serving

pytestmark = pytest.mark.browser
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async rules => (await axe.run(document, {runOnly: rules})).violations.map(
    found => `${found.id}: ${found.nodes.map(node => node.html.slice(0, 200)).join(" | ")}`)"""
LOOKS = [
    (360, "ru-RU", "light"),
    (360, "en-GB", "dark"),
    (1280, "en-GB", "light"),
    (1280, "ru-RU", "dark"),
]
# A thumb needs 44 px; on a desk, where 17 steps stand in one line, they are as high but narrower.
SMALL = """() => [...document.querySelectorAll(
        "button:not(.unseen), a.button, .option, .step, select, input[type=text]")]
    .filter(each => each.checkVisibility({visibilityProperty: true}))
    .map(each => [each.getBoundingClientRect(), each.outerHTML.slice(0, 120)])
    .filter(([box, _]) => box.height < 43.9 || box.width < (innerWidth < 600 ? 43.9 : 34))
    .map(([box, html]) => `${box.width} x ${box.height}: ${html}`)"""


@pytest.fixture(scope="module")
def serving(tmp_path_factory):
    made = Serving(tmp_path_factory.mktemp("home"))
    made.start()
    yield made
    made.stop()


def check(page, screenshots, look, name):
    """No violation, nothing wider than the page, nothing too small for a thumb; seen."""
    page.evaluate(AXE)
    assert page.evaluate(RUN, RULES) == [], name
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
    assert page.evaluate(SMALL) == [], name
    page.screenshot(path=screenshots / f"respondent-{look}-{name}.png", full_page=True)


def answer(page, kind):
    """Answer a question by half, so that something is chosen and something is left."""
    match kind:
        case "single" | "multiple":
            for option in page.locator(".option input").all()[:3]:
                option.check()
        case "rating" | "grid" | "pairwise":
            if page.locator(".row").count():
                page.locator(".row input").nth(1).check()
            else:
                page.fill("#a-0", "70")
        case "ranking":
            page.locator("[data-move=add]").first.click()
        case "points":
            page.fill("#a-0", "40")
        case "best_worst":
            page.check("#best-0")
            page.check("#worst-1")
            page.locator("[data-row]:visible input").nth(2).check()
        case "number":
            page.fill("#a-0", "150")
        case "text":
            page.fill("textarea", "слова " * 20)


@pytest.mark.parametrize(("width", "locale", "scheme"), LOOKS)
def test_every_page_is_fit_to_be_used(chromium, serving, screenshots, width, locale, scheme):  # noqa: PLR0917 - pytest passes them by name
    context = chromium.new_context(
        locale=locale, color_scheme=scheme, viewport={"width": width, "height": 740}
    )
    page = context.new_page()
    faults, elsewhere = [], []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: elsewhere.append(asked.url))
    look = f"{width}-{locale[:2]}-{scheme}"
    page.goto(serving.link())
    assert page.locator("html").get_attribute("lang") == locale[:2]
    check(page, screenshots, look, "start")
    page.click("button.main")
    check(page, screenshots, look, "consent")
    page.check("#consent")
    page.click("button.main")
    for number, question in enumerate(QUESTIONNAIRE.questions):
        if question.show_if is not None:
            continue
        page.goto(f"{serving.address}/q/{question.id}")
        check(page, screenshots, look, f"{number:02}-{question.kind}")
        answer(page, question.kind)
        page.wait_for_timeout(600)
        check(page, screenshots, look, f"{number:02}-{question.kind}-answered")
    page.goto(f"{serving.address}/q/budget")
    page.click("button[value=next]")
    page.wait_for_selector("#problems")
    check(page, screenshots, look, "problem")
    page.goto(f"{serving.address}/review")
    check(page, screenshots, look, "review")
    assert [each for each in faults if "422" not in each] == []
    page.goto(f"{serving.address}/i/wrong")
    check(page, screenshots, look, "refused")
    assert all(url.startswith(serving.address) for url in elsewhere)
    context.close()
