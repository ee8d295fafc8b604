import numpy as np
import pytest

from mcda.lanes import fold


@pytest.mark.parametrize("operation", [np.add, np.minimum, np.maximum])
@pytest.mark.parametrize("shape", [(4, 3), (7, 4, 3), (7, 40, 3), (2, 5, 1, 3)])
@pytest.mark.parametrize("axis", [-1, -2])
@pytest.mark.parametrize("keepdims", [True, False])
def test_it_gives_what_the_plain_reduction_gives(operation, shape, axis, keepdims):
    values = np.random.default_rng(0).normal(size=shape)
    kept = values.copy()
    ours = fold(operation, values, axis, keepdims=keepdims)
    assert ours == pytest.approx(operation.reduce(values, axis=axis, keepdims=keepdims))
    assert values.tolist() == kept.tolist()
