"""Persons: made known with a login or without one, and changed."""

from __future__ import annotations

from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from people.models import Party, PartyKind, PersonDetails, User
from people.operations.hooks import is_birthday_kept
from people.operations.names import check_names
from people.operations.unproven import forget_unproven, unproven

EARLIEST = date(1900, 1, 1)


class EmailTaken(Refusal):
    """There is a login with this e-mail address already. Never said to somebody who signs up: they get a mail."""

    code = "email_taken"
    sentence = _("There is already a login with this e-mail address.")
    field = "email"


class NameMissing(Refusal):
    """A person has a first or a last name; one of the two is enough."""

    code = "name_missing"
    sentence = _("Enter a first name or a last name.")
    field = "given_name"


class BornThen(Refusal):
    """Nobody here was born in the future, or before 1900."""

    code = "born_then"
    sentence = _("This date of birth is not possible. Check the year.")
    field = "born_on"


class BirthdayKept(Refusal):
    """Who may vote, needs consent or may earn how much hangs on it: somebody else looks before it becomes another."""

    code = "birthday_kept"
    sentence = _("You cannot change your date of birth yourself. Ask the desk of your municipality.")
    field = "born_on"


class PersonErased(Refusal):
    """The data of this person was erased: there is nothing to change."""

    code = "person_erased"
    sentence = _("The data of this person was erased.")


def add_person(
    *,
    given_name: str,
    family_name: str,
    actor: Actor,
    at: datetime,
    born_on: date | None = None,
    language: str = "nl",
) -> Party:
    """Make a person known who has no login: a child, or somebody who is helped at a desk.

    :raises NameMissing: without any name.
    :raises NotAName: for a web address in it.
    :raises BornThen: for a day in the future, or before 1900.
    """
    with transaction.atomic():
        party = _new_person(
            given_name=given_name, family_name=family_name, born_on=born_on, language=language, at=at
        )
        record("person.add", subject=party, actor=actor, at=at, about=[party])
    return party


def register_person(
    *,
    email: str,
    given_name: str,
    family_name: str,
    actor: Actor,
    at: datetime,
    language: str = "nl",
    email_verified: bool = False,
) -> User:
    """Make a person known together with a login that has no password.

    A sign-up with this address that nobody proved is forgotten first: the newcomer's name counts.

    :raises EmailTaken: when a login or a verified address has this e-mail already.
    :raises NameMissing: without any name.
    :raises NotAName: for a web address in it.
    """
    email = email.strip().lower()
    try:
        with transaction.atomic():
            return _register(
                email=email, given_name=given_name, family_name=family_name, actor=actor, at=at,
                language=language, email_verified=email_verified,
            )  # fmt: skip
    except IntegrityError:
        # Two people sent the same address at the same moment; the database let one of them in.
        if not is_email_known(email):
            raise
        raise EmailTaken from None


def is_email_known(email: str) -> bool:
    """Whether a login or a verified address has this e-mail."""
    return (
        User.objects.filter(email=email).exists()
        or EmailAddress.objects.filter(email=email, verified=True).exists()
    )


def _register(
    *,
    email: str,
    given_name: str,
    family_name: str,
    actor: Actor,
    at: datetime,
    language: str,
    email_verified: bool,
) -> User:
    for stranger in unproven().filter(email=email):
        forget_unproven(user=stranger, actor=actor, at=at)
    if is_email_known(email):
        raise EmailTaken
    party = _new_person(
        given_name=given_name, family_name=family_name, born_on=None, language=language, at=at
    )
    user = User(email=email, person=party, date_joined=at)
    user.set_unusable_password()
    user.save(force_insert=True)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=email_verified)
    record("person.register", subject=party, actor=actor, at=at, about=[party])
    return user


