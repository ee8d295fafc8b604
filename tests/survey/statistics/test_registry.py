import numpy as np
import pytest

from survey import SurveyError
from survey.statistics import STATISTICS, compute, find


def test_every_statistic_says_what_it_is_what_it_needs_and_who_published_it():
    for name, statistic in STATISTICS.items():
        assert statistic.name == name
        assert str(statistic.title)
        assert any(character.isdigit() for character in statistic.source)
        keys = [key.name for key in statistic.keys]
        assert len(set(keys)) == len(keys) > 0
        assert all(str(key.meaning) for key in statistic.keys)


def test_an_unknown_name_is_answered_by_the_nearest():
    assert find("kish").name == "kish"
    with pytest.raises(SurveyError, match="'kich' is not known; expected kish") as caught:
        find("kich")
    assert caught.value.code == "statistic_unknown"


def test_a_key_that_is_null_is_as_one_left_out():
    with pytest.raises(SurveyError, match="needs the key freq"):
        compute("leik", {"freq": None})
    assert compute("leik", {"freq": [1, 2], "resamples": None})["D"] == pytest.approx(2 / 3)


def test_the_columns_of_both_sides_may_be_counted_instead_of_named():
    rows = [[1, 0, 1], [2, 1, 1], [1, 1, 0], [2, 0, 1]]
    by_name = compute("mrcv", {"rows": rows, "columns": ["g", "o1", "o2"], "resamples": 0})
    by_size = compute("mrcv", {"rows": rows, "left": 1, "resamples": 0})
    assert by_name == by_size
    assert by_name["test"] == "mmi"


def test_rows_and_patterns_with_their_numbers_are_the_same_people():
    rows = [[1, 0], [1, 0], [0, 1], [1, 1]]
    patterns = [[[1, 0], 2], [[0, 1], 1], [[1, 1], 1]]
    assert compute("cochran_q", {"rows": rows}) == compute(
        "cochran_q", {"pattern_counts": patterns}
    )


def test_a_large_table_is_simulated_from_the_seed_and_says_so():
    table = (np.arange(1, 26).reshape(5, 5) * 3).tolist()
    one, again, other = (
        compute("fisher", {"table": table, "seed": seed, "resamples": 500}) for seed in (1, 1, 2)
    )
    assert one == again
    assert one["simulated"]
    assert one["resamples"] == other["resamples"] == 500
    assert one["standard_error"] >= 0
