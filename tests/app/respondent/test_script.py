"""The script saves what is given, whatever happens to the page, the line and the server."""

import signal

import pytest

from survey.collection.replies import Reply
from tests.app.respondent.serving import Serving

pytestmark = pytest.mark.browser
SAVED = "#status:not(.trouble):text-matches('Saved at')"


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def serving(request, tmp_path_factory):
    server = url = None
    if request.param == "postgres":
        server = request.getfixturevalue("postgres_server")
        url = server.create()
    made = Serving(tmp_path_factory.mktemp("home"), url)
    made.start()
    yield made
    made.stop()
    if server is not None:
        server.drop(url)


@pytest.fixture
def context(chromium):
    made = chromium.new_context(locale="en-GB", viewport={"width": 360, "height": 740})
    made.set_default_timeout(15000)
    yield made
    made.close()


@pytest.fixture
def page(context, serving):
    """A page of somebody who has begun."""
    opened = context.new_page()
    opened.goto(serving.link())
    opened.check("#consent")
    opened.click("button.main")
    return opened


def at(page, serving, question):
    page.goto(f"{serving.address}/q/{question}")
    return page


def test_an_answer_is_saved_without_a_button_and_there_after_a_reload(page, serving):
    at(page, serving, "remark").fill("textarea", "half a sentence")
    page.wait_for_selector(SAVED)
    page.reload()
    assert page.input_value("textarea") == "half a sentence"
    assert serving.stored() == {"remark": Reply(text="half a sentence")}


def test_what_was_typed_last_is_saved_when_the_page_is_left_at_once(page, context, serving):
    at(page, serving, "remark").locator("textarea").press_sequentially("closed at once")
    page.close()
    other = context.new_page()
    at(other, serving, "remark")
    assert other.input_value("textarea") == "closed at once"


def test_without_a_line_the_answer_waits_and_is_saved_when_it_is_back(page, context, serving):
    at(page, serving, "share")
    context.set_offline(True)
    page.fill("#a-0", "12,5")
    page.wait_for_selector("#status.trouble:text-matches('no connection')")
    page.click("button.main[value=next]")
    page.wait_for_timeout(300)
    assert page.url.endswith("/q/share"), "the answer stays where it can be seen"
    assert serving.stored() == {}
    context.set_offline(False)
    page.wait_for_selector(SAVED)
    assert serving.stored() == {"share": Reply(cells={"share": 12.5})}


def test_leaving_with_something_unsaved_warns(page, context, serving):
    at(page, serving, "share")
    page.click("#a-0")
    context.set_offline(True)
    page.keyboard.type("7")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.wait_for_selector("#status.trouble")
    page.close(run_before_unload=True)
    page.wait_for_event("close")
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_server_that_is_started_again_has_what_it_confirmed_and_gets_the_rest(page, serving, how):
    at(page, serving, "remark").fill("textarea", "before")
    page.wait_for_selector(SAVED)
    serving.stop(how=how)
    page.fill("textarea", "before and after")
    page.wait_for_selector("#status.trouble")
    assert serving.stored() == {"remark": Reply(text="before")}
    serving.start()
    page.wait_for_selector(SAVED, timeout=40000)
    assert serving.stored() == {"remark": Reply(text="before and after")}


def test_never_two_saves_of_a_question_are_on_the_way(page, serving):
    at(page, serving, "remark")
    going, most = set(), []
    page.route("**/save/*", lambda route: (page.wait_for_timeout(150), route.continue_()))
    page.on("request", lambda r: "/save/" in r.url and (going.add(r), most.append(len(going))))
    # Playwright hangs a mark on what it calls, which a method of a set cannot carry.
    page.on("requestfinished", lambda request: going.discard(request))  # noqa: PLW0108
    for k in range(6):
        page.fill("textarea", f"version {k}")
        page.wait_for_timeout(450)
    page.wait_for_selector(SAVED)
    assert max(most) == 1
    assert serving.stored() == {"remark": Reply(text="version 5")}


def test_an_answer_that_cannot_be_saved_says_why(page, serving):
    at(page, serving, "share").fill("#a-0", "120")
    page.wait_for_selector("#status.trouble:text-matches('120 is too much')")
    page.fill("#a-0", "100")
    page.wait_for_selector(SAVED)
    assert serving.stored() == {"share": Reply(cells={"share": 100})}


