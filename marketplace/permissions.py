"""Who may do what on the market. Persons are compared by the number that counts: a second login gives nothing more."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from core.refusals import Refusal
from marketplace.queries.traders import FAMILY, TRADES
from neighbourhoods.models import Neighbourhood
from neighbourhoods.permissions import seat_in_force
from neighbourhoods.queries.seats import seats_of
from people.models import Mandate, Party, PartyKind, Role
from people.permissions import holds, is_own
from people.roles import PAYS

PRIVATE: Final = frozenset({PartyKind.PERSON, PartyKind.HOUSEHOLD})


class OwnMatter(Refusal):
    """A board member who trades for the other side, or lives with them."""

    code = "market_own_matter"
    sentence = _("You have an interest in this yourself. Another member of the board decides on it.")


class NotYourTrade(Refusal):
    """Who acts does not buy and sell for this party."""

    code = "market_not_your_trade"
    sentence = _("You do not act for %(name)s on the market. Ask its owner for a role.")


def may_trade(person: Party, party: Party, on: date) -> bool:
    """Whether a person acts for a party on the market on a day. Paying for it is asked besides."""
    if is_own(person, party):
        return True
    if party.kind == PartyKind.NEIGHBOURHOOD:
        return seats_of(person).in_force(on).filter(neighbourhood__party=party).exists()
    return holds(person, party, TRADES[party.kind], on)


def may_write(person: Party, party: Party, on: date) -> bool:
    """Whether a person drafts offers of a party and writes their words: who trades for it, and its editors."""
    if may_trade(person, party, on):
        return True
    return party.kind not in PRIVATE and holds(person, party, [Role.EDITOR], on)


def has_interest(person: Party, party: Party, on: date) -> bool:
    """Whether a person has to do with a party: is it, holds any office for it, or shares a household with it.

    The neighbourhood itself is nobody's own: its board decides on what it offers.
    """
    if party.kind == PartyKind.NEIGHBOURHOOD:
        return False
    return is_own(person, party) or holds(person, party, Role.values, on) or _lives_with(person, party, on)


def is_other_hand(person: Party, party: Party, on: date) -> bool:
    """Whether a person who buys or sells would have their own hand on the other side too. As `has_interest`, but of a
    municipality those alone who trade or pay for it: a clerk can buy a ticket for its swimming pool."""
    if party.kind == PartyKind.MUNICIPALITY:
        return holds(person, party, TRADES[PartyKind.MUNICIPALITY] | PAYS, on)
    return has_interest(person, party, on)


def has_stake(person: Party, party: Party, on: date) -> bool:
    """Whether a person leaves a decision about a party to others: has an interest, or shares a household with an owner
    of it."""
    if has_interest(person, party, on):
        return True
    if party.kind in PRIVATE or party.kind in {PartyKind.NEIGHBOURHOOD, PartyKind.MUNICIPALITY}:
        return False
    owners = Mandate.objects.in_force(on).filter(principal=party, role=Role.OWNER).select_related("person")
    return any(_lives_with(person, owner.person, on) for owner in owners)


def may_judge(person: Party, neighbourhood: Neighbourhood, party: Party, on: date) -> bool:
    """Whether a person decides for the board on what this party offers or asks: has a seat, and no interest."""
    return seat_in_force(person, neighbourhood, on) is not None and not has_stake(person, party, on)


def _lives_with(person: Party, party: Party, on: date) -> bool:
    homes = Mandate.objects.in_force(on).held_by(person).filter(
        principal__kind=PartyKind.HOUSEHOLD, role__in=FAMILY
    )  # fmt: skip
    if not party.is_person:
        return False
    theirs = Mandate.objects.in_force(on).held_by(party).filter(role__in=FAMILY)
    return theirs.filter(principal__in=homes.values("principal")).exists()
