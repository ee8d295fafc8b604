"""What a loaded study gives to the rest of the program."""

import pickle
import shutil

from app.study import Fault, StudyError, load_study, message, study_digest


def test_digest_changes_when_a_byte_changes(damaged):
    before = load_study(damaged.folder).digest
    damaged.replace("scores.csv", "orchards,120,", "orchards,121,")
    assert load_study(damaged.folder).digest != before


def test_digest_changes_when_a_file_is_renamed(damaged):
    before = study_digest(damaged.folder)
    path = damaged.path("context/reference_lines.csv")
    path.rename(path.with_name("lines.csv"))
    assert study_digest(damaged.folder) != before


def test_digest_does_not_depend_on_the_place_or_on_hidden_files(damaged, tmp_path):
    copy = tmp_path / "elsewhere"
    shutil.copytree(damaged.folder, copy)
    (copy / ".~lock.scores.csv").write_text("x", encoding="utf-8")
    assert load_study(copy).digest == load_study(damaged.folder).digest


def test_study_without_scenarios_resilience_and_claims(damaged):
    for folder in ("scenarios", "resilience", "context"):
        shutil.rmtree(damaged.path(folder))
    damaged.path("published.csv").unlink()
    path = damaged.path("study.yaml")
    text = path.read_text(encoding="utf-8")
    start, end = text.index("\nscenarios:\n"), text.index("# What you assumed")
    kept = (
        line
        for line in (text[:start] + "\n" + text[end:]).splitlines()
        if not line.startswith(("  scenarios/", "  resilience/", "  context/", "  published.csv"))
    )
    path.write_text("\n".join(kept), encoding="utf-8")
    study = load_study(damaged.folder)
    assert study.scenarios is None
    assert study.resilience is None
    assert study.published.empty
    assert study.context == {}


def test_options_follow_the_questionnaire_whatever_the_order_of_the_file(damaged):
    path = damaged.path("answers/counts.csv")
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    before = load_study(damaged.folder).counts["needs"]
    path.write_text("\n".join([header, *reversed(rows)]), encoding="utf-8")
    after = load_study(damaged.folder).counts["needs"]
    assert after.options == before.options
    assert after.counts.tolist() == before.counts.tolist()


def test_scenario_table_follows_the_tables_of_names_whatever_the_order_of_the_cells(damaged):
    path = damaged.path("scenarios/table.csv")
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    before = load_study(damaged.folder).scenarios.table
    path.write_text("\n".join([header, *reversed(rows)]), encoding="utf-8")
    after = load_study(damaged.folder).scenarios.table
    assert (after.indicators, after.scenarios) == (before.indicators, before.scenarios)
    assert after.low.tolist() == before.low.tolist()


def test_emphasis_may_be_left_out_and_is_then_1(damaged):
    damaged.path("scenarios/emphasis.csv").unlink()
    text = damaged.path("study.yaml").read_text(encoding="utf-8").splitlines()
    kept = [line for line in text if "scenarios/emphasis.csv" not in line]
    damaged.path("study.yaml").write_text("\n".join(kept), encoding="utf-8")
    emphasis = load_study(damaged.folder).scenarios.emphasis
    assert emphasis.shape == (3, 4)
    assert (emphasis == 1).all(axis=None)


def rows_of(folder, extra=()):
    """Respondents' rows that give the template's counts, in place of the counts."""
    counts = folder / "answers/counts.csv"
    experts = {"producers": 12, "researchers": 10, "residents": 20}
    lines = ["respondent,group,question,option,state"]
    for row in counts.read_text(encoding="utf-8").splitlines()[1:]:
        question, option, group, count = row.split(",")
        for person in range(experts[group]):
            state = "selected" if person < int(count) else "not_selected"
            lines.append(f"{group}_{person},{group},{question},{option},{state}")
    (folder / "answers/responses.csv").write_text("\n".join([*lines, *extra]), encoding="utf-8")
    settings = folder / "study.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("answers/counts.csv", "answers/responses.csv"), "utf-8")


def test_respondents_rows_give_the_same_counts(damaged):
    before = load_study(damaged.folder).counts["needs"]
    rows_of(damaged.folder)
    damaged.path("answers/counts.csv").unlink()
    study = load_study(damaged.folder)
    assert study.counts["needs"].counts.tolist() == before.counts.tolist()
    assert study.answers["needs"].cells.shape == (42, 5)


def test_counts_and_rows_together_are_a_fault(damaged):
    rows_of(damaged.folder)
    assert any(str(each.expected) == "one of the two" for each in damaged.faults())


def test_more_respondents_than_experts_and_a_respondent_in_two_groups(damaged):
    new = [
        f"newcomer,{group},needs,{option},selected"
        for option, group in (
            ("steady_work", "producers"),
            ("clean_water", "researchers"),
            ("young_people", "producers"),
            ("better_roads", "producers"),
        )
    ]
    rows_of(damaged.folder, new)
    damaged.path("answers/counts.csv").unlink()
    found = [str(each) for each in damaged.faults()]
    assert any(
        "found 13 respondents in group producers; expected at most 12" in each for each in found
    )
    assert any("expected producers, as in this respondent's earlier rows" in each for each in found)
    assert any("no row of respondent newcomer for something_else" in each for each in found)


def test_faults_can_be_pickled_and_compared():
    fault = Fault("a.csv", 2, "b", message("{n} cells", n=3), message("{n}", n=2))
    assert pickle.loads(pickle.dumps(StudyError([fault]))).faults == (fault,)


def single_choice(folder, counts):
    """The template with its second question as a single choice, answered by `counts` everywhere."""
    asked = folder / "questionnaire.yaml"
    head, tail = asked.read_text(encoding="utf-8").split("- id: approaches")
    tail = tail.replace("kind: multiple", "kind: single", 1)
    asked.write_text(f"{head}- id: approaches{tail}", encoding="utf-8")
    answers = folder / "answers/counts.csv"
    kept = [
        f"{','.join(cells[:3])},{counts[cells[1]] if cells[0] == 'approaches' else cells[3]}"
        for cells in (line.split(",") for line in answers.read_text("utf-8").splitlines())
    ]
    answers.write_text("\n".join(kept), encoding="utf-8")


SINGLE = {"buy_ready": 3, "adapt": 5, "develop": 2}


def test_counts_know_whether_their_question_is_a_single_choice(damaged):
    single_choice(damaged.folder, SINGLE)
    counts = load_study(damaged.folder).counts
    assert counts["approaches"].single
    assert not counts["needs"].single


def test_rows_know_whether_their_question_is_a_single_choice(damaged):
    single_choice(damaged.folder, {"buy_ready": 0, "adapt": 5, "develop": 0})
    rows_of(damaged.folder)
    damaged.path("answers/counts.csv").unlink()
    study = load_study(damaged.folder)
    assert study.answers["approaches"].single
    assert study.counts["approaches"].single
    assert not study.answers["needs"].single


def test_a_respondent_who_selects_two_options_of_a_single_choice_is_a_fault(damaged):
    single_choice(damaged.folder, SINGLE)  # rows_of lets the first of a group choose all three
    rows_of(damaged.folder)
    damaged.path("answers/counts.csv").unlink()
    faults = [each for each in damaged.faults() if each.column == "state"]
    assert "selected by respondent producers_0 at the question approaches" in str(faults[0])
    assert "expected one selected option at most" in str(faults[0])
