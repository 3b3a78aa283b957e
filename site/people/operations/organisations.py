"""Organisations and households: registered, changed, founded, closed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.privacy import checks_before_erasure
from core.refusals import NotAllowed, Refusal
from people import permissions
from people.models import Invitation, Mandate, OrganisationDetails, Party, PartyKind
from people.operations.limits import check_number_today
from people.operations.mandates import found_office, write_end
from people.operations.names import check_names
from people.operations.persons import tidy_postcode
from people.queries import household_of
from people.validators import tidy


class KvkNumberTaken(Refusal):
    """An organisation is in the trade register once, so it is here once."""

    code = "kvk_number_taken"
    sentence = _("An organisation with this KvK number is already here.")
    field = "kvk_number"


class KvkNumberWrong(Refusal):
    """The KvK number has another form."""

    code = "kvk_number_wrong"
    sentence = _("A KvK number has eight digits, for example 12345678.")
    field = "kvk_number"


class IbanWrong(Refusal):
    """The check digits of the IBAN do not add up."""

    code = "iban_wrong"
    sentence = _(
        "This IBAN is not right. Type it as it stands on your bank card, for example NL91 ABNA 0417 1643 00."
    )
    field = "iban"


class OrganisationNameMissing(Refusal):
    """Organisations and households have a name."""

    code = "organisation_name_missing"
    sentence = _("Enter a name.")
    field = "name"


class KindNotForYou(NotAllowed):
    """Residents register what they own; municipalities and neighbourhoods are founded by administrators."""

    code = "kind_not_for_you"
    sentence = _("You cannot register this kind of organisation.")
    field = "kind"


class AlreadyInHousehold(Refusal):
    """A person belongs to one household at a time."""

    code = "already_in_household"
    sentence = _("You are in a household already. Leave it first.")


class OthersRemain(Refusal):
    """A party is closed by its only owner, when nobody else holds an office for it."""

    code = "others_remain"
    sentence = _("Other people still have a role here. End their roles first, or make somebody else owner.")


class NotTheOwner(NotAllowed):
    """Only an owner changes or closes it."""

    code = "not_the_owner"
    sentence = _("Only an owner can do this.")


@dataclass(frozen=True, kw_only=True)
class _Words:
    """What is written down of an organisation, tidied: the forms in which people type numbers are many."""

    name: str
    kvk_number: str
    iban: str
    email: str
    phone: str
    website: str
    street: str
    house_number: str
    postcode: str
    town: str


def _tidied(
    *, name: str, kvk_number: str, iban: str, email: str, phone: str, website: str, street: str, house_number: str,
    postcode: str, town: str,
) -> _Words:  # fmt: skip
    return _Words(
        name=name.strip(), kvk_number=tidy(kvk_number), iban=tidy(iban).upper(), email=email.strip(),
        phone=phone.strip(), website=website.strip(), street=street.strip(), house_number=house_number.strip(),
        postcode=tidy_postcode(postcode), town=town.strip(),
    )  # fmt: skip


def register_organisation(
    *,
    kind: str,
    name: str,
    actor: Actor,
    at: datetime,
    owner: Party | None = None,
    kvk_number: str = "",
    iban: str = "",
    email: str = "",
    phone: str = "",
    website: str = "",
    street: str = "",
    house_number: str = "",
    postcode: str = "",
    town: str = "",
) -> Party:
    """Make an organisation known, and its owner if it has one. A resident owns what they register.

    :raises KindNotForYou: when the actor may not register this kind, or not for this owner.
    :raises TooManyOrganisations: for the sixth in a day.
    :raises KvkNumberTaken: when an organisation with this number is here.
    :raises KvkNumberWrong: when the number has another form.
    :raises IbanWrong: when the check digits do not add up.
    :raises OrganisationNameMissing: without a name.
    :raises NotAName: for a web address in the name.
    """
    if kind in (PartyKind.PERSON, PartyKind.HOUSEHOLD) or not permissions.may_register(actor, kind, owner):
        raise KindNotForYou
    words = _tidied(
        name=name, kvk_number=kvk_number, iban=iban, email=email, phone=phone, website=website, street=street,
        house_number=house_number, postcode=postcode, town=town,
    )  # fmt: skip
    with _one_kvk_number(), transaction.atomic():
        check_number_today(actor, at)
        party = _new_party(kind=kind, words=words, at=at)
        if owner is not None:
            found_office(person=owner, principal=party, from_on=day_of(at))
        record("organisation.register", subject=party, actor=actor, at=at, about=_parties(party, owner))
    return party


def change_organisation(
    *,
    party: Party,
    name: str,
    actor: Actor,
    at: datetime,
    kvk_number: str = "",
    iban: str = "",
    email: str = "",
    phone: str = "",
    website: str = "",
    street: str = "",
    house_number: str = "",
    postcode: str = "",
    town: str = "",
) -> OrganisationDetails:
    """Write down anew what is known of an organisation.

    :raises NotTheOwner: when the actor does not own it.
    :raises Refusal: as for registering.
    """
    if not permissions.may_act_on(actor, party, day_of(at)):
        raise NotTheOwner
    words = _tidied(
        name=name, kvk_number=kvk_number, iban=iban, email=email, phone=phone, website=website, street=street,
        house_number=house_number, postcode=postcode, town=town,
    )  # fmt: skip
    with _one_kvk_number(), transaction.atomic():
        details = OrganisationDetails.objects.select_for_update().get(party=party)
        _fill(details, words)
        details.save()
        record("organisation.change", subject=party, actor=actor, at=at, about=[party])
    return details


def found_household(*, name: str, person: Party, actor: Actor, at: datetime) -> Party:
    """Make a household known, with this person as its owner.

    :raises AlreadyInHousehold: when the person belongs to one.
    :raises KindNotForYou: when the actor does it for somebody else.
    :raises OrganisationNameMissing: without a name.
    """
    if not permissions.may_act_on(actor, person, day_of(at)):
        raise KindNotForYou
    with transaction.atomic():
        Party.objects.select_for_update().get(pk=person.canonical_id)
        if household_of(person, day_of(at)):
            raise AlreadyInHousehold
        household = _new_party(kind=PartyKind.HOUSEHOLD, words=_only_name(name), at=at)
        found_office(person=person, principal=household, from_on=day_of(at))
        record("household.found", subject=household, actor=actor, at=at, about=[household, person])
    return household


def close_organisation(*, party: Party, actor: Actor, at: datetime) -> None:
    """Close an organisation or household: its last office ends and what is known of it goes.

    Whatever the floors above must end first (an account with coins in it) they say themselves.

    :raises NotTheOwner: when the actor does not own it.
    :raises OthersRemain: when somebody else holds an office.
    """
    if party.is_person or not permissions.may_act_on(actor, party, day_of(at)):
        raise NotTheOwner
    with transaction.atomic():
        party = Party.objects.select_for_update().get(pk=party.pk)
        acting = permissions.person_of(actor)
        offices = Mandate.objects.in_force(day_of(at)).filter(principal=party).select_related("person")
        if acting and any(office.person.canonical_id != acting.canonical_id for office in offices):
            raise OthersRemain
        for check in checks_before_erasure():
            check(party, at)
        wind_up(party, actor=actor, at=at)


def wind_up(party: Party, *, actor: Actor, at: datetime) -> None:
    """End every office of a party and empty what is known of it, inside the transaction of a caller that checked."""
    yesterday = day_of(at) - timedelta(days=1)
    running = Mandate.objects.filter(principal=party).exclude(until_on__lte=yesterday)
    for office in running.select_related("person", "principal"):
        write_end(office, on=yesterday, actor=actor, at=at)
    Invitation.objects.filter(principal=party, expires_at__gt=at).update(expires_at=at)
    OrganisationDetails.objects.filter(party=party).update(**asdict(_only_name("", may_be_empty=True)))
    Party.objects.filter(pk=party.pk).update(erased_at=at)
    record("organisation.close", subject=party, actor=actor, at=at, about=[party])


def _only_name(name: str, *, may_be_empty: bool = False) -> _Words:
    if not name.strip() and not may_be_empty:
        raise OrganisationNameMissing
    return _tidied(
        name=name, kvk_number="", iban="", email="", phone="", website="", street="", house_number="", postcode="",
        town="",
    )  # fmt: skip


def _new_party(*, kind: str, words: _Words, at: datetime) -> Party:
    party = Party.objects.create(kind=kind, created_at=at)
    details = OrganisationDetails(party=party)
    _fill(details, words)
    details.save(force_insert=True)
    party.organisation_details = details
    return party


REFUSALS: dict[str, type[Refusal]] = {
    "name": OrganisationNameMissing, "kvk_number": KvkNumberWrong, "iban": IbanWrong,
}  # fmt: skip


def _fill(details: OrganisationDetails, words: _Words) -> None:
    """Write the words into the row; what a form would have caught is refused by name."""
    check_names(words.name)
    for name, value in asdict(words).items():
        setattr(details, name, value)
    try:
        details.clean_fields(exclude=["party"])
    except ValidationError as wrong:
        refusals = [REFUSALS[name] for name in wrong.error_dict if name in REFUSALS]
        if not refusals:
            raise
        raise refusals[0] from None
    same = OrganisationDetails.objects.filter(kvk_number=details.kvk_number).exclude(pk=details.pk)
    if details.kvk_number and same.exists():
        raise KvkNumberTaken


class _one_kvk_number:  # noqa: N801 - used as a function
    """Two people may register one number at the same moment: the database lets one of them in."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, IntegrityError) and "kvk_number" in str(error):
            raise KvkNumberTaken from None


def _parties(party: Party, owner: Party | None) -> list[Party]:
    return [party] if owner is None else [party, owner]
