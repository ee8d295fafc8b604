import numpy as np
import pytest

from mcda import ProblemError, decompose, decompose_design, first_places

CAUSES = ("a", "b", "idle")


def draw(size, rng):
    return {cause: rng.standard_normal(size) for cause in CAUSES}


def share(model, samples=20_000, seed=2):
    return decompose(
        lambda x: model(x)[:, None], draw, CAUSES, samples=samples, rng=np.random.default_rng(seed)
    )


def test_a_linear_model_shares_the_doubt_by_variance():
    found = share(lambda x: 2 * x["a"] + x["b"])
    assert found.shares["a"] == pytest.approx(0.8, abs=4 * found.errors["a"])
    assert found.shares["b"] == pytest.approx(0.2, abs=4 * found.errors["b"])
    assert found.total == pytest.approx(5, rel=0.05)


def test_a_pure_interaction_is_shared_evenly():
    found = share(lambda x: x["a"] * x["b"])
    assert found.shares["a"] == pytest.approx(0.5, abs=4 * found.errors["a"])


def test_an_input_that_does_nothing_has_no_share_at_all():
    found = share(lambda x: x["a"] + x["b"] ** 2)
    assert found.shares["idle"] == pytest.approx(0, abs=1e-12)
    assert found.errors["idle"] == pytest.approx(0, abs=1e-12)


def test_shares_sum_to_one():
    found = share(lambda x: np.sign(x["a"] + x["b"] * x["idle"]), samples=200)
    assert sum(found.shares.values()) == pytest.approx(1)


def test_errors_shrink_with_the_root_of_the_samples():
    few, many = (share(lambda x: np.sign(x["a"] + x["b"]), samples=n) for n in (1000, 16_000))
    assert few.errors["a"] / many.errors["a"] == pytest.approx(4, rel=0.25)


def test_no_doubt_has_no_causes():
    found = share(lambda x: np.ones(len(x["a"])), samples=50)
    assert found.total == 0
    assert set(found.shares.values()) == {0.0}


def test_a_shared_first_place_is_split():
    places = first_places(np.array([[3.0, 3.0, 1.0], [1.0, 2.0, 0.0]]))
    assert places.tolist() == [[0.5, 0.5, 0], [0, 1, 0]]


def test_one_sample_is_refused():
    with pytest.raises(ProblemError, match="expected 2 or more"):
        share(lambda x: x["a"], samples=1)


def ishigami(x):
    """Ishigami and Homma (1990), with a = 7 and b = 0.1."""
    return np.sin(x["a"]) + 7 * np.sin(x["b"]) ** 2 + 0.1 * x["idle"] ** 4 * np.sin(x["a"])


def ishigami_effects():
    """Variances of the parts in closed form: of the first, the second, and first with third."""
    one = 0.5 * (1 + 0.1 * np.pi**4 / 5) ** 2
    two = 49 / 8
    both = 0.1**2 * np.pi**8 * (1 / 18 - 1 / 50)
    return np.array([one, two, both]) / (one + two + both)


def ishigami_doubt(samples=40_000):
    def angles(size, rng):
        return {cause: rng.uniform(-np.pi, np.pi, size) for cause in CAUSES}

    return decompose(
        lambda x: ishigami(x)[:, None],
        angles,
        CAUSES,
        samples=samples,
        rng=np.random.default_rng(4),
    )


def test_ishigami_s_function_has_its_effects_in_closed_form():
    one, two, both = ishigami_effects()
    found = ishigami_doubt()
    shapley = {"a": one + both / 2, "b": two, "idle": both / 2}
    for cause in CAUSES:
        assert found.shares[cause] == pytest.approx(shapley[cause], abs=4 * found.errors[cause])
    assert found.first_order == pytest.approx({"a": one, "b": two, "idle": 0}, abs=0.03)
    assert found.total_order == pytest.approx({"a": one + both, "b": two, "idle": both}, abs=0.03)


def test_sobol_effects_are_those_of_salib():
    from SALib.analyze import sobol  # noqa: PLC0415 - slow to import, and only here
    from SALib.sample import sobol as sample  # noqa: PLC0415

    problem = {"num_vars": 3, "names": list(CAUSES), "bounds": [[-np.pi, np.pi]] * 3}
    points = sample.sample(problem, 4096, calc_second_order=False, seed=5)
    outcome = ishigami(dict(zip(CAUSES, points.T, strict=True)))
    theirs = sobol.analyze(problem, outcome, calc_second_order=False, seed=5)
    ours = ishigami_doubt()
    for k, cause in enumerate(CAUSES):
        assert ours.first_order[cause] == pytest.approx(theirs["S1"][k], abs=0.04)
        assert ours.total_order[cause] == pytest.approx(theirs["ST"][k], abs=0.04)


