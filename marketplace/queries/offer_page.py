"""What the page of one offer tells besides the offer itself: what others say of who offers it, what one answered."""

from __future__ import annotations

from typing import Final

from django.db.models import Q, QuerySet

from marketplace.models import Offer, Order, Reference, Response
from marketplace.states import ResponseState
from people.models import Party
from people.queries import numbers_of

MOST_REFERENCES: Final = 10


def references_about(party: Party) -> list[Reference]:
    """What others wrote about somebody after an order, the newest first. One that the board hid comes without its
    words, with the reason."""
    found = Reference.objects.filter(about__in=_numbers(party)).select_related(
        "author__person_details", "author__organisation_details"
    )
    return list(found[:MOST_REFERENCES])


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
