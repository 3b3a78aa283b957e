"""Who may do what with residencies and seats.

The desk belongs to the clerks of the neighbourhood's municipality. Nobody settles a matter of their own, also not
through a second login: persons are compared by the number that counts for them.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.refusals import NotAllowed, Refusal
from neighbourhoods.models import Neighbourhood, Residency, Seat, SeatKind
from neighbourhoods.queries.desk import municipalities_served_by, persons_at
from neighbourhoods.queries.seats import seats_of
from neighbourhoods.states import RESIDENCY
from people.models import Party, Role
from people.permissions import holds

DESK = frozenset({Role.CLERK})
APPOINTS = frozenset({Role.CLERK, Role.OWNER})
POLLING = frozenset({Role.POLLING})
APPEALS = frozenset({Role.APPEALS})


class OwnMatter(Refusal):
    """It concerns the person who acts."""

    code = "own_matter"
    sentence = _("This is about yourself. Ask a colleague to do it.")


class NotYours(Refusal):
    """A code is entered by the person it was sent to."""

    code = "not_yours"
    sentence = _("Only the person who lives there can enter this code.")


class ElectedByResidents(Refusal):
    """Whom the residents chose, the municipality does not send away."""

    code = "elected_by_residents"
    sentence = _("The residents chose this person. Only they themselves can give up the seat.")


def is_self(actor: Actor, person: Party) -> bool:
    """Whether the person who acts is this person, under whichever of their numbers."""
    acting = acting_person(actor)
    return acting is not None and acting.canonical_id == person.canonical_id


def acting_person(actor: Actor) -> Party | None:
    """The person who acts, read anew: they may have been linked since they signed in. None for the system."""
    return None if actor.person is None else Party.objects.get(pk=actor.person.pk)


def may_serve(actor: Actor, municipality: Party, on: date) -> bool:
    """Whether the actor sits at the desk of this municipality on this day."""
    return _has_office(actor, municipality, DESK, on)


def may_serve_person(actor: Actor, person: Party, on: date) -> bool:
    """Whether the actor sits at the desk of a municipality that knows this person."""
    if actor.is_system:
        return True
    clerk = acting_person(actor)
    return (
        clerk is not None
        and persons_at(municipalities_served_by(clerk, on), on).filter(pk=person.pk).exists()
    )


def may_appoint(actor: Actor, neighbourhood: Neighbourhood, on: date) -> bool:
    """Whether the actor fills the first seats of this neighbourhood's board."""
    return _has_office(actor, neighbourhood.municipality, APPOINTS, on)


def may_end_residency(actor: Actor, residency: Residency, on: date) -> bool:
    """Residents end their own; a clerk ends that of anybody in the municipality."""
    return _is_resident_or_clerk(actor, residency, on)


def may_open_account(actor: Actor, residency: Residency, on: date) -> bool:
    """Residents open their own wallet; the desk that enrols somebody opens it with that."""
    return _is_resident_or_clerk(actor, residency, on)


def may_end_seat(actor: Actor, seat: Seat, on: date) -> bool:
    """Whoever sits there gives it up; the municipality ends what it appointed, and nothing else."""
    if actor.is_system or is_self(actor, seat.person):
        return True
    return seat.kind == SeatKind.APPOINTED and may_appoint(actor, seat.neighbourhood, on)


def check_may_end_seat(actor: Actor, seat: Seat, on: date) -> None:
    """:raises ElectedByResidents: to the municipality, when the residents chose this person.
    :raises NotAllowed: to everybody else who may not.
    """
    if may_end_seat(actor, seat, on):
        return
    if may_appoint(actor, seat.neighbourhood, on):
        raise ElectedByResidents
    raise NotAllowed


# --- Who holds which office when a neighbourhood decides. An office carries no vote: the roll alone says who votes. ---


def is_polling_officer(person: Party, neighbourhood: Neighbourhood, on: date) -> bool:
    """Whether this person runs the elections there: for the neighbourhood, or for its municipality."""
    return holds(person, neighbourhood.party, POLLING, on) or holds(
        person, neighbourhood.municipality, POLLING, on
    )


def is_on_appeals_panel(person: Party, neighbourhood: Neighbourhood, on: date) -> bool:
    """Whether this person rules on appeals for the municipality of this neighbourhood."""
    return holds(person, neighbourhood.municipality, APPEALS, on)


def seat_in_force(person: Party, neighbourhood: Neighbourhood, on: date) -> Seat | None:
    """The seat that this person has on the board on a day."""
    return seats_of(person).in_force(on).filter(neighbourhood=neighbourhood).first()


def may_run_elections(actor: Actor, neighbourhood: Neighbourhood, on: date) -> bool:
    """Whether the actor runs elections there; the system does, for what happens by the clock."""
    person = acting_person(actor)
    return person is None or is_polling_officer(person, neighbourhood, on)


def may_rule(actor: Actor, neighbourhood: Neighbourhood, on: date) -> bool:
    """Whether the actor is on the appeals panel. Whether they are involved is asked per appeal."""
    person = acting_person(actor)
    return person is not None and is_on_appeals_panel(person, neighbourhood, on)


def sits_on_board(actor: Actor, neighbourhood: Neighbourhood, on: date) -> bool:
    """Whether the actor is on the board on this day. The system is not: it decides nothing."""
    person = acting_person(actor)
    return person is not None and seat_in_force(person, neighbourhood, on) is not None


def check(allowed: bool) -> None:
    """:raises NotAllowed: when it is not."""
    if not allowed:
        raise NotAllowed


def check_not_own(actor: Actor, person: Party) -> None:
    """:raises OwnMatter: when the actor is this person."""
    if is_self(actor, person):
        raise OwnMatter


def _is_resident_or_clerk(actor: Actor, residency: Residency, on: date) -> bool:
    return is_self(actor, residency.person) or may_serve(actor, residency.neighbourhood.municipality, on)


def _has_office(actor: Actor, municipality: Party, roles: frozenset[Role], on: date) -> bool:
    if actor.is_system:
        return True
    person = acting_person(actor)
    return person is not None and holds(person, municipality, roles, on)


@RESIDENCY.guard("attest")
@RESIDENCY.guard("refuse")
def not_ones_own(residency: Residency, actor: Actor) -> None:
    """A clerk who lives here too is enrolled by a colleague."""
    check_not_own(actor, residency.person)


@RESIDENCY.guard("enter_code")
@RESIDENCY.guard("withdraw")
def ones_own(residency: Residency, actor: Actor) -> None:
    if not actor.is_system and not is_self(actor, residency.person):
        raise NotYours