LEVELS = {"a": np.array([0.0, 1.0, 5.0]), "b": np.array([-1.0, 2.0]), "idle": np.array([0.0, 1.0])}
CHANCES = {"a": [0.2, 0.5, 0.3], "b": [0.25, 0.75], "idle": [0.5, 0.5]}


def design(model):
    grid = np.meshgrid(*LEVELS.values(), indexing="ij")
    return model(dict(zip(CAUSES, grid, strict=True)))[..., None]


def designed(model):
    return decompose_design(design(model), CAUSES, list(CHANCES.values()))


def variance(cause):
    p = np.array(CHANCES[cause])
    return p @ LEVELS[cause] ** 2 - (p @ LEVELS[cause]) ** 2


def test_a_whole_design_of_a_sum_is_shared_by_variance_exactly():
    found = designed(lambda x: 2 * x["a"] + x["b"])
    a, b = 4 * variance("a"), variance("b")
    exact = {"a": a / (a + b), "b": b / (a + b), "idle": 0}
    assert found.total == pytest.approx(a + b)
    for shares in (found.shares, found.first_order, found.total_order):
        assert shares == pytest.approx(exact, abs=1e-12)
    assert set(found.errors.values()) == {0.0}
    assert found.samples == 12


def test_a_whole_design_of_a_product_shares_the_interaction_evenly():
    """Var(ab) = E(a)^2 Var(b) + E(b)^2 Var(a) + Var(a) Var(b), the last from both together."""
    found = designed(lambda x: x["a"] * x["b"])
    mean = {c: np.array(CHANCES[c]) @ LEVELS[c] for c in CAUSES}
    alone = {"a": mean["b"] ** 2 * variance("a"), "b": mean["a"] ** 2 * variance("b")}
    both = variance("a") * variance("b")
    total = sum(alone.values()) + both
    assert found.total == pytest.approx(total)
    for cause, part in alone.items():
        assert found.shares[cause] == pytest.approx((part + both / 2) / total)
        assert found.first_order[cause] == pytest.approx(part / total)
        assert found.total_order[cause] == pytest.approx((part + both) / total)


def test_draws_agree_with_the_whole_design():
    def model(x):
        return np.sign(x["a"] - x["b"] - 1.5 * x["idle"])

    def levels(size, rng):
        return {c: rng.choice(LEVELS[c], size=size, p=CHANCES[c]) for c in CAUSES}

    exact = designed(model)
    found = decompose(
        lambda x: model(x)[:, None], levels, CAUSES, samples=20_000, rng=np.random.default_rng(8)
    )
    for cause in CAUSES:
        assert found.shares[cause] == pytest.approx(
            exact.shares[cause], abs=4 * found.errors[cause]
        )
    assert found.total == pytest.approx(exact.total, rel=0.03)


def test_equal_chances_are_the_default_and_a_design_without_doubt_has_no_causes():
    outcomes = design(lambda x: x["a"] * x["b"] + x["idle"])
    even = [np.full(k, 1 / k) for k in outcomes.shape[:-1]]
    assert decompose_design(outcomes, CAUSES) == decompose_design(outcomes, CAUSES, even)
    still = decompose_design(np.ones((3, 2, 1)), ("a", "b"))
    assert (still.total, still.shares) == (0, {"a": 0, "b": 0})


@pytest.mark.parametrize(
    ("causes", "chances", "sentence"),
    [
        (("a",), None, r"the design has shape \(3, 2, 1\) for 1 causes"),
        (("a", "b"), [[0.5, 0.5], [0.5, 0.5]], "the chances of a are .*; expected 3 numbers"),
        (("a", "b"), [[0.5, 0.5, 0.5], [0.5, 0.5]], "of 0 or more with the sum 1"),
        (("a", "b"), [[1 / 3] * 3], "chances are given for 1 causes; expected 2"),
    ],
)
def test_a_design_that_does_not_fit_is_refused(causes, chances, sentence):
    with pytest.raises(ProblemError, match=sentence):
        decompose_design(np.ones((3, 2, 1)), causes, chances)
