"""Questions about ballot boxes: what stands on the ballot, who may vote, how many did. Never what anybody chose."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from neighbourhoods.counting import canonical
from neighbourhoods.models import (
    BallotBox,
    Channel,
    Election,
    Proposal,
    Proxy,
    RecordedVote,
    Roll,
    ValueVote,
)
from people.models import Party
from people.queries import numbers_of

# Written down instead of a choice by whoever steps aside.
RECUSED = "RECUSED"

Words = dict[str, str]


def _nobody(_box: BallotBox, _person: Party, _on: date) -> bool:
    return False


def _never(_box: BallotBox) -> bool:
    return False


@dataclass(frozen=True)
class Owner:
    """What a box is about: how its options are called on the screen, and what they stand for whatever they are called.

    `labels` are words in the language of the moment. `stands_for` never changes with a language or a name: it goes
    into the hash of the form, so that a ballot on which a number came to mean something else is not accepted.

    For votes with names: `has_interest` says who may not vote because they have an interest (under whichever number),
    and `asks_why_not` whether a no needs a reason.
    """

    labels: Callable[[BallotBox], Words]
    stands_for: Callable[[BallotBox], Words]
    has_interest: Callable[[BallotBox, Party, date], bool] = _nobody
    asks_why_not: Callable[[BallotBox], bool] = _never


# By the name of the one-to-one relation that leads from the box to its owner. Whoever puts something else to the vote
# adds a line.
owners: dict[str, Owner] = {}


def owner_of(box: BallotBox) -> Election | Proposal | ValueVote | None:
    """What is decided with this box: an election, a proposal, a value. None for a box that stands alone."""
    name = _owner_name(box)
    return getattr(box, name) if name else None


def labels_of(box: BallotBox) -> Words:
    """What each option is called on the screen, in the order of the options."""
    name = _owner_name(box)
    found = owners[name].labels(box) if name else {}
    return {key: found.get(key, key) for key in box.options}


def form_hash(box: BallotBox) -> str:
    """What a ballot form of this box is about, in one number (hex). A form made for anything else carries another."""
    name = _owner_name(box)
    form = {
        "box": str(box.ref),
        "method": box.method,
        "secrecy": box.secrecy,
        "options": box.options,
        "seats": box.seats,
        "amounts": [box.low, box.high, box.step, box.present],
        "stands_for": owners[name].stands_for(box) if name else {},
    }
    return hashlib.sha256(canonical(form).encode()).hexdigest()


def has_interest(box: BallotBox, person: Party, on: date) -> bool:
    """Whether this person must stay out of a vote with names, because it is about what they have an interest in."""
    name = _owner_name(box)
    return bool(name) and owners[name].has_interest(box, person, on)


def asks_why_not(box: BallotBox) -> bool:
    """Whether whoever votes no must say why."""
    name = _owner_name(box)
    return bool(name) and owners[name].asks_why_not(box)


def turnout(box: BallotBox) -> int:
    """How many have voted. A number, and at any time: it says nothing about what they chose."""
    return last_votes(box).exclude(choice=RECUSED).count() if not box.is_secret else sum(marks(box).values())


def marks(box: BallotBox) -> dict[str, int]:
    """How many are marked on the roll as having voted, by channel."""
    voted = box.roll.entries.exclude(channel="").order_by().values_list("channel")
    return {**dict.fromkeys(Channel.values, 0), **dict(voted.annotate(Count("pk")))}


def waits_for_paper(box: BallotBox) -> int:
    """How many ballots on paper have still to be entered after closing. All go in at once, so it is all or none."""
    if not box.is_secret:
        return 0
    return sum(marks(box).values()) - box.ballots.count()


def last_votes(box: BallotBox) -> QuerySet[RecordedVote]:
    """The vote with a name that counts, of each who voted or stepped aside."""
    later = RecordedVote.objects.filter(box=box).order_by("person", "-number")
    newest: dict[int, int] = {}
    for pk, person in later.values_list("pk", "person_id"):
        newest.setdefault(person, pk)
    return RecordedVote.objects.filter(pk__in=newest.values()).order_by("pk")


def proxies_held(roll: Roll, holder: Party) -> QuerySet[Proxy]:
    """Those for whom this person may vote in a vote, used or not, under whichever number they asked them."""
    found = Proxy.objects.filter(entry__roll=roll, holder__in=numbers_of(holder).order_by())
    return found.select_related("entry__person__person_details").order_by("pk")


def proxy_given(roll: Roll, giver: Party) -> Proxy | None:
    """Who votes for this person, when they asked somebody."""
    found = Proxy.objects.filter(entry__roll=roll, entry__person__in=numbers_of(giver).order_by())
    return found.select_related("entry", "holder__person_details").first()


def _owner_name(box: BallotBox) -> str:
    return next((name for name in owners if hasattr(box, name)), "")


def _names_of_candidates(box: BallotBox) -> Words:
    on_ballot = box.election.nominations.filter(number__isnull=False)
    named = on_ballot.select_related("candidate__person_details", "candidate__organisation_details")
    names = {str(one.number): one.candidate.display_name for one in named}
    often = Counter(names.values())
    # Of two with one name the number tells which: on the ballot, when looking again, in the result.
    return {key: f"{name} ({key})" if often[name] > 1 else name for key, name in names.items()}


def _nominations(box: BallotBox) -> Words:
    found = box.election.nominations.filter(number__isnull=False).values_list("number", "ref")
    return {str(number): str(ref) for number, ref in found}


def _title(box: BallotBox) -> Words:
    return dict.fromkeys(box.options, box.proposal.title)


def _proposal(box: BallotBox) -> Words:
    asked = canonical([str(box.proposal.ref), box.proposal.title, box.proposal.text])
    return dict.fromkeys(box.options, hashlib.sha256(asked.encode()).hexdigest())


owners["election"] = Owner(labels=_names_of_candidates, stands_for=_nominations)
owners["proposal"] = Owner(labels=_title, stands_for=_proposal)
