"""Priorities, weights and scores of the directions by hand: csv and numpy, no code of the project.

Formulas are written as in the methods' own papers, one problem at a time, so an error in the
batched kernels or in the chain cannot hide in both places.
"""

from __future__ import annotations

import csv
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

EXPERTS = {"managers": 15, "trainees": 18, "academics": 25, "open": 24}
DIRECTIONS = ["D1", "D2", "D3", "D4", "D5", "D6"]
BLOCKS = {"motives": 0.8, "innovation_types": 0.2}
TARGET = ("radical", "paradigmatic")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def group_weights(pooling: str) -> dict[str, float]:
    if pooling == "experts":
        total = sum(EXPERTS.values())
        return {g: n / total for g, n in EXPERTS.items()}
    if pooling == "groups":
        return dict.fromkeys(EXPERTS, 1 / len(EXPERTS))
    return {g: float(g == pooling) for g in EXPERTS}


def shares(study: Path, question: str, pooling: str = "experts") -> dict[str, float]:
    weight = group_weights(pooling)
    found: dict[str, float] = {}
    for row in rows(study / "answers" / "counts.csv"):
        if row["question"] == question:
            group = row["group"]
            share = weight[group] * int(row["count"]) / EXPERTS[group]
            found[row["option"]] = found.get(row["option"], 0.0) + share
    return found


def priorities(study: Path, question: str, pooling: str = "experts") -> dict[str, float]:
    found = shares(study, question, pooling)
    return {option: share / sum(found.values()) for option, share in found.items()}


def wilson(successes: float, n: int, z: float = 1.959963984540054) -> tuple[float, float]:
    p = successes / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return centre - half, centre + half


def problem(
    study: Path, pooling: str = "experts", reading: str = "popularity"
) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[str]]:
    """Values, weights, +1 or -1 per criterion, names of the criteria."""
    criteria = {r["criterion"]: r for r in rows(study / "criteria.csv")}
    names = [c for c, r in criteria.items() if r["measured"] == "yes"]
    score = {
        (r["criterion"], r["alternative"]): float(r["value"]) for r in rows(study / "scores.csv")
    }
    weight = dict.fromkeys(names, 0.0)
    motives = priorities(study, "motives", pooling)
    for row in rows(study / "relevance_motives.csv"):
        total = sum(float(row[c]) for c in names)
        for c in names:
            weight[c] += BLOCKS["motives"] * motives[row["option"]] * float(row[c]) / total
    values = [[score[c, d] for c in names] for d in DIRECTIONS]
    if reading != "off":
        types = priorities(study, "innovation_types", pooling)
        profile = {r["alternative"]: r for r in rows(study / "profile_innovation_types.csv")}
        for line, d in zip(values, DIRECTIONS, strict=True):
            if reading == "popularity":
                line.append(sum(types[t] * float(profile[d][t]) for t in types))
            else:
                line.append(sum(float(profile[d][t]) for t in TARGET))
        names = [*names, "innovation_fit"]
        weight["innovation_fit"] = BLOCKS["innovation_types"]
    weights = np.array([weight[c] for c in names])
    sense = np.array([1.0 if criteria[c]["sense"] == "max" else -1.0 for c in names])
    return np.array(values), weights / weights.sum(), sense, names


def minmax(X: np.ndarray, s: np.ndarray) -> np.ndarray:
    z = (X - X.min(axis=0)) / (X.max(axis=0) - X.min(axis=0))
    return np.where(s > 0, z, 1 - z)


def wsm(X: np.ndarray, w: np.ndarray, s: np.ndarray) -> np.ndarray:
    return minmax(X, s) @ w


def topsis(X: np.ndarray, w: np.ndarray, s: np.ndarray) -> np.ndarray:
    v = X / np.linalg.norm(X, axis=0) * w
    best = np.where(s > 0, v.max(axis=0), v.min(axis=0))
    worst = np.where(s > 0, v.min(axis=0), v.max(axis=0))
    far, near = np.linalg.norm(v - best, axis=1), np.linalg.norm(v - worst, axis=1)
    return near / (far + near)


def vikor(X: np.ndarray, w: np.ndarray, s: np.ndarray) -> np.ndarray:
    regret = w * (1 - minmax(X, s))
    S, R = regret.sum(axis=1), regret.max(axis=1)
    return 0.5 * (S - S.min()) / np.ptp(S) + 0.5 * (R - R.min()) / np.ptp(R)


def promethee2(X: np.ndarray, w: np.ndarray, s: np.ndarray) -> np.ndarray:
    n, m = X.shape
    flow = np.zeros(n)
    for a in range(n):
        for b in range(n):
            if a == b:
                continue
            for j in range(m):
                gap = s[j] * (X[a, j] - X[b, j]) / np.ptp(X[:, j])
                preference = min(max((gap - 0.05) / 0.25, 0.0), 1.0)
                flow[a] += w[j] * preference / (n - 1)
                flow[b] -= w[j] * preference / (n - 1)
    return flow


def copras(X: np.ndarray, w: np.ndarray, s: np.ndarray) -> np.ndarray:
    d = X / X.sum(axis=0) * w
    good, bad = d[:, s > 0].sum(axis=1), d[:, s < 0].sum(axis=1)
    q = good + bad.min() * bad.sum() / (bad * (bad.min() / bad).sum())
    return q / q.max()


METHODS = {"wsm": wsm, "topsis": topsis, "vikor": vikor, "promethee2": promethee2, "copras": copras}
LOWER_IS_BETTER = {"vikor"}


def scenario_cells(study: Path) -> dict[tuple[str, str], tuple[int, int, int]]:
    """How often the first scenario of a pair is better, equal, worse."""
    sense = {
        r["indicator"]: 1 if r["sense"] == "max" else -1
        for r in rows(study / "scenarios" / "indicators.csv")
    }
    cell = {
        (r["indicator"], r["scenario"], r["year"]): (float(r["low"]) + float(r["high"])) / 2
        for r in rows(study / "scenarios" / "table.csv")
    }
    found = {}
    for a, b in (("S1", "S2"), ("S2", "S3"), ("S1", "S3")):
        gaps = [
            sense[i] * (value - cell[i, b, year]) for (i, s, year), value in cell.items() if s == a
        ]
        found[a, b] = (
            sum(g > 0 for g in gaps),
            sum(g == 0 for g in gaps),
            sum(g < 0 for g in gaps),
        )
    return found
