"""Questionnaires go out as XLSForm, pyxform takes them, and they come back whole."""

import xml.etree.ElementTree as ET

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey import Questionnaire, SurveyError
from survey.xlsform import read_xlsform, to_xform, write_xlsform

EVERY_KIND = Questionnaire.from_yaml("""
id: all_kinds
format_version: 1
title: {en: All kinds, ru: Все виды}
questions:
  - {id: one, kind: single, required: true, text: {en: One, ru: Один}, note: {en: Only one, ru: Только один}, options: [{id: 1st, text: {en: A, ru: А}}, {id: b, residual: true, open_text: true, text: {en: B, ru: Б}}]}
  - {id: many, kind: multiple, min_picks: 1, max_picks: 2, answered_in_own_words: true, text: {en: Many, ru: Много}, options: [{id: a, text: {en: "=1+1", ru: "-А"}}, {id: b, text: {en: B, ru: Б}}, {id: none, exclusive: true, text: {en: None, ru: Нет}}]}
  - {id: 2rate, kind: rating, required: true, text: {en: Rate, ru: Оцените}, scale: {low: 0, high: 3, labels: {0: {en: never, ru: никогда}}}, show_if: {question: one, any_of: [1st, b]}, options: [{id: x, text: {en: X, ru: Х}}]}
  - {id: order, kind: ranking, most: 2, text: {en: Order, ru: Порядок}, show_if: {question: many, none_of: [none, b]}, options: [{id: x, text: {en: X, ru: Х}}, {id: y, text: {en: Y, ru: У}}, {id: z, text: {en: Z, ru: З}}]}
  - {id: share, kind: points, total: 10, text: {en: Share, ru: Распределите}, show_if: {question: 2rate, at_least: 2}, options: [{id: x, text: {en: X, ru: Х}}, {id: y, text: {en: Y, ru: У}}]}
  - {id: pairs, kind: pairwise, text: {en: Pairs, ru: Пары}, options: [{id: x, text: {en: X, ru: Х}}, {id: y, text: {en: Y, ru: У}}, {id: z, text: {en: Z, ru: З}}]}
  - {id: bw, kind: best_worst, text: {en: Best, ru: Лучшее}, options: [{id: x, text: {en: X, ru: Х}}, {id: y, text: {en: Y, ru: У}}]}
  - {id: grid, kind: grid, text: {en: Grid, ru: Таблица}, scale: {low: 1, high: 2}, options: [{id: x, text: {en: X, ru: Х}}, {id: y, text: {en: Y, ru: У}}], criteria: [{id: c, text: {en: C, ru: Ц}}, {id: d, text: {en: D, ru: Д}}]}
  - {id: years, kind: number, low: 0, high: 60.5, unit: {en: years, ru: лет}, text: {en: Years, ru: Стаж}}
  - {id: since, kind: number, whole: true, text: {en: Since, ru: С какого года}, show_if: {question: years, at_least: 1, at_most: 2.5}}
  - {id: say, kind: text, longest: 99, lines: 1, text: {en: "Say \\"so\\"", ru: "Скажите\\nвсё"}}
""")


def test_every_kind_of_question_comes_back_as_it_went(tmp_path):
    write_xlsform(EVERY_KIND, tmp_path / "form.xlsx")
    back, remarks = read_xlsform(tmp_path / "form.xlsx")
    assert back == EVERY_KIND
    assert remarks == ()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_pyxform_takes_every_kind_of_question_with_both_languages(language):
    form = to_xform(EVERY_KIND, language=language)
    binds = {
        bind.attrib["nodeset"]: bind.attrib
        for bind in ET.fromstring(form).iter("{http://www.w3.org/2002/xforms}bind")
    }
    assert 'lang="Русский (ru)"' in form
    assert 'lang="English (en)"' in form
    asked = "".join(binds["/data/_2rate"]["relevant"].split())
    assert asked == "selected(/data/one,'_1st')orselected(/data/one,'b')"
    assert "count-selected(.) <= 2" in binds["/data/many"]["constraint"]
    assert "not(selected(., 'none') and count-selected(.) > 1)" in binds["/data/many"]["constraint"]
    total = "".join(binds["/data/share/share__y"]["constraint"].split())
    assert total == ".>=0and/data/share/share__x+.=10"


