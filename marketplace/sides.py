"""Which side of an order somebody is on, and what each side can do with it at this point.

One table answers for pages and for operations, so that no page shows what would be refused.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from marketplace.models import Dispute, Order
from marketplace.permissions import has_interest, may_judge, may_trade
from marketplace.states import OrderState
from neighbourhoods.permissions import is_on_appeals_panel
from people.models import Party, PartyKind, Role
from people.permissions import holds
from people.queries import is_same_person


class Side(StrEnum):
    BUYER = "buyer"
    SELLER = "seller"
    MEDIATOR = "mediator"


_S = OrderState

DEEDS: dict[tuple[str, str], frozenset[str]] = {
    (_S.PLACED, Side.BUYER): frozenset({"cancel"}),
    (_S.PLACED, Side.SELLER): frozenset({"accept", "decline"}),
    (_S.ACCEPTED, Side.BUYER): frozenset({"receive"}),
    # Once it is accepted the seller may have begun: the buyer asks them to take it back.
    (_S.ACCEPTED, Side.SELLER): frozenset({"deliver", "cancel"}),
    (_S.DELIVERED, Side.BUYER): frozenset({"confirm", "dispute"}),
    (_S.DISPUTED, Side.BUYER): frozenset({"confirm"}),
    (_S.DISPUTED, Side.SELLER): frozenset({"give_in"}),
    (_S.DISPUTED, Side.MEDIATOR): frozenset({"mediate", "resolve"}),
    (_S.CONFIRMED, Side.BUYER): frozenset({"refer"}),
    (_S.CONFIRMED, Side.SELLER): frozenset({"refund", "refer"}),
    (_S.REFUNDED, Side.BUYER): frozenset({"refer"}),
    (_S.REFUNDED, Side.SELLER): frozenset({"refer"}),
    (_S.RESOLVED, Side.BUYER): frozenset({"refer"}),
    (_S.RESOLVED, Side.SELLER): frozenset({"refer"}),
}
# What makes somebody of the appeals panel a part of the municipality that they rule for.
_OTHER_OFFICES = frozenset(Role.values) - {Role.APPEALS}
# A voucher is taken at the counter, given back and ended on its own page.
NOT_OF_VOUCHERS = frozenset({"cancel", "receive", "deliver", "confirm", "dispute", "give_in"})


def deeds_of(order: Order, side: str | None) -> frozenset[str]:
    """What this side can do with an order now; `say` is always possible and not among them."""
    deeds = DEEDS.get((order.state, side or ""), frozenset())
    return deeds - NOT_OF_VOUCHERS if is_by_voucher(order) else deeds


def is_by_voucher(order: Order) -> bool:
    """Whether it was bought ahead: then a voucher tells what was used of it. An answer to a demand never is."""
    return order.response_id is None and order.terms.is_voucher


def side_of(order: Order, person: Party, on: date) -> Side | None:
    """The side that a person is on on a day: for themself, for whom they trade, or as a mediator. None for others."""
    if may_trade(person, order.buyer, on):
        return Side.BUYER
    if may_trade(person, order.seller, on):
        return Side.SELLER
    return Side.MEDIATOR if may_mediate(order, person, on) else None


def may_mediate(order: Order, person: Party, on: date) -> bool:
    """Whether a person can settle the disagreement about an order, or did: of the board, and on neither side."""
    dispute = Dispute.objects.filter(order=order).select_related("order", "mediator").first()
    if dispute is None or (is_over(dispute) and not is_mediator(dispute, person)):
        return False
    return may_settle(order, person, on)


def may_settle(order: Order, person: Party, on: date) -> bool:
    """Whether a person can settle disagreements between these two: of the board, or, where the board itself is one of
    the two, of the appeals panel of the municipality; and on neither side."""
    place = order.offer.neighbourhood
    if not is_with_board(order):
        return all(may_judge(person, place, side, on) for side in (order.buyer, order.seller))
    if may_trade(person, place.party, on) or not is_on_appeals_panel(person, place, on):
        return False
    return not any(_is_near(person, side, on) for side in (order.buyer, order.seller))


def _is_near(person: Party, side: Party, on: date) -> bool:
    """The panel rules about its own municipality too; who holds another office there does not."""
    if side.kind == PartyKind.MUNICIPALITY:
        return holds(person, side, _OTHER_OFFICES, on)
    return has_interest(person, side, on)


def is_with_board(order: Order) -> bool:
    """Whether the neighbourhood itself, for which its board acts, buys or sells."""
    return order.offer.neighbourhood.party_id in {order.buyer_id, order.seller_id}


def is_bought_by_board(order: Order) -> bool:
    """Then it is the seller whom waiting would harm."""
    return order.offer.neighbourhood.party_id == order.buyer_id


def settled_by(order: Order) -> Party:
    """In whose name a mediator listens and writes: the neighbourhood, or the municipality whose panel it is."""
    place = order.offer.neighbourhood
    return place.municipality if is_with_board(order) else place.party


def is_mediator(dispute: Dispute, person: Party) -> bool:
    return dispute.mediator is not None and is_same_person(dispute.mediator, person)


def is_over(dispute: Dispute) -> bool:
    """Ruled, or the buyer was content after all."""
    return dispute.ruled_at is not None or dispute.order.state != OrderState.DISPUTED
