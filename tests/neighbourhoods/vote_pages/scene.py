"""Voting in a browser without JavaScript, told once: what a page says, what its form carries, where it is sent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from html import unescape
from typing import Any

from django.test import Client

from core.actor import Actor
from neighbourhoods.counting import Method
from neighbourhoods.models import Ballot, BallotBox, Election, Neighbourhood, RollEntry, Subject
from neighbourhoods.operations.ballots import cast, close_box, count_box
from neighbourhoods.queries.ballots import form_hash
from neighbourhoods.states import ElectionState, NominationState
from people.models import User
from tests.factories import democracy
from tests.factories.democracy import AFTER, VOTING
from tests.factories.people import person

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
NAMES = re.compile(r'class="ballot__name"[^>]*>(?:<span class="vh">[^<]*</span>)?<bdi>([^<]*)</bdi>')
SYSTEM = Actor.system()


def signed_in(login: User) -> Client:
    client = Client()
    client.force_login(login)
    return client


def acting(login: User) -> Actor:
    return Actor(user=login, person=login.person, principal=login.person)


def url(box: BallotBox, rest: str = "", language: str = "en") -> str:
    return f"/{language}/vote/{box.ref}/{rest}"


def words(response: Any) -> str:
    """What a page says, without its tags."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return unescape(re.sub(r"\s+", " ", text))


def names_on(response: Any) -> list[str]:
    """The names on a ballot, in the order of the page."""
    return [unescape(name) for name in NAMES.findall(response.content.decode())]


def carried(response: Any) -> dict[str, str]:
    """What the form of a page carries along, unseen."""
    found = {name: unescape(value) for name, value in HIDDEN.findall(response.content.decode())}
    found.pop("csrfmiddlewaretoken", None)
    return found


def send(client: Client, box: BallotBox, step: str, **fields: Any) -> Any:
    """Send the ballot; fields are named by their place in the box: option_0="1"."""
    data = {
        name.replace("_", "-", 1) if name.startswith("option_") else name: value
        for name, value in fields.items()
    }
    return client.post(url(box), {**data, "step": step})


def fill_in(client: Client, box: BallotBox, **fields: Any) -> Any:
    """Open the ballot, fill it in, and look once more."""
    opened = carried(client.get(url(box), {"for": fields["for"]} if "for" in fields else {}))
    return send(client, box, "look", **{**opened, **fields})


def cast_from(client: Client, looked: Any, box: BallotBox, **more: Any) -> Any:
    """Cast what the look-again page shows."""
    return send(client, box, "cast", **{**carried(looked), **more})


def choices_in(box: BallotBox) -> list[Any]:
    return [json.loads(choice) for choice in Ballot.objects.filter(box=box).values_list("choice", flat=True)]


def counted(
    election_or_box: Election | BallotBox,
    choices: Sequence[Any],
    voters: Iterable[User],
    *,
    state: str = ElectionState.PROVISIONAL,
    receipts: bool = False,
) -> list[str]:
    """Have these people vote, close and count. Gives the receipt codes."""
    box = election_or_box.box if isinstance(election_or_box, Election) else election_or_box
    assert box is not None
    codes = [
        cast(
            box=box, person=voter.person, choice=choice, wants_receipt=receipts, form_hash=form_hash(box),
            actor=acting(voter), at=VOTING,
        )
        for voter, choice in zip(voters, choices, strict=False)
    ]  # fmt: skip
    close_box(box=BallotBox.objects.get(pk=box.pk), actor=SYSTEM, at=AFTER)
    count_box(box=BallotBox.objects.get(pk=box.pk), actor=SYSTEM, at=AFTER)
    Election.objects.filter(box=box).update(state=state, appeals_until=AFTER + 14 * democracy.DAY)
    return codes


def people(number: int) -> list[User]:
    return [person(f"Voter{place}") for place in range(number)]


def confirmation(
    molenwijk: Neighbourhood, candidates: Sequence[User], voters: Iterable[User], **policy: Any
) -> Election:
    """An election with no more candidates than seats: yes or no to each."""
    rules = democracy.policy(molenwijk, Subject.CONFIRMATION, method=Method.YES_NO, **policy)
    keys = [str(place) for place in range(1, len(candidates) + 1)]
    return _election(molenwijk, candidates, democracy.box(molenwijk, voters, options=keys, of=rules))


def approval(molenwijk: Neighbourhood, candidates: Sequence[User], voters: Iterable[User]) -> Election:
    """An election for two seats in which everybody ticks names."""
    keys = [str(place) for place in range(1, len(candidates) + 1)]
    urn = democracy.box(molenwijk, voters, method=Method.APPROVAL, options=keys, seats=2)
    return _election(molenwijk, candidates, urn)


def _election(molenwijk: Neighbourhood, candidates: Sequence[User], urn: BallotBox) -> Election:
    made = democracy.election(
        molenwijk, state=ElectionState.VOTING, policy=urn.policy, box=urn, roll=urn.roll,
        nominations_from=democracy.OPENS - 30 * democracy.DAY,
        nominations_until=democracy.OPENS - 10 * democracy.DAY, freezes_at=democracy.OPENS - democracy.DAY,
        opens_at=democracy.OPENS, closes_at=democracy.CLOSES,
    )  # fmt: skip
    for number, candidate in enumerate(candidates, start=1):
        democracy.nomination(made, candidate, state=NominationState.ON_BALLOT, number=number)
    return made


def amount_box(molenwijk: Neighbourhood, voters: Iterable[User]) -> BallotBox:
    """Everybody names an amount from 6.00 to 12.00; 8.00 holds now."""
    return democracy.box(
        molenwijk, voters, method=Method.MEDIAN, options=[], low=6_00, high=12_00, step=50, present=8_00
    )


def mark_of(box: BallotBox, who: User) -> str:
    """How somebody voted; empty when they did not."""
    return RollEntry.objects.get(roll=box.roll, person=who.person).channel
