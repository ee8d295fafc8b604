"""Points, orders, ratings and comparisons in a study folder: what is read, and each fault."""

import pandas as pd
import pytest

from app.analysis import Options, direction_findings
from app.study import load_study
from tests.judged_study import CRITERIA, GROUPS, JUDGEMENTS, KINDS, leave_choices_out

COUNTS, RESPONSES = "answers/counts.csv", "answers/responses.csv"


def rows_of(study):
    return pd.read_csv(study.path(JUDGEMENTS), dtype={"value": float})


def write(study, frame, **how):
    frame.to_csv(study.path(JUDGEMENTS), index=False, **how)


def put(study, row, column, value):
    """Change one cell; rows are numbered as a spreadsheet shows them."""
    frame = rows_of(study)
    frame.loc[row - 2, column] = value
    write(study, frame)


def figures(study):
    loaded = load_study(study.folder)
    found = direction_findings(loaded, Options.of(loaded))
    return loaded.totals("importance").counts, found.result.scores


@pytest.mark.parametrize("kind", KINDS)
def test_a_study_judged_by_each_kind_of_question_has_no_fault(judged, kind):
    study = judged(kind)
    assert study.faults() == []
    found = load_study(study.folder).individual["importance"]
    assert (found.kind, found.options) == (kind, CRITERIA)
    assert found.given.sum() == sum(GROUPS.values())
    assert found.to_sums().experts.tolist() == list(GROUPS.values())


