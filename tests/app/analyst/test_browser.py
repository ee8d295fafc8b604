"""Every page in a browser: both languages, wide and narrow, light and dark."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import pairwise, product
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.browser

PATHS = (
    "overview",
    "priorities",
    "experts",
    "directions",
    "robustness",
    "change",
    "audit",
    "scenarios",
    "resilience",
    "baseline",
)
LOOKS = {"wide": (1400, 1000), "narrow": (360, 780)}
VIEWS = tuple(product(("ru", "en"), LOOKS, ("light", "dark")))
READY = "[data-testid='stAppViewContainer'] h1"
IDLE = "[data-testid='stApp'][data-test-script-state='notRunning']"
# The page scrolls inside this element, so the overflow of the document alone would say nothing.
OVERFLOW = """() => {
  const main = document.querySelector("[data-testid='stMain']");
  return Math.max(document.documentElement.scrollWidth - window.innerWidth,
                  main.scrollWidth - main.clientWidth);
}"""
HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter(each => each.offsetParent !== null).map(each => Number(each.tagName[1]))"""
# Every chart in view tells what it shows to those who do not see it; those in sections that are
# folded are not drawn yet.
CHARTS_SPEAK = """() => [...document.querySelectorAll("[data-testid='stVegaLiteChart']")]
  .filter(each => each.checkVisibility())
  .every(each => each.getAttribute("aria-label"))"""


@contextmanager
def opened(chromium, server, path, *, lang, size, scheme):
    """A page with what its console and its network said."""
    width, height = size
    context = chromium.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale="ru-RU"
    )
    page = context.new_page()
    page.said, page.asked = [], []
    page.on("console", lambda message: _hear(page, server, path, message))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    # The first page answers at the root.
    page.goto(f"{server}/{'' if path == PATHS[0] else path}?lang={lang}")
    settle(page)
    try:
        yield page
    finally:
        context.close()


def _hear(page, server, path, message) -> None:
    """Note an error of the console.

    Opened by a link, a page first looks for its server below its own address (Streamlit's way of
    finding out where it is mounted); the browser logs those two answers, which are as expected.
    """
    probes = {f"{server}/{path}/_stcore/{each}" for each in ("health", "host-config")}
    if message.type == "error" and message.location["url"] not in probes:
        page.said.append(message.text)


def settle(page) -> None:
    """Wait until the script has run and the charts are drawn."""
    page.wait_for_selector(READY, timeout=60_000)
    page.wait_for_timeout(300)  # until the run that a click asks for has begun
    page.wait_for_selector(IDLE, timeout=60_000)
    page.wait_for_timeout(600)  # charts are drawn after the script has ended


def whole_picture(page, file) -> None:
    """Save the whole page, which scrolls inside its frame."""
    height = page.evaluate("document.querySelector(\"[data-testid='stMain']\").scrollHeight")
    width = page.viewport_size["width"]
    page.set_viewport_size({"width": width, "height": min(max(height, 600), 12_000)})
    page.wait_for_timeout(500)
    page.screenshot(path=str(file))


@pytest.mark.parametrize("view", VIEWS, ids="-".join)
@pytest.mark.parametrize("path", PATHS)
def test_page_is_quiet_asks_nobody_else_and_fits(chromium, server, screenshots, path, view):
    lang, look, scheme = view
    size = LOOKS[look]
    with opened(chromium, server, path, lang=lang, size=size, scheme=scheme) as page:
        assert page.evaluate(OVERFLOW) <= 0
        assert page.locator("[data-testid='stException']").count() == 0
        levels = page.evaluate(HEADINGS)
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        page.wait_for_function(CHARTS_SPEAK, timeout=20_000)
        whole_picture(page, screenshots / f"{path}-{lang}-{look}-{scheme}.png")
        assert page.said == []
        home = urlsplit(server).netloc
        elsewhere = [u for u in page.asked if urlsplit(u).netloc not in {home, ""}]
        assert elsewhere == []


def test_language_stays_in_the_url_and_across_pages(chromium, server):
    with opened(
        chromium, server, "overview", lang="en", size=LOOKS["wide"], scheme="light"
    ) as page:
        page.get_by_text("Русский", exact=True).click()
        page.get_by_role("link", name="Обзор").wait_for()
        assert "lang=ru" in page.url
        page.get_by_role("link", name="Направления").click()
        page.get_by_role("heading", name="Направления", level=1).wait_for()
        settle(page)
        assert "lang=ru" in page.url


def test_reading_by_the_target_changes_the_finding_and_the_link_keeps_it(chromium, server):
    finding = "[data-testid='stMain'] [data-testid='stMarkdownContainer'] strong"
    wide = LOOKS["wide"]
    with opened(chromium, server, "directions", lang="en", size=wide, scheme="light") as page:
        before = page.locator(finding).first.inner_text()
        page.get_by_text("by the authors' target", exact=True).click()
        page.get_by_text("instead of by popularity among the experts").wait_for()
        settle(page)
        after = page.locator(finding).first.inner_text()
        assert after != before
        assert "reading_innovation_types=target" in page.url
        link = page.url
        page.get_by_role("link", name="Robustness").click()
        page.get_by_role("heading", name="Robustness", level=1).wait_for()
        settle(page)
        assert page.get_by_text("instead of by popularity among the experts").count() > 0
        page.goto(link)
        settle(page)
        assert page.locator(finding).first.inner_text() == after
        page.get_by_role("button", name="Back to the study's assumptions").click()
        settle(page)
        assert page.locator(finding).first.inner_text() == before
        assert page.said == []


def test_a_table_and_a_chart_are_downloaded(chromium, server):
    wide = LOOKS["wide"]
    with opened(chromium, server, "directions", lang="en", size=wide, scheme="light") as page:
        # Without it files are saved by a dialogue of the system, which no test can answer.
        page.evaluate("delete window.showSaveFilePicker")
        for element, button, ending in (
            ("stDataFrame", "Download as CSV", ".csv"),
            ("stVegaLiteChart", "Download as PNG", ".png"),
        ):
            shown = page.get_by_test_id(element).first
            shown.scroll_into_view_if_needed()
            shown.hover()
            with page.expect_download() as waiting:
                page.get_by_role("button", name=button).first.click()
            assert waiting.value.suggested_filename.endswith(ending)
        assert page.said == []
