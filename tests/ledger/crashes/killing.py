"""What tests that kill have in common."""

from __future__ import annotations

import os
import random

from tests.factories.ledger import Town, fund, town


def chance() -> random.Random:
    """Another one each time; SOCIALCOIN_SEED takes the one that a test printed when it failed."""
    seed = int(os.environ.get("SOCIALCOIN_SEED") or random.SystemRandom().randrange(10**6))
    print(f"SOCIALCOIN_SEED={seed}")  # noqa: T201 - shown when the test fails
    return random.Random(seed)


def a_town_with_money() -> Town:
    molen = town()
    for one in (molen.ann, molen.ben, molen.cas, molen.shop, molen.pot):
        fund(molen, one, 1_000_00)
    return molen


def numbers(said: list[str], word: str) -> list[int]:
    return [int(line.split()[1]) for line in said if line.startswith(word)]
