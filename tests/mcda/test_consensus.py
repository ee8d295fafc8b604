from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda import ProblemError, borda, copeland, kemeny

# Capital of Tennessee, the usual example of voting theory: Memphis, Nashville, Chattanooga,
# Knoxville; 42, 26, 15 and 17 % of the voters.
TENNESSEE = [[1, 2, 3, 4], [4, 1, 2, 3], [4, 3, 1, 2], [4, 3, 2, 1]]
VOTES = [42, 26, 15, 17]


def test_copeland_elects_nashville():
    found = copeland(TENNESSEE, VOTES)
    assert found.scores.tolist() == [0, 3, 2, 1]
    assert found.ranks.tolist() == [4, 1, 2, 3]


def test_borda_elects_nashville():
    found = borda(TENNESSEE, VOTES)
    assert found.scores.tolist() == [126, 194, 173, 107]
    assert found.ranks.tolist() == [3, 1, 2, 4]


def test_a_draw_counts_half_in_copeland():
    assert copeland([[1, 2], [2, 1]]).scores.tolist() == [0.5, 0.5]


@given(st.permutations([1, 2, 3, 4, 5]), st.integers(1, 5))
def test_rankings_that_agree_are_their_own_consensus(ranking, times):
    for rule in (borda, copeland):
        assert rule([ranking] * times).ranks.tolist() == [float(r) for r in ranking]


@given(st.lists(st.permutations([1, 2, 3, 4]), min_size=1, max_size=6), st.permutations(range(4)))
def test_relabelling_alternatives_relabels_the_consensus(rankings, order):
    for rule in (borda, copeland):
        straight = rule(rankings).scores
        relabelled = rule(np.array(rankings)[:, list(order)]).scores
        assert relabelled.tolist() == straight[list(order)].tolist()


@given(st.lists(st.permutations([1, 2, 3, 4]), min_size=1, max_size=7))
def test_a_condorcet_winner_is_first_by_copeland(rankings):
    table = np.array(rankings)
    wins = (table[:, :, None] < table[:, None, :]).sum(axis=0)
    beats_all = ((wins > wins.T) | np.eye(4, dtype=bool)).all(axis=1)
    if beats_all.any():
        assert copeland(rankings).ranks[np.argmax(beats_all)] == 1


@pytest.mark.parametrize("bad", [[[1, 2, 2]], [[0, 1, 5]], [[1, 1]]])
def test_what_is_no_ranking_is_refused(bad):
    with pytest.raises(ProblemError, match="expected ranks from 1 to"):
        borda(bad)


def test_votes_must_match_the_rankings():
    with pytest.raises(ProblemError, match="expected 2 numbers"):
        copeland([[1, 2], [2, 1]], [1])


def test_no_rankings_are_refused():
    with pytest.raises(ProblemError, match="one row per ranking"):
        borda([])


def disagreement(ranking, rankings, votes):
    """Kemeny's distance by its definition."""
    total = 0.0
    for other, vote in zip(rankings, votes, strict=True):
        for i in range(len(ranking)):
            for j in range(len(ranking)):
                if ranking[i] < ranking[j]:
                    total += vote * ((other[i] > other[j]) + 0.5 * (other[i] == other[j]))
    return total


@given(st.lists(st.permutations([1, 2, 3, 4]), min_size=1, max_size=5), st.data())
def test_kemeny_finds_every_ranking_of_least_disagreement(rankings, data):
    votes = data.draw(st.lists(st.integers(1, 3), min_size=len(rankings), max_size=len(rankings)))
    every = {r: disagreement(r, rankings, votes) for r in permutations((1, 2, 3, 4))}
    least = min(every.values())
    found = kemeny(rankings, votes)
    assert found.distance == pytest.approx(least)
    assert set(found.optima) == {r for r, d in every.items() if d == least}


def test_kemeny_elects_nashville():
    assert kemeny(TENNESSEE, VOTES).optima == ((4, 1, 2, 3),)


def test_a_cycle_of_three_has_three_kemeny_rankings():
    assert len(kemeny([[1, 2, 3], [2, 3, 1], [3, 1, 2]]).optima) == 3


def test_too_many_alternatives_for_an_exact_kemeny_are_refused():
    with pytest.raises(ProblemError, match="expected 16 or fewer"):
        kemeny([list(range(1, 18))])


def test_all_ties_of_the_optimum_are_counted_even_where_they_are_not_all_listed():
    """Two opposite rankings of seven: every order disagrees equally, 7! of them."""
    found = kemeny([list(range(1, 8)), list(range(7, 0, -1))])
    assert found.count == 5040
    assert len(found.optima) == 1000
    assert found.ranks == pytest.approx([4.0] * 7)


@given(st.lists(st.permutations([1, 2, 3, 4]), min_size=1, max_size=5))
def test_the_mean_rank_over_all_optima_is_that_of_the_list(rankings):
    found = kemeny(rankings)
    assert found.count == len(found.optima)
    assert found.ranks == pytest.approx(np.mean(found.optima, axis=0))
