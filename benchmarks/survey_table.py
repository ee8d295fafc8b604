"""A million respondents in a plain table: reading, shares, draws, beside pandas.read_csv.

Run alone with `python -m benchmarks.survey_table`; `survey_table()` is a section of `make bench`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.report import printed
from benchmarks.timing import ROOT, Line, Section, peak_memory, timed
from survey import draw_shares, draw_shares_together, selection_shares
from survey.formats.detect import read_answers

RESPONDENTS, QUESTIONS, OPTIONS, DRAWS = 1_000_000, 4, 10, 1_000
# The reading may take three times as long as pandas takes for the same file.
TARGET = 1 / 3
_REPEATS = 5


def make_table(path: Path, respondents: int = RESPONDENTS, *, blank: float = 0.0) -> None:
    """Write ones and zeros, and nothing for a share `blank` of the cells."""
    rng = np.random.default_rng(20261121)
    width = QUESTIONS * OPTIONS
    names = [f"q{q + 1}_{o + 1}" for q in range(QUESTIONS) for o in range(OPTIONS)]
    with path.open("wb") as file:
        file.write((",".join(names) + "\n").encode())
        for start in range(0, respondents, 50_000):
            rows = min(50_000, respondents - start)
            block = np.full((rows, 2 * width), ord(","), dtype=np.uint8)
            block[:, 0::2] = rng.integers(ord("0"), ord("2"), (rows, width))
            block[:, -1] = ord("\n")
            keep = np.ones(block.shape, dtype=bool)
            keep[:, 0::2] = rng.random((rows, width)) >= blank
            file.write(block[keep].tobytes())


def survey_table(respondents: int = RESPONDENTS) -> Section:
    """Times of one run, ours and pandas' in turn, and the memory of a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        full, holed = Path(folder) / "full.csv", Path(folder) / "holed.csv"
        make_table(full, respondents)
        make_table(holed, respondents, blank=0.1)
        lines = [
            _reading("read 1 and 0", full),
            _reading("read 1, 0 and nothing (a tenth)", holed),
        ]
        wave = read_answers(full)
        memory = json.loads(
            subprocess.run(
                [sys.executable, "-m", "benchmarks.survey_table", str(full)],
                check=True, capture_output=True, text=True, cwd=ROOT,
            ).stdout
        )  # fmt: skip
    choices = {q.id: wave.choice(q.id) for q in wave.questionnaire.choices}
    rng = np.random.default_rng(1)
    lines += [
        Line(
            "shares with Wilson intervals",
            timed(lambda: [*map(selection_shares, choices.values())]),
        ),
        Line(
            f"{DRAWS:,} Bayesian bootstrap draws, question by question",
            timed(lambda: [draw_shares(each, DRAWS, rng) for each in choices.values()]),
        ),
        Line(
            f"{DRAWS:,} draws of all questions together",
            timed(lambda: draw_shares_together(choices, DRAWS, rng)),
        ),
        Line("most memory while reading", memory["ours"], memory["pandas"], "pandas", "MB"),
        Line("of it before reading (libraries)", memory["before"], unit="MB"),
    ]
    note = (
        f"{respondents:,} respondents, {QUESTIONS} multiple choices of {OPTIONS} options, each a "
        "column, in a temporary file of "
        f"{respondents * QUESTIONS * OPTIONS * 2 / 1e6:.0f} MB. Reading includes recognising the "
        "format, inferring the questionnaire and checking every answer; pandas gives columns of "
        "numbers."
    )
    return Section("A large survey as a plain table", lines, note)


def _reading(what: str, path: Path) -> Line:
    """Ours and theirs by turns, so that a busy minute befalls both; the best of each."""
    read_answers(path)
    pd.read_csv(path)
    pairs = [
        (timed(lambda: read_answers(path)), timed(lambda: pd.read_csv(path)))
        for _ in range(_REPEATS)
    ]
    ours, theirs = (min(times) for times in zip(*pairs, strict=True))
    return Line(what, ours, theirs, "pandas.read_csv", target=TARGET)


def _memory(path: Path) -> dict[str, float]:
    """Peaks of this process, ours first: pandas' is only seen if it is higher."""
    before = peak_memory()
    read_answers(path)
    ours = peak_memory()
    code = (
        "import pandas, sys; from benchmarks.timing import peak_memory; "
        "frame = pandas.read_csv(sys.argv[1]); print(peak_memory())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        check=True, capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    return {"before": before, "ours": ours, "pandas": float(done.stdout)}


SECTIONS = {"answers": survey_table}


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(_memory(Path(sys.argv[1]))))
    else:
        print(printed(survey_table()))
