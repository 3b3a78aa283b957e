"""A process that is killed before any statement of what it does: all of it is there or nothing, and again is once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from django.db import connection

from marketplace.models import Participation
from tests.factories.activities import Season, season, takes_part
from tests.factories.wallet import fund
from tests.marketplace.hours import deeds
from tests.marketplace.hours.scene import (
    check_books,
    disputed,
    shift_that_is_over,
    told,
    without_maximum,
)
from tests.plugins.data import RealCommits

Words = dict[str, Any]


def to_confirm(there: Season) -> Words:
    return {"email": there.olaf.email, "of": told(there, there.ann, value=10).pk}


def to_rule(there: Season) -> Words:
    claim = disputed(there, there.ann, value=10)
    type(claim.dispute).objects.filter(pk=claim.dispute.pk).update(participant_text="I stayed.")
    return {"email": there.bea.email, "of": claim.pk}


def to_settle(there: Season) -> Words:
    """Hours that waited for a pot which is filled by now."""
    claim = without_maximum(there, there.ann, value=10)
    pots = type(there.pot).objects.filter(pk=there.pot.pk)
    pots.update(state="BLOCKED")
    deeds.confirm(there.olaf.email, claim.pk)
    pots.update(state="OPEN")
    return {"email": there.ann.email, "of": claim.pk}


def to_group(there: Season) -> Words:
    shift = shift_that_is_over(there)
    for login, state in ((there.ann, "CLAIMED"), (there.ben, "SIGNED_UP"), (there.bea, "CHECKED_IN")):
        takes_part(shift, login.person, state, value=10)
    return {"email": there.olaf.email, "shift": shift.pk}


PREPARE: dict[str, Callable[[Season], Words]] = {
    "confirm": to_confirm,
    "rule": to_rule,
    "settle": to_settle,
    "group": to_group,
}


@pytest.mark.once
def test_before_every_third_statement_the_one_who_confirms_is_killed(real_commits: RealCommits) -> None:
    kill_before(real_commits, "confirm", count(1, 3))


@pytest.mark.once
@pytest.mark.parametrize(("deed", "step"), [("rule", 11), ("settle", 9), ("group", 23)])
def test_before_some_statements_what_else_pays_is_killed(
    real_commits: RealCommits, deed: str, step: int
) -> None:
    kill_before(real_commits, deed, count(2, step))


@pytest.mark.once("postgres")
@pytest.mark.parametrize(("deed", "step"), [("confirm", 11), ("rule", 17), ("settle", 11), ("group", 37)])
def test_before_some_statements_it_is_killed_on_a_server_too(
    real_commits: RealCommits, deed: str, step: int
) -> None:
    kill_before(real_commits, deed, count(3, step))


def kill_before(real_commits: RealCommits, deed: str, statements: Iterator[int]) -> None:
    there = season()
    fund(there.place, there.pot, 10_000_00, "much")
    for statement in statements:
        words = PREPARE[deed](there)
        shifts = set(Participation.objects.exclude(state="PAID").values_list("shift", flat=True))
        worker = real_commits.begin(deeds.do_and_stop, {"deed": deed, "stop_before": statement, **words})
        said = worker.said()
        worker.kill()
        wait_until_it_is_gone()
        check_whole(shifts)
        again = deeds.tried(deed, **words)
        assert again in {"PAID", "2 paid", "move_refused", "0 paid"}
        if said != "returned":
            assert again in {"PAID", "2 paid"} or is_done(shifts)
        check_books()
        assert is_done(shifts)
        if said == "returned":
            break


def is_done(shifts: set[int]) -> bool:
    states = set(Participation.objects.filter(shift__in=shifts).values_list("state", "held"))
    return states <= {("PAID", ""), ("CONFIRMED", "ACCOUNT")}  # Bea has no wallet


def check_whole(shifts: set[int]) -> None:
    """All of a shift is done, or nothing of it."""
    check_books()
    for shift in shifts:
        done = {state == "PAID" for state in states_of(shift) if state != "CONFIRMED"}
        assert len(done) <= 1, states_of(shift)


def states_of(shift: int) -> list[str]:
    return list(Participation.objects.filter(shift=shift).values_list("state", flat=True))


def wait_until_it_is_gone() -> None:
    if connection.vendor == "postgresql":
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [deeds.DOOR])
        other.close()
