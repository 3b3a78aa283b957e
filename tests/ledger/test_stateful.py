"""Random steps in the real ledger and in the plain one: a short walk each time, a long one with `make soak`.

The seed is always the same here, so that a red run can be repeated; `make soak` takes another with SOAK_SEED=….
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.ledger.random_steps import RandomSteps

STEPS_OF_AN_EXAMPLE = 50
STEPS_OF_A_ROUND = 2000
SHORT = 800
SOAK = int(os.environ.get("SOAK_STEPS", "0"))
SEED = int(os.environ.get("SOAK_SEED", "1"))
ROUNDS = -(-SOAK // STEPS_OF_A_ROUND) or 1


def walk(steps: int, first_seed: int) -> Counter[str]:
    """Take so many steps or a few more, each example from the start; how often each outcome came about."""
    outcomes: Counter[str] = Counter()
    number = first_seed
    while outcomes.total() < steps:
        machine = type("Walk", (RandomSteps,), {"outcomes": outcomes})
        wanted = settings(
            max_examples=-(-(steps - outcomes.total()) // STEPS_OF_AN_EXAMPLE),
            stateful_step_count=STEPS_OF_AN_EXAMPLE,
            deadline=None,
            database=None,
            print_blob=True,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        run_state_machine_as_test(seed(number)(machine), settings=wanted)
        number += 1
    return outcomes


@pytest.mark.django_db
@pytest.mark.parametrize("place", range(ROUNDS))
def test_paper_and_database_agree_on_random_steps(place: int) -> None:
    outcomes = walk(STEPS_OF_A_ROUND if SOAK else SHORT, first_seed=(SEED + place) * 1000)

    if counts := os.environ.get("SOAK_COUNTS"):
        with Path(counts).open("a") as file:
            file.write(json.dumps(outcomes) + "\n")
    assert outcomes.total() >= SHORT
