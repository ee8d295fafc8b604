"""A study of one's own that has no answers yet: it opens, so that they can be collected."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest

from app.analyst import session
from app.analyst.collecting import PAGES
from app.study import bundled_studies, check_study, load_study
from app.study.answer_tables import frame_of, lacks_answers
from survey.collection.accounts import create_account
from survey.collection.lifecycle import close_wave, open_wave
from survey.collection.replies import Reply
from survey.collection.wave import Group
from survey.collection.waves import create_wave, list_waves
from tests.answered import respond
from tests.waves import settings


@pytest.fixture
def empty(tmp_path):
    folder = tmp_path / "region"
    shutil.copytree(bundled_studies()["template"], folder)
    (folder / "answers" / "counts.csv").unlink()
    return folder


@pytest.fixture
def visit(desk_pages, go_to, log_in, scratch_store, empty):
    create_account(scratch_store, "anna", "seven green otters", actor="test")

    def opened(path, lang="en"):
        at = log_in(desk_pages(lang, str(empty)))
        return at if path is None else go_to(at, path)

    return opened


def said(at):
    return " ".join(each.value for each in at.main.markdown).replace("\\", "")


def closed_wave(store, folder):
    """A wave of the study, answered by six of each group."""
    frame = frame_of(str(folder))
    wave = create_wave(
        store,
        settings(
            study=frame.settings.id,
            questionnaire=frame.questionnaire,
            groups=tuple(Group(g.id, g.title) for g in frame.settings.groups),
            access="open",
            erase_on=session.today() + timedelta(days=90),
        ),
        actor="test",
        today=session.today(),
    )
    open_wave(store, wave.id, actor="test", today=session.today())
    answers = {q.id: Reply(chosen=(q.options[0].id,)) for q in frame.questionnaire.choices}
    respond(store, wave, [(g.id, answers) for g in frame.settings.groups for _ in range(6)])
    return close_wave(store, wave.id, actor="test")


@pytest.mark.parametrize(
    ("lang", "word"), [("en", "nothing to compute yet"), ("ru", "Вычислять пока нечего")]
)
def test_its_pages_say_what_is_missing_and_where_answers_come_from(visit, lang, word):
    at = visit(None, lang)
    assert not at.exception
    assert word in said(at)
    assert "answers/counts.csv" in said(at)
    assert at.title[0].value == {"en": "Example region", "ru": "Пример региона"}[lang]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_every_page_of_collecting_opens(visit, scratch_store, empty, page):
    closed_wave(scratch_store, empty)
    at = visit(page.path)
    assert not at.exception
    assert [each.value for each in at.error] == []
    assert said(at)


def test_a_frozen_wave_gives_it_its_answers(visit, scratch_store, empty):
    wave = closed_wave(scratch_store, empty)
    at = visit("wave-freeze")
    next(b for b in at.button if b.label == "Freeze and compute the ranking").click().run()
    assert not at.exception
    assert [each.value for each in at.error] == []
    assert check_study(empty) == []
    assert sum(load_study(empty).settings.experts.values()) == 18
    assert [each.state for each in list_waves(scratch_store, wave.settings.study)] == ["frozen"]


def test_a_frozen_wave_gives_a_copy_its_answers_and_says_where_it_is(
    visit, scratch_store, empty, tmp_path
):
    wave = closed_wave(scratch_store, empty)
    at = visit("wave-freeze")
    place = tmp_path / "frozen"
    at.text_input(key=f"wave.freeze.{wave.id}.into").set_value(str(place))
    next(b for b in at.button if b.label == "Freeze and compute the ranking").click().run()
    assert not at.exception
    assert str(place) in said(at)
    assert check_study(place) == []
    assert check_study(empty) != []


def test_any_other_fault_keeps_it_closed(visit, empty):
    assert lacks_answers(check_study(empty))
    scores = empty / "scores.csv"
    scores.write_text(scores.read_text("utf-8").replace("120", "many", 1), "utf-8")
    assert not lacks_answers(check_study(empty))
    at = visit(None)
    assert at.title[0].value == "This study cannot be shown"
    assert any("scores.csv" in each.value for each in at.error)
