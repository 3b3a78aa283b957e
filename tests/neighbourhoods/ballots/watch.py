"""A vote whose ballots can be recognised wherever they turn up, and what was found of them there.

Each amount that somebody votes for has fifteen digits that nobody else votes for and nothing else has; so has each
order of twelve candidates, once what stands between them is taken out. `findings` is
empty for a vote that is secret; test_planted_leaks.py shows that it is not for one that is not.
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command

from neighbourhoods.models import BallotBox, Neighbourhood
from people.models import User
from people.operations.privacy import download_of
from tests.factories.democracy import box, policy
from tests.neighbourhoods.ballots import catalogue
from tests.neighbourhoods.ballots.catalogue import BALLOT, BOX, ENTRY, holds, places_of, squeezed, unpickled
from tests.neighbourhoods.ballots.stage import many, vote

LOW, HIGH = 10**14, 10**15 - 1
# What the application keeps of a ballot, and where: the ballot itself, and nothing else.
HOME = {f"{BALLOT}.choice", f"{BALLOT}.id", f"{BALLOT}.receipt"}
# Once counted, the amounts stand on the sheet, which is published.
SHEET = {"neighbourhoods_result.sheet"}
COLUMNS = {"id", "box_id", "choice", "receipt"}


@dataclass
class Watched:
    """A vote, its voters in the order in which they cast, what each chooses, and all by which a ballot can be known."""

    urn: BallotBox
    voters: list[User]
    choices: list[Any]
    needles: set[str] = field(default_factory=set)

    def cast_all(self) -> None:
        for who, choice in zip(self.voters, self.choices, strict=True):
            self.needles.add(squeezed(vote(self.urn, who, choice, receipt=True)))
            self.learn()

    def learn(self) -> None:
        """The numbers and codes that ballots have at this moment."""
        for pk, receipt in self.urn.ballots.values_list("pk", "receipt"):
            self.needles |= {pk.hex, *([squeezed(receipt)] if receipt else [])}

    def places(self) -> list[int]:
        """Who cast each ballot, the first voter being 0, in the order in which ballots lie in the file."""
        lying = [json.loads(choice) for choice in catalogue.in_file_order(BALLOT, "choice")]
        return [self.choices.index(choice) for choice in lying]


def watched(neighbourhood: Neighbourhood, voters: int = 6) -> Watched:
    people = many(voters)
    rules = policy(neighbourhood, method="MEDIAN")
    urn = box(neighbourhood, people, method="MEDIAN", options=[], of=rules, low=LOW, high=HIGH, step=1)
    amounts = [LOW + secrets.randbelow(HIGH - LOW) for _voter in people]
    return Watched(urn, people, amounts, needles={str(amount) for amount in amounts})


def ranked(neighbourhood: Neighbourhood, voters: int = 3) -> Watched:
    """The same with candidates put in order: what a browser sends is the number beside each of them."""
    people, options = many(voters), [str(number + 1) for number in range(12)]
    urn = box(neighbourhood, people, method="STV", options=options, seats=3)
    choices = [secrets.SystemRandom().sample(options, len(options)) for _voter in people]
    needles = {squeezed("".join(one)) for one in choices} | {squeezed(str(sent(one))) for one in choices}
    return Watched(urn, people, choices, needles=needles)


def sent(choice: list[str]) -> dict[str, str]:
    """The fields of the form in which this order was filled in."""
    return {f"option-{place}": str(choice.index(str(place + 1)) + 1) for place in range(len(choice))}


# --- What is found of it ----------------------------------------------------------------------------------------------


def faults_of_tables() -> list[str]:
    """What the catalogue has that could lead from a ballot to a person, or tell when or in which order it was cast."""
    faults = [f"{BALLOT}.{name} is kept" for name in catalogue.columns(BALLOT).keys() - COLUMNS]
    faults += [
        f"{table}.{column} leads to {other}"
        for table, column, other in catalogue.foreign_keys()
        if BALLOT in {table, other} and (table, column, other) != (BALLOT, "box_id", BOX)
    ]
    faults += [
        f"{table} is connected with ballots"
        for table in catalogue.reachable(BALLOT, without=BOX)
        if table != BALLOT
    ]
    faults += [
        f"{table}.{name} is {kind}"
        for table in (BALLOT, ENTRY)
        for name, kind in catalogue.columns(table).items()
        if "time" in kind or "date" in kind
    ]
    return sorted(faults)


def findings(
    seen: Watched, caplog: pytest.LogCaptureFixture | None = None, *, is_counted: bool = False
) -> set[str]:
    """The places, beside the ballots themselves, in which something of a ballot occurs."""
    seen.learn()
    found = places_of(seen.needles) - HOME - (SHEET if is_counted else set())
    found |= {
        f"dump: {model}" for model in _dumped(seen) - ({"neighbourhoods.result"} if is_counted else set())
    }
    texts = {
        "cache": _cached(),
        "mail": [f"{one.subject} {one.body}" for one in getattr(mail, "outbox", [])],
        "download": [json.dumps(download_of(person=who.person), default=str) for who in seen.voters],
        "log": _logged(caplog.records) if caplog else [],
    }
    return found | {place for place, said in texts.items() if holds(iter(said), seen.needles)}


def answered(seen: Watched, answers: Iterable[Any]) -> bool:
    """Whether something of a ballot stands in an answer to a browser, its cookies and headers among it."""
    said = [f"{one.content.decode()} {one.headers} {one.cookies}" for one in answers]
    return holds(iter(said), seen.needles)


def _dumped(seen: Watched) -> set[str]:
    """The models whose rows in `dumpdata` hold something, and the ballot's when it has more than it should."""
    out = StringIO()
    call_command("dumpdata", stdout=out, natural_foreign=False)
    found = set()
    for row in json.loads(out.getvalue()):
        if row["model"] == "neighbourhoods.ballot":
            found |= (
                {"neighbourhoods.ballot"} if set(row["fields"]) != {"box", "choice", "receipt"} else set()
            )
        elif holds(iter([json.dumps(row)]), seen.needles):
            found.add(row["model"])
    return found


def _cached() -> list[str]:
    """What the cache in memory keeps. A cache in the database is among its tables."""
    kept = getattr(cache, "_cache", {})
    return [str(key) for key in kept] + [text for value in kept.values() for text in unpickled(value)]


def _logged(records: Iterable[logging.LogRecord]) -> list[str]:
    return [f"{one.getMessage()} {one.__dict__}" for one in records]


def likeness(order: list[int]) -> float:
    """How much an order is like 0, 1, 2, …: 1 when it is the same, -1 when turned round, about 0 by lot (Kendall)."""
    pairs = [(one, other) for place, one in enumerate(order) for other in order[place + 1 :]]
    return sum(1 if one < other else -1 for one, other in pairs) / len(pairs)
