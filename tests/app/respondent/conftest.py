from __future__ import annotations

from datetime import date

import pytest
from starlette.testclient import TestClient

from app.respondent.main import create_app
from survey.collection import schema
from survey.collection.replies import Reply
from survey.collection.wave import Group
from survey.questionnaire import Questionnaire
from tests.app.respondent.plain_browser import Respondent
from tests.waves import TODAY, opened, words

EVERY_KIND = """
format_version: 1
id: every_kind
title: {en: Every kind of question, ru: Вопросы всех видов}
questions:
  - id: role
    kind: single
    required: true
    text: {en: "What is your role?", ru: "Кем вы работаете?"}
    options:
      - {id: science, text: {en: Research, ru: Научный сотрудник}}
      - {id: manager, text: {en: Manager, ru: Руководитель предприятия}}
      - {id: other, text: {en: Something else, ru: Другое}, open_text: true, residual: true}
  - id: barriers
    kind: multiple
    min_picks: 2
    max_picks: 3
    text: {en: "What stands in the way?", ru: "Что мешает инновациям в регионе?"}
    options:
      - {id: money, text: {en: Lack of money, ru: Нехватка средств}}
      - {id: people, text: {en: Lack of people, ru: Нехватка кадров}}
      - {id: law, text: {en: Law, ru: Законодательство}}
      - {id: market, text: {en: No demand, ru: Нет спроса}}
      - {id: other, text: {en: Something else, ru: Другое}, open_text: true}
      - {id: none, text: {en: None of these, ru: Ничего из этого}, exclusive: true}
  - id: law_detail
    kind: text
    show_if: {question: barriers, any_of: [law]}
    longest: 300
    text: {en: "Which law is it?", ru: "Какой именно закон мешает?"}
  - id: sources
    kind: rating
    text: {en: "How much did each shape your answers?", ru: "Насколько каждое повлияло?"}
    scale: {low: 1, high: 3, labels: {1: {en: little, ru: слабо}, 2: {en: moderately, ru: средне}, 3: {en: much, ru: сильно}}}
    options:
      - {id: theory, text: {en: Own theoretical analysis, ru: Проведённый теоретический анализ}}
      - {id: experience, text: {en: Practical experience, ru: Производственный опыт}}
  - id: likely
    kind: rating
    text: {en: "How likely is each?", ru: "Насколько вероятно каждое?"}
    scale: {low: 0, high: 100, labels: {0: {en: impossible, ru: невозможно}}}
    options:
      - {id: growth, text: {en: Growth, ru: Рост экономики}}
      - {id: fall, text: {en: Decline, ru: Спад}}
  - id: order
    kind: ranking
    most: 2
    text: {en: Put the directions in order, ru: Расположите направления по порядку}
    options:
      - {id: steel, text: {en: Special steels and meta-alloys, ru: Спецсталь и метасплавы}}
      - {id: machines, text: {en: Mining equipment, ru: Наукоёмкое горно-шахтное оборудование}}
      - {id: medicine, text: {en: Medical devices, ru: Медицинская техника}}
  - id: budget
    kind: points
    text: {en: "How would you share the budget?", ru: "Как бы вы распределили бюджет?"}
    options:
      - {id: science, text: {en: Research, ru: Научные исследования}}
      - {id: school, text: {en: Schools, ru: Подготовка кадров}}
  - id: pairs
    kind: pairwise
    text: {en: "Which criterion matters more?", ru: "Какой критерий важнее?"}
    options:
      - {id: jobs, text: {en: Jobs created, ru: Новые рабочие места}}
      - {id: ecology, text: {en: Energy and emissions, ru: Энергоёмкость и выбросы процесса}}
      - {id: cost, text: {en: Investment needed, ru: Потребность в инвестициях}}
  - id: ends
    kind: best_worst
    text: {en: Compare with the best and the worst, ru: Сравните с лучшим и худшим}
    options:
      - {id: jobs, text: {en: Jobs created, ru: Новые рабочие места}}
      - {id: ecology, text: {en: Emissions, ru: Выбросы}}
      - {id: cost, text: {en: Investment needed, ru: Потребность в инвестициях}}
  - id: levels
    kind: grid
    text: {en: "How high does each stand?", ru: "Насколько высок уровень каждого?"}
    note: {en: Rate the level., ru: Оценивайте уровень.}
    scale: {low: 1, high: 5, labels: {1: {en: very low, ru: очень низкий}, 5: {en: very high, ru: очень высокий}}}
    options:
      - {id: D1, text: {en: Special steels, ru: Спецсталь и метасплавы}}
      - {id: D2, text: {en: Aluminium, ru: Алюминиевые полуфабрикаты и сплавы}}
    criteria:
      - {id: jobs, text: {en: Jobs created, ru: Новые рабочие места}}
      - {id: demand, text: {en: Demand for the goods, ru: Спрос на продукцию}}
  - id: share
    kind: number
    low: 0
    high: 100
    unit: {en: "%", ru: "%"}
    text: {en: "What share will be new goods?", ru: "Какую долю составят новые товары?"}
  - id: remark
    kind: text
    longest: 500
    text: {en: "Anything else?", ru: "Хотите что-нибудь добавить?"}
"""
QUESTIONNAIRE = Questionnaire.from_yaml(EVERY_KIND)
# Answers of every kind: the fields of the form, and what is stored.
ANSWERS = {
    "role": ({"chosen": "other", "text.other": "Аудитор"}, Reply(("other",), texts={"other": "Аудитор"})),
    "barriers": ({"chosen": ["money", "law"]}, Reply(("money", "law"))),
    "law_detail": ({"text.law_detail": "О закупках"}, Reply(text="О закупках")),
    "sources": (
        {"cell.theory": "3", "cell.experience": "1"},
        Reply(cells={"theory": 3, "experience": 1}),
    ),
    "likely": ({"cell.growth": "70", "cell.fall": ""}, Reply(cells={"growth": 70})),
    "order": (
        {"cell.medicine": "1", "cell.steel": "2"},
        Reply(cells={"steel": 2, "medicine": 1}),
    ),
    "budget": (
        {"cell.science": "62,5", "cell.school": "37.5"},
        Reply(cells={"science": 62.5, "school": 37.5}),
    ),
    "pairs": (
        {"cell.jobs:ecology": "5", "cell.jobs:cost": "1", "cell.ecology:cost": "1/3"},
        Reply(cells={"jobs:ecology": 5, "jobs:cost": 1, "ecology:cost": 1 / 3}),
    ),
    "levels": (
        {"cell.D1:jobs": "1", "cell.D2:demand": "5"},
        Reply(cells={"D1:jobs": 1, "D2:demand": 5}),
    ),
    "share": ({"cell.share": "12,5"}, Reply(cells={"share": 12.5})),
    "remark": ({"text.remark": "=1+1"}, Reply(text="=1+1")),
}  # fmt: skip
KEY = b"k" * 32


