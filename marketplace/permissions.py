"""Who may do what on the market. Persons are compared by the number that counts: a second login gives nothing more."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from core.refusals import Refusal
from marketplace.models import Participation
from marketplace.queries.leaders import left_to_board
from marketplace.queries.posting import ORGANISES
from marketplace.queries.traders import FAMILY, TRADES
from marketplace.states import ParticipationState
from neighbourhoods.models import Neighbourhood
from neighbourhoods.permissions import seat_in_force
from neighbourhoods.queries.seats import seats_of
from people.models import Mandate, Party, PartyKind, PersonDetails, Role
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


# --- Activities -------------------------------------------------------------------------------------------------------


class OwnHours(Refusal):
    """Whoever would confirm hours that they gain from: their own, under a second login too, or a housemate's."""

    code = "hours_own"
    sentence = _("You have an interest in these hours yourself. Somebody else confirms them.")


class NotYourActivity(Refusal):
    """Who acts does not organise for this party."""

    code = "activity_not_yours"
    sentence = _("You do not organise for %(name)s. Ask its owner for the role of organiser.")


class HoursSide(StrEnum):
    """What somebody has to do with a participation."""

    PARTICIPANT = "PARTICIPANT"
    GUARDIAN = "GUARDIAN"
    ORGANISER = "ORGANISER"
    BOARD = "BOARD"


def may_organise(person: Party, organiser: Party, on: date) -> bool:
    """Whether a person posts activities for a party, sees who comes and confirms hours: themself, an owner or
    organiser of an organisation, the board for its neighbourhood."""
    if is_own(person, organiser):
        return True
    if organiser.kind == PartyKind.NEIGHBOURHOOD:
        return seats_of(person).in_force(on).filter(neighbourhood__party=organiser).exists()
    return organiser.kind not in PRIVATE and holds(person, organiser, ORGANISES, on)


def is_close(person: Party, participant: Party, on: date) -> bool:
    """Whether a person gains from the hours of a participant: is it, is their helper, or shares a household."""
    return has_interest(person, participant, on)


def only_the_board(participation: Participation, on: date) -> bool:
    """Whether the hours of somebody can be confirmed by the board alone: who organises it, owns the organisation, or
    lives with who does."""
    organiser = participation.shift.activity.organiser
    return participation.person.canonical_id in left_to_board([organiser], on)[organiser.pk]


def confirms_as(person: Party, participation: Participation, on: date) -> HoursSide | None:
    """As what a person may confirm or contest these hours on a day, or None. The board does when it was brought to it,
    and where the organiser may not."""
    activity = participation.shift.activity
    if is_close(person, participation.person, on):
        return None
    if may_organise(person, activity.organiser, on) and not only_the_board(participation, on):
        return HoursSide.ORGANISER
    is_theirs = participation.shift.escalated_at is not None or only_the_board(participation, on)
    if is_theirs and may_judge(person, activity.neighbourhood, activity.organiser, on):
        return HoursSide.BOARD
    return None


def side_in(participation: Participation, person: Party, on: date) -> HoursSide | None:
    """What somebody has to do with a participation; None means that they find no such page."""
    activity = participation.shift.activity
    if is_own(person, participation.person):
        return HoursSide.PARTICIPANT
    if guards(person, participation.person, on):
        return HoursSide.GUARDIAN
    if may_organise(person, activity.organiser, on):
        return HoursSide.ORGANISER
    waits_for_board = (
        participation.shift.escalated_at is not None
        or participation.state == ParticipationState.DISPUTED
        or only_the_board(participation, on)
    )
    if waits_for_board and may_judge(person, activity.neighbourhood, activity.organiser, on):
        return HoursSide.BOARD
    return None


ALONE_FROM: Final = 16  # whoever is younger takes part with the consent of a guardian (compare art. 8 AVG)


def guards(person: Party, child: Party, on: date) -> bool:
    """Whether a person is a guardian of a child: a grown-up owner or member of a household that the child is in, or
    who was made its helper."""
    if not child.is_person or is_own(person, child) or not is_child(child, on) or is_child(person, on):
        return False
    return _lives_with(person, child, on) or holds(person, child, [Role.HELPER], on)


def is_child(person: Party, on: date) -> bool:
    """Whether somebody is younger than sixteen on a day; nobody is whose birthday is not known."""
    age = age_on(person, on)
    return age is not None and age < ALONE_FROM


def age_on(person: Party, on: date) -> int | None:
    """How old somebody is on a day; None when that is not known."""
    born = PersonDetails.objects.filter(party=person.canonical_id).values_list("born_on", flat=True).first()
    if born is None:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