def test_a_text_that_begins_like_a_formula_is_written_as_text(tmp_path):
    write_xlsform(EVERY_KIND, tmp_path / "form.xlsx")
    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    cells = [cell for row in book["choices"].iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]


plain_text = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12
).filter(lambda t: "${" not in t and "_x" not in t)
texts = st.builds(lambda en, ru: {"en": en, "ru": ru}, plain_text, plain_text)
ids = st.from_regex(r"[a-z0-9][a-z0-9-]{0,4}", fullmatch=True)


def options(least=1):
    return st.lists(
        st.fixed_dictionaries({"id": ids, "text": texts, "residual": st.booleans()}),
        min_size=least,
        max_size=4,
        unique_by=lambda option: option["id"],
    )


questions = st.one_of(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["single", "multiple", "rating", "ranking", "points"]),
            "options": options(),
        }
    ),
    st.fixed_dictionaries(
        {"kind": st.sampled_from(["pairwise", "best_worst"]), "options": options(2)}
    ),
    st.fixed_dictionaries({"kind": st.just("grid"), "options": options(), "criteria": options()}),
    st.fixed_dictionaries(
        {"kind": st.just("number"), "low": st.integers(-9, 0), "high": st.integers(1, 9)}
    ),
    st.fixed_dictionaries(
        {"kind": st.just("text"), "longest": st.integers(1, 99), "lines": st.integers(1, 3)}
    ),
)