@pytest.mark.parametrize(
    ("kind", "row", "column", "value", "said"),
    [
        ("points", 2, "question", "importence", "found importence; expected one of importance; the nearest is importance"),
        ("points", 3, "question", "needs", "found needs; expected one of importance"),
        ("points", 4, "group", "visitors", "found visitors; expected one of producers, researchers, residents"),
        ("points", 5, "cell", "skil_level", "found skil_level; expected one of places_of_work, start_cost, local_materials, skill_level; the nearest is skill_level"),
        ("pairwise", 2, "cell", "start_cost:places_of_work", "found start_cost:places_of_work; expected one of places_of_work:start_cost, "),
        ("points", 2, "value", 101, "101 is too large; 100 or less is expected."),
        ("points", 2, "value", -1, "-1 is too small; 0 or more is expected."),
        ("rating", 3, "value", 6, "6 is too large; 5 or less is expected."),
        ("rating", 3, "value", 2.5, "2.5 is not a whole number; a whole number is expected."),
        ("ranking", 5, "value", 5, "5 is too large; 4 or less is expected."),
        ("ranking", 3, "value", 1, "Place 1 is given to two options; each place once is expected."),
        ("pairwise", 2, "value", 2.5, "2.5 stands at places_of_work:start_cost of question importance; one of 1/9 to 1/2 or a whole number from 1 to 9 is expected"),
        ("best_worst", 3, "value", 10, "10 is too large; 9 or less is expected."),
        ("best_worst", 3, "value", 1, "1 is given to two options; it is expected only of the best, or the worst, compared with itself."),
        ("points", 3, "group", "residents", "found residents; expected producers, as in this respondent's earlier rows"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_a_fault_of_its_row_and_column(judged, kind, row, column, value, said):  # noqa: PLR0917
    study = judged(kind)
    put(study, row, column, value)
    fault = study.only()
    assert (fault.file, fault.row, fault.column) == (JUDGEMENTS, row, column)
    assert said in str(fault)


def test_one_option_cannot_be_the_best_and_the_worst(judged):
    study = judged("best_worst")  # producers1 names places_of_work the best, in row 2
    put(study, 6, "value", 1)
    put(study, 9, "value", 2)
    fault = study.only()
    assert (fault.row, fault.column) == (6, "value")
    assert "named as the best and as the worst" in str(fault)


def test_a_cell_that_stands_twice_is_a_fault(judged):
    study = judged()
    frame = rows_of(study)
    write(study, pd.concat([frame, frame.head(1)]))
    assert str(study.only()) == (
        f"{JUDGEMENTS}, row {len(frame) + 2}, column respondent, question, cell: found producers1, "
        "importance, places_of_work again, as in row 2; expected each once"
    )


def answer_one_by_one(study):
    """Everybody who judged chooses the same too, so that counts.csv is not needed."""
    asked = load_study(study.folder).questionnaire.choices
    people = rows_of(study)[["respondent", "group"]].drop_duplicates()
    rows = [
        (person, group, q.id, option, "selected")
        for person, group in people.itertuples(index=False)
        for q in asked
        for option in q.option_ids
    ]
    columns = ["respondent", "group", "question", "option", "state"]
    pd.DataFrame(rows, columns=columns).to_csv(study.path(RESPONSES), index=False)
    study.path(COUNTS).unlink()
    study.replace("study.yaml", f"  {COUNTS}:", f"  {RESPONSES}:")


def test_who_chooses_and_judges_is_one_person_of_one_group(judged):
    study = judged()
    answer_one_by_one(study)
    assert study.faults() == []
    frame = rows_of(study)
    frame.loc[frame["respondent"] == "producers1", "group"] = "residents"
    write(study, frame)
    assert str(study.only()) == (
        f"{JUDGEMENTS}, row 2, column group: found residents; expected producers, as in this "
        "respondent's earlier rows"
    )


def test_people_are_counted_once_over_both_tables(judged):
    study = judged()
    answer_one_by_one(study)
    frame = rows_of(study)
    frame["respondent"] = frame["respondent"].replace("producers1", "newcomer")
    write(study, frame)
    assert str(study.only()) == (
        f"{RESPONSES}, column group: found 13 respondents in group producers; expected at most 12, "
        "as study.yaml says"
    )


def test_more_respondents_than_experts_are_a_fault(judged):
    study = judged()
    study.replace("study.yaml", "{id: residents, experts: 20", "{id: residents, experts: 19")
    (fault,) = (f for f in study.faults() if f.file == JUDGEMENTS)
    assert str(fault) == (
        f"{JUDGEMENTS}, column group: found 20 respondents in group residents; expected at most "
        "19, as study.yaml says"
    )


def test_a_block_that_rests_on_a_question_without_answers_is_a_fault(judged):
    study = judged()
    asked = study.path("questionnaire.yaml").read_text("utf-8")
    own = asked[asked.index("  - id: importance") : asked.index("  # kind: multiple")]
    again = own.replace("id: importance", "id: once_more")
    study.replace("questionnaire.yaml", own, own + again)
    frame = rows_of(study)
    write(study, frame.assign(question="once_more"))
    assert str(study.only()) == (
        f"{JUDGEMENTS}, column question: found no answers to the question importance; expected "
        "some, for block 1 rests on it"
    )


def test_answers_of_which_nobody_s_are_enough_are_a_fault(judged):
    study = judged("rating")
    frame = rows_of(study)
    write(study, frame[frame["cell"] != "start_cost"])
    assert str(study.only()) == (
        f"{JUDGEMENTS}, column question: found nobody's answers to the question importance are "
        "enough for weights; expected those of one expert at least"
    )
    whole = frame["respondent"].isin(["producers3", "researchers1", "residents7"])
    write(study, frame[whole | (frame["cell"] != "start_cost")])
    assert study.faults() == []
    whole = frame["respondent"].isin(["producers3", "researchers1"])
    write(study, frame[whole | (frame["cell"] != "start_cost")])
    assert str(study.only()) == (
        f"{JUDGEMENTS}, column group: found nobody's answers in group residents to the question "
        "importance are enough for weights; expected those of one expert of each group at least"
    )


def test_a_criteria_block_over_options_that_are_no_measured_criteria_is_a_fault(judged):
    study = judged()
    study.replace("study.yaml", "    question: importance", "    question: needs")
    fault = study.only()
    assert fault.row == study.line("study.yaml", "question: needs")
    assert "a question about steady_work, clean_water" in str(fault)
    assert (
        "options are measured criteria: places_of_work, start_cost, local_materials, skill_level"
        in str(fault)
    )


def test_a_block_cannot_rest_on_ratings_from_below_zero(judged):
    study = judged("rating")
    study.replace(
        "questionnaire.yaml", "kind: rating\n", "kind: rating\n    scale: {low: -2, high: 5}\n"
    )
    fault = study.only()
    assert (fault.file, fault.column) == ("study.yaml", "blocks.1.question")
    assert str(fault.found) == "the question importance, rated from -2"
    study.replace("study.yaml", "    question: importance", "    question: approaches")
    (fault,) = (f for f in study.faults() if f.file == JUDGEMENTS)
    assert str(fault) == (
        f"{JUDGEMENTS}, column question: found the question importance, rated from -2; expected a "
        "scale from 0 or above, for weights to follow"
    )


def test_a_table_that_a_block_needs_must_be_there(judged):
    study = judged()
    study.path(JUDGEMENTS).unlink()
    found = [str(f) for f in study.faults() if f.file == JUDGEMENTS]
    assert found == [f"{JUDGEMENTS}: found no such file; expected the file"]


def test_the_table_needs_an_entry_that_says_where_it_is_from(judged):
    study = judged()
    text = study.path("study.yaml").read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in text if not line.startswith(f"  {JUDGEMENTS}")]
    study.path("study.yaml").write_text("".join(kept), "utf-8")
    fault = study.only()
    assert (fault.file, fault.column) == ("study.yaml", "tables")
    assert str(fault.found) == f"no entry for {JUDGEMENTS}"


def test_choices_need_be_counted_only_where_a_block_rests_on_them(judged):
    study = judged()
    study.path(COUNTS).unlink()
    text = study.path("study.yaml").read_text("utf-8")
    study.replace("study.yaml", text[text.index(f"  {COUNTS}:") : text.index("  alternatives")], "")
    assert str(study.only()) == f"{COUNTS}: found no such file; expected the file"
    study.path(COUNTS).write_text("", "utf-8")
    study.path("study.yaml").write_text(text, "utf-8")
    leave_choices_out(study.folder)
    assert study.faults() == []
    counts, scores = figures(study)
    assert counts.sum() == pytest.approx(sum(GROUPS.values()))
    assert len(set(scores)) > 1


@pytest.mark.parametrize("kind", ["points", "pairwise"])
def test_rows_in_another_order_give_the_same_figures(judged, kind):
    study = judged(kind)
    counts, scores = figures(study)
    write(study, rows_of(study).sample(frac=1, random_state=5))
    again, others = figures(study)
    assert again == pytest.approx(counts)
    assert others == pytest.approx(scores)


def test_semicolons_with_decimal_commas_read_as_commas_with_points(judged):
    study = judged("pairwise")
    counts, _ = figures(study)
    write(study, rows_of(study), sep=";", decimal=",")
    assert "0,5" in study.path(JUDGEMENTS).read_text("utf-8")
    assert figures(study)[0] == pytest.approx(counts)
