"""A questionnaire on paper says how to answer, in the language asked for, and is plain HTML."""

from html.parser import HTMLParser

import pytest

from survey import Questionnaire
from survey.paper import printed_form

QUESTIONNAIRE = Questionnaire.from_yaml("""
id: paper
format_version: 1
title: {en: "Paper & <b>", ru: Бумага}
questions:
  - {id: one, kind: single, text: {en: One, ru: Один}, note: {en: A note, ru: Примечание}, options: [{id: a, text: {en: Coal, ru: Уголь}}, {id: b, open_text: true, text: {en: Other, ru: Другое}}]}
  - {id: many, kind: multiple, max_picks: 2, text: {en: Many, ru: Много}, show_if: {question: one, any_of: [a]}, options: [{id: a, text: {en: A, ru: А}}, {id: b, text: {en: B, ru: Б}}, {id: n, exclusive: true, text: {en: None, ru: Нет}}]}
  - {id: rate, kind: rating, text: {en: Rate, ru: Оцените}, scale: {low: 1, high: 3, labels: {1: {en: bad, ru: плохо}}}, show_if: {question: many, none_of: [n]}, options: [{id: x, text: {en: X, ru: Х}}]}
  - {id: order, kind: ranking, most: 2, text: {en: Order, ru: Порядок}, show_if: {question: rate, at_least: 2, at_most: 3}, options: [{id: x, text: {en: X, ru: Х}}, {id: y, text: {en: Y, ru: У}}, {id: z, text: {en: Z, ru: З}}]}
  - {id: all, kind: ranking, text: {en: All, ru: Все}, options: [{id: x, text: {en: X, ru: Х}}]}
  - {id: share, kind: points, total: 10, text: {en: Share, ru: Доли}, options: [{id: x, text: {en: X, ru: Х}}, {id: y, text: {en: Y, ru: У}}]}
  - {id: pairs, kind: pairwise, text: {en: Pairs, ru: Пары}, options: [{id: x, text: {en: X, ru: Х}}, {id: y, text: {en: Y, ru: У}}, {id: z, text: {en: Z, ru: З}}]}
  - {id: bw, kind: best_worst, text: {en: Best, ru: Лучшее}, options: [{id: x, text: {en: X, ru: Х}}, {id: y, text: {en: Y, ru: У}}]}
  - {id: grid, kind: grid, text: {en: Grid, ru: Таблица}, scale: {low: 1, high: 5, labels: {5: {en: high, ru: высоко}}}, options: [{id: x, text: {en: X, ru: Х}}, {id: y, text: {en: Y, ru: У}}], criteria: [{id: c, text: {en: C, ru: Ц}}]}
  - {id: years, kind: number, low: 0, high: 60, unit: {en: years, ru: лет}, text: {en: Years, ru: Стаж}}
  - {id: least, kind: number, low: 1, text: {en: Least, ru: Не меньше}, show_if: {question: years, at_most: 5}}
  - {id: most, kind: number, high: 9, text: {en: Most, ru: Не больше}, show_if: {question: years, at_least: 5}}
  - {id: say, kind: text, lines: 3, text: {en: Say, ru: Скажите}}
""")


class Tags(HTMLParser):
    """Refuses tags that do not close, and anything that a page would load."""

    def __init__(self):
        super().__init__()
        self.open, self.counts = [], {}

    def handle_starttag(self, tag, attrs):
        self.counts[tag] = self.counts.get(tag, 0) + 1
        assert not {"src", "href"} & {name for name, _ in attrs}
        assert tag != "script"
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def page():
    return printed_form(QUESTIONNAIRE)


def counted(page):
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    return tags.counts


def test_the_page_is_closed_html_that_loads_nothing(page):
    assert counted(page)["section"] == len(QUESTIONNAIRE.questions)
    assert "@page { size: A4;" in page
    assert "http" not in page


def test_what_the_questionnaire_says_cannot_become_markup(page):
    assert "<h1>Paper &amp; &lt;b&gt;</h1>" in page


@pytest.mark.parametrize(
    "sentence",
    [
        "A note",
        "Choose one.",
        "Choose 2 at most. Not together with others: None.",
        "Answer only if at question 1 you chose: Coal",
        "Answer only if at question 2 you did not choose: None",
        "Mark one in each line.",
        "Answer only if your answer to question 3 is from 2 to 3",
        "Put the first 2 in order",
        "Put all in order",
        "Share 10 points among all",
        "mark which side matters more",
        "Name the best and the worst",
        "Write a number from 1 to 5 in each cell. 5 – high.",
        "years (from 0 to 60)",
        "Answer only if your answer to question 10 is 5 or less",
        "(1 or more)",
        "Answer only if your answer to question 10 is 5 or more",
        "(9 or less)",
        "Answer in your own words.",
    ],
)
def test_every_question_says_how_and_when_to_answer(page, sentence):
    assert sentence in page


@pytest.mark.parametrize(
    ("picks", "sentence"),
    [
        ("min_picks: 2, max_picks: 2", "Choose exactly 2."),
        ("min_picks: 1, max_picks: 2", "Choose from 1 to 2."),
        ("min_picks: 1", "Choose 1 at least."),
        ("answered_in_own_words: false", "Choose all that apply."),
    ],
)
def test_how_many_to_choose_is_said(picks, sentence):
    questionnaire = Questionnaire.from_yaml(f"""
id: picks
format_version: 1
title: {{en: P, ru: П}}
questions:
  - {{id: q, kind: multiple, {picks}, text: {{en: Q, ru: В}}, options: [{{id: a, text: {{en: A, ru: А}}}}, {{id: b, text: {{en: B, ru: Б}}}}]}}
""")
    assert sentence in printed_form(questionnaire)


def test_there_is_a_place_for_every_answer(page):
    # Marks: 2 of the single choice, 3 of the multiple one, 3 of the rating.
    assert page.count('class="mark round"') == 2 + 3
    assert page.count('class="mark"') == 3
    # Short blanks: 3 and 1 ranks, 2 points; lines: 3; cells: 2 of the grid, 4 of best and worst.
    assert page.count('class="blank short"') == 6
    assert page.count('class="line"') == 3
    assert page.count('class="box"') == 3 + 2 + 4
    assert page.count("<td>9</td>") == 2 * 3


def test_a_grid_with_more_criteria_than_a_page_is_wide_is_turned():
    criteria = ", ".join(f"{{id: c{k}, text: {{en: C{k}, ru: Ц{k}}}}}" for k in range(9))
    page = printed_form(
        Questionnaire.from_yaml(f"""
id: wide
format_version: 1
title: {{en: W, ru: Ш}}
questions:
  - {{id: g, kind: grid, text: {{en: G, ru: Т}}, options: [{{id: x, text: {{en: X, ru: Х}}}}], criteria: [{criteria}]}}
""")
    )
    assert "<th>X</th>" in page
    assert page.count('<td class="thing">C') == 9


def test_the_russian_page_has_russian_texts_and_what_the_translator_says():
    page = printed_form(
        QUESTIONNAIRE,
        "ru",
        say=lambda text, **fields: text.upper().format_map(
            {k.upper(): v for k, v in fields.items()}
        ),
    )
    assert '<html lang="ru">' in page
    assert "Уголь" in page
    assert "Coal" not in page
    assert "CHOOSE ONE." in page
    assert "ANSWER ONLY IF AT QUESTION 1 YOU CHOSE: Уголь" in page
