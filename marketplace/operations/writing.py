"""Putting something on the market in one go, as the form does: its words, its terms, its picture, and to the board."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from core.audit import record
from marketplace.models import Offer
from marketplace.operations.doors import writer_of
from marketplace.operations.offers import change_words, draft_offer, publish, set_stock, submit
from marketplace.operations.offers.drafting import NotWritable
from marketplace.operations.pictures import forget_file, keep_picture
from marketplace.operations.standing import locked
from marketplace.operations.terms import OFFICIAL, WRITABLE, OfferOver, Terms, change_terms
from marketplace.states import OfferState
from people.models import Party
from people.queries import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from content.models import Picture
    from core.actor import Actor
    from neighbourhoods.models import Category, Neighbourhood

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All that is told of an offer. `picture` is a JPEG that was written anew (`operations.pictures`)."""

    kind: str
    category: Category
    language: str
    title: str
    summary: str = ""
    about: str = ""
    place: str = ""
    tags: Iterable[str] = ()
    picture: bytes | None = None
    picture_alt: str = ""

    def told(self) -> dict[str, Any]:
        """By the names of the operations on offers; all but the picture."""
        names = ("kind", "category", "language", "title", "summary", "about", "place", "tags", "picture_alt")
        return {name: getattr(self, name) for name in names}


def write_offer(
    *,
    neighbourhood: Neighbourhood,
    direction: str,
    provider: Party,
    words: Words,
    terms: Terms,
    stock: int | None,
    key: UUID,
    actor: Actor,
    at: datetime,
) -> Offer:
    """This will write down an offer and send it to the board; what the board itself offers comes on the market at
    once. The same key again gives the same offer, and keeps no second picture.

    :raises Refusal: what drafting, sending and publishing refuse. Nothing was kept then.
    """
    with transaction.atomic(), _kept(words, neighbourhood, actor, at) as keep:
        # The same lock as drafting takes: of a form that is sent twice at once the second finds what the first wrote.
        Party.objects.select_for_update(no_key=True).get(pk=canonical(provider).pk)
        is_new = not Offer.objects.filter(key=key).exists()
        offer = draft_offer(
            neighbourhood=neighbourhood, direction=direction, provider=provider, stock=stock, terms=terms, key=key,
            actor=actor, at=at, picture=keep() if is_new else None, **words.told(),
        )  # fmt: skip
        if is_new:
            _send(offer, actor, at)
    return offer


def rewrite_offer(
    *,
    offer: Offer,
    words: Words,
    keeps_picture: bool,
    terms: Terms,
    stock: int | None,
    actor: Actor,
    at: datetime,
) -> Offer:
    """This will tell an offer otherwise that is not on the market yet, and send it to the board when it is not there.

    A new picture takes the place of the old one; without a new one the old one stays if `keeps_picture`.

    :raises Refusal: what changing and sending refuse. Nothing changed then.
    """
    with transaction.atomic(), _kept(words, offer.neighbourhood, actor, at) as keep:
        locked(offer)
        picture = keep() or (offer.picture if keeps_picture else None)
        change_words(offer=offer, picture=picture, point=_point_of(offer), actor=actor, at=at, **words.told())
        change_terms(offer=offer, terms=terms, actor=actor, at=at)
        if stock != offer.stock:
            set_stock(offer=offer, stock=stock, actor=actor, at=at)
        if offer.state != OfferState.SUBMITTED:
            _send(offer, actor, at)
    return offer


def send_offer(*, offer: Offer, actor: Actor, at: datetime) -> Offer:
    """This will send a draft to the board as it is; what the board itself offers comes on the market at once.

    :raises Refusal: what sending and publishing refuse.
    """
    with transaction.atomic():
        locked(offer)
        _send(offer, actor, at)
    return offer


def set_point(*, offer: Offer, point: Point | None, actor: Actor, at: datetime) -> Offer:
    """This will say where on the map it is; None takes the point away.

    :raises NotYourTrade: to who does not act for the provider.
    :raises OfferOver: when it has ended. :raises NotWritable: when it is on the market, but for the neighbourhood
        itself and its municipality: the board let in what stands there.
    """
    with transaction.atomic():
        locked(offer)
        writer_of(actor, offer.provider, at)
        if offer.state == OfferState.ENDED:
            raise OfferOver
        if offer.state not in WRITABLE and offer.provider.kind not in OFFICIAL:
            raise NotWritable
        offer.latitude, offer.longitude = point or (None, None)
        Offer.objects.filter(pk=offer.pk).update(latitude=offer.latitude, longitude=offer.longitude)
        record("offer.change", subject=offer, actor=actor, at=at, about=[offer.provider])
    return offer


def _send(offer: Offer, actor: Actor, at: datetime) -> None:
    if offer.provider_id == offer.neighbourhood.party_id:
        publish(offer=offer, actor=actor, at=at)
    else:
        submit(offer=offer, actor=actor, at=at)


class _Keeper:
    """Keeps the picture of an offer when it is asked to, and remembers that it did."""

    def __init__(self, words: Words, neighbourhood: Neighbourhood, actor: Actor, at: datetime) -> None:
        self.words, self.neighbourhood, self.actor, self.at = words, neighbourhood, actor, at
        self.picture: Picture | None = None

    def __call__(self) -> Picture | None:
        if self.words.picture is not None:
            self.picture = keep_picture(
                content=self.words.picture, title=self.words.title, neighbourhood=self.neighbourhood,
                actor=self.actor, at=self.at,
            )  # fmt: skip
        return self.picture


@contextmanager
def _kept(words: Words, neighbourhood: Neighbourhood, actor: Actor, at: datetime) -> Iterator[_Keeper]:
    """When the deed comes to nothing the database forgets the picture; its file is taken away here."""
    keeper = _Keeper(words, neighbourhood, actor, at)
    try:
        yield keeper
    except BaseException:
        if keeper.picture is not None:
            forget_file(keeper.picture)
        raise


def _point_of(offer: Offer) -> Point | None:
    return None if offer.latitude is None or offer.longitude is None else (offer.latitude, offer.longitude)
