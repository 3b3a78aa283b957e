"""Saying that two numbers are one person, and taking it back.

Links are one level deep: a link to somebody who is linked leads to the person at the end of it, and whoever was
linked to the duplicate moves along.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from people import permissions
from people.models import Party, User
from people.operations.hooks import ask_before_linking
from people.queries import household_of, numbers_of


class NotTwoPersons(Refusal):
    """Only persons can be known twice, and only those whose data is still here."""

    code = "not_two_persons"
    sentence = _("You can only link two people whose data is here.")


class SamePersonAlready(Refusal):
    """The two are one person already."""

    code = "same_person_already"
    sentence = _("These two are the same person already.")


class LinkedElsewhere(Refusal):
    """The duplicate is linked to somebody else: first undo that."""

    code = "linked_elsewhere"
    sentence = _("This person is linked to somebody else. Undo that link first.")


class NotLinked(Refusal):
    """There is no link to undo."""

    code = "not_linked"
    sentence = _("This person is not linked to anybody.")


class BothHaveLogins(Refusal):
    """Two people who both sign in may be two people: one click of one clerk gives nobody another's rights and data."""

    code = "both_have_logins"
    sentence = _("Both can sign in. Ask the person to close one of the two accounts first.")


class TwoHouseholds(Refusal):
    """A person belongs to one household at a time."""

    code = "two_households"
    sentence = _("They belong to two households. Ask the person to leave one of them first.")


class ReasonMissing(Refusal):
    """Who links or unlinks says why."""

    code = "reason_missing"
    sentence = _("Write down why.")
    field = "reason"


class InYourOwnInterest(NotAllowed):
    """Nobody decides in their own interest, so nobody links themself."""

    code = "in_your_own_interest"
    sentence = _("You cannot do this for yourself. Ask a colleague.")


class NotForYou(NotAllowed):
    """Clerks of a municipality and administrators do this."""

    code = "not_for_you"
    sentence = _("Only a clerk of the municipality can do this.")


def link_same_person(*, duplicate: Party, same_as: Party, reason: str, actor: Actor, at: datetime) -> None:
    """Make one number stand for the person behind another: votes, caps and permissions then count one.

    :raises NotForYou: when the actor is no clerk or administrator.
    :raises InYourOwnInterest: when the actor is one of the two.
    :raises ReasonMissing: without a reason.
    :raises NotTwoPersons: when one is no person, or erased.
    :raises SamePersonAlready: when they are linked, or the same number.
    :raises LinkedElsewhere: when the duplicate is linked to a third.
    :raises BothHaveLogins: when both can sign in, whoever links.
    :raises TwoHouseholds: when they belong to two.
    :raises Refusal: whatever a floor above says (two addresses in force, two votes cast).
    """
    with transaction.atomic():
        found = {party.pk: party for party in _locked(duplicate, same_as)}
        duplicate, same_as = found[duplicate.pk], found[same_as.pk]
        target = same_as.same_person_as or same_as
        _check(duplicate, target, reason=reason, actor=actor, at=at)
        ask_before_linking(duplicate, target, at)
        Party.objects.filter(same_person_as=duplicate).update(same_person_as=target)
        Party.objects.filter(pk=duplicate.pk).update(same_person_as=target)
        record("person.link", subject=duplicate, actor=actor, at=at, about=[duplicate, target], reason=reason)


def unlink_person(*, person: Party, reason: str, actor: Actor, at: datetime) -> None:
    """Undo a link: the number stands for a person of its own again.

    :raises NotForYou: when the actor is no clerk or administrator.
    :raises InYourOwnInterest: when the actor is that person.
    :raises ReasonMissing: without a reason.
    :raises NotLinked: when there is no link.
    """
    with transaction.atomic():
        person = Party.objects.select_for_update().get(pk=person.pk)
        target = person.same_person_as
        if target is None:
            raise NotLinked
        _check_actor(person, target, reason=reason, actor=actor, at=at)
        Party.objects.filter(pk=person.pk).update(same_person_as=None)
        record("person.unlink", subject=person, actor=actor, at=at, about=[person, target], reason=reason)


def _locked(*parties: Party) -> list[Party]:
    numbers = sorted({party.pk for party in parties})
    return list(Party.objects.select_for_update().filter(pk__in=numbers).order_by("pk"))


def _check(duplicate: Party, target: Party, *, reason: str, actor: Actor, at: datetime) -> None:
    _check_actor(duplicate, target, reason=reason, actor=actor, at=at)
    if not (duplicate.is_person and target.is_person) or duplicate.erased_at or target.erased_at:
        raise NotTwoPersons
    if duplicate.canonical_id == target.pk:
        raise SamePersonAlready
    if duplicate.same_person_as_id:
        raise LinkedElsewhere
    if _signs_in(duplicate) and _signs_in(target):
        raise BothHaveLogins
    homes = {home.pk for person in (duplicate, target) if (home := household_of(person, day_of(at)))}
    if len(homes) > 1:
        raise TwoHouseholds


def _signs_in(person: Party) -> bool:
    return User.objects.filter(person__in=numbers_of(person).values("pk"), is_active=True).exists()


def _check_actor(one: Party, other: Party, *, reason: str, actor: Actor, at: datetime) -> None:
    if not permissions.may_link_persons(actor, day_of(at)):
        raise NotForYou
    acting = permissions.person_of(actor)
    if acting and acting.canonical_id in {one.canonical_id, other.canonical_id}:
        raise InYourOwnInterest
    if not reason.strip():
        raise ReasonMissing
