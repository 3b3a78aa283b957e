"""Lists of orders over all parties that somebody acts for, and how many things wait for each of these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from marketplace.models import Offer, Order, Response
from marketplace.queries.orders import with_all
from marketplace.queries.traders import FAMILY
from marketplace.states import OrderState, ResponseState
from people.models import Mandate, Party, PartyKind
from people.queries import numbers_of

WAITS_FOR_SELLER = frozenset({OrderState.PLACED, OrderState.ACCEPTED})  # on a disagreement waits the board


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits at the stall of a party: orders to do something about, and answers to choose from."""

    orders: int
    responses: int


def bought_by(parties: Sequence[Party]) -> QuerySet[Order]:
    """What these parties bought, persons under any of their numbers, the newest first."""
    return with_all(Order.objects.filter(_of("buyer", parties))).order_by("-placed_at", "-pk")


def waiting_at(parties: Sequence[Party]) -> dict[int, Waiting]:
    """Per number of a party what waits at its stall. Two queries, however many parties there are."""
    orders = Order.objects.filter(_of("seller", parties), state__in=WAITS_FOR_SELLER, due_at__isnull=False)
    answers = Response.objects.filter(_of("offer__provider", parties), state=ResponseState.OPEN)
    of_orders = _counted(orders, "seller")
    of_answers = _counted(answers, "offer__provider")
    return {
        party.pk: Waiting(orders=of_orders.get(party.pk, 0), responses=of_answers.get(party.pk, 0))
        for party in parties
    }


def for_lines(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """The same offers with what a line on a stall reads: two queries, however many they are."""
    return offers.select_related("terms", "neighbourhood__coin").prefetch_related("texts")


def open_answers(offers: Sequence[Offer]) -> dict[int, int]:
    """Per number of an offer how many answers wait for a choice."""
    waiting = Response.objects.filter(offer__in=offers, state=ResponseState.OPEN).order_by()
    return dict(waiting.values_list("offer").annotate(number=Count("pk")))


def interests_of(person: Party, on: date) -> set[int]:
    """The numbers of all parties that a person has to do with on a day, for a list: what
    `marketplace.permissions.has_interest` says of each of them."""
    own = set(numbers_of(person).order_by().values_list("pk", flat=True))
    held = Mandate.objects.in_force(on).held_by(person)
    homes = held.filter(principal__kind=PartyKind.HOUSEHOLD, role__in=FAMILY).values("principal")
    family = Mandate.objects.in_force(on).filter(principal__in=homes, role__in=FAMILY)
    relatives = set(family.values_list("person__same_person_as", flat=True)) | set(
        family.values_list("person", flat=True)
    )
    return own | set(held.values_list("principal", flat=True)) | {number for number in relatives if number}


def _counted(rows: QuerySet[Order] | QuerySet[Response], side: str) -> dict[int, int]:
    """How many there are per party; those under a second number count for the person."""
    found: dict[int, int] = {}
    numbers = rows.order_by().values_list(side, f"{side}__same_person_as").annotate(number=Count("pk"))
    for number, same, many in numbers:
        found[same or number] = found.get(same or number, 0) + many
    return found


def _of(side: str, parties: Sequence[Party]) -> Q:
    numbers = [party.pk for party in parties]
    return Q(**{f"{side}__in": numbers}) | Q(**{f"{side}__same_person_as__in": numbers})
