import numpy as np
import pytest

from mcda import (
    ProblemError,
    acceptability,
    block_stream,
    blocks,
    count,
    get_method,
    ranking_methods,
    ranks_of,
)

VALUES = np.array([[4.0, 2.0, 7.0], [1.0, 5.0, 3.0], [3.0, 8.0, 5.0], [4.0, 2.5, 6.0]])
SENSE = np.array([1.0, -1.0, 1.0])


def uniform(size, rng):
    return VALUES, rng.dirichlet(np.ones(3), size)


def by_hand(method, draws, seed):
    """The same draws, one at a time, ranked by the scalar call."""
    n = len(VALUES)
    table = np.zeros((n, n))
    for size, rng in blocks(draws, seed):
        _, weights = uniform(size, rng)
        for w in weights:
            scores = get_method(method).scores(VALUES, w, SENSE)
            ranks = ranks_of(scores, higher_is_better=get_method(method).higher_is_better)
            for i, rank in enumerate(ranks):
                tied = int((ranks == rank).sum())
                first = round(rank - (tied - 1) / 2) - 1
                table[i, first : first + tied] += 1 / tied
    return table / draws


@pytest.mark.parametrize("method", ranking_methods())
def test_counts_in_blocks_are_those_of_single_calls(method):
    found = acceptability(uniform, SENSE, method, draws=300, seed=3)
    assert found.rank_acceptability == pytest.approx(by_hand(method, 300, 3))


@pytest.mark.parametrize("method", ranking_methods())
def test_rows_and_columns_of_acceptabilities_sum_to_one(method):
    found = acceptability(uniform, SENSE, method, draws=5000, seed=1)
    assert found.rank_acceptability.sum(axis=0) == pytest.approx(np.ones(4))
    assert found.rank_acceptability.sum(axis=1) == pytest.approx(np.ones(4))
    wins = found.pairwise_winning + np.eye(4) / 2
    assert wins + wins.T == pytest.approx(np.ones((4, 4)))
    assert found.expected_rank.sum() == pytest.approx(10)


def test_expected_rank_is_one_more_than_the_duels_lost():
    found = acceptability(uniform, SENSE, "topsis", draws=5000, seed=1)
    assert found.expected_rank == pytest.approx(1 + found.pairwise_winning.sum(axis=0))


def test_the_same_seed_gives_the_same_counts_and_another_seed_others():
    runs = [acceptability(uniform, SENSE, "wsm", draws=9000, seed=s) for s in (4, 4, 5)]
    assert runs[0].rank_acceptability.tolist() == runs[1].rank_acceptability.tolist()
    assert runs[0].rank_acceptability.tolist() != runs[2].rank_acceptability.tolist()


def test_a_blocks_stream_depends_on_its_number_alone():
    sizes = [size for size, _ in blocks(10_000, 7)]
    assert sum(sizes) == 10_000
    streams = [rng.random(3).tolist() for _, rng in blocks(10_000, 7)]
    assert [block_stream(7, k).random(3).tolist() for k in range(len(sizes))] == streams
    assert len({tuple(s) for s in streams}) == len(sizes)


def test_ties_are_shared_among_the_ranks_they_span():
    scores = np.array([[1.0, 1.0, 0.0], [2.0, 1.0, 1.0]])
    found = count([(scores, np.full((2, 1), 1.0))])
    assert found.rank_acceptability.tolist() == [
        [0.75, 0.25, 0],
        [0.25, 0.5, 0.25],
        [0, 0.25, 0.75],
    ]
    assert found.pairwise_winning.tolist() == [[0, 0.75, 1], [0.25, 0, 0.75], [0, 0.25, 0]]


def test_an_alternative_that_is_never_first_has_no_central_weights():
    found = acceptability(uniform, SENSE, "wsm", draws=2000, seed=1)
    assert found.rank_acceptability[1, 0] == 0
    assert found.central_weights[1] is None
    assert found.central_weights[0].sum() == pytest.approx(1)


def test_no_draws_are_refused():
    with pytest.raises(ProblemError, match="expected 1 or more"):
        acceptability(uniform, SENSE, "wsm", draws=0, seed=1)


@pytest.mark.parametrize("workers", [2, 3])
def test_threads_give_the_same_counts_to_the_last_bit(workers):
    alone, shared = (
        acceptability(uniform, SENSE, "topsis", draws=30_000, seed=6, workers=w)
        for w in (1, workers)
    )
    assert shared.rank_acceptability.tolist() == alone.rank_acceptability.tolist()
    assert shared.pairwise_winning.tolist() == alone.pairwise_winning.tolist()
    for ours, theirs in zip(shared.central_weights, alone.central_weights, strict=True):
        assert (ours is None and theirs is None) or ours.tolist() == theirs.tolist()


def test_progress_is_told_block_by_block():
    told = []
    acceptability(uniform, SENSE, "wsm", draws=10_000, seed=1, progress=told.append)
    assert told == [4096, 8192, 10_000]


def test_a_draw_that_is_no_number_is_refused_and_not_counted_as_doubt():
    with pytest.raises(ProblemError, match="expected finite numbers"):
        count([(np.array([[np.nan, 1.0]]), np.ones((1, 1)))])
