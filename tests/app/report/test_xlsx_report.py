import dataclasses

import openpyxl
import pytest

from app.i18n import language
from app.report import sections, xlsx_report
from app.words.names import Names

HEADER = 3  # row of the column titles, counted from 1


@pytest.fixture(scope="module")
def book(workbook):
    return openpyxl.load_workbook(workbook)


def sheet_of(book, title):
    return next(s for s in book.worksheets[1:] if s["A1"].value == title)


def rows_of(sheet):
    """Rows as dictionaries by column title, down to the first empty row."""
    titles = [c.value for c in sheet[HEADER]]
    found = []
    for row in sheet.iter_rows(min_row=HEADER + 1, values_only=True):
        if all(v is None for v in row):
            break
        found.append(dict(zip(titles, row, strict=True)))
    return found


def test_every_table_has_a_sheet_reached_from_the_contents(book, computed_kuzbass):
    tables = [t for s in sections.sections(computed_kuzbass, language("en")) for t in s.tables]
    assert len(book.worksheets) == len(tables) + 1
    assert {s["A1"].value for s in book.worksheets[1:]} == {t.title for t in tables}
    links = {c.hyperlink.location for (c,) in book.worksheets[0]["A1:A600"] if c.hyperlink}
    assert links == {f"'{s.title}'!A1" for s in book.worksheets[1:]}


def test_the_contents_say_the_finding_in_words(book, computed_kuzbass):
    texts = {c.value for (c,) in book.worksheets[0]["A1:A600"]}
    for section in sections.sections(computed_kuzbass, language("en")):
        assert set(section.sentences) <= texts


def test_priorities_are_those_of_the_findings(book, computed_kuzbass):
    names = Names(computed_kuzbass.study, language("en"))
    for question, options in computed_kuzbass.to_dict()["priorities"].items():
        sheet = sheet_of(book, f"{names.question(question)}: shares and priorities")
        rows = {r["answer"]: r for r in rows_of(sheet)}
        for option, figures in options.items():
            row = rows[names.option(question, option)]
            assert row["priority"] == pytest.approx(figures["weight"])
            assert row["share of the experts"] == pytest.approx(figures["share"])
            assert row["low, 95 %"] == pytest.approx(figures["low"])
            assert row["high, 95 %"] == pytest.approx(figures["high"])


def test_scores_and_ranks_are_those_of_the_findings(book, computed_kuzbass):
    names = Names(computed_kuzbass.study, language("en"))
    found = computed_kuzbass.to_dict()["directions"]
    for title, by_method in (
        ("Scores by method", found["scores"]),
        ("Ranks by method", found["ranks"]),
    ):
        rows = {r["method"]: r for r in rows_of(sheet_of(book, title))}
        for method, figures in by_method.items():
            for direction, value in figures.items():
                row = rows[names.method(method)]
                assert row[names.alternative(direction)] == pytest.approx(value)


def test_what_would_change_it_is_that_of_the_findings(book, computed_kuzbass):
    f, names = computed_kuzbass, Names(computed_kuzbass.study, language("en"))
    rows = {
        r["method"]: r for r in rows_of(sheet_of(book, "What would tip the first place, by method"))
    }
    for method, change in f.change.weights_by_method.items():
        row = rows[names.method(method)]
        assert row["weight that must move"] == pytest.approx(change.distance / 2)
        assert row["first then"] == change.rival
    for method, found in f.change.missing_by_method.items():
        row = rows[names.method(method)]
        assert row["weight of a criterion nobody measured"] == pytest.approx(found.weight)
    gains = rows_of(sheet_of(book, "What learning each input is worth"))
    assert [r["gain, in the method's score"] for r in gains] == pytest.approx(
        [f.learning.inputs.inputs[name].value for name in f.learning.inputs.order]
    )


def test_the_audit_and_the_groups_are_those_of_the_findings(book, computed_kuzbass):
    f, names = computed_kuzbass, Names(computed_kuzbass.study, language("en"))
    title = "Share of the combinations in which each direction is first, by choice and option"
    rows = {r["option"]: r for r in rows_of(sheet_of(book, title))}
    for panel, shares in f.audit.curve.by_option["panel"].items():
        for direction, share in shares.items():
            if f.audit.curve.first_by[direction] > 0:
                row = rows[names.pooling(panel)]
                assert row[names.alternative(direction)] == pytest.approx(share)
    opinions = {r["method"]: r for r in rows_of(sheet_of(book, "The same problem by pymcdm"))}
    assert set(opinions) == {names.method(m) for m in f.audit.opinions}
    ranks = rows_of(sheet_of(book, "Places by each group alone, and made into one ranking"))
    for group, found in f.groups.ranks.items():
        assert [r[names.group(group)] for r in ranks] == pytest.approx(list(found))


def test_the_doubt_and_the_index_are_those_of_the_findings(book, computed_kuzbass):
    names = Names(computed_kuzbass.study, language("en"))
    found = computed_kuzbass.to_dict()
    doubt = rows_of(sheet_of(book, "What the doubt about the first place comes from"))
    assert {r["cause"]: r["share of the doubt"] for r in doubt} == pytest.approx(
        {names.cause(c): s for c, s in found["directions"]["doubt"].items()}
    )
    index = rows_of(
        sheet_of(book, "Index and its factors, standard deviations from the window's mean")
    )
    assert {r["year"]: r["index"] for r in index} == pytest.approx(found["resilience"]["observed"])


def test_columns_say_where_their_numbers_come_from(book):
    sheet = sheet_of(book, "Statements of the sources, checked")
    kinds = {title.value: kind.value for kind, title in zip(sheet[2], sheet[HEADER], strict=True)}
    assert kinds["printed, low"] == "taken from a source"
    assert kinds["obtained"] == "computed"
    colours = {c.fill.start_color.rgb for c in sheet[2] if c.value}
    assert len(colours) == 2


def test_headers_stay_in_sight_and_columns_are_wide_enough(book):
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "B4"
        assert sheet.column_dimensions["A"].width >= 12


def test_names_of_sheets_are_short_and_each_once(book):
    titles = [s.title for s in book.worksheets]
    assert max(map(len, titles)) <= 31
    assert len({t.casefold() for t in titles}) == len(titles)


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "http://a.b"])
def test_a_dangerous_text_stays_a_text(computed_template, tmp_path, text):
    study = computed_template.study
    alternatives = study.alternatives.assign(title_en=text)
    findings = dataclasses.replace(
        computed_template, study=dataclasses.replace(study, alternatives=alternatives)
    )
    path = tmp_path / "report.xlsx"
    xlsx_report.write(findings, language("en"), path)
    title = "Share of the draws in which each direction takes each rank"
    cell = sheet_of(openpyxl.load_workbook(path), title).cell(HEADER + 1, 1)
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_the_workbook_speaks_russian(computed_template, tmp_path):
    path = tmp_path / "report.xlsx"
    xlsx_report.write(computed_template, language("ru"), path)
    first = openpyxl.load_workbook(path).worksheets[0]
    assert first["A1"].value == computed_template.study.settings.title.ru
    assert first.title == "Содержание"
