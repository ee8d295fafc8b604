"""Labels and arrays as plain mappings of text and number."""

from __future__ import annotations

from typing import Any

import numpy as np

from mcda import Acceptability, Result


def both(text: Any) -> dict[str, str]:  # noqa: ANN401 - a Text of the study
    """A text in both languages."""
    return {"en": text.en, "ru": text.ru}


def labelled(labels: Any, values: Any) -> dict[str, float]:  # noqa: ANN401 - names and numbers
    """Numbers by their label."""
    return {str(k): float(v) for k, v in zip(labels, values, strict=True)}


def pairs(years: Any, spread: Any) -> dict[str, list[float]]:  # noqa: ANN401 - labels and an array
    """Low and high by year."""
    return {str(y): [float(spread[0, k]), float(spread[1, k])] for k, y in enumerate(years)}


def rows(names: tuple[str, ...], table: Any) -> dict[str, list[float]]:  # noqa: ANN401 - an array
    """Rows of a table by alternative."""
    return {name: np.asarray(row).tolist() for name, row in zip(names, table, strict=True)}


def ranks(results: Any) -> dict[str, dict[str, float]]:  # noqa: ANN401 - method to Result
    """Ranks by method and alternative."""

    def one(result: Result) -> dict[str, float]:
        return labelled(result.alternatives, result.ranks)

    return {method: one(result) for method, result in results.items()}


def whole(counts: Any) -> dict[str, float]:  # noqa: ANN401 - name to count
    """Counts as whole numbers where they are whole."""
    return {k: round(v) if abs(v - round(v)) < 1e-9 else float(v) for k, v in counts.items()}


def alone(names: tuple[str, ...], found: Acceptability) -> dict[str, float]:
    """Shares of the first place."""
    return labelled(names, found.rank_acceptability[:, 0])
