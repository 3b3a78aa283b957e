"""What the page of one offer tells besides the offer itself: what one answered, whether one took part."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from marketplace.models import Offer, Order, Response
from marketplace.states import ResponseState
from people.models import Party
from people.queries import numbers_of


def open_response(offer: Offer, person: Party) -> Response | None:
    """What somebody answered to what is wanted, as long as it waits for an answer itself."""
    found = Response.objects.filter(offer=offer, state=ResponseState.OPEN)
    return found.filter(Q(responder__in=_numbers(person)) | Q(made_by__in=_numbers(person))).first()


def open_responses(offer: Offer) -> int:
    """How many answers wait for who asked."""
    return Response.objects.filter(offer=offer, state=ResponseState.OPEN).count()


def took_part(offer: Offer, person: Party) -> bool:
    """Whether somebody ordered this or sold it after answering: they still find its page when it has ended."""
    mine = _numbers(person)
    return (
        Order.objects.filter(offer=offer)
        .filter(Q(buyer__in=mine) | Q(seller__in=mine) | Q(placed_by__in=mine))
        .exists()
    )


def _numbers(party: Party) -> QuerySet[Party] | list[Party]:
    return numbers_of(party).order_by() if party.is_person else [party]
