"""Who may do what with an account, and who sits at the finance desk. Persons are compared, never numbers or logins."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.refusals import NotAllowed, Refusal
from neighbourhoods.models import Neighbourhood, SeatOffice
from neighbourhoods.queries.seats import seats_of
from people.models import Party, PartyKind, Role
from people.permissions import holds, is_own
from people.roles import CASHES, FINANCE, STATEMENTS


class OnlySee(NotAllowed):
    """An office that lets somebody see an account and take payments, and not pay from it."""

    code = "only_see"
    sentence = _("You may see this account, not pay from it. Ask an owner.")


class OwnMoney(Refusal):
    """Nobody decides on money that goes to themselves or to whom they act for, also not through a second login."""

    code = "own_money"
    sentence = _("This is about your own money. Ask a colleague to do it.")


class SamePerson(Refusal):
    """Two persons must look, and this one has looked already."""

    code = "same_person"
    sentence = _("You have done the first half of this. A second person does the other half.")


def may_see(person: Party, holder: Party, on: date) -> bool:
    """Whether somebody opens the accounts of a party, with all that came and went."""
    return is_own(person, holder) or holds(person, holder, STATEMENTS, on)


def may_cash(person: Party, holder: Party, on: date) -> bool:
    """Whether somebody asks for euros on behalf of an organisation, and announces its money."""
    return not holder.is_person and holds(person, holder, CASHES, on)


def acts_in_finance(person: Party, neighbourhood: Neighbourhood, on: date) -> Party | None:
    """The party for which this person sits at the finance desk of a neighbourhood; None when they do not.

    Its treasurer on the board and whoever has its finances; and whoever has the finances of its municipality.
    """
    seat = seats_of(person).in_force(on).filter(neighbourhood=neighbourhood, office=SeatOffice.TREASURER)
    if seat.exists() or holds(person, neighbourhood.party, FINANCE, on):
        return neighbourhood.party
    if holds(person, neighbourhood.municipality, FINANCE, on):
        return neighbourhood.municipality
    return None


def check(allowed: bool) -> None:
    """:raises NotAllowed: when it is not."""
    if not allowed:
        raise NotAllowed


def check_finance(actor: Actor, neighbourhood: Neighbourhood, on: date) -> None:
    """:raises NotAllowed: to whoever does not sit at the finance desk of this neighbourhood."""
    person = acting_person(actor)
    check(person is None or acts_in_finance(person, neighbourhood, on) is not None)


def check_second(actor: Actor, *others: Party | None) -> None:
    """:raises SamePerson: when the person who acts is one of these, under whichever number."""
    person = acting_person(actor)
    if person is not None and person.canonical_id in {one.canonical_id for one in others if one}:
        raise SamePerson


def check_not_own_money(actor: Actor, beneficiary: Party, on: date) -> None:
    """:raises OwnMoney: when the money goes to the person who acts, or to an organisation in which they have a say.

    Any office counts, and a seat on the board of a neighbourhood. A municipality is exempt: its officials work with its
    money, and nobody else does.
    """
    person = acting_person(actor)
    if person is None or beneficiary.kind == PartyKind.MUNICIPALITY:
        return
    if is_own(person, beneficiary) or holds(person, beneficiary, Role.values, on):
        raise OwnMoney
    if (
        beneficiary.kind == PartyKind.NEIGHBOURHOOD
        and seats_of(person).in_force(on).filter(neighbourhood__party=beneficiary.canonical_id).exists()
    ):
        raise OwnMoney


def acting_person(actor: Actor) -> Party | None:
    """The person who acts, read anew: they may have been linked since they signed in. None for the system."""
    return None if actor.person is None else Party.objects.get(pk=actor.person.pk)
