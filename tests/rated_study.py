"""A study some of whose scores are the means of experts' ratings."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pandas as pd

from app.study import bundled_studies
from survey.questions import Grid, Option, Text

ALTERNATIVES = ("orchards", "sensors", "timber_houses", "eco_tourism")
CRITERIA = ("local_materials", "skill_level")
GROUPS = {"producers": 12, "researchers": 10, "residents": 20}
JUDGEMENTS = "answers/judgements.csv"

_TEXT = Text(en="How well does it do?", ru="Насколько оно хорошо?")
_QUESTION = """\
  - id: fit
    kind: grid
    text: {en: "How well does it do?", ru: "Насколько оно хорошо?"}
    options:
      - {id: orchards, text: {en: Orchards, ru: Сады}}
      - {id: sensors, text: {en: Sensors, ru: Датчики}}
      - {id: timber_houses, text: {en: Houses, ru: Дома}}
      - {id: eco_tourism, text: {en: Tourism, ru: Туризм}}
    criteria:
      - {id: local_materials, text: {en: Local materials, ru: Местное сырьё}}
      - {id: skill_level, text: {en: Skill of the work, ru: Сложность труда}}
"""


def grid() -> Grid:
    """The question as the study asks it."""
    return Grid(
        id="fit",
        kind="grid",
        text=_TEXT,
        options=tuple(Option(id=a, text=_TEXT) for a in ALTERNATIVES),
        criteria=tuple(Option(id=c, text=_TEXT) for c in CRITERIA),
    )


def ratings(seed: int = 5) -> pd.DataFrame:
    """Rows of everybody, from 1 to 5; who rates what is left blank now and then."""
    rng = np.random.default_rng(seed)
    rows = [
        (f"{group}{k + 1}", group, "fit", cell, float(rng.integers(1, 6)))
        for group, experts in GROUPS.items()
        for k in range(experts)
        for cell in grid().columns
        if rng.random() > 0.1
    ]
    return pd.DataFrame(rows, columns=["respondent", "group", "question", "cell", "value"])


def write_rated_study(folder: Path) -> Path:
    """The template, two of its criteria rated by experts instead of coded."""
    shutil.copytree(bundled_studies()["template"], folder)
    _edit(folder / "questionnaire.yaml", "questions:\n", "questions:\n" + _QUESTION)
    settings = folder / "study.yaml"
    _edit(settings, "directions:\n", "directions:\n  ratings: [fit]\n")
    _edit(
        settings,
        "tables:\n",
        f"tables:\n  {JUDGEMENTS}: {{source: example_survey, place: {{en: ratings, ru: оценки}}, kind: source}}\n",
    )
    scores = pd.read_csv(folder / "scores.csv", dtype=str)
    scores[~scores["criterion"].isin(CRITERIA)].to_csv(folder / "scores.csv", index=False)
    ratings().to_csv(folder / JUDGEMENTS, index=False)
    return folder


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
