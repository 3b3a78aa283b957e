"""Questions about orders: which, whose, what waits, what others said. Who is on which side: `marketplace.sides`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from marketplace.models import Order, OrderMessage, Reference
from marketplace.states import ORDER, OrderState
from neighbourhoods.models import Neighbourhood
from people.models import Party
from people.queries import numbers_of

# States from which something still has to happen.
OPEN = frozenset({OrderState.PLACED, OrderState.ACCEPTED, OrderState.DELIVERED, OrderState.DISPUTED})
CLOSED = ORDER.states - OPEN

# The neighbourhood itself buys or sells: `marketplace.sides.is_with_board`.
WITH_BOARD = Q(buyer=F("offer__neighbourhood__party")) | Q(seller=F("offer__neighbourhood__party"))
ALONG = (
    "offer__neighbourhood__coin", "offer__neighbourhood__party__organisation_details", "offer__picture", "terms",
    "buyer__person_details", "buyer__organisation_details", "seller__person_details", "seller__organisation_details",
    "placed_by__person_details", "reservation", "transfer", "response", "voucher", "dispute__mediator__person_details",
)  # fmt: skip


def order_at(ref: UUID) -> Order | None:
    """The order with this number in its address. Who may see it says the caller (`marketplace.sides.side_of`)."""
    return with_all(Order.objects.filter(ref=ref)).first()


def with_all(orders: QuerySet[Order]) -> QuerySet[Order]:
    """The same orders with all that a page about one reads: two queries, however many they are."""
    return orders.select_related(*ALONG).prefetch_related("offer__texts")


def orders_of(party: Party, side: str, states: Collection[str] | None = None) -> QuerySet[Order]:
    """What a party bought (`side` "buyer") or sold ("seller"), of a person under any of their numbers, newest first."""
    if side not in {"buyer", "seller"}:
        raise ValueError(f"Nobody is a {side} of an order.")
    found = Order.objects.filter(**{f"{side}__in": _numbers(party)})
    if states is not None:
        found = found.filter(state__in=states)
    return with_all(found).order_by("-placed_at", "-pk")


def waiting_for(party: Party, side: str) -> QuerySet[Order]:
    """The orders on which this side has to do something now, the ones with the least time left first."""
    theirs = {
        "buyer": [OrderState.DELIVERED],
        "seller": [OrderState.PLACED, OrderState.ACCEPTED, OrderState.DISPUTED],
    }[side]
    return orders_of(party, side, theirs).filter(due_at__isnull=False).order_by("due_at", "pk")


def disputes_in(neighbourhood: Neighbourhood) -> QuerySet[Order]:
    """The disagreements on which the board has to rule, the ones with the least time left first."""
    found = Order.objects.filter(offer__neighbourhood=neighbourhood, state=OrderState.DISPUTED)
    return with_all(found).order_by("due_at", "pk")


def disputes_before(municipalities: Collection[Party]) -> QuerySet[Order]:
    """The disagreements with a neighbourhood itself, on which the appeals panels of these municipalities rule."""
    found = Order.objects.filter(
        WITH_BOARD, offer__neighbourhood__municipality__in=municipalities, state=OrderState.DISPUTED
    )
    return with_all(found).order_by("due_at", "pk")


def messages_of(order: Order) -> QuerySet[OrderMessage]:
    """What was said about an order, the oldest first, with who said it and in whose name."""
    names = ("author__person_details", "side__person_details", "side__organisation_details")
    return OrderMessage.objects.filter(order=order).select_related(*names).order_by("at", "pk")


def references_on(order: Order) -> QuerySet[Reference]:
    """What the two sides of an order wrote about each other."""
    return _with_names(Reference.objects.filter(order=order))


def paid_references_of(party: Party) -> QuerySet[Reference]:
    """What others said about a party after orders that were paid, the newest first. Of one that the board hid, the
    reason is shown instead of the words (`hidden_at`)."""
    about = Reference.objects.filter(about__in=_numbers(party), order__paid__gt=0)
    return _with_names(about)


def due_orders(at: datetime) -> list[int]:
    """The numbers of the orders of which the time has passed, the longest ago first."""
    due = Order.objects.filter(state__in=OPEN, due_at__lte=at).order_by("due_at", "pk")
    return list(due.values_list("pk", flat=True))


def _with_names(references: QuerySet[Reference]) -> QuerySet[Reference]:
    names = (
        "author__person_details", "about__person_details", "about__organisation_details", "order__offer",
        "order__buyer__person_details", "order__buyer__organisation_details", "order__seller__person_details",
        "order__seller__organisation_details",
    )  # fmt: skip
    found = references.select_related(*names).prefetch_related("order__offer__texts")
    return found.order_by("-at", "-pk")


def _numbers(party: Party) -> QuerySet[Party] | list[Party]:
    return numbers_of(party).order_by() if party.is_person else [party]
