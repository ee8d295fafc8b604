"""Clusters of experts by what they chose, and whether there are any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from survey.answers import NOT_SHOWN, SELECTED, Answers
from survey.dataset import Remark, remark
from survey.errors import SurveyError

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

_LINKAGE: Final = "average"


@dataclass(frozen=True, slots=True, eq=False)
class Clusters:
    """Clusters of the experts who saw and chose something.

    Attributes
    ----------
    respondents : tuple of str
        Those who were clustered; `left_out` are those with nothing chosen or something not shown.
    cluster_of : int array, shape (respondents,)
        From 0, the largest cluster first.
    number : int
        Of clusters, the one with the best silhouette.
    silhouettes : mapping of number to float
        Mean silhouette width for every number that was tried.
    stability : array, shape (number,)
        Mean Jaccard likeness of each cluster with its nearest in bootstrap samples: below 0.6 it
        is not to be trusted, from 0.75 on it is stable (Hennig 2007).
    p : float
        Part of the answers without structure (every option shuffled among the experts, so that
        it is chosen as often) that give as good a silhouette.
    profiles : array, shape (number, options)
        Share of each cluster that chose each option.
    statement : Remark
        In one sentence whether there is structure; `structure` is its verdict.
    """

    question: str
    options: tuple[str, ...]
    respondents: tuple[str, ...]
    left_out: tuple[str, ...]
    cluster_of: IntArray
    number: int
    silhouettes: dict[int, float]
    stability: FloatArray
    p: float
    profiles: FloatArray
    structure: bool
    statement: Remark


def cluster_experts(
    answers: Answers,
    rng: np.random.Generator,
    *,
    most: int = 6,
    bootstrap: int = 100,
    shuffles: int = 99,
    least_silhouette: float = 0.25,
    least_stability: float = 0.6,
    significance: float = 0.05,
) -> Clusters:
    """Cluster experts by the Jaccard distance of what they chose (average linkage).

    Structure is claimed only if the silhouette is above `least_silhouette`, shuffled answers
    hardly ever do as well, and every cluster is stable.

    Parameters
    ----------
    answers
        A multiple choice question.
    rng
        For the bootstrap and the shuffles.
    most
        Number of clusters tried at most, from 2 on.
    bootstrap, shuffles
        How many samples and shuffled tables.
    least_silhouette
        No substantial structure up to 0.25 (Kaufman, Rousseeuw 1990).
    least_stability, significance
        Limits of the other two conditions.

    References
    ----------
    Jaccard (1912), New Phytol. 11, 37-50; Rousseeuw (1987), J. Comput. Appl. Math. 20, 53-65;
    Kaufman, Rousseeuw (1990), Finding Groups in Data, Wiley; Hennig (2007), Comput. Stat. Data
    Anal. 52, 258-271.

    """
    if most < 2 or bootstrap < 1 or shuffles < 1:
        raise SurveyError(
            "clusters_settings",
            "up to {most} clusters, {bootstrap} samples and {shuffles} shuffles are asked for; "
            "2, 1 and 1 at least are expected",
            most=most,
            bootstrap=bootstrap,
            shuffles=shuffles,
        )
    kept = (answers.cells != NOT_SHOWN).all(axis=1) & (answers.cells == SELECTED).any(axis=1)
    chosen: BoolArray = answers.cells[kept] == SELECTED
    kinds = len(np.unique(chosen, axis=0))
    if kinds < 3:
        raise SurveyError(
            "clusters_too_few",
            "the {experts} experts who chose something at question {question} gave {kinds} "
            "different answers; 3 at least are expected",
            experts=len(chosen),
            question=answers.question,
            kinds=kinds,
        )
    numbers = range(2, min(most, kinds - 1) + 1)
    silhouettes, labels = _best(chosen, numbers)
    number = max(silhouettes, key=lambda k: silhouettes[k])
    found = _by_size(labels[number])
    stable = _stability(chosen, found, number, bootstrap, rng)
    p = _shuffled(chosen, numbers, silhouettes[number], shuffles, rng)
    width, weakest = silhouettes[number], float(stable.min())
    structure = width > least_silhouette and weakest >= least_stability and p <= significance
    names = np.array(answers.respondents, dtype=object)
    return Clusters(
        answers.question,
        answers.options,
        tuple(names[kept]),
        tuple(names[~kept]),
        found,
        number,
        silhouettes,
        stable,
        p,
        np.array([chosen[found == k].mean(axis=0) for k in range(number)]),
        structure,
        _statement(number, width, weakest, p, structure=structure),
    )


def jaccard_distances(chosen: BoolArray) -> FloatArray:
    """Distances of rows, shape (rows, rows): 1 - chosen by both / chosen by either."""
    ones = chosen.astype(np.float64)
    both = ones @ ones.T
    size = ones.sum(axis=1)
    either = size[:, None] + size[None, :] - both
    distances: FloatArray = 1 - np.divide(both, either, out=np.ones_like(both), where=either > 0)
    return distances


def _tree(distances: FloatArray) -> FloatArray:
    # scipy.cluster takes a while to load; only clustering needs it.
    from scipy.cluster.hierarchy import linkage  # noqa: PLC0415
    from scipy.spatial.distance import squareform  # noqa: PLC0415 - as above

    tree: FloatArray = linkage(squareform(distances, checks=False), _LINKAGE)
    return tree


def _cut(tree: FloatArray, number: int) -> IntArray:
    from scipy.cluster.hierarchy import fcluster  # noqa: PLC0415 - as above

    return np.asarray(fcluster(tree, number, criterion="maxclust"), dtype=np.int64) - 1


def _best(chosen: BoolArray, numbers: range) -> tuple[dict[int, float], dict[int, IntArray]]:
    """Silhouette and labels for every number of clusters that the tree can be cut into."""
    # scikit-learn takes seconds to load; only clustering needs it.
    from sklearn.metrics import silhouette_score  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415

    distances = jaccard_distances(chosen)
    tree = _tree(distances)
    silhouettes: dict[int, float] = {}
    labels: dict[int, IntArray] = {}
    for number in numbers:
        cut = _cut(tree, number)
        # Equal heights can leave fewer clusters than asked for.
        if (real := len(np.unique(cut))) >= 2 and real not in silhouettes:
            silhouettes[real] = float(silhouette_score(distances, cut, metric="precomputed"))
            labels[real] = cut
    if not silhouettes:
        return {1: 0.0}, {1: np.zeros(len(chosen), dtype=np.int64)}
    return silhouettes, labels


def _by_size(labels: IntArray) -> IntArray:
    _, found, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    order = np.argsort(-sizes, kind="stable")
    return np.asarray(np.argsort(order)[found], dtype=np.int64)


def _stability(
    chosen: BoolArray, found: IntArray, number: int, samples: int, rng: np.random.Generator
) -> FloatArray:
    total, times = np.zeros(number), np.zeros(number)
    for _ in range(samples):
        rows = rng.integers(0, len(chosen), len(chosen))
        again = _cut(_tree(jaccard_distances(chosen[rows])), number)
        drawn, first = np.unique(rows, return_index=True)
        new = again[first]
        for k in range(number):
            own = found[drawn] == k
            if not own.any():
                continue  # the sample has nobody of this cluster: it tells nothing of it
            likeness = [
                float((own & (new == j)).sum() / (own | (new == j)).sum()) for j in np.unique(new)
            ]
            total[k] += max(likeness)
            times[k] += 1
    mean: FloatArray = np.divide(total, times, out=np.zeros(number), where=times > 0)
    return mean


def _shuffled(
    chosen: BoolArray, numbers: range, width: float, times: int, rng: np.random.Generator
) -> float:
    as_good = 0
    for _ in range(times):
        mixed = rng.permuted(chosen, axis=0)
        silhouettes, _ = _best(mixed, numbers)
        as_good += max(silhouettes.values()) >= width
    # The answers themselves are one of the tables that chance could have given.
    return (as_good + 1) / (times + 1)


def _statement(number: int, width: float, weakest: float, p: float, *, structure: bool) -> Remark:
    if structure:
        return remark(
            "clusters_found",
            "the experts fall into {number} clusters (silhouette {silhouette}, the least stable "
            "cluster {stability}, p = {p} against shuffled answers)",
            number=number,
            silhouette=round(width, 2),
            stability=round(weakest, 2),
            p=round(p, 3),
        )
    return remark(
        "clusters_none",
        "no clusters of experts can be told apart: the best division into {number} has the "
        "silhouette {silhouette}, its least stable cluster {stability}, p = {p} against shuffled "
        "answers; the experts are to be read as one panel",
        number=number,
        silhouette=round(width, 2),
        stability=round(weakest, 2),
        p=round(p, 3),
    )
