"""What a person may ask of us: all that is kept about them, and to be forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.again import or_again
from core.audit import record
from core.clock import day_of
from core.privacy import Kept, Subject, checks_before_erasure, erase_rows, register, rows_about, rows_as_data
from core.refusals import NotAllowed, Refusal
from people import permissions
from people.models import Mandate, Party, PartyKind, Role, User
from people.operations.links import ReasonMissing
from people.operations.mandates import is_last_owner, write_end
from people.operations.organisations import wind_up
from people.operations.persons import PersonErased
from people.queries import canonical, numbers_of


class NotYourData(NotAllowed):
    """Everybody erases themself; an administrator somebody who asked for it in writing."""

    code = "not_your_data"
    sentence = _("You can only erase your own data.")


class LastOwnerOf(Refusal):
    """The person is the last owner of an organisation, which nobody could manage any more."""

    code = "last_owner_of"
    sentence = _("You are the last owner of %(name)s. First make somebody else owner, or close it.")


def download_of(*, person: Party) -> dict[str, Any]:
    """Everything in the registry about a person, with its explanation, as plain data that JSON can hold.

    A person who is known twice gets what is kept under each number, but never what belongs to another login.
    """
    others = _other_logins(person)
    numbers = [number for number in numbers_of(person) if number not in others]
    subjects = [subject for subject in subjects_of(person) if subject.party in numbers]
    return {
        "name": (person if others else canonical(person)).display_name,
        "numbers": [str(number.uuid) for number in numbers],
        "kinds": [_kind_as_data(entry, subjects) for entry in register()],
    }


def _other_logins(person: Party) -> list[Party]:
    """Linked numbers with a login of their own, which do not go along with this one: they may be somebody else's.

    A number without a login goes along with the one login that there is.
    """
    others = list(numbers_of(person).filter(login__is_active=True).exclude(pk=person.pk))
    signs_in = User.objects.filter(person=person).exists()
    return others if signs_in or len(others) > 1 else []


def _kind_as_data(entry: Kept, subjects: list[Subject]) -> dict[str, Any]:
    rows = [row for subject in subjects for row in rows_as_data(entry, rows_about(entry, subject))]
    return {
        "kind": entry.model,
        "what": str(entry.what),
        "why": str(entry.why),
        "when_you_are_erased": entry.on_erasure.value,
        "stays_because": str(entry.stays),
        "rows": rows,
    }


def subjects_of(person: Party) -> list[Subject]:
    """Each number of a person with the login and the addresses that belong to it."""
    numbers = list(numbers_of(person))
    logins = {user.person_id: user for user in User.objects.filter(person__in=numbers)}
    return [
        Subject(party=number, user=(user := logins.get(number.pk)), emails=_emails(user))
        for number in numbers
    ]


def _emails(user: User | None) -> tuple[str, ...]:
    if user is None:
        return ()
    own = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return tuple(sorted({user.email, *own}))


def export_on_request(*, person: Party, reason: str, actor: Actor, at: datetime) -> dict[str, Any]:
    """Everything that is kept about somebody who cannot fetch it, because they have no login.

    :raises NotYourData: when the actor is no administrator.
    :raises ReasonMissing: without a reason.
    """
    _check_request(reason, actor)
    with transaction.atomic():
        record(
            "person.export",
            subject=canonical(person),
            actor=actor,
            at=at,
            about=numbers_of(person),
            reason=reason,
        )
        return download_of(person=person)


def erase_on_request(*, person: Party, reason: str, actor: Actor, at: datetime) -> None:
    """Forget somebody who asked for it in writing. The reason is kept: leave out whom it is about.

    :raises NotYourData: when the actor is no administrator.
    :raises ReasonMissing: without a reason.
    :raises Refusal: whatever `erase_person` refuses.
    """
    _check_request(reason, actor)
    erase_person(person=person, actor=actor, at=at, reason=reason)


def _check_request(reason: str, actor: Actor) -> None:
    if not permissions.may_run_the_site(actor):
        raise NotYourData
    if not reason.strip():
        raise ReasonMissing


@or_again
def erase_person(*, person: Party, actor: Actor, at: datetime, reason: str = "") -> None:
    """Forget a person, in one transaction: the login goes, what is known goes, bookings stay without a name.

    All numbers of the person go; a linked number with a login of its own is let go first, and stays.
    A household of which nobody else is part is closed along with it.

    :raises NotYourData: when the actor is somebody else.
    :raises PersonErased: when it was done before.
    :raises LastOwnerOf: when an organisation would be left without an owner.
    :raises Refusal: whatever a floor above must see ended first.
    """
    acting = permissions.person_of(actor)
    is_own = acting and permissions.is_own(acting, person) and person not in _other_logins(acting)
    if acting and not is_own and not permissions.is_administrator(actor):
        raise NotYourData
    with transaction.atomic():
        person = _apart(person, actor=actor, at=at)
        numbers = list(numbers_of(person).select_for_update())
        if all(number.erased_at for number in numbers):
            raise PersonErased
        homes = _households_to_close(person, at)
        for party in [*numbers, *homes]:
            for check in checks_before_erasure():
                check(party, at)
        for home in homes:
            wind_up(home, actor=actor, at=at)
        _end_offices(numbers, actor=actor, at=at)
        # A household that closes along with its only member is about nobody else.
        erase_rows([*subjects_of(person), *(Subject(party=home) for home in homes)])
        Party.objects.filter(pk__in=[number.pk for number in numbers]).update(erased_at=at)
        record("person.erase", subject=canonical(person), actor=actor, at=at, about=numbers, reason=reason)


def _apart(person: Party, *, actor: Actor, at: datetime) -> Party:
    """Undo the links with numbers that sign in themselves; answers the person as it stands then."""
    person = Party.objects.get(pk=person.pk)
    others = _other_logins(person)
    leaving = [person] if others and person.same_person_as_id else others
    for number in leaving:
        record("person.unlink", subject=number, actor=actor, at=at, about=[number])
    Party.objects.filter(pk__in=[number.pk for number in leaving]).update(same_person_as=None)
    return Party.objects.get(pk=person.pk)


def _households_to_close(person: Party, at: datetime) -> list[Party]:
    """The households that the person alone is part of.

    :raises LastOwnerOf: for whatever else would be left without an owner.
    """
    today = day_of(at)
    owned = Mandate.objects.held_by(person).filter(role=Role.OWNER, until_on=None)
    homes = []
    for office in owned.select_related("person", "principal__organisation_details"):
        if not is_last_owner(office, after=today - timedelta(days=1)):
            continue
        others = Mandate.objects.filter(principal=office.principal).exclude(until_on__lt=today)
        mine = Mandate.objects.held_by(person).values("pk")
        if office.principal.kind != PartyKind.HOUSEHOLD or others.exclude(pk__in=mine).exists():
            raise LastOwnerOf(name=office.principal.display_name)
        homes.append(office.principal)
    return homes


def _end_offices(numbers: list[Party], *, actor: Actor, at: datetime) -> None:
    """End what the person holds for others, and what helpers hold for the person."""
    yesterday = day_of(at) - timedelta(days=1)
    running = Mandate.objects.exclude(until_on__lte=yesterday).select_related("person", "principal")
    for office in running.filter(person__in=numbers) | running.filter(principal__in=numbers):
        write_end(office, on=yesterday, actor=actor, at=at)
