"""What the desk of a municipality may see: its own neighbourhoods and the people who live there, nobody else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher

from django.db.models import Exists, OuterRef, Q, QuerySet

from neighbourhoods.models import Neighbourhood, Residency, Seat
from neighbourhoods.queries.seats import WITH_NAMES
from neighbourhoods.states import ResidencyState
from people.models import Mandate, Party, PartyKind, PersonDetails, Role

ALIKE = 0.8  # share of letters that two last names have in common before we ask whether they are one
PREFIXES = re.compile(r"^(?:(?:van|von|de|den|der|het|ten|ter|te|el|al|in|op|'t|’t)\s+)+")
RUNNING = (ResidencyState.REQUESTED, ResidencyState.ATTESTED)

# So long after a residency or request came to its end the desk still finds it, and the person: time to mend a mistake,
# to answer a question about it, or to see that somebody asks again. After that the desk has no business with them.
REMEMBERED = timedelta(days=365)


def municipalities_served_by(person: Party, on: date) -> list[Party]:
    """The municipalities at whose desk this person sits on a day."""
    ids = Mandate.objects.held_by(person).in_force(on).filter(role=Role.CLERK).values("principal_id")
    municipalities = Party.objects.filter(pk__in=ids, kind=PartyKind.MUNICIPALITY)
    return list(municipalities.with_names().order_by("pk"))


def neighbourhoods_of(municipalities: Collection[Party]) -> QuerySet[Neighbourhood]:
    return Neighbourhood.objects.filter(municipality__in=municipalities).order_by("name")


def residencies_at(municipalities: Collection[Party], on: date) -> QuerySet[Residency]:
    """The residencies in the neighbourhoods of these municipalities that the desk may see on a day, with names."""
    return _remembered(municipalities, on).select_related(
        "neighbourhood__municipality__organisation_details", "person__person_details"
    )


def open_requests(municipalities: Collection[Party], on: date) -> QuerySet[Residency]:
    """Who waits to be enrolled, longest first."""
    waiting = residencies_at(municipalities, on).filter(state=ResidencyState.REQUESTED)
    return waiting.order_by("requested_at", "pk")


def persons_at(municipalities: Collection[Party], on: date) -> QuerySet[Party]:
    """Who lives in the neighbourhoods of these municipalities or asked to; who no longer does, for a while."""
    here = _remembered(municipalities, on).filter(person=OuterRef("pk"))
    return (
        Party.objects.persons()
        .filter(Exists(here), erased_at__isnull=True)
        .select_related("person_details", "same_person_as__person_details")
    )


def find_persons(municipalities: Collection[Party], text: str, on: date) -> QuerySet[Party]:
    """People of these municipalities whose name has all these words, or who were born on this day."""
    found = persons_at(municipalities, on)
    born_on = _as_day(text)
    if born_on:
        found = found.filter(person_details__born_on=born_on)
    else:
        for word in text.split():
            found = found.filter(
                Q(person_details__given_name__icontains=word) | Q(person_details__family_name__icontains=word)
            )
    return found.order_by("person_details__family_name", "person_details__given_name", "pk")


def likely_doubles(person: Party, municipalities: Collection[Party], on: date) -> list[Party]:
    """Others who may be this same person.

    Born on the same day with a last name that looks alike or at the same address; or, when a day of birth is
    missing, the same whole name, or one that looks alike at the same address. A household shares an address and
    nothing more.
    """
    details = getattr(person, "person_details", None)
    if details is None:
        return []
    doors = _doors_of([person.pk]).get(person.pk, set())
    candidates = list(_candidates(person, details, municipalities, on))
    doors_of = _doors_of([other.pk for other in candidates])
    return [
        other
        for other in candidates
        if _may_be_one(details, other.person_details, bool(doors & doors_of.get(other.pk, set())))
    ]


def others_linked(person: Party) -> list[Party]:
    """The other numbers under which this person is known."""
    return list(Party.objects.filter(same_person_as=person).with_names().order_by("pk"))


def seats_at(municipalities: Collection[Party], on: date) -> QuerySet[Seat]:
    """The seats in the neighbourhoods of these municipalities that run on a day or begin later."""
    return (
        Seat.objects.filter(neighbourhood__municipality__in=municipalities, until_on__gte=on)
        .select_related("neighbourhood__municipality", *WITH_NAMES)
        .order_by("neighbourhood__name", "from_on", "pk")
    )


def _remembered(municipalities: Collection[Party], on: date) -> QuerySet[Residency]:
    """What runs, and what was closed not too long ago."""
    recent = Q(state__in=RUNNING) | Q(closed_on__gte=on - REMEMBERED)
    return Residency.objects.filter(recent, neighbourhood__municipality__in=municipalities)


def _candidates(
    person: Party, details: PersonDetails, municipalities: Collection[Party], on: date
) -> QuerySet[Party]:
    """Those of whom the database can say that they share a day of birth, a door or, a day missing, a last name."""
    own = Residency.objects.filter(person=person, state__in=RUNNING).exclude(postcode="").values("postcode")
    shares = Q(Exists(Residency.objects.filter(person=OuterRef("pk"), state__in=RUNNING, postcode__in=own)))
    if details.family_name:
        same_name = Q(person_details__family_name__iexact=details.family_name)
        shares |= same_name & Q(person_details__born_on=None) if details.born_on else same_name
    if details.born_on:
        shares |= Q(person_details__born_on=details.born_on)
    others = persons_at(municipalities, on).filter(shares).exclude(pk__in=[person.pk, person.canonical_id])
    return others.filter(same_person_as__isnull=True).order_by("pk")


def _doors_of(person_ids: Collection[int]) -> dict[int, set[tuple[str, str]]]:
    rows = Residency.objects.filter(person_id__in=person_ids, state__in=RUNNING).exclude(postcode="")
    doors: dict[int, set[tuple[str, str]]] = {}
    for person_id, postcode, number in rows.values_list("person_id", "postcode", "house_number"):
        doors.setdefault(person_id, set()).add((postcode, number.lower().replace(" ", "")))
    return doors


def _may_be_one(one: PersonDetails, other: PersonDetails, same_door: bool) -> bool:
    if one.born_on and other.born_on:
        return one.born_on == other.born_on and (same_door or _alike(one.family_name, other.family_name))
    return _alike(one.full_name, other.full_name) and (
        same_door or _plain(one.full_name) == _plain(other.full_name)
    )


def _alike(one: str, other: str) -> bool:
    first, second = _plain(one), _plain(other)
    return bool(first) and SequenceMatcher(None, first, second).ratio() >= ALIKE


def _plain(name: str) -> str:
    """Without accents, capitals and the prefixes of Dutch last names."""
    letters = unicodedata.normalize("NFKD", name.lower())
    return PREFIXES.sub(
        "", "".join(letter for letter in letters if not unicodedata.combining(letter))
    ).strip()


def _as_day(text: str) -> date | None:
    for pattern in ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
