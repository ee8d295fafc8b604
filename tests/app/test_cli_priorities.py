"""konsilium priorities: every question by every panel, with intervals."""

import json

import pytest

from app.cli import main


def told(capsys, *arguments):
    status = main(["priorities", *arguments])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_the_pooled_priorities_of_kuzbass_are_the_published_counts(capsys):
    status, out, _ = told(capsys, "kuzbass", "--json")
    found = json.loads(out)["motives"]["experts"]
    assert status == 0
    assert found["environment"]["share"] == pytest.approx(53 / 82)
    assert sum(o["weight"] for o in found.values()) == pytest.approx(1)
    assert all(o["low"] < o["share"] < o["high"] for o in found.values())


def test_every_panel_is_told_unless_one_is_asked_for(capsys):
    _, out, _ = told(capsys, "kuzbass", "--json")
    panels = ["experts", "groups", "managers", "trainees", "academics", "open"]
    assert list(json.loads(out)["motives"]) == panels
    _, out, _ = told(capsys, "kuzbass", "--pooling", "academics", "--json")
    one = json.loads(out)
    assert {tuple(found) for found in one.values()} == {("academics",)}
    assert one["motives"]["academics"]["low_efficiency"]["share"] == pytest.approx(24 / 25)


def test_the_table_begins_with_the_most_named_answer(capsys):
    status, out, _ = told(capsys, "kuzbass", "--pooling", "experts", "--lang", "en")
    assert status == 0
    lines = out.splitlines()
    assert lines[0].strip() == "Motives: all experts by their number"
    assert (
        next(line for line in lines if "%" in line and "interval" not in line).split()[0] == "Other"
    )


def test_an_unknown_panel_is_refused_with_the_known_ones(capsys):
    status, out, err = told(capsys, "kuzbass", "--pooling", "miners", "--lang", "en")
    assert (status, out) == (2, "")
    assert "expected one of experts, groups, managers" in err


def test_weights_that_experts_gave_are_told_as_such(capsys, judged_folder):
    status, out, _ = told(capsys, str(judged_folder), "--json")
    found = json.loads(out)
    assert status == 0
    assert list(found) == ["importance"]
    assert list(found["importance"]) == [
        "experts",
        "groups",
        "producers",
        "researchers",
        "residents",
    ]
    for option in found["importance"]["experts"].values():
        assert option["share"] == pytest.approx(option["weight"])
        assert option["low"] < option["weight"] < option["high"]
    for lang, heading, others in (
        ("en", "Mean weight", "Share of the experts"),
        ("ru", "Средний вес", "Доля экспертов"),
    ):
        status, out, _ = told(capsys, str(judged_folder), "--lang", lang)
        assert status == 0
        assert heading in out
        assert others not in out
