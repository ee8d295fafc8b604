"""konsilium run, init, validate: what is printed, written, refused, and left alone."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from app import cli
from app.cli import main
from app.commands import ours
from app.report import html_report, json_report
from app.study import bundled_studies, load_study, schema

ROOT = Path(__file__).parents[2]
FILES = ["findings.json", "report.html", "report.xlsx"]
CONTRACT = {
    "format_version",
    "priorities",
    "criteria_weights",
    "directions",
    "scenarios",
    "resilience",
    "claims",
    "provenance",
}


@pytest.fixture
def study(tmp_path):
    folder = tmp_path / "own"
    shutil.copytree(bundled_studies()["template"], folder)
    return folder


def listed(folder):
    return sorted(p.name for p in folder.iterdir())


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_help_names_every_command_in_either_language(capsys):
    assert main(["--help"]) == 0
    english = capsys.readouterr().out
    assert main([]) == 0
    assert capsys.readouterr().out == english
    assert main(["--lang", "ru", "--help"]) == 0
    russian = capsys.readouterr().out
    for command in ("run", "app", "init", "validate", "rank"):
        assert re.search(rf"\n  {command} +\S", english)
        assert re.search(rf"\n  {command} +[А-Я]", russian)


def test_version(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == "konsilium 0.1.0\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["rnk"], "there is no command rnk; expected rank; see konsilium --help"),
        (["rank"], "PROBLEM.json is missing; see konsilium --help"),
        (["rank", "x.json"], "--method is missing; see konsilium --help"),
        (["run", "kuzbass"], "--out is missing; see konsilium --help"),
        (["validate", "x", "--fast"], "there is no option --fast; see konsilium --help"),
        (["run", "kuzbass", "--out", "o", "--draws", "x"], "--draws takes a whole number; see konsilium --help"),
        (["run", "kuzbass", "--out", "o", "--draws", "0"], "--draws is 0; expected a whole number of 1 or more"),
        (["run", "kuzbass", "--out", "o", "--seed", "-1"], "--seed is -1; expected a whole number of 0 or more"),
        (["run", "kuzbass", "--out", "o", "--seed", str(2**64)], f"--seed is {2**64}; expected a whole number of {2**63 - 1} or less"),
        (["--lang", "fr", "validate", "kuzbass"], "language 'fr' is not known; expected ru, en"),
        (["validate", "kuzbas"], "kuzbas: found no such folder; expected a folder with study.yaml, or one of the bundled studies: kuzbass, template; the nearest is kuzbass"),
    ],
)  # fmt: skip
def test_a_command_line_that_cannot_be_followed_is_one_sentence(capsys, arguments, sentence):
    assert main(arguments) == 2
    assert capsys.readouterr() == ("", sentence + "\n")


def test_the_command_line_and_the_study_take_the_same_seeds():
    assert cli.LARGEST_SEED == schema.LARGEST_SEED


def test_our_own_fault_is_one_sentence_without_a_traceback(capsys, monkeypatch):
    monkeypatch.setattr("app.commands.studies.check_study", lambda _: 1 / 0)
    assert main(["validate", "kuzbass"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "Konsilium failed: ZeroDivisionError: division by zero. "
        "This is a fault of the program; KONSILIUM_DEBUG=1 shows where.\n"
    )
    monkeypatch.setenv("KONSILIUM_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main(["validate", "kuzbass"])


def test_a_foreign_package_of_the_same_name_is_named(capsys, monkeypatch, tmp_path):
    (tmp_path / "mcda").mkdir()
    (tmp_path / "mcda" / "__init__.py").write_text("")
    found = ours.find_spec

    def shadowed(name):
        spec = found(name)
        if name == "mcda":
            spec.origin = str(tmp_path / "mcda" / "__init__.py")
        return spec

    monkeypatch.setattr(ours, "find_spec", shadowed)
    origin = found("mcda").origin
    try:
        assert main(["validate", "template"]) == 2
    finally:
        found("mcda").origin = origin
    assert capsys.readouterr().err == (
        f"another package called mcda is found before Konsilium's, in {tmp_path / 'mcda'}; "
        "install Konsilium in an environment of its own\n"
    )


@pytest.mark.slow
def test_init_then_validate_then_run_on_the_copy_in_either_language(capsys, tmp_path):
    own, out, russian = tmp_path / "my study", tmp_path / "deep" / "out", tmp_path / "ru"
    assert main(["init", str(own)]) == 0
    assert f'konsilium validate "{own}"' in capsys.readouterr().out
    assert main(["validate", str(own)]) == 0
    assert capsys.readouterr() == (f"{own}: no fault found.\n", "")
    run = ["run", str(own), "--draws", "200", "--seed", "3", "--out"]
    assert main([*run, str(out)]) == 0
    printed, err = capsys.readouterr()
    assert err == ""
    assert "Ranks by method (headline: PROMETHEE II)" in printed
    assert listed(out) == FILES
    assert main([*run, str(russian), "--lang", "ru"]) == 0
    first, second = ((f / "findings.json").read_bytes() for f in (out, russian))
    assert first == second
    provenance = json.loads(first)["provenance"]
    assert (provenance["seed"], provenance["draws"]) == (3, 200)
    title = load_study(own).settings.title
    for folder, words in ((out, title.en), (russian, title.ru)):
        assert words in (folder / "report.html").read_text("utf-8")
        assert openpyxl.load_workbook(folder / "report.xlsx").sheetnames


@pytest.mark.parametrize("content", [None, "kept"])
def test_init_never_overwrites(capsys, tmp_path, content):
    there = tmp_path / "there"
    if content is None:
        there.mkdir()
        (there / "mine.txt").write_text("kept")
    else:
        there.write_text(content)
    assert main(["init", str(there)]) == 2
    assert capsys.readouterr().err == (
        f"{there} is already there and is not an empty folder; choose a new name\n"
    )
    kept = there / "mine.txt" if content is None else there
    assert kept.read_text() == "kept"


def _misspell(folder):
    edit(folder / "scores.csv", "start_cost,orchards", "start_cost,orchrads")


def _text_for_number(folder):
    edit(
        folder / "answers" / "counts.csv",
        "needs,clean_water,producers,4",
        "needs,clean_water,producers,many",
    )


def _count_above(folder):
    edit(
        folder / "answers" / "counts.csv",
        "needs,clean_water,producers,4",
        "needs,clean_water,producers,31",
    )


def _weights(folder):
    edit(folder / "study.yaml", "weight: 0.7", "weight: 0.6")


def _twice(folder):
    edit(folder / "alternatives.csv", "\nsensors,", "\norchards,")


def _cp1251(folder):
    path = folder / "alternatives.csv"
    path.write_bytes(path.read_text("utf-8").encode("cp1251"))


BAD = {
    "a missing file": (lambda f: (f / "scores.csv").unlink(), "scores.csv: found no such file"),
    "a misspelt id": (_misspell, "the nearest is orchards"),
    "a count above its group": (_count_above, "column count: found 31"),
    "a text for a number": (_text_for_number, "column count: found many"),
    "weights that do not sum to 1": (_weights, "found weights that sum to 0.9; expected weights that sum to 1"),
    "a duplicated direction": (_twice, "orchards again, as in row 2"),
    "an empty file": (lambda f: (f / "criteria.csv").write_bytes(b""), "criteria.csv: found an empty file"),
    "a file in cp1251": (_cp1251, "alternatives.csv, row 2: found text that is not UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize("bad", BAD)
def test_a_study_with_a_fault_is_refused_and_nothing_is_written(capsys, tmp_path, study, bad):
    damage, sentence = BAD[bad]
    damage(study)
    out = tmp_path / "out"
    assert main(["run", str(study), "--out", str(out)]) == 2
    printed, err = capsys.readouterr()
    assert printed == ""
    assert sentence in err
    assert not out.exists()
    assert main(["validate", str(study)]) == 2
    assert capsys.readouterr().err == err
    assert main(["validate", str(study), "--lang", "ru"]) == 2
    russian = capsys.readouterr().err.splitlines()
    assert len(russian) == len(err.splitlines())
    assert all(re.search("[а-яё]{4}", line) for line in russian)


def test_a_target_that_is_a_file_is_refused_before_anything_is_computed(capsys, tmp_path):
    file = tmp_path / "out"
    file.write_text("kept")
    for target in (file, file / "inside"):
        assert main(["run", "kuzbass", "--out", str(target)]) == 2
        assert capsys.readouterr() == ("", f"{file} is a file; expected a folder to write into\n")
    assert file.read_text() == "kept"


def test_a_folder_where_a_report_belongs_is_refused_before_anything_is_computed(capsys, tmp_path):
    folder = tmp_path / "report.xlsx"
    folder.mkdir()
    assert main(["run", "kuzbass", "--out", str(tmp_path)]) == 2
    assert capsys.readouterr() == ("", f"{folder} is a folder; expected a file, or nothing there\n")
    assert listed(tmp_path) == ["report.xlsx"]


def test_a_report_that_fails_leaves_the_folder_as_it_was(capsys, tmp_path, monkeypatch):
    out = tmp_path / "out"
    out.mkdir()
    (out / "findings.json").write_text("old")

    def full(*_):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(html_report, "write", full)
    assert main(["run", "template", "--out", str(out), "--draws", "200"]) == 2
    assert capsys.readouterr() == ("", f"{out} cannot be written: {os.strerror(28)}\n")
    assert (listed(out), (out / "findings.json").read_text()) == (["findings.json"], "old")
    assert main(["run", "template", "--out", str(tmp_path / "a" / "b"), "--draws", "200"]) == 2
    assert not (tmp_path / "a").exists()


def read_findings(path):
    return json.loads(path.read_text("utf-8"), parse_constant=pytest.fail)


@pytest.fixture(scope="module")
def kuzbass(computed_kuzbass, tmp_path_factory):
    """findings.json of the study as it is read back."""
    path = tmp_path_factory.mktemp("kuzbass") / "findings.json"
    json_report.write(computed_kuzbass, path)
    return read_findings(path)


def test_findings_hold_every_key_of_the_contract(kuzbass, computed_kuzbass):
    check_contract(kuzbass, computed_kuzbass.options.seed)


@pytest.mark.slow
def test_kuzbass_is_run_to_the_same_findings_in_either_language(tmp_path):
    for lang, word in (("ru", "Кузбасс"), ("en", "Kuzbass")):
        out = tmp_path / lang
        run = ["run", "kuzbass", "--draws", "2000", "--seed", "3", "--lang", lang]
        assert main([*run, "--out", str(out)]) == 0
        assert word in (out / "report.html").read_text("utf-8")
        assert openpyxl.load_workbook(out / "report.xlsx").sheetnames
    first, second = ((tmp_path / lang / "findings.json").read_bytes() for lang in ("ru", "en"))
    assert first == second
    check_contract(read_findings(tmp_path / "en" / "findings.json"), seed=3)


def check_contract(found, seed):
    assert set(found) >= CONTRACT
    option = found["priorities"]["motives"]["environment"]
    assert set(option) == {"share", "low", "high", "weight"}
    directions = found["directions"]
    names = [f"D{k}" for k in range(1, 7)]
    assert directions["headline"] in directions["scores"]
    for method in directions["scores"]:
        assert list(directions["scores"][method]) == list(directions["ranks"][method]) == names
    for shares in directions["rank_acceptability"].values():
        assert len(shares) == 6
        assert sum(shares) == pytest.approx(1)
    assert list(directions["first_by"]) == names
    causes = "experts groups other relevance cells blocks reading method normalisation"
    assert set(directions["doubt"]) == set(causes.split())
    assert sum(directions["doubt"].values()) == pytest.approx(1)
    assert sum(found["criteria_weights"].values()) == pytest.approx(1)
    assert found["scenarios"]["dominance"]["S1>S2"]["better"] == 24
    for ranks in found["scenarios"]["ranks"].values():
        assert set(ranks) == {"S1", "S2", "S3"}
    resilience = found["resilience"]
    assert resilience["observed"]["2019"] == pytest.approx(0.327, abs=5e-4)
    for levels in resilience["factors"].values():
        assert "2019" in levels
    for scenario in ("S1", "S2", "S3"):
        for level in resilience["scenarios"][scenario].values():
            assert level["low"] <= level["value"] <= level["high"]
    for claim in found["claims"]:
        assert {"printed", "obtained", "verdict"} <= set(claim)
    provenance = found["provenance"]
    assert (provenance["seed"], provenance["draws"]) == (seed, 2000)
    assert {"study_digest", "versions", "settings"} <= set(provenance)


def test_the_entry_point_keeps_the_streams_apart_and_writes_nothing(tmp_path):
    konsilium = [sys.executable, "-c", "import sys; from app.cli import main; sys.exit(main())"]
    ended = subprocess.run(
        [*konsilium, "run", "nowhere", "--out", "out", "--lang", "ru"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert re.search("ожидается", ended.stderr)
    assert list(tmp_path.iterdir()) == []


def test_every_command_of_a_group_takes_the_language(capsys):
    for group in ("wave", "store", "account"):
        assert main([group, "--help"]) == 0
        commands = re.findall(r"^  ([a-z][a-z-]+)  ", capsys.readouterr().out, re.MULTILINE)
        assert len(commands) >= 4
        for command in commands:
            assert main([group, command, "--help"]) == 0
            assert "--lang" in capsys.readouterr().out, f"{group} {command}"


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from app.cli import main; main(['--help']); "
        "heavy = {'pandas', 'scipy', 'streamlit', 'altair', 'pydantic'} & set(sys.modules); "
        "sys.exit(str(heavy) if heavy else 0)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert ended.returncode == 0, ended.stderr


def test_the_figures_of_the_readme_are_those_of_the_study(kuzbass):
    found = kuzbass
    first_by = found["directions"]["first_by"]
    total = sum(first_by.values())
    years = found["resilience"]["observed"]
    wins = found["scenarios"]["dominance"]["S1>S2"]
    english, russian = (
        " ".join((ROOT / name).read_text("utf-8").split()) for name in ("README.md", "README.ru.md")
    )
    change = found["directions"]["change"]
    moved = round(100 * change["weights"]["L1"]["distance"] / 2)
    missing = change["missing_criterion"]
    assert f"(D4) leads {first_by['D4']:g} of the {total:g} combinations" in english
    assert f"(D5) leads {first_by['D5']:g}, nearly all" in english
    assert f"moving {moved} % of the weight" in english
    assert f"if it weighed {100 * missing['weight']:.0f} % or more" in english
    assert f"{missing['from']} the worst on it and {missing['to']} the best" in english
    assert f"{years['2019']:.3f} in 2019 and {years['2021']:.3f} in 2021" in english
    assert (
        f"in {wins['better']} of 27 cells, equal in {wins['equal']} and worse in {wins['worse']}"
        in english
    )
    assert f"(D4) впереди в {first_by['D4']:g} из {total:g} сочетаний" in russian
    assert f"(D5) — в {first_by['D5']:g}, почти".replace(".", ",") in russian
    assert f"переложить между критериями {moved} % веса" in russian
    assert f"весит не меньше {100 * missing['weight']:.0f} %" in russian
    decimal = [f"{years[y]:.3f}".replace(".", ",") for y in ("2019", "2021")]
    assert f"{decimal[0]} в 2019 году и {decimal[1]} в 2021-м" in russian
    assert (
        f"в {wins['better']} клетках таблицы из 27, равен в {wins['equal']} и хуже в {wins['worse']}"
        in russian
    )
    # Shares of draws move with the number of draws by a point or two.
    shares = found["directions"]["rank_acceptability"]
    for name, stated in re.findall(r"(D\d)(?: is first)? in (\d+) %", english):
        assert 100 * shares[name][0] == pytest.approx(float(stated), abs=4)
