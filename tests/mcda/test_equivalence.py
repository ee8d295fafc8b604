import numpy as np

from mcda import Candidate, equivalence_classes, ranking_methods


def labels(classes):
    return [[c.label for c in members] for members in classes]


def test_one_method_under_two_names_is_one_class():
    candidates = [
        Candidate("sum", "wsm"),
        Candidate("distance", "topsis"),
        Candidate("sum again", "wsm", {"normalisation": "minmax"}),
        # With a preference threshold of the whole range the linear function is a weighted sum.
        Candidate(
            "flows of a full range",
            "promethee2",
            {"preference_functions": "vshape", "p": 1.0, "threshold_scale": "range"},
        ),
    ]
    found = labels(equivalence_classes(candidates, np.random.default_rng(1)))
    assert found == [["sum", "sum again", "flows of a full range"], ["distance"]]


def test_min_max_sums_border_gaps_and_data_bounds_are_one_method_under_seven_names():
    candidates = [Candidate(name, name) for name in ranking_methods()]
    classes = labels(equivalence_classes(candidates, np.random.default_rng(1)))
    repeated = [sorted(c) for c in classes if len(c) > 1]
    assert repeated == [
        ["additive", "choquet", "esp-spotis", "mabac", "mairca", "spotis", "wsm"],
        # Crisp triangles: both are shares of the best less shares of the worst.
        ["fuzzy-topsis", "marcos"],
        # Without thresholds no two flows of random values agree, so nobody is incomparable.
        ["promethee1", "promethee2"],
    ]