def _new_person(
    *, given_name: str, family_name: str, born_on: date | None, language: str, at: datetime
) -> Party:
    given_name, family_name = given_name.strip(), family_name.strip()
    _check_person(given_name, family_name, born_on, at)
    party = Party.objects.create(kind=PartyKind.PERSON, created_at=at)
    party.person_details = PersonDetails.objects.create(
        party=party, given_name=given_name, family_name=family_name, born_on=born_on, language=language
    )
    return party


def _check_person(given_name: str, family_name: str, born_on: date | None, at: datetime) -> None:
    if not given_name.strip() and not family_name.strip():
        raise NameMissing
    check_names(given_name, family_name)
    if born_on and not EARLIEST <= born_on <= day_of(at):
        raise BornThen


def change_details(
    *,
    party: Party,
    given_name: str,
    family_name: str,
    born_on: date | None,
    phone: str,
    street: str,
    house_number: str,
    postcode: str,
    town: str,
    language: str,
    actor: Actor,
    at: datetime,
) -> PersonDetails:
    """Write down anew what is known of a person. The caller has checked that the actor may (permissions).

    :raises NameMissing: without any name.
    :raises NotAName: for a web address in it.
    :raises BornThen: for a day in the future, or before 1900.
    :raises PersonErased: when the person asked to be erased.
    :raises BirthdayKept: for another date of birth than is known, of somebody of whom others rely on it.
    """
    _check_person(given_name, family_name, born_on, at)
    with transaction.atomic():
        details = _locked_details(party)
        if born_on != details.born_on and is_birthday_fixed(details):
            raise BirthdayKept
        details.given_name, details.family_name = given_name.strip(), family_name.strip()
        details.born_on, details.phone, details.language = born_on, phone.strip(), language
        details.street, details.house_number = street.strip(), house_number.strip()
        details.postcode, details.town = tidy_postcode(postcode), town.strip()
        details.save()
        record("person.change", subject=party, actor=actor, at=at, about=[party])
    return details


def correct_birthday(
    *, party: Party, born_on: date, reason: str, actor: Actor, at: datetime
) -> PersonDetails:
    """Write down another date of birth. The caller has checked that the actor may, and saw who it is.

    :raises BornThen: for a day in the future, or before 1900.
    :raises PersonErased: when the person asked to be erased.
    """
    if not EARLIEST <= born_on <= day_of(at):
        raise BornThen
    with transaction.atomic():
        details = _locked_details(party)
        details.born_on = born_on
        details.save(update_fields=["born_on"])
        record("person.change", subject=party, actor=actor, at=at, about=[party], reason=reason)
    return details


def is_birthday_fixed(details: PersonDetails) -> bool:
    """Whether a person does not change their date of birth themself: it is known, and others rely on it."""
    return details.born_on is not None and is_birthday_kept(details.party)


def _locked_details(party: Party) -> PersonDetails:
    details = PersonDetails.objects.select_for_update().select_related("party").get(party=party)
    if details.party.erased_at:
        raise PersonErased
    return details


def tidy_postcode(postcode: str) -> str:
    """Written the way the post does: 1234 AB."""
    bare = "".join(postcode.split()).upper()
    return f"{bare[:4]} {bare[4:]}" if len(bare) == 6 else bare


def register_administrator(
    *, email: str, given_name: str, family_name: str, actor: Actor, at: datetime, language: str = "nl"
) -> User:
    """Make a login that runs the site. The address counts as checked: whoever has the server wrote it.

    :raises NotAllowed: for anybody but the system.
    :raises EmailTaken: when a login has this e-mail already.
    """
    if not actor.is_system:
        raise NotAllowed
    with transaction.atomic():
        user = register_person(
            email=email, given_name=given_name, family_name=family_name, actor=actor, at=at, language=language,
            email_verified=True,
        )  # fmt: skip
        user.is_staff = user.is_superuser = True
        user.save(update_fields=["is_staff", "is_superuser"])
        record("person.administrator", subject=user.person, actor=actor, at=at, about=[user.person])
    return user
