"""A study whose criteria experts have weighed by points, orders, ratings or comparisons."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pandas as pd

from app.study import bundled_studies
from survey.questions import BestWorst, Option, Pairwise, Points, Ranking, Rating, Text

CRITERIA = ("places_of_work", "start_cost", "local_materials", "skill_level")
GROUPS = {"producers": 12, "researchers": 10, "residents": 20}
JUDGEMENTS = "answers/judgements.csv"
KINDS = ("points", "rating", "ranking", "pairwise", "best_worst")

_TEXT = Text(en="How important is it?", ru="Насколько это важно?")
_QUESTION = """\
  - id: importance
    kind: {kind}
    text: {{en: "How important is it?", ru: "Насколько это важно?"}}
    options:
      - {{id: places_of_work, text: {{en: Places of work, ru: Рабочие места}}}}
      - {{id: start_cost, text: {{en: Cost of starting, ru: Стоимость запуска}}}}
      - {{id: local_materials, text: {{en: Local materials, ru: Местное сырьё}}}}
      - {{id: skill_level, text: {{en: Skill of the work, ru: Сложность труда}}}}
"""
_BLOCK = """\
  - id: needs
    question: importance
    weight: 0.7
    kind: criteria
    title: {en: Importance, ru: Важность}
"""


def question_of(kind: str):
    """The question as the study asks it."""
    asked = {
        "points": Points,
        "rating": Rating,
        "ranking": Ranking,
        "pairwise": Pairwise,
        "best_worst": BestWorst,
    }[kind]
    options = tuple(Option(id=c, text=_TEXT) for c in CRITERIA)
    return asked(id="importance", kind=kind, text=_TEXT, options=options)


def cells_of(kind: str, weights: np.ndarray) -> list[float]:
    """What an expert with such weights answers, in the order of the question's cells."""
    places = np.argsort(np.argsort(-weights, kind="stable")) + 1
    ratios = np.clip(np.round(weights[:, None] / weights), 1, 9)
    if kind == "points":
        points = np.floor(100 * weights)
        points[0] += 100 - points.sum()
        return points.tolist()
    if kind == "rating":
        return (6 - places).astype(float).tolist()
    if kind == "ranking":
        return places.astype(float).tolist()
    best, worst = int(places.argmin()), int(places.argmax())
    if kind == "best_worst":
        to_others = np.maximum(ratios[best], 2)
        to_worst = np.maximum(ratios[:, worst], 2)
        to_others[best] = to_worst[worst] = 1
        to_worst[best] = to_others[worst]
        return [*to_others, *to_worst]
    pairs = [(a, b) for a in range(len(weights)) for b in range(a + 1, len(weights))]
    return [
        float(ratios[a, b]) if weights[a] >= weights[b] else 1 / float(ratios[b, a])
        for a, b in pairs
    ]


def judgements(kind: str, seed: int = 3) -> pd.DataFrame:
    """Rows of everybody, drawn around weights that fall from the first criterion to the last."""
    rng = np.random.default_rng(seed)
    rows = []
    for group, experts in GROUPS.items():
        for k in range(experts):
            weights = rng.dirichlet(8 * np.array([0.4, 0.3, 0.2, 0.1])) + 0.02
            given = cells_of(kind, weights / weights.sum())
            columns = question_of(kind).columns
            rows += [
                (f"{group}{k + 1}", group, "importance", cell, value)
                for cell, value in zip(columns, given, strict=True)
            ]
    return pd.DataFrame(rows, columns=["respondent", "group", "question", "cell", "value"])


def write_judged_study(folder: Path, kind: str = "points") -> Path:
    """The template, its needs replaced by judgements of the criteria themselves."""
    shutil.copytree(bundled_studies()["template"], folder)
    _edit(
        folder / "questionnaire.yaml", "questions:\n", "questions:\n" + _QUESTION.format(kind=kind)
    )
    settings = folder / "study.yaml"
    text = settings.read_text(encoding="utf-8")
    start = text.index("  - id: needs\n")
    end = text.index("    title: {en: Needs, ru: Нужды}\n") + len(
        "    title: {en: Needs, ru: Нужды}\n"
    )
    settings.write_text(text[:start] + _BLOCK + text[end:], encoding="utf-8")
    _edit(
        settings,
        "  relevance_needs.csv: {source: example_judgement, place: {en: relevance of needs, ru: значимость нужд}, kind: assumed}\n",
        f"  {JUDGEMENTS}: {{source: example_survey, place: {{en: weights, ru: веса}}, kind: source}}\n",
    )
    (folder / "relevance_needs.csv").unlink()
    judgements(kind).to_csv(folder / JUDGEMENTS, index=False)
    return folder


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def go_round_in_a_circle(folder: Path) -> Path:
    """Let the first expert of a pairwise study compare so that each option beats another."""
    table = pd.read_csv(folder / JUDGEMENTS)
    first = table["respondent"] == "producers1"
    table.loc[first, "value"] = [9, 1 / 9, 1, 9, 1, 9]
    table.to_csv(folder / JUDGEMENTS, index=False)
    return folder


def ask_beside(folder: Path, silent: str) -> Path:
    """Ask the same once more, as `beside`, on which no block rests and a group says nothing."""
    asked = (folder / "questionnaire.yaml").read_text(encoding="utf-8")
    own = asked[asked.index("  - id: importance") : asked.index("  # kind: multiple")]
    _edit(folder / "questionnaire.yaml", own, own + own.replace("id: importance", "id: beside"))
    rows = pd.read_csv(folder / JUDGEMENTS)
    heard = rows[rows["group"] != silent].assign(question="beside")
    pd.concat([rows, heard]).to_csv(folder / JUDGEMENTS, index=False)
    return folder


def leave_choices_out(folder: Path) -> Path:
    """Take the block that rests on a choice, its criterion and the answers out of such a study."""
    settings = folder / "study.yaml"
    text = settings.read_text(encoding="utf-8")
    for start, end in (
        ("  # kind profile:", "# Ranking of alternatives."),
        ("  profile_approaches.csv:", "  scenarios/scenarios.csv:"),
        ("  answers/counts.csv:", "  alternatives.csv:"),
    ):
        text = text[: text.index(start)] + text[text.index(end) :]
    settings.write_text(text.replace("weight: 0.7", "weight: 1"), encoding="utf-8")
    for file in ("profile_approaches.csv", "answers/counts.csv"):
        (folder / file).unlink()
    criteria = pd.read_csv(folder / "criteria.csv")
    criteria[criteria["measured"] != "computed"].to_csv(folder / "criteria.csv", index=False)
    return folder
