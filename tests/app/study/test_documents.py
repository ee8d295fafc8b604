"""Faults of study.yaml and questionnaire.yaml."""

import pytest

QUESTIONNAIRE = "questionnaire.yaml"


def test_key_that_stands_twice(damaged):
    damaged.replace("study.yaml", "id: template", "id: template\nid: other_name")
    fault = damaged.faults()[0]
    row = damaged.line("study.yaml", "id: other_name")
    assert (fault.row, fault.column) == (row, "id")
    assert str(fault.found) == f"this key again, as in row {row - 1}"


def test_key_that_stands_twice_in_the_questionnaire(damaged):
    damaged.replace(QUESTIONNAIRE, "    kind: multiple", "    kind: multiple\n    kind: single")
    assert any(each.column == "questions.1.kind" for each in damaged.faults())


@pytest.mark.parametrize(
    ("old", "new", "nearest"),
    [
        ("\nregion:", "\nregions: {en: a, ru: b}\nregion:", "region"),
        ("experts: 12", "expert: 12", "experts"),
        ("weight: 0.7", "wieght: 0.7", "weight"),
        ("reading: popularity", "readng: popularity", "reading"),
        ("window: {from: 2010", "window: {form: 2010", "from"),
        ("kind: source, title: {en: counted", "kind: source, titel: {en: counted", "title"),
        ("preference: {q: 0.05", "preference: {Q: 0.05", "q"),
    ],
)
def test_unknown_key_is_answered_with_the_nearest(damaged, old, new, nearest):
    damaged.replace("study.yaml", old, new)
    assert any(
        str(each.expected).endswith(f"the nearest is {nearest}") for each in damaged.faults()
    )


def test_unknown_key_of_the_questionnaire_is_answered_with_the_nearest(damaged):
    damaged.replace(QUESTIONNAIRE, "answered_in_own_words", "answered_in_words")
    fault = damaged.faults()[0]
    assert fault.row == damaged.line(QUESTIONNAIRE, "answered_in_words")
    assert "the nearest is answered_in_own_words" in str(fault.expected)


@pytest.mark.parametrize("version", [2, 99, 0])
@pytest.mark.parametrize("file", ["study.yaml", QUESTIONNAIRE])
def test_other_version_is_refused_alone_and_clearly(damaged, file, version):
    damaged.replace(file, "format_version: 1", f"format_version: {version}\nunknown_key: 1")
    faults = [each for each in damaged.faults() if each.file == file]
    assert [str(each.found) for each in faults] == [f"the format version {version}"]


@pytest.mark.parametrize(
    ("old", "new", "column", "expected"),
    [
        ("experts: 12", "experts: many", "groups.1.experts", "a whole number"),
        ("experts: 12", "experts: 0", "groups.1.experts", "at least 1"),
        ("experts: 12", 'experts: "12"', "groups.1.experts", "a whole number"),
        ("weight: 0.7", "weight: 1.7", "blocks.1.weight", "at most 1"),
        ("weight: 0.7", "weight: .nan", "blocks.1.weight", "a number"),
        ("id: producers", "id: producers and others", "groups.1.id", "Latin letters"),
        ("std: sample", "std: sampl", "resilience.std", "the nearest is sample"),
        ("target: [develop]", "target: develop", "blocks.2.target", "a list"),
        ("title: {en: Needs, ru: Нужды}", "title: Needs", "blocks.1.title", "keys with values"),
        ("title: {en: Needs, ru: Нужды}", "title: {en: Needs}", "blocks.1.title.ru", "this key"),
        ("kind: relevance\n", "kind: relevanse\n", "blocks.1", "the nearest is relevance"),
        ("headline: promethee2", "headline: 5", "directions.headline", "a text"),
        ("id: template", "id: шаблон", "id", "Latin letters"),
    ],
)  # fmt: skip
def test_value_of_the_wrong_kind(damaged, old, new, column, expected):
    damaged.replace("study.yaml", old, new)
    fault = damaged.faults()[0]
    assert fault.column == column
    assert expected in str(fault.expected)


def test_line_that_is_not_yaml(damaged):
    damaged.replace("study.yaml", "region: {en: Example region", "region: {en: Example? region: a")
    fault = damaged.faults()[0]
    assert fault.row == damaged.line("study.yaml", "region:")
    assert "quotation marks" in str(fault.expected)


def test_control_character_names_its_line(damaged):
    damaged.replace("study.yaml", "id: template", "id: temp\x02late")
    assert damaged.only().row == damaged.line("study.yaml", "id: temp")


def test_alias_is_refused(damaged):
    damaged.replace("study.yaml", "summary:", "summary: &a [*a]\nsummary_2:")
    assert "an alias" in str(damaged.only())


def test_list_instead_of_keys(damaged):
    damaged.path("study.yaml").write_text("- 1\n- 2\n", encoding="utf-8")
    assert str(damaged.only().found) == "a list or a single value"


def test_reading_off_is_a_word_without_quotation_marks(damaged):
    damaged.replace("study.yaml", "reading: popularity", "reading: off")
    assert damaged.faults() == []


def test_block_of_an_unknown_question(damaged):
    damaged.replace("study.yaml", "question: needs", "question: need")
    faults = [each for each in damaged.faults() if each.column == "blocks.1.question"]
    assert faults[0].row == damaged.line("study.yaml", "question: need")
    assert "the nearest is needs" in str(faults[0].expected)


def test_option_that_stands_twice(damaged):
    damaged.replace(QUESTIONNAIRE, "id: clean_water", "id: steady_work")
    assert any("has the option steady_work twice" in str(each) for each in damaged.faults())


def test_study_without_settings_reports_the_questionnaire_too(damaged):
    damaged.path("study.yaml").unlink()
    damaged.replace(QUESTIONNAIRE, "    kind: multiple", "    kind: several")
    assert [each.file for each in damaged.faults()] == ["study.yaml", QUESTIONNAIRE]
