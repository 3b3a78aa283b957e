"""What an organiser looks after: for whom somebody organises, which shifts come, who comes to them, who came before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from core.clock import day_of
from ledger.kinds import AccountKind, AccountState
from ledger.operations import UnknownAccount
from ledger.queries import account_at, accounts_of
from marketplace.models import Activity, Admission, ConductCertificate, Participation, Shift
from marketplace.queries.activities import activities_of, text_of
from marketplace.queries.hours import MADE, UNMARKED
from marketplace.queries.order_lists import interests_of
from marketplace.queries.participations import WITHOUT_PLACE, with_counts
from marketplace.queries.posting import ORGANISES
from marketplace.queries.traders import FAMILY
from marketplace.states import ActivityState, AdmissionState, ParticipationState, ShiftState
from neighbourhoods.models import Neighbourhood
from neighbourhoods.queries.seats import seats_of
from people.models import Mandate, Party, PartyKind, Role

if TYPE_CHECKING:
    from ledger.models import Account, Coin

_T = ParticipationState
PRIVATE: Final = frozenset({PartyKind.PERSON, PartyKind.HOUSEHOLD})
NOT_COMING: Final = frozenset(
    {ActivityState.DRAFT, ActivityState.SUBMITTED, ActivityState.RETURNED, ActivityState.CANCELLED}
)
RUNNING: Final = frozenset(
    {
        ActivityState.DRAFT,
        ActivityState.SUBMITTED,
        ActivityState.RETURNED,
        ActivityState.PUBLISHED,
        ActivityState.PAUSED,
        ActivityState.FINISHED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteer:
    """Somebody who takes part with an organiser: how often hours of theirs were confirmed, how many minutes, and when
    they came last and come next; `until_on` is how long the certificate of conduct holds that the organiser saw."""

    person: Party
    times: int
    minutes: int
    last_at: datetime | None
    next_at: datetime | None
    until_on: date | None = None


def parties_organised_for(person: Party, on: date) -> list[Party]:
    """For whom a person organises on a day: themself first, then the others by name. What
    `permissions.may_organise` says of each of them. Three queries."""
    held = Mandate.objects.in_force(on).held_by(person).filter(role__in=ORGANISES)
    boards = seats_of(person).in_force(on).values("neighbourhood__party_id")
    others = Q(pk__in=held.values("principal_id")) & ~Q(kind__in=PRIVATE)
    parties = Party.objects.filter(Q(pk=person.canonical_id) | others | Q(pk__in=boards)).with_names()
    return sorted(
        parties, key=lambda one: (one.pk != person.canonical_id, one.display_name.casefold(), one.pk)
    )


def organisers(parties: list[Party]) -> Q:
    """Activities of these parties, of a person under any number."""
    numbers = [party.pk for party in parties]
    return Q(activity__organiser__in=numbers) | Q(activity__organiser__same_person_as__in=numbers)


def to_confirm_at(parties: list[Party], now: datetime) -> dict[int, int]:
    """How many shifts of each of these parties have people whose hours can be confirmed, as `queries.hours.to_confirm`
    finds them. One query."""
    waits = Q(participations__state=_T.CLAIMED) | Q(ends_at__lte=now, participations__state__in=UNMARKED)
    shifts = Shift.objects.filter(organisers(parties)).filter(waits).order_by()
    rows = shifts.values_list("activity__organiser", "activity__organiser__same_person_as").annotate(
        number=Count("pk", distinct=True)
    )
    found: dict[int, int] = {}
    for number, same, many in rows:
        found[same or number] = found.get(same or number, 0) + many
    return found


def shifts_of(organiser: Party) -> QuerySet[Shift]:
    """All shifts of an organiser, with how many places are taken and how many people wait."""
    return with_counts(Shift.objects.filter(organisers([organiser])))


def coming_of(organiser: Party, now: datetime) -> QuerySet[Shift]:
    """The shifts of an organiser that are not over and not called off, of what is open, the first one first."""
    found = shifts_of(organiser).filter(state=ShiftState.OPEN, ends_at__gt=now)
    return found.exclude(activity__state__in=NOT_COMING).order_by("starts_at", "pk")


def running_of(organiser: Party) -> QuerySet[Activity]:
    """The activities of an organiser that are not settled or called off, the newest first."""
    return activities_of(organiser).filter(state__in=RUNNING)


def roll_of(shift: Shift) -> list[Participation]:
    """Everybody who has to do with a shift, by name; who was paid with the payment. One query."""
    found = Participation.objects.filter(shift=shift).select_related(
        "person__person_details", "confirmed_by__person_details", "transfer", "dispute"
    )
    rows = sorted(found, key=lambda one: (one.person.display_name.casefold(), one.pk))
    for one in rows:
        one.shift = shift  # which came with its activity
    return rows


def disagreements_of(organiser: Party) -> QuerySet[Participation]:
    """The participations about whose hours an organiser and a participant do not agree, the oldest first."""
    mine = Q(shift__activity__organiser=organiser) | Q(shift__activity__organiser__same_person_as=organiser)
    return Participation.objects.filter(mine, state=_T.DISPUTED).order_by("shift__starts_at", "pk")


def _holders(mandates: QuerySet[Mandate]) -> list[tuple[int, str]]:
    """Who holds them, by the number that counts, and as what."""
    rows = mandates.order_by().values_list("person", "person__same_person_as", "role")
    return [(same or number, role) for number, same, role in rows]


def volunteers_of(organiser: Party, from_on: date, until_on: date, now: datetime) -> list[Volunteer]:
    """Everybody who has a place in a shift of an organiser in these days, both counted, by name. Three queries."""
    mine = Q(shift__activity__organiser=organiser) | Q(shift__activity__organiser__same_person_as=organiser)
    came = Participation.objects.filter(
        mine, shift__starts_at__date__gte=from_on, shift__starts_at__date__lte=until_on
    ).exclude(state__in=WITHOUT_PLACE)
    rows = list(
        came.order_by().values("person").annotate(
            times=Count("pk", filter=Q(state__in=MADE)),
            minutes=Sum("confirmed", filter=Q(state__in=MADE)),
            last_at=Max("shift__starts_at", filter=Q(shift__starts_at__lte=now) & ~Q(state=_T.NO_SHOW)),
            next_at=Min("shift__starts_at", filter=Q(shift__starts_at__gt=now)),
        )
    )  # fmt: skip
    people = Party.objects.filter(pk__in=[row["person"] for row in rows]).with_names().in_bulk()
    seen = ConductCertificate.objects.filter(organisation=organiser, person__in=list(people))
    until = dict(seen.values_list("person", "until_on"))
    found = [
        Volunteer(
            person=people[row["person"]], times=row["times"], minutes=row["minutes"] or 0, last_at=row["last_at"],
            next_at=row["next_at"], until_on=until.get(row["person"]),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.person.display_name.casefold(), one.person.pk))


def known_to(organiser: Party, *, besides: Shift | None = None) -> list[Party]:
    """Who ever took or takes part with an organiser, by name; without those on the list of a shift. One query."""
    mine = Q(shift__activity__organiser=organiser) | Q(shift__activity__organiser__same_person_as=organiser)
    came = Participation.objects.filter(mine).exclude(state__in=WITHOUT_PLACE).values("person")
    people = Party.objects.filter(pk__in=came).with_names()
    if besides is not None:
        people = people.exclude(pk__in=besides.participations.exclude(state=_T.WITHDRAWN).values("person"))
    return sorted(people, key=lambda one: (one.display_name.casefold(), one.pk))


def holder_at(address: str, coin: Coin) -> Party | None:
    """The person who has the wallet at an address in a coin, as somebody typed or scanned it. A shop or a pot is no
    person, and nothing is told of it."""
    try:
        account = account_at(address)
    except UnknownAccount:
        return None
    is_wallet = account.coin_id == coin.pk and account.kind == AccountKind.HOLDER
    holder = Party.objects.with_names().filter(pk=account.holder_id, kind=PartyKind.PERSON).first()
    return holder if is_wallet else None


def first_year_of(organiser: Party) -> int | None:
    """The local year in which an organiser first had something paid."""
    mine = Q(shift__activity__organiser=organiser) | Q(shift__activity__organiser__same_person_as=organiser)
    first = Participation.objects.filter(mine, state=_T.PAID).order_by("paid_at").first()
    return day_of(first.paid_at).year if first is not None and first.paid_at is not None else None


def pots_of(organiser: Party) -> dict[Account, list[str]]:
    """The pots that pay for the running activities of an organiser, and those that it spends from itself, each with
    the titles of what it pays for. Four queries, however many they are."""
    found: dict[int, tuple[Account, list[str]]] = {}
    for one in accounts_of(organiser):
        if one.kind == AccountKind.POT and one.state != AccountState.CLOSED:
            found[one.pk] = (one, [])
    running = running_of(organiser).filter(pot__isnull=False).select_related("pot__coin")
    for activity in running.prefetch_related("texts"):
        pot = activity.pot
        if pot is not None:
            found.setdefault(pot.pk, (pot, []))[1].append(text_of(activity).title)
    return dict(found.values())


def insurance_of(organiser: Party) -> QuerySet[Admission]:
    """Where an organisation was let in, with until when it is insured there for who comes to help."""
    inside = Admission.objects.filter(organisation=organiser, state=AdmissionState.ADMITTED)
    return inside.select_related("neighbourhood").order_by("neighbourhood__name", "pk")


def stakes_of(person: Party, on: date) -> set[int]:
    """The numbers of all parties in which a person has a stake on a day, for a list: what `permissions.has_stake` says
    of each of them. A neighbourhood is among them when they hold an office there: the caller leaves it out."""
    homes = (
        Mandate.objects.in_force(on)
        .held_by(person)
        .filter(principal__kind=PartyKind.HOUSEHOLD, role__in=FAMILY)
    )
    family = Mandate.objects.in_force(on).filter(principal__in=homes.values("principal"), role__in=FAMILY)
    relatives = {number for number, _role in _holders(family)}
    theirs = Q(person__in=relatives) | Q(person__same_person_as__in=relatives)
    owned = (
        Mandate.objects.in_force(on)
        .filter(theirs, role=Role.OWNER)
        .exclude(principal__kind__in=[*PRIVATE, PartyKind.NEIGHBOURHOOD, PartyKind.MUNICIPALITY])
    )
    return interests_of(person, on) | set(owned.values_list("principal", flat=True))


def stopped_in(neighbourhood: Neighbourhood) -> QuerySet[Activity]:
    """What the board stopped and may let go on, the latest first."""
    found = Activity.objects.filter(
        neighbourhood=neighbourhood, state=ActivityState.PAUSED, paused_by_board=True
    )
    return found.order_by("-changed_at", "-pk")
