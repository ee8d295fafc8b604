from __future__ import annotations

import numpy as np
import pytest

from survey import Answers, draw_shares, draw_shares_together, draws


def answers(cells: np.ndarray, question: str = "q") -> Answers:
    names = tuple("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[: cells.shape[1]])
    return Answers(question, names, ("g",), cells, np.zeros(len(cells), dtype=int))


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty people are many already, and five are looked at together."""
    monkeypatch.setattr(draws, "_MANY", 10)
    monkeypatch.setattr(draws, "_PEOPLE", 5)


@pytest.mark.usefixtures("crowd")
def test_people_who_answered_alike_are_drawn_together_with_the_same_moments() -> None:
    cells = np.repeat([[1, 1], [0, 1], [0, 0], [1, -1]], [6, 9, 5, 4], axis=0)
    size = 40_000
    drawn = draw_shares(answers(cells), size, np.random.default_rng(1))[:, 0]
    p, n = np.array([10 / 24, 15 / 20]), np.array([24, 20])
    variance = p * (1 - p) / (n + 1)  # Rubin (1981)
    assert (np.abs(drawn.mean(axis=0) - p) < 5 * np.sqrt(variance / size)).all()
    np.testing.assert_allclose(drawn.var(axis=0), variance, rtol=0.05)


@pytest.mark.usefixtures("crowd")
def test_people_who_all_answered_otherwise_are_drawn_one_by_one() -> None:
    cells = ((np.arange(30)[:, None] >> np.arange(5)) & 1).astype(np.int8)
    size = 40_000
    drawn = draw_shares(answers(cells), size, np.random.default_rng(2))[:, 0]
    p = cells.mean(axis=0)
    np.testing.assert_allclose(drawn.mean(axis=0), p, atol=5 * np.sqrt(0.25 / 31 / size))
    np.testing.assert_allclose(drawn.var(axis=0), p * (1 - p) / 31, rtol=0.05)


@pytest.mark.usefixtures("crowd")
def test_a_crowd_has_one_weight_for_all_questions() -> None:
    cells = np.random.default_rng(3).integers(0, 2, (40, 2))
    pair = {"q": answers(cells), "r": answers(cells[:, ::-1], "r")}
    drawn = draw_shares_together(pair, 200, np.random.default_rng(4))
    np.testing.assert_allclose(drawn["q"], drawn["r"][:, :, ::-1], rtol=1e-12)


@pytest.mark.parametrize("options", [3, 45])
def test_rows_are_told_apart_however_many_options(options: int) -> None:
    some = np.random.default_rng(5).integers(-1, 2, (4, options)).astype(np.int8)
    some[3] = some[2]
    some[3, -1] = -1 - some[2, -1] % 2 if some[2, -1] >= 0 else 0
    cells = np.repeat(some, [5, 1, 3, 2], axis=0)[np.random.default_rng(6).permutation(11)]
    rows, times = draws._alike(cells)
    assert times is not None
    assert sorted(times.tolist()) == [1, 2, 3, 5]
    rebuilt = np.repeat(rows, times, axis=0)
    assert sorted(rebuilt.tolist()) == sorted(cells.tolist())
