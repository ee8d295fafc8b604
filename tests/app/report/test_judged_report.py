"""The report of a study whose experts gave weights."""

import re

import pytest
from openpyxl import load_workbook

from app.report import html_report, xlsx_report
from app.report.sections import priorities
from tests.judged_study import CRITERIA, GROUPS


def cells(table):
    return {row[0]: row[1:] for row in table.rows}


def test_the_section_shows_each_group_s_mean_and_the_panel_s_weight(computed_judged, lang):
    section = priorities.section(computed_judged, lang)
    weights, panels = section.tables
    finding = computed_judged.priorities["importance"]
    assert weights.key == "shares_importance"
    headings = [column.title for column in weights.columns]
    assert len(headings) == 1 + len(GROUPS) + 3
    for heading, (_, count) in zip(headings[1:], GROUPS.items(), strict=False):
        assert heading.endswith(str(count))
    rows = cells(weights)
    assert len(rows) == len(CRITERIA)
    for k, row in enumerate(rows.values()):
        *groups, weight, low, high = row
        pooled = sum(m * n for m, n in zip(groups, GROUPS.values(), strict=True)) / 42
        assert weight == pytest.approx(pooled)
        assert low < weight < high
        assert finding.pooled.weights[k] == pytest.approx(weight)
    assert len(panels.rows) == len(CRITERIA)


def test_the_page_renders_and_says_nothing_as_of_choices(computed_judged, lang, drawing):
    drawing("priorities")
    page = html_report.render(computed_judged, lang)
    plain = re.sub(r"<(style|svg).*?</\1>", "", page, flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", plain)
    assert not re.search(r"Wilson|Уилсон|counts\.csv|\bnan\b|\bNone\b|[{}]", text)
    assert "answers/judgements.csv" in text


def test_the_workbook_holds_the_weights(computed_judged, lang, tmp_path):
    path = tmp_path / "report.xlsx"
    xlsx_report.write(computed_judged, lang, path)
    book = load_workbook(path)
    numbers = {
        round(cell, 6)
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, float)
    }
    pooled = computed_judged.priorities["importance"].pooled
    assert {round(float(w), 6) for w in pooled.weights} <= numbers