@given(
    st.lists(st.tuples(questions, texts, st.booleans(), st.none() | texts), min_size=1, max_size=4)
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_questionnaire_comes_back_as_it_went(tmp_path, drawn):
    data = {
        "id": "drawn",
        "format_version": 1,
        "title": {"en": "T", "ru": "Т"},
        "questions": [
            question
            | {"id": f"q{k}", "text": text, "required": required}
            | ({"note": note} if note else {})
            for k, (question, text, required, note) in enumerate(drawn)
        ],
    }
    questionnaire = Questionnaire.model_validate(data)
    write_xlsform(questionnaire, tmp_path / "form.xlsx")
    assert read_xlsform(tmp_path / "form.xlsx")[0] == questionnaire


def form(tmp_path, survey, choices=(), settings_rows=()):
    book = openpyxl.Workbook()
    book.active.title = "survey"
    for row in survey:
        book["survey"].append(list(row))
    for name, rows in (("choices", choices), ("settings", settings_rows)):
        if rows:
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
    book.save(tmp_path / "foreign.xlsx")
    return tmp_path / "foreign.xlsx"


CHOICES = [("list_name", "name", "label"), ("yn", "yes", "Yes"), ("yn", "no", "No")]
HEAD = (
    "type",
    "name",
    "label",
    "required",
    "relevant",
    "constraint",
    "parameters",
    "choice_filter",
)


def test_a_form_of_another_maker_in_one_language_is_read(tmp_path):
    path = form(
        tmp_path,
        [
            HEAD,
            ("start", "start"),
            ("note", "hello", "Hello"),
            ("select_one yn", "works", "Do you work?", "yes"),
            (
                "select_multiple yn or_other",
                "why",
                "Why?",
                None,
                "${works} = 'yes'",
                "count-selected(.) <= 2",
            ),
            ("range", "age", "Age", None, None, None, "start=18 end=99 step=1"),
            ("integer", "hours", "Hours", None, "${age} >= 20", ". >= 0 and . <= 24"),
            ("text", "say", "Say", None, "not(selected(${why}, 'no'))"),
            ("rank yn", "order", "Order"),
        ],
        CHOICES,
        [("form_title", "form_id"), ("Work", "work")],
    )
    found, remarks = read_xlsform(path)
    assert (found.id, found.title.en, found.title.ru) == ("work", "Work", "Work")
    assert [(q.id, q.kind) for q in found.questions] == [
        ("works", "single"),
        ("why", "multiple"),
        ("age", "number"),
        ("hours", "number"),
        ("say", "text"),
        ("order", "ranking"),
    ]
    assert found.question("works").required
    assert found.question("why").show_if.any_of == ("yes",)
    assert found.question("why").option_ids == ("yes", "no", "other")
    assert found.question("why").max_picks == 2
    assert (found.question("age").low, found.question("age").high) == (18, 99)
    assert found.question("hours").show_if.at_least == 20
    assert found.question("say").show_if.none_of == ("no",)
    assert [r.code for r in remarks] == ["xlsform_one_language"]


def test_what_a_questionnaire_cannot_carry_is_left_out_with_a_remark(tmp_path):
    path = form(
        tmp_path,
        [
            HEAD,
            ("select_one yn", "a", "A", None, None, None, None, "x = ${y}"),
            ("begin_group", "g", "G", None, "${a} = 'yes'"),
            ("text", "b", "B", None, "${a} = 'yes' and today() > 3"),
            ("text", "c", "C", None, "${a} >= 1"),
            ("range", "d", "D", None, None, None, "start=low end=9"),
            ("end_group",),
            ("geopoint", "where", "Where"),
            ("begin repeat", "r", "R"),
            ("text", "inside", "Inside"),
            ("end repeat",),
        ],
        CHOICES,
    )
    found, remarks = read_xlsform(path)
    assert [q.id for q in found.questions] == ["a", "b", "c", "d"]
    assert found.question("b").show_if is None
    assert found.question("c").show_if is None
    assert (found.question("d").low, found.question("d").high) == (None, 9)
    grave = [r.code for r in remarks if r.grave]
    assert grave == [
        "xlsform_filter",
        "xlsform_group_condition",
        "xlsform_condition",
        "xlsform_condition",
        "xlsform_type",
        "xlsform_repeat",
    ]
    assert "geopoint" in str(next(r for r in remarks if r.code == "xlsform_type"))


@pytest.mark.parametrize(
    ("survey", "code"),
    [
        ([HEAD, ("note", "a", "A")], "xlsform_without_questions"),
        ([HEAD, ("begin_group", "g", "G"), ("text", "a", "A")], "xlsform_group_open"),
        ([HEAD, ("text", "a b", "A")], "id_invalid"),
        ([HEAD, ("select_one nowhere", "a", "A")], "options_missing"),
    ],
)
def test_a_form_that_makes_no_questionnaire_is_refused_in_a_sentence(tmp_path, survey, code):
    with pytest.raises(SurveyError) as caught:
        read_xlsform(form(tmp_path, survey))
    assert caught.value.code == code


def test_a_workbook_without_the_sheet_survey_is_refused(tmp_path):
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    with pytest.raises(SurveyError, match="has no sheet survey"):
        read_xlsform(tmp_path / "other.xlsx")


@pytest.mark.parametrize(
    ("text", "option_id", "code"),
    [
        ("see ${other}", "x", "text_with_reference"),
        ("bell \\a", "x", "text_not_for_workbook"),
        ("fine", "x__text", "form_name_repeated"),
    ],
)
def test_what_a_form_cannot_hold_is_refused_on_the_way_out(tmp_path, text, option_id, code):
    questionnaire = Questionnaire.from_yaml(f"""
id: odd
format_version: 1
title: {{en: Odd, ru: Странный}}
questions:
  - {{id: q, kind: single, text: {{en: "{text}", ru: Б}}, options: [{{id: x, open_text: true, text: {{en: A, ru: А}}}}]}}
  - {{id: q__{option_id}, kind: text, text: {{en: A, ru: А}}}}
""")
    with pytest.raises(SurveyError) as caught:
        write_xlsform(questionnaire, tmp_path / "odd.xlsx")
    assert caught.value.code == code
