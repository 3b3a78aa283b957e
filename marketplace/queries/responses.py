"""Questions about responses: who answered what is wanted. Seen by who asked and who answered alone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from marketplace.models import Offer, Response
from marketplace.queries.order_lists import interests_of
from marketplace.states import OfferState, ResponseState
from people.models import Party, PartyKind
from people.queries import numbers_of

ALONG = (
    "offer__neighbourhood__coin", "offer__terms", "terms", "responder__person_details",
    "responder__organisation_details", "offer__provider__person_details", "offer__provider__organisation_details",
    "order",
)  # fmt: skip


def response_at(ref: UUID) -> Response | None:
    """The response with this number in its address. Who may see it says the caller: who asked, and who answered."""
    return with_all(Response.objects.filter(ref=ref)).first()


def responses_to(offer: Offer, states: Collection[str] | None = None) -> QuerySet[Response]:
    """The answers to what is wanted, for who asked, the oldest first: no order of price, so that nobody is undercut."""
    found = Response.objects.filter(offer=offer)
    if states is not None:
        found = found.filter(state__in=states)
    return with_all(found).order_by("made_at", "pk")


def responses_of(party: Party, states: Collection[str] | None = None) -> QuerySet[Response]:
    """What a party answered, of a person under any of their numbers, the newest first."""
    numbers = numbers_of(party).order_by() if party.is_person else [party]
    found = Response.objects.filter(responder__in=numbers)
    if states is not None:
        found = found.filter(state__in=states)
    return with_all(found).order_by("-made_at", "-pk")


def is_still_asked(offer: Offer) -> bool:
    """Whether who asked may still pick from the answers: also after the last day; not when the board took it off."""
    return offer.state in {OfferState.PUBLISHED, OfferState.PAUSED} and not offer.paused_by_board


def competes(person: Party, offer: Offer, on: date) -> bool:
    """Whether a person who acts for who asks has to do with somebody who answered, as a member of a board can: then
    the answers of the others are not theirs to read or to decline. An answer that is over counts, as it can be given
    anew."""
    if offer.provider.kind != PartyKind.NEIGHBOURHOOD:
        return False  # nobody answers there what they ask themselves
    theirs = interests_of(person, on)
    return Response.objects.filter(offer=offer).filter(
        Q(responder__in=theirs) | Q(responder__same_person_as__in=theirs)
    ).exists()  # fmt: skip


def left_open() -> list[int]:
    """The numbers of the answers that wait on what is not asked any more."""
    found = Response.objects.filter(state=ResponseState.OPEN, offer__state=OfferState.ENDED)
    return list(found.order_by("pk").values_list("pk", flat=True))


def with_all(responses: QuerySet[Response]) -> QuerySet[Response]:
    """The same responses with all that a list of them reads: two queries, however many they are."""
    return responses.select_related(*ALONG).prefetch_related("offer__texts")
