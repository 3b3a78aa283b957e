"""The people of the demo. Whoever is known already is left as they are, with everything that belongs to them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.db import transaction

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from home.demo import people
from home.demo.load.places import MUNICIPALITY
from home.demo.people import Home, Living, Organisation, Person
from neighbourhoods.models import Attestation, MunicipalityPage, Neighbourhood
from neighbourhoods.operations.letters import print_letter
from neighbourhoods.operations.residency import attest_at_desk, refuse_request, request_residency
from neighbourhoods.operations.seats import appoint_seat
from people.models import Party, User
from people.operations.links import link_same_person
from people.operations.mandates import award_mandate
from people.operations.organisations import found_household, register_organisation
from people.operations.persons import add_person, register_person

# Guards nothing: whoever runs the demo may read it. The page that asks for a code shows the code of this minute.
DEMO_TOTP_SECRET = "SOCIALCOINDEMOSOCIALCOINDEMO2345"  # noqa: S105
NAMESPACE = uuid.UUID("5b0d6c1e-0c0f-4d8a-9d0e-50c1a1c01000")
OFFICIALS_SINCE, PEOPLE_SINCE, SEEN = (timedelta(days=days) for days in (400, 390, 385))
REFUSED, ASKED, LETTER_MADE = (timedelta(days=days) for days in (35, 4, 2))
TERM = timedelta(days=2 * 365)
ASKED_AGO = {Living.ATTESTED: PEOPLE_SINCE, Living.REFUSED: REFUSED + ASKED}
AGE_OF_THE_CHILD = timedelta(days=13 * 366)
REASON = "Op dit adres staat iemand anders ingeschreven. Neem een huurcontract mee naar het wijkloket."
SYSTEM = Actor.system()


@dataclass(kw_only=True)
class Crowd:
    """Who is known, who came in just now, and what could not be done for whom."""

    at: datetime
    users: dict[str, User] = field(default_factory=dict)
    new: list[Person] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.users = {user.email: user for user in User.objects.select_related("person")}
        self.places = {place.slug: place for place in Neighbourhood.objects.select_related("municipality")}
        page = MunicipalityPage.objects.select_related("party").filter(slug=MUNICIPALITY).first()
        if page is None:
            raise MunicipalityPage.DoesNotExist(MUNICIPALITY)
        self.municipality: Party = page.party

    def party(self, person: Person) -> Party:
        return self.users[person.email].person

    def acting(self, person: Person, principal: Party | None = None) -> Actor:
        user = self.users[person.email]
        return Actor(user=user, person=user.person, principal=principal or user.person)

    @property
    def desk(self) -> Actor:
        """The clerk who registers everybody."""
        return self.acting(people.ELS, self.municipality)

    def attempt(self, what: str, deed: Callable[[], object]) -> None:
        """Do one thing, or say that it was left out: a visitor may have taken the chair or the number meanwhile."""
        try:
            with transaction.atomic():
                deed()
        except Refusal as refusal:
            self.left_out.append(f"{what} was left out: {refusal}")


def load_people(*, at: datetime) -> Iterator[str]:
    """Register who is missing, with all that they are. Says in a sentence what was done."""
    crowd = Crowd(at=at)
    for person in people.everybody():
        _register(crowd, person)
    new = set(crowd.new)
    _officials(crowd, new)
    for person in crowd.new:
        _settle(crowd, person)
    _known_twice(crowd, new)
    _boards(crowd, new)
    _organisations(crowd, new)
    _household(crowd, new)
    yield (
        f"{len(new)} people have come to live or work in Havermeer."
        if new
        else "Everybody was there already."
    )
    yield from crowd.letters
    yield from crowd.left_out


def _register(crowd: Crowd, person: Person) -> None:
    if person.email in crowd.users:
        return
    since = OFFICIALS_SINCE if person.staff else PEOPLE_SINCE
    user = register_person(
        email=person.email, given_name=person.given, family_name=person.family, actor=SYSTEM, at=crowd.at - since,
        email_verified=True,
    )  # fmt: skip
    crowd.users[person.email] = user
    crowd.new.append(person)
    if person.staff:
        secret = {"secret": encrypt(DEMO_TOTP_SECRET)}
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=secret)


def _officials(crowd: Crowd, new: set[Person]) -> None:
    at = crowd.at - OFFICIALS_SINCE
    for role, person in people.OFFICIALS:
        if person in new:
            award_mandate(
                person=crowd.party(person), principal=crowd.municipality, role=role, from_on=day_of(at), actor=SYSTEM,
                at=at,
            )  # fmt: skip
    if people.ROBIN in new:
        _make_administrator(crowd.users[people.ROBIN.email], at)


def _make_administrator(user: User, at: datetime) -> None:
    user.is_staff = user.is_superuser = True
    user.save(update_fields=["is_staff", "is_superuser"])
    record("person.administrator", subject=user.person, actor=SYSTEM, at=at, about=[user.person])


def _settle(crowd: Crowd, person: Person) -> None:
    """Have somebody ask to be registered where they live, and the desk deal with it."""
    if person.home is not None:
        home = person.home
        crowd.attempt(f"{person.name} in {home.neighbourhood}", lambda: _ask(crowd, person, home))


def _ask(crowd: Crowd, person: Person, home: Home) -> None:
    by_letter = home.living in {Living.WAITING, Living.LETTER}
    residency = request_residency(
        person=crowd.party(person), neighbourhood=crowd.places[home.neighbourhood], street=home.street,
        house_number=home.number, postcode=home.postcode, town="Havermeer",
        attestation=Attestation.CODE_LETTER if by_letter else Attestation.CLERK,
        key=uuid.uuid5(NAMESPACE, f"{person.email} {crowd.users[person.email].pk}"), actor=crowd.acting(person),
        at=crowd.at - ASKED_AGO.get(home.living, ASKED),
    )  # fmt: skip
    if home.living is Living.ATTESTED:
        seen = crowd.at - SEEN
        attest_at_desk(residency=residency, actor=crowd.desk, at=seen, on=day_of(seen))
    elif home.living is Living.REFUSED:
        refuse_request(residency=residency, reason=REASON, actor=crowd.desk, at=crowd.at - REFUSED)
    elif home.living is Living.LETTER:
        code = print_letter(residency=residency, actor=crowd.desk, at=crowd.at - LETTER_MADE)
        crowd.letters.append(f"The letter to {person.name} holds the code {code}.")


def _known_twice(crowd: Crowd, new: set[Person]) -> None:
    """Joop was served at the desk before he made an account of his own."""
    joop = people.JOOP
    if joop not in new:
        return
    before = add_person(
        given_name="J.", family_name=joop.family, actor=crowd.desk, at=crowd.at - PEOPLE_SINCE
    )
    link_same_person(
        duplicate=before, same_as=crowd.party(joop), reason="Kwam eerder al aan de balie, zonder account.",
        actor=crowd.desk, at=crowd.at - SEEN,
    )  # fmt: skip


def _boards(crowd: Crowd, new: set[Person]) -> None:
    at = crowd.at - SEEN
    first: date = day_of(at)
    for seat in people.SEATS:
        if seat.person in new:
            crowd.attempt(
                f"The seat of {seat.person.name}",
                lambda seat=seat: appoint_seat(  # type: ignore[misc]
                    person=crowd.party(seat.person), neighbourhood=crowd.places[seat.neighbourhood],
                    office=seat.office, from_on=first, until_on=first + TERM, actor=crowd.desk, at=at,
                ),
            )  # fmt: skip


def _organisations(crowd: Crowd, new: set[Person]) -> None:
    for organisation in people.ORGANISATIONS:
        if organisation.owner in new:
            crowd.attempt(
                organisation.name,
                lambda organisation=organisation: _organisation(crowd, organisation),  # type: ignore[misc]
            )


def _organisation(crowd: Crowd, organisation: Organisation) -> None:
    at = crowd.at - SEEN
    party = register_organisation(
        kind=organisation.kind, name=organisation.name, owner=crowd.party(organisation.owner),
        kvk_number=organisation.kvk_number, iban=organisation.iban, email=organisation.email,
        phone=organisation.phone, street=organisation.street, house_number=organisation.number,
        postcode=organisation.postcode, town="Havermeer", actor=crowd.acting(organisation.owner), at=at,
    )  # fmt: skip
    for role, person in organisation.offices:
        award_mandate(
            person=crowd.party(person), principal=party, role=role, from_on=day_of(at), actor=SYSTEM, at=at
        )


def _household(crowd: Crowd, new: set[Person]) -> None:
    home = people.HOUSEHOLD
    if home.owner not in new:
        return
    at = crowd.at - SEEN
    owner = crowd.acting(home.owner)
    given, family = home.child
    born = day_of(crowd.at) - AGE_OF_THE_CHILD
    child = add_person(given_name=given, family_name=family, born_on=born, actor=owner, at=at)
    party = found_household(name=home.name, person=crowd.party(home.owner), actor=owner, at=at)
    for member in (crowd.party(home.member), child):
        award_mandate(person=member, principal=party, role="MEMBER", from_on=day_of(at), actor=owner, at=at)