class Clock:
    """Day and second of the application."""

    def __init__(self):
        self.day, self.second = TODAY, 1_000_000

    def today(self) -> date:
        return self.day

    def now(self) -> float:
        return self.second


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def wave(sqlite_store, sealer):
    """An open wave of every kind of question, and its links."""
    return opened(sqlite_store, sealer, questionnaire=QUESTIONNAIRE)


@pytest.fixture
def tokens(wave):
    return [link.token for link in wave[1]]


@pytest.fixture
def app(sqlite_store, clock):
    made = create_app(sqlite_store, signing_key=KEY, today=clock.today, now=clock.now)
    yield made
    made.state.desk.close()


@pytest.fixture
def browser(app):
    """A new browser of somebody, with cookies of its own."""

    def new(**headers):
        return TestClient(
            app,
            base_url="http://survey.test",
            raise_server_exceptions=False,
            headers={"Accept-Language": "en"} | headers,
        )

    return new


@pytest.fixture
def expert(browser, tokens):
    """Somebody who has begun to answer."""
    return Respondent(browser(), tokens[0]).begin()


@pytest.fixture
def stored(sqlite_store):
    """Replies in the store, by question, of everybody together."""

    def look():
        table = schema.answers
        rows = sqlite_store.read(
            lambda conn: conn.execute(table.select().order_by(table.c.question)).all()
        )
        return {row.question: Reply.from_json(row.reply) for row in rows}

    return look


@pytest.fixture
def open_to_all(sqlite_store, sealer):
    """A wave without invitations."""
    groups = (Group("science", words("Science")), Group("industry", words("Industry")))
    return opened(sqlite_store, sealer, questionnaire=QUESTIONNAIRE, access="open", groups=groups)[
        0
    ]


@pytest.fixture
def named(sqlite_store, sealer):
    """A wave whose answers carry names."""
    return opened(sqlite_store, sealer, questionnaire=QUESTIONNAIRE, mode="named")
