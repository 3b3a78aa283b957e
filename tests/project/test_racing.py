"""The processes that race: what they say is heard, what they break on is shown, and killed is killed."""

from __future__ import annotations

import os

import pytest

from tests.plugins.data import Outcome, RealCommits
from tests.racer import hear, say


def echo(words: int) -> str:
    for _word in range(words):
        say(hear())
    return "done"


def fall() -> None:
    raise RuntimeError("Ann fell")


def number() -> int:
    return os.getpid()


def test_a_process_and_a_test_talk_and_then_it_tells_what_it_came_to(real_commits: RealCommits) -> None:
    racer = real_commits.begin(echo, {"words": 2})

    heard = []
    for word in ("there", "and back"):
        racer.tell(word)
        heard.append(racer.said())

    assert heard == ["there", "and back"]
    assert racer.outcome() == Outcome(result="done")


def test_each_racer_is_a_process_of_its_own(real_commits: RealCommits) -> None:
    outcomes = real_commits.race(number, [{}] * 3)

    assert len({os.getpid(), *(outcome.result for outcome in outcomes)}) == 4


def test_a_process_that_breaks_breaks_the_test(real_commits: RealCommits) -> None:
    with pytest.raises(AssertionError, match="Ann fell"):
        real_commits.race(fall, [{}, {}])


def test_a_process_that_is_killed_says_no_more(real_commits: RealCommits) -> None:
    racer = real_commits.begin(echo, {"words": 2})
    racer.tell("there")
    assert racer.said() == "there"

    assert racer.kill() == []


def test_a_process_that_is_gone_is_missed(real_commits: RealCommits) -> None:
    racer = real_commits.begin(os._exit, {"status": 3})

    with pytest.raises(AssertionError, match="is gone and did not say why"):
        racer.outcome()
