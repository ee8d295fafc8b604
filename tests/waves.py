"""A small questionnaire, and waves of it, for the tests of collecting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from survey.collection.access import Access, enter
from survey.collection.invitations import Link, Person, invite
from survey.collection.lifecycle import open_wave
from survey.collection.marks import Marks
from survey.collection.replies import Reply
from survey.collection.sealing import Sealer
from survey.collection.sessions import begin, save, submit
from survey.collection.store import Store
from survey.collection.wave import Group, Wave, WaveSettings
from survey.collection.waves import create_wave
from survey.questionnaire import Questionnaire
from survey.questions import Text

TODAY = date(2026, 3, 2)
ERASED = date(2026, 6, 30)
QUESTIONNAIRE = Questionnaire.from_yaml(
    """
format_version: 1
id: short
title: {en: A short survey, ru: Короткий опрос}
questions:
  - id: aims
    kind: multiple
    required: true
    text: {en: "Which aims matter?", ru: "Какие цели важны?"}
    options:
      - {id: growth, text: {en: Growth, ru: Рост}}
      - {id: jobs, text: {en: Jobs, ru: Рабочие места}}
      - {id: other, text: {en: Other, ru: Другое}, residual: true, open_text: true}
      - {id: none, text: {en: None of these, ru: Ничего из этого}, exclusive: true}
  - id: points
    kind: points
    text: {en: Share 100 points, ru: Распределите 100 баллов}
    options:
      - {id: a, text: {en: A, ru: А}}
      - {id: b, text: {en: B, ru: Б}}
  - id: why
    kind: text
    text: {en: "Why jobs?", ru: "Почему рабочие места?"}
    show_if: {question: aims, any_of: [jobs]}
"""
)


def words(text: str) -> Text:
    """The same words in both languages."""
    return Text(en=text, ru=text)


def settings(**changes: object) -> WaveSettings:
    """Settings of an anonymous wave with two groups."""
    plain = WaveSettings(
        study="region",
        title=QUESTIONNAIRE.title,
        questionnaire=QUESTIONNAIRE,
        groups=(Group("science", words("Science")), Group("industry", words("Industry"))),
        purpose=words("To learn what matters."),
        consent=words("I agree."),
        contact=words("survey@example.org"),
        erase_on=ERASED,
        min_cell=3,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def opened(
    store: Store, sealer: Sealer, *, each: int = 4, **changes: object
) -> tuple[Wave, tuple[Link, ...]]:
    """Open a wave with as many invitations of each group."""
    made = create_wave(store, settings(**changes), actor="analyst", today=TODAY)
    if made.settings.access == "open":
        return open_wave(store, made.id, actor="analyst", today=TODAY), ()
    people = [
        (group.id, Person(f"{group.id} {k}", f"{group.id}{k}@example.org"))
        for k in range(each)
        for group in made.settings.groups
    ]
    links = invite(store, sealer, made.id, people, actor="analyst", today=TODAY)
    return open_wave(store, made.id, actor="analyst", today=TODAY), links


def started(store: Store, token: str) -> Access:
    """Open a link and begin."""
    access = enter(store, token, today=TODAY)
    begin(store, access, today=TODAY)
    return enter(store, token, today=TODAY)


def answer(store: Store, token: str, marks: Marks | None = None, aim: str = "growth") -> Access:
    """Open a link, answer, submit."""
    access = started(store, token)
    save(store, access, "aims", Reply(chosen=(aim,)), today=TODAY)
    submit(store, access, today=TODAY)
    if marks is not None and (written := marks.note(access)) is not None:
        written.result()
    return access


@pytest.fixture
def sealer(tmp_path):
    """Key for names, in a file of the test's own."""
    return Sealer.open(tmp_path / "konsilium.key")