def test_what_stands_alone_unticks_the_others_and_the_most_is_kept(page, serving):
    at(page, serving, "barriers")
    for option in ("money", "people", "law"):
        page.check(f"input[value={option}]")
    assert page.is_disabled("input[value=market]")
    assert "as many as possible" in page.inner_text("[data-full]")
    page.check("input[value=none]")
    assert page.locator("input:checked").count() == 1
    page.check("input[value=market]")
    assert not page.is_checked("input[value=none]")
    page.fill("#a-4-words", "own words")
    assert page.is_checked("input[value=other]")
    page.wait_for_selector(SAVED)
    assert serving.stored() == {
        "barriers": Reply(("market", "other"), texts={"other": "own words"})
    }


def test_points_add_up_as_one_types(page, serving):
    at(page, serving, "budget").fill("#a-0", "60,5")
    assert page.inner_text("[data-sum]") == "60.5 given; 39.5 left"
    page.fill("#a-1", "50")
    assert page.inner_text("[data-sum]") == "110.5 given; 10.5 too many"


def test_places_are_given_and_moved_by_buttons_and_by_the_list(page, serving):
    at(page, serving, "order")
    page.click("[aria-label='Put next: Medical devices']")
    page.click("[aria-label='Put next: Mining equipment']")
    assert page.locator("[data-move=add]:visible").count() == 0, "two places are all"
    page.click("[aria-label='Higher: Mining equipment']")
    assert page.evaluate("document.activeElement.closest('.rank').dataset.option") == (
        "Mining equipment"
    )
    page.wait_for_selector(SAVED)
    assert serving.stored()["order"].cells == {"machines": 1, "medicine": 2}
    page.select_option("[name='cell.steel']", "1")
    page.wait_for_timeout(1000)
    assert serving.stored()["order"].cells == {"steel": 1, "machines": 2}
    page.click("[aria-label='Take out: Mining equipment']")
    page.wait_for_timeout(1000)
    assert serving.stored()["order"].cells == {"steel": 1}


def test_comparisons_appear_with_the_best_and_the_worst(page, serving):
    at(page, serving, "ends")
    assert page.locator("section.block:visible").count() == 0
    page.check("#best-0")
    page.check("#worst-2")
    assert "“Jobs created”, the best" in page.inner_text("[data-against=best] h2")
    assert page.locator("[data-against=best] [data-row]:visible").count() == 2
    assert page.locator("[data-against=worst] [data-row]:visible").count() == 1
    for row in page.locator("[data-row]:visible").all():
        row.locator("input[value='4']").check()
    page.wait_for_selector(SAVED)
    assert len(serving.stored()["ends"].cells) == 6
    page.check("#best-1")
    page.wait_for_timeout(1000)
    assert serving.stored()["ends"].cells == {"best:ecology": 1, "cost:worst": 1}


def test_a_choice_is_taken_back_in_place(page, serving):
    at(page, serving, "levels").check("#a-0 input[value='4']")
    page.wait_for_selector(SAVED)
    page.click("#a-0 [data-clear]")
    page.wait_for_timeout(1000)
    assert serving.stored()["levels"].empty
    assert page.url.endswith("/q/levels")


def test_all_is_answered_by_the_keyboard_alone(page, serving):
    """From the first question to the thanks without a pointer."""
    key = page.keyboard

    def tab_to(selector):
        for _ in range(60):
            key.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"{selector} is not reached by the keyboard")

    def go_on():
        before = page.url
        tab_to("button[value=next]")
        key.press("Enter")
        page.wait_for_url(lambda url: url != before)

    at(page, serving, "role")
    key.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    key.press("Enter")
    tab_to("input[name=chosen]")
    key.press("ArrowDown")
    go_on()
    tab_to("input[value=money]")
    key.press("Space")
    tab_to("input[value=people]")
    key.press("Space")
    go_on()
    tab_to("#a-0 input")
    key.press("ArrowRight")
    go_on()
    tab_to("#a-0")
    key.type("70")
    go_on()
    for _ in range(2):
        tab_to("[data-move=add]")
        key.press("Enter")
    go_on()
    tab_to("#a-0")
    key.type("40")
    tab_to("#a-1")
    key.type("60")
    go_on()
    for k in range(3):
        tab_to(f"#a-{k} input")
        key.press("ArrowRight")
    go_on()
    tab_to("#best-0")
    key.press("Space")
    tab_to("input[name=worst]")
    key.press("ArrowUp")
    for _ in range(3):
        tab_to("[data-row] input")
        key.press("ArrowRight")
    go_on()
    go_on()
    go_on()
    tab_to("textarea")
    key.type("By hand")
    go_on()
    tab_to("button.main")
    key.press("Enter")
    page.wait_for_url("**/done")
    found = serving.submitted()
    assert found["role"].chosen
    assert found["order"].cells == {"steel": 1, "machines": 2}
    assert len(found["pairs"].cells) == 3
    assert len(found["ends"].cells) == 6
    assert found["remark"].text == "By hand"
