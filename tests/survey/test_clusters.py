"""Clusters are found where they were put, and none where there are none."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.spatial.distance import pdist, squareform
from sklearn.metrics import silhouette_score

from survey import Answers, SurveyError
from survey.clusters import cluster_experts, jaccard_distances

OPTIONS = [f"o{k}" for k in range(8)]


def answers(cells):
    return Answers("q", OPTIONS[: cells.shape[1]], ["g"], cells, np.zeros(len(cells), dtype=int))


def planted(rng, sizes=(20, 12), noise=0.08):
    """Experts of one camp choose the first half of the options, those of the other the second."""
    camp = np.repeat(np.arange(len(sizes)), sizes)
    ideal = np.zeros((len(camp), 8), dtype=bool)
    ideal[camp == 0, :4] = True
    ideal[camp == 1, 4:] = True
    flipped = ideal ^ (rng.random(ideal.shape) < noise)
    flipped[~flipped.any(axis=1), 0] = True
    return camp, flipped.astype(int)


def test_planted_camps_are_found_stable_and_named_as_structure():
    camp, cells = planted(np.random.default_rng(1))
    found = cluster_experts(answers(cells), np.random.default_rng(2), bootstrap=30, shuffles=39)
    assert found.number == 2
    assert found.cluster_of.tolist() == camp.tolist()
    assert found.structure
    assert (found.stability > 0.75).all()
    assert found.p <= 0.05
    assert found.profiles[0, :4].min() > 0.8
    assert found.statement.code == "clusters_found"


def test_where_everybody_ticks_at_random_it_is_said_that_there_are_no_clusters():
    cells = (np.random.default_rng(3).random((40, 6)) < 0.5).astype(int)
    cells[~cells.any(axis=1), 0] = 1
    found = cluster_experts(answers(cells), np.random.default_rng(4), bootstrap=30, shuffles=39)
    assert not found.structure
    assert found.statement.code == "clusters_none"
    assert "read as one panel" in str(found.statement)


def test_the_silhouette_is_that_of_the_clusters_returned():
    _, cells = planted(np.random.default_rng(5))
    found = cluster_experts(answers(cells), np.random.default_rng(6), bootstrap=5, shuffles=5)
    distances = jaccard_distances(cells.astype(bool))
    width = silhouette_score(distances, found.cluster_of, metric="precomputed")
    assert found.silhouettes[found.number] == pytest.approx(width)
    assert max(found.silhouettes.values()) == found.silhouettes[found.number]


@given(arrays(bool, (5, 4), elements=st.booleans()))
@settings(max_examples=50)
def test_distances_are_those_of_scipy(chosen):
    assert jaccard_distances(chosen) == pytest.approx(squareform(pdist(chosen, "jaccard")))


def test_those_who_chose_nothing_or_did_not_see_all_are_left_out_by_name():
    _, cells = planted(np.random.default_rng(7))
    cells[0] = 0
    cells[1, 0] = -1
    found = cluster_experts(answers(cells), np.random.default_rng(8), bootstrap=5, shuffles=5)
    assert found.left_out == ("1", "2")
    assert len(found.respondents) == len(found.cluster_of) == 30


def test_the_same_generator_gives_the_same_clusters():
    _, cells = planted(np.random.default_rng(9))
    one, other = (
        cluster_experts(answers(cells), np.random.default_rng(10), bootstrap=10, shuffles=9)
        for _ in range(2)
    )
    assert one.stability.tolist() == other.stability.tolist()
    assert one.p == other.p


@pytest.mark.parametrize(
    ("cells", "options", "code"),
    [
        (np.array([[1, 0], [0, 1], [1, 0]]), {}, "clusters_too_few"),
        (np.eye(4, dtype=int), {"most": 1}, "clusters_settings"),
    ],
)
def test_what_cannot_be_clustered_is_refused(cells, options, code):
    with pytest.raises(SurveyError) as caught:
        cluster_experts(answers(cells), np.random.default_rng(0), **options)
    assert caught.value.code == code


def test_experts_who_all_differ_alike_are_one_panel():
    # Everybody chose another single option: all distances are 1, no tree can divide them.
    found = cluster_experts(
        answers(np.eye(6, dtype=int)), np.random.default_rng(0), bootstrap=5, shuffles=5
    )
    assert not found.structure
