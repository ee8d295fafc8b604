import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda import DecisionProblem, ProblemError, rank_alternatives
from mcda.ternary import position, three_largest, weight_triangle

# Each alternative has one criterion for itself: each is first on a third of the triangle.
OWN = DecisionProblem(
    values=np.eye(3), senses=["max"] * 3, alternatives=["A", "B", "C"], criteria=["x", "y", "z"]
)


def test_three_symmetric_alternatives_share_the_triangle_evenly():
    for method in ("wsm", "topsis"):
        found = weight_triangle(OWN, method, steps=30)
        assert list(found.areas.values()) == pytest.approx([1 / 3] * 3, abs=1e-9)
        assert found.present.tolist() == pytest.approx([1 / 3] * 3)
    assert found.regions is None


def test_the_region_of_a_weighted_sum_is_the_polygon_found_by_hand():
    """A rival of 0.5 everywhere is first where no weight is above one half: a quarter."""
    problem = OWN.replace(
        values=np.vstack([np.eye(3), [0.5, 0.5, 0.5]]), alternatives=("A", "B", "C", "D")
    )
    found = weight_triangle(problem, "wsm", steps=10, normalisation="none")
    assert found.areas["D"] == pytest.approx(1 / 4)
    assert found.areas["A"] == pytest.approx(1 / 4)
    corners = {tuple(np.round(c, 9)) for c in found.regions["D"]}
    assert corners == {(0.5, 0.5, 0), (0.5, 0, 0.5), (0, 0.5, 0.5)}


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_exact_areas_agree_with_the_count_of_small_triangles(seed):
    rng = np.random.default_rng(seed)
    problem = DecisionProblem(
        values=rng.uniform(1, 9, (5, 4)), weights=rng.dirichlet(np.ones(4)), senses=["max"] * 4
    )
    found = weight_triangle(problem, "wsm", steps=60)
    assert sum(found.areas.values()) == pytest.approx(1)
    for name, area in found.areas.items():
        counted = np.mean([name in first for first in found.first])
        assert counted == pytest.approx(area, abs=0.03)
        assert (name in found.regions) == (area > 0)


def test_the_middle_of_each_small_triangle_ranks_as_its_weights_do():
    rng = np.random.default_rng(2)
    problem = DecisionProblem(
        values=rng.uniform(1, 9, (4, 5)), weights=[3, 1, 2, 2, 2], senses=["max"] * 5
    )
    groups = {"one": ("C1",), "two": ("C2", "C3"), "three": ("C5",)}
    found = weight_triangle(problem, "vikor", groups=groups, steps=6)
    assert found.free == pytest.approx(0.8)
    assert found.present.tolist() == pytest.approx([3 / 8, 3 / 8, 2 / 8])
    assert found.shares.sum(axis=1) == pytest.approx(np.ones(36))
    for (a, b, c), first in zip(found.shares, found.first, strict=True):
        weights = [0.8 * a, 0.8 * b / 3, 0.8 * b * 2 / 3, 0.2, 0.8 * c]
        assert rank_alternatives(problem.replace(weights=weights), "vikor").first == first


def test_the_picture_has_its_corners_where_they_belong():
    assert position(np.eye(3)).tolist() == pytest.approx(
        np.array([[0, 0], [1, 0], [0.5, np.sqrt(3) / 2]])
    )
    frame = weight_triangle(OWN, "wsm", steps=4).to_frame()
    shares = ["share: x", "share: y", "share: z"]
    assert list(frame.columns) == [*shares, "x", "y", "first", "margin"]
    assert len(frame) == 16
    assert set(frame["first"]) >= {"A", "B", "C"}


def test_the_three_largest_criteria_are_named_and_the_others_keep_their_weights():
    problem = DecisionProblem(
        values=np.ones((2, 4)), weights=[0.1, 0.4, 0.2, 0.3], senses=["max"] * 4
    )
    assert three_largest(problem) == {"C2": ("C2",), "C3": ("C3",), "C4": ("C4",)}
    assert weight_triangle(problem, "wsm").free == pytest.approx(0.9)
    with pytest.raises(ProblemError, match="expected 3 or more"):
        three_largest(DecisionProblem(values=[[1, 1]], senses=["max"] * 2))


def test_groups_that_cannot_be_divided_are_refused():
    with pytest.raises(ProblemError, match="expected three"):
        weight_triangle(OWN, "wsm", groups={"a": ("x",), "b": ("y",)})
    with pytest.raises(ProblemError, match="expected one of x, y, z"):
        weight_triangle(OWN, "wsm", groups={"a": ("x",), "b": ("y",), "c": ("q",)})
    four = DecisionProblem(values=np.eye(4), weights=[0, 0, 0, 1], senses=["max"] * 4)
    with pytest.raises(ProblemError, match="have no weight"):
        weight_triangle(four, "wsm", groups={"a": ("C1",), "b": ("C2",), "c": ("C3",)})
