"""A process that is killed before any statement of what it does: all of it is there or nothing, and again is once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest

from core.models import AuditEntry
from marketplace.models import Participation, Shift
from tests.factories.activities import AT, Season, activity, season, shift, takes_part
from tests.marketplace.orders.test_kills import wait_until_it_is_gone
from tests.marketplace.taking_part import racers
from tests.marketplace.taking_part.scene import DAY
from tests.marketplace.taking_part.test_races import check_places
from tests.plugins.data import RealCommits

Words = dict[str, Any]


def to_sign_up(there: Season, number: int) -> Words:
    that = shift(activity(there), AT + number * DAY, places=1)
    return {"email": there.ann.email, "shift": that.pk}


def to_withdraw(there: Season, number: int) -> Words:
    """Ben waits for the place that Ann gives back."""
    that = shift(activity(there), AT + number * DAY, places=1)
    takes_part(that, there.ann.person)
    takes_part(that, there.ben.person, "WAITING")
    return {"email": there.ann.email, "shift": that.pk}


def to_call_off(there: Season, number: int) -> Words:
    return {**to_withdraw(there, number), "email": there.olaf.email}


PREPARE: dict[str, Callable[[Season, int], Words]] = {
    "sign_up": to_sign_up, "withdraw": to_withdraw, "call_off": to_call_off,
}  # fmt: skip


@pytest.mark.once
@pytest.mark.parametrize("deed", list(PREPARE))
def test_before_every_third_statement_it_is_killed(real_commits: RealCommits, deed: str) -> None:
    kill_before(real_commits, deed, count(2, 3))


@pytest.mark.once("postgres")
@pytest.mark.parametrize("deed", list(PREPARE))
def test_before_some_statements_it_is_killed_on_a_server_too(real_commits: RealCommits, deed: str) -> None:
    kill_before(real_commits, deed, count(5, 9))


def kill_before(real_commits: RealCommits, deed: str, statements: Iterator[int]) -> None:
    there = season()
    for number, statement in enumerate(statements, 1):
        words = PREPARE[deed](there, number)
        worker = real_commits.begin(racers.do_and_stop, {"deed": deed, "stop_before": statement, **words})
        said = worker.said()
        worker.kill()
        wait_until_it_is_gone()
        check_whole(words["shift"])
        racers.tried(deed, **words)
        after = states_of(words["shift"])
        racers.tried(deed, **words)
        assert states_of(words["shift"]) == after == DONE[deed]
        check_whole(words["shift"])
        Shift.objects.filter(pk=words["shift"]).update(
            starts_at=AT - number * DAY, ends_at=AT - number * DAY + DAY / 9
        )
        Participation.objects.filter(shift=words["shift"]).exclude(state="WITHDRAWN").update(state="NO_SHOW")
        if said == "returned":
            return


DONE = {
    "sign_up": ["SIGNED_UP"],
    "withdraw": ["WITHDRAWN", "SIGNED_UP"],
    "call_off": ["WITHDRAWN", "WITHDRAWN"],
}


def states_of(that: int) -> list[str]:
    return list(Participation.objects.filter(shift=that).order_by("pk").values_list("state", flat=True))


def check_whole(that: int) -> None:
    """Either nothing happened or all of it, and the trail says the same as the rows."""
    check_places()
    found = states_of(that)
    assert found in (
        [],
        ["SIGNED_UP"],
        ["SIGNED_UP", "WAITING"],
        ["WITHDRAWN", "SIGNED_UP"],
        ["WITHDRAWN"] * 2,
    )
    is_off = Shift.objects.get(pk=that).state == "CANCELLED"
    assert is_off == (found == ["WITHDRAWN"] * 2)
    for one in Participation.objects.filter(shift=that):
        lines = AuditEntry.objects.filter(
            subject_model="marketplace.Participation", subject_id=str(one.pk), event__startswith="participation."
        )  # fmt: skip
        last = lines.order_by("-pk").first()
        assert last is None or last.after == one.state
