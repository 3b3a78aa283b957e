"""Who may do what for whom. Each question compares persons, not numbers: a second login gives no second right."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from core.actor import Actor
from people.models import Mandate, Party, PartyKind, Role, User
from people.queries import is_same_person
from people.roles import PAYS, RESIDENTS_OWN, ROLES_OF, SELLS


def holds(person: Party, principal: Party, roles: Collection[str], on: date) -> bool:
    """Whether a person holds one of these offices for a party on a day."""
    held = Mandate.objects.in_force(on).held_by(person).filter(role__in=roles)
    return held.filter(principal_id__in={principal.pk, principal.canonical_id}).exists()


def is_own(person: Party, principal: Party) -> bool:
    """Whether the party is the person, under whatever number."""
    return principal.is_person and is_same_person(person, principal)


def may_see(person: Party, principal: Party, on: date) -> bool:
    """Whoever holds any office for a party may open its page."""
    return is_own(person, principal) or holds(person, principal, Role.values, on)


def may_manage(person: Party, principal: Party, on: date) -> bool:
    """Whether a person may change what is known of a party and award offices: its owner, and each of themself."""
    return is_own(person, principal) or holds(person, principal, [Role.OWNER], on)


def may_see_money_details(person: Party, principal: Party, on: date) -> bool:
    """Whether a person may read the bank account number of a party."""
    return holds(person, principal, [Role.OWNER, Role.FINANCE], on)


def may_pay(person: Party, holder: Party, on: date) -> bool:
    """Whether somebody pays from the accounts of a party."""
    return is_own(person, holder) or holds(person, holder, PAYS, on)


def may_sell(person: Party, holder: Party, on: date) -> bool:
    """Whether somebody takes payments at a till of an organisation, and gives them back."""
    is_organisation = holder.kind not in {PartyKind.PERSON, PartyKind.HOUSEHOLD}
    return is_organisation and holds(person, holder, SELLS, on)


def day_limit(person: Party, holder: Party, on: date) -> int | None:
    """How much this person may pay for somebody else in a day, in minor units: the widest of their offices.

    None without a limit, and for one's own money.
    """
    if is_own(person, holder):
        return None
    held = Mandate.objects.in_force(on).held_by(person).filter(role__in=PAYS)
    held = held.filter(principal_id__in={holder.pk, holder.canonical_id})
    limits = list(held.values_list("day_limit", flat=True))
    if not limits or None in limits:
        return None if limits else 0
    return max(limit for limit in limits if limit is not None)


def role_fits(role: str, principal: Party) -> bool:
    return role in ROLES_OF[principal.kind]


def may_act_on(actor: Actor, principal: Party, on: date) -> bool:
    """Whether this actor may manage a party: the system, its owner, and a person their own affairs."""
    person = person_of(actor)
    return person is None or may_manage(person, principal, on)


def may_register(actor: Actor, kind: str, owner: Party | None) -> bool:
    """Residents register what they themselves own, of the kinds that residents make; the site's administrators more."""
    person = person_of(actor)
    if person is None or is_administrator(actor):
        return True
    return kind in RESIDENTS_OWN and owner is not None and is_same_person(person, owner)


def may_link_persons(actor: Actor, on: date) -> bool:
    """Whether this actor may say that two numbers are one person: a clerk of a municipality, an administrator."""
    person = person_of(actor)
    if person is None or is_administrator(actor):
        return True
    desks = Mandate.objects.in_force(on).held_by(person).filter(role=Role.CLERK)
    return desks.filter(principal__kind=PartyKind.MUNICIPALITY).exists()


def may_run_the_site(actor: Actor) -> bool:
    """Whether this actor may do what administrators do: one of them, or a command on the server."""
    return actor.is_system or is_administrator(actor)


def is_administrator(actor: Actor) -> bool:
    return (
        actor.user is not None
        and User.objects.filter(pk=actor.user.pk, is_superuser=True, is_active=True).exists()
    )


def person_of(actor: Actor) -> Party | None:
    """The person who acts, read from the database when the actor carries no more than a number."""
    if actor.person is None or isinstance(actor.person, Party):
        return actor.person
    return Party.objects.get(pk=actor.person.pk)
