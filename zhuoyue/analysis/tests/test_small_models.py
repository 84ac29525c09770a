"""The smallest models work too."""

import numpy as np

from zhuoyue.analysis import Answers, Model, bootstrap


def test_a_model_without_indirect_effects_is_bootstrapped() -> None:
    stream = np.random.default_rng(7)
    base = stream.integers(1, 6, size=60)
    columns = {
        name: np.clip(base + stream.integers(-1, 2, 60), 1, 5) for name in ("q1", "q2", "s1", "s2")
    }
    model = Model.of({"Q": ["q1", "q2"], "S": ["s1", "s2"]}, [("Q", "S")])
    found = bootstrap(model, Answers.of(columns), replicates=50)
    assert found.indirect_effects == ()
    assert found.path("Q", "S").spread is not None
