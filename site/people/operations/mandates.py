"""Offices: awarded by an owner, ended by an owner or by who holds them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from people import permissions
from people.models import Mandate, Party, Role
from people.operations.hooks import tell_office_changed
from people.queries import canonical, is_same_person


class NotYourMandate(NotAllowed):
    """Only an owner awards and ends offices; and everybody may lay down their own."""

    code = "not_your_mandate"
    sentence = _("Only an owner can do this.")


class NotToYourself(NotAllowed):
    """Nobody awards an office to themself, also not under a second number."""

    code = "not_to_yourself"
    sentence = _("You cannot give a role to yourself. Ask another owner.")


class RoleDoesNotFit(Refusal):
    """The office does not exist for this kind of party."""

    code = "role_does_not_fit"
    sentence = _("This role does not exist here. Choose another one.")
    field = "role"


class NotAPerson(Refusal):
    """Offices are held by persons who are known."""

    code = "not_a_person"
    sentence = _("Only a person can have a role.")


class MandateOverlaps(Refusal):
    """The person holds this office in (part of) that time already."""

    code = "mandate_overlaps"
    sentence = _("This person has this role already in that time.")
    field = "role"


class BeginsInThePast(Refusal):
    """An office begins today or later: what was done without it stays done without it."""

    code = "begins_in_the_past"
    sentence = _("The first day cannot lie in the past.")
    field = "from_on"


class EndsBeforeItBegins(Refusal):
    """The last day lies before the first."""

    code = "ends_before_it_begins"
    sentence = _("The last day cannot lie before the first day.")
    field = "until_on"


class LastOwner(Refusal):
    """Every party keeps an owner whose office has no last day, or nobody could manage it any more."""

    code = "last_owner"
    sentence = _("You are the last owner. First make somebody else owner, or close the organisation.")


class AlreadyEnded(Refusal):
    """The office has ended already."""

    code = "already_ended"
    sentence = _("This role has ended already.")


def award_mandate(
    *,
    person: Party,
    principal: Party,
    role: str,
    from_on: date,
    actor: Actor,
    at: datetime,
    until_on: date | None = None,
    day_limit: int | None = None,
) -> Mandate:
    """Give a person an office for a party, from a day on. `day_limit` is in minor units of a coin.

    :raises NotYourMandate: when the actor does not own the party.
    :raises NotToYourself: when the actor is the person.
    :raises RoleDoesNotFit: when the kind of party has no such office.
    :raises NotAPerson: when the holder is no person, or was erased.
    :raises BeginsInThePast: by anybody but the system.
    :raises EndsBeforeItBegins: for a last day before the first.
    :raises MandateOverlaps: when the person has this office in that time.
    """
    with transaction.atomic():
        principal = _locked(principal)
        person = canonical(Party.objects.get(pk=person.pk))
        _check_award(person, principal, role, actor, at)
        _check_days(from_on, until_on, actor, at)
        mandate = _write(
            person=person, principal=principal, role=role, from_on=from_on, until_on=until_on,
            day_limit=day_limit, awarded_by=permissions.person_of(actor),
        )  # fmt: skip
        record("mandate.award", subject=mandate, actor=actor, at=at, about=[person, principal], after=role)
        tell_office_changed(person, principal, at)
    return mandate


def _check_award(person: Party, principal: Party, role: str, actor: Actor, at: datetime) -> None:
    if not permissions.may_act_on(actor, principal, day_of(at)):
        raise NotYourMandate
    if not person.is_person or person.erased_at or principal.erased_at:
        raise NotAPerson
    acting = permissions.person_of(actor)
    if (acting and is_same_person(acting, person)) or permissions.is_own(person, principal):
        raise NotToYourself
    if not permissions.role_fits(role, principal):
        raise RoleDoesNotFit


def _check_days(from_on: date, until_on: date | None, actor: Actor, at: datetime) -> None:
    if until_on and until_on < from_on:
        raise EndsBeforeItBegins
    if from_on < day_of(at) and not actor.is_system:
        raise BeginsInThePast


def found_office(*, person: Party, principal: Party, from_on: date) -> Mandate:
    """Write the office of whoever founds a party. Not an award: there is nobody yet who could give it."""
    return _write(
        person=canonical(person), principal=principal, role=Role.OWNER, from_on=from_on, until_on=None,
        day_limit=None, awarded_by=None,
    )  # fmt: skip


def _write(
    *,
    person: Party,
    principal: Party,
    role: str,
    from_on: date,
    until_on: date | None,
    day_limit: int | None,
    awarded_by: Party | None,
) -> Mandate:
    same = Mandate.objects.held_by(person).filter(principal=principal, role=role)
    if until_on:
        same = same.filter(from_on__lte=until_on)
    if same.filter(Q(until_on__isnull=True) | Q(until_on__gte=from_on)).exists():
        raise MandateOverlaps
    return Mandate.objects.create(
        person=person, principal=principal, role=role, from_on=from_on, until_on=until_on, day_limit=day_limit,
        awarded_by=awarded_by,
    )  # fmt: skip


def end_mandate(*, mandate: Mandate, on: date, actor: Actor, at: datetime, reason: str = "") -> None:
    """Make `on` the last day of an office. With yesterday it ends at once.

    An office that would end before its first day never was: its row goes, and the audit trail tells both.

    :raises NotYourMandate: when the actor neither owns the party nor holds the office.
    :raises AlreadyEnded: when it ended on or before that day.
    :raises LastOwner: when nobody would own the party without a last day.
    """
    with transaction.atomic():
        principal = _locked(mandate.principal)
        mandate = Mandate.objects.select_related("person").get(pk=mandate.pk)
        acting = permissions.person_of(actor)
        is_holder = acting is not None and is_same_person(acting, mandate.person)
        if not is_holder and not permissions.may_act_on(actor, principal, day_of(at)):
            raise NotYourMandate
        if mandate.until_on and mandate.until_on <= on:
            raise AlreadyEnded
        if mandate.role == Role.OWNER and not mandate.until_on and is_last_owner(mandate, after=on):
            raise LastOwner
        write_end(mandate, on=on, actor=actor, at=at, reason=reason)


def write_end(mandate: Mandate, *, on: date, actor: Actor, at: datetime, reason: str = "") -> None:
    """Write the last day of an office, whoever holds it; inside the transaction of a caller that has checked."""
    record(
        "mandate.end", subject=mandate, actor=actor, at=at, about=[mandate.person, mandate.principal],
        before=mandate.role, reason=reason,
    )  # fmt: skip
    if on < mandate.from_on:
        mandate.delete()
    else:
        Mandate.objects.filter(pk=mandate.pk).update(until_on=on)
        mandate.until_on = on
    tell_office_changed(mandate.person, mandate.principal, at)


def is_last_owner(mandate: Mandate, *, after: date) -> bool:
    """Whether nobody else owns the party, without a last day, from the day after on."""
    others = Mandate.objects.filter(principal_id=mandate.principal_id, role=Role.OWNER, until_on__isnull=True)
    begun = others.filter(from_on__lte=after + timedelta(days=1), person__erased_at=None)
    mine = Mandate.objects.held_by(mandate.person).values("pk")
    return not begun.exclude(pk__in=mine).exists()


def _locked(principal: Party) -> Party:
    """One change of offices at a time for a party, so that two owners cannot both end the other."""
    return Party.objects.select_for_update().get(pk=principal.pk)
