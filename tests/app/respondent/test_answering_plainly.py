"""Every kind of question is answered without a script."""

import pytest

from app.respondent.forms import SEEN_BEST, SEEN_WORST
from survey.collection import schema
from survey.collection.replies import Reply
from tests.app.respondent.conftest import ANSWERS, QUESTIONNAIRE
from tests.app.respondent.plain_browser import Page


@pytest.mark.parametrize("question", ANSWERS)
def test_an_answer_is_stored_as_it_was_given(expert, stored, question):
    if question == "law_detail":
        expert.fill("barriers", {"chosen": ["law", "money"]})
    given, expected = ANSWERS[question]
    expert.fill(question, given)
    assert stored()[question] == expected


@pytest.mark.parametrize("question", ANSWERS)
def test_an_answer_is_there_when_one_comes_back(expert, browser, tokens, question):
    if question == "law_detail":
        expert.fill("barriers", {"chosen": ["law", "money"]})
    given, _ = ANSWERS[question]
    expert.fill(question, given, "save")
    elsewhere = browser()
    elsewhere.get(f"/i/{tokens[0]}")
    fields = Page(elsewhere.get(f"/q/{question}").text).form.fields
    for name, values in given.items():
        expected = [values] if isinstance(values, str) else values
        assert fields.get(name, [""]) == [v.replace(",", ".") for v in expected]


@pytest.mark.parametrize("question", [q.id for q in QUESTIONNAIRE.questions if not q.show_if])
def test_nothing_is_preselected(expert, question):
    form = expert.page(f"/q/{question}").form
    own = {name: values for name, values in form.fields.items() if name != "tag"}
    assert all(values == [""] for values in own.values())


def test_the_best_and_the_worst_are_named_first_and_compared_then(expert, stored):
    expert.fill("ends", {"best": "jobs", "worst": "cost"}, "save")
    assert stored()["ends"] == Reply(cells={"best:jobs": 1, "cost:worst": 1})
    form = expert.page("/q/ends").form
    assert form.fields[SEEN_BEST] == ["jobs"]
    assert form.fields[SEEN_WORST] == ["cost"]
    page = expert.fill(
        "ends", {"cell.best:ecology": "3", "cell.best:cost": "7", "cell.ecology:worst": "2"}
    )
    assert expert.path == "/q/levels"
    assert stored()["ends"].cells == {
        "best:jobs": 1,
        "best:ecology": 3,
        "best:cost": 7,
        "jobs:worst": 7,
        "ecology:worst": 2,
        "cost:worst": 1,
    }
    assert not page.form.fields.get("chosen")


def test_comparisons_with_another_best_are_not_kept(expert, stored):
    expert.fill("ends", {"best": "jobs", "worst": "cost"}, "save")
    expert.fill("ends", {"cell.best:ecology": "3", "cell.ecology:worst": "2"}, "save")
    expert.fill("ends", {"best": "ecology"}, "save")
    assert stored()["ends"].cells == {"best:ecology": 1, "cost:worst": 1}


def test_an_unfinished_answer_is_stored_and_told(expert, stored):
    page = expert.fill("budget", {"cell.science": "60"})
    assert expert.path == "/q/budget"
    assert stored()["budget"] == Reply(cells={"science": 60})
    assert "60 of 100 points are given; 40 are left" in page.words
    assert "#a-0" in page.links


def test_an_answer_half_given_is_stored_when_going_back(expert, stored):
    expert.fill("pairs", {"cell.jobs:cost": "1/9"}, "back")
    assert expert.path == "/q/budget"
    assert stored()["pairs"].cells == {"jobs:cost": pytest.approx(1 / 9)}


def test_a_choice_is_taken_back_by_a_button(expert, stored):
    expert.fill("role", {"chosen": "science"})
    expert.fill("role", {}, "clear:chosen")
    assert expert.path == "/q/role"
    assert stored()["role"].empty
    expert.fill("levels", {"cell.D1:jobs": "1", "cell.D2:jobs": "2"}, "save")
    expert.fill("levels", {}, "clear:cell.D1:jobs")
    assert stored()["levels"].cells == {"D2:jobs": 2}


def test_the_language_is_changed_without_losing_what_was_typed(expert, stored):
    page = expert.fill("remark", {"text.remark": "half a"}, "language:ru")
    assert page.lang == "ru"
    assert "Хотите что-нибудь добавить?" in page.words
    assert stored()["remark"] == Reply(text="half a")


def test_a_question_appears_by_an_earlier_answer(expert, stored):
    assert expert.page("/q/law_detail")
    assert expert.path != "/q/law_detail"
    expert.fill("barriers", {"chosen": ["law", "people"]})
    assert expert.path == "/q/law_detail"
    assert "Question 3 of 12" in expert.page("/q/law_detail").words
    expert.fill("barriers", {"chosen": ["money", "people"]})
    assert expert.path == "/q/sources"
    assert "Question 3 of 11" in expert.page("/q/sources").words


def test_numbers_too_large_are_shown_again_as_they_were_typed(expert, stored):
    page = expert.fill("share", {"cell.share": "120,5"})
    assert expert.answer.status_code == 422
    assert page.form.fields["cell.share"] == ["120,5"]
    assert "120.5 is too much; 100 or less is expected" in page.words
    assert stored() == {}


def test_words_are_no_number(expert, stored):
    page = expert.fill("budget", {"cell.science": "half", "cell.school": "50"})
    assert expert.answer.status_code == 422
    assert page.form.fields["cell.science"] == ["half"]
    assert "“half” is not a number" in page.words
    assert stored() == {}


def test_too_many_picks_are_told_by_name_and_stay_ticked(expert, stored):
    page = expert.fill("barriers", {"chosen": ["money", "people", "none"]})
    assert "“None of these” cannot stand beside others" in page.words
    assert page.form.fields["chosen"] == ["money", "people", "none"]
    page = expert.fill("barriers", {"chosen": ["money", "people", "law", "market"]})
    assert "You have chosen 4; 3 at most can be chosen" in page.words
    assert stored() == {}


def test_a_place_given_twice_names_both(expert, stored):
    page = expert.fill("order", {"cell.steel": "1", "cell.medicine": "1"})
    assert "“Special steels and meta-alloys” and to “Medical devices”" in page.words
    assert stored() == {}


def test_all_answers_are_read_again_before_they_are_sent(expert, stored, sqlite_store):
    page = expert.page("/review")
    assert "An answer to this question is expected" in page.words
    assert (None, None) not in page.form.buttons, "nothing can be sent yet"
    for question, (given, _) in ANSWERS.items():
        expert.fill(question, given)
    page = expert.page("/review")
    for words in ("Аудитор", "Lack of money", "1. Medical devices", "12.5 %", "5, strongly"):
        assert words in page.words
    assert "/q/role" in page.links
    page = expert.post("/submit", page.form.sent())
    assert expert.path == "/done"
    assert "Your answers have arrived" in page.words
    states = sqlite_store.read(lambda conn: conn.execute(schema.sessions.select()).mappings().all())
    assert [state["state"] for state in states] == ["submitted"]
    assert stored() == {q: r for q, (_, r) in ANSWERS.items()}


def test_a_second_click_on_send_does_no_harm(expert, sqlite_store):
    expert.fill("role", {"chosen": "science"})
    body = expert.page("/review").form.sent()
    cookies = dict(expert.client.cookies)
    assert expert.post("/submit", body)
    expert.client.cookies.update(cookies)
    page = expert.post("/submit", body)
    assert expert.path == "/done"
    assert "Your answers have arrived" in page.words
