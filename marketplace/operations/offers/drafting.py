"""Writing an offer, before it is on the market."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from core.states import transition
from marketplace.models import Offer, OfferText
from marketplace.operations.doors import judge_of, trader_of, writer_of
from marketplace.operations.offers.checking import Point, check_kind, check_stock, checked_tags, plain_fields
from marketplace.operations.standing import check_provider, locked
from marketplace.operations.terms import (
    LONGEST,
    OFFICIAL,
    WRITABLE,
    OfferOver,
    Terms,
    check_terms,
    terms_in,
    write_terms,
)
from marketplace.operations.words import check_words
from marketplace.operations.words_of_offer import put_text, write_words
from marketplace.permissions import may_trade
from marketplace.states import OfferState
from neighbourhoods.models import Category, Neighbourhood
from neighbourhoods.permissions import acting_person
from people.models import Party
from people.queries import canonical, is_same_person

if TYPE_CHECKING:
    from content.models import Picture


class NotWritable(Refusal):
    """What people can order is not another thing tomorrow."""

    code = "offer_not_writable"
    sentence = _(
        "What is on the market keeps its words. Write it again: the board looks at it, and the old one ends."
    )


class NotYetOut(Refusal):
    """A draft is changed, not written anew."""

    code = "offer_not_yet_out"
    sentence = _("This is not on the market yet. You can simply change it.")


def draft_offer(
    *,
    neighbourhood: Neighbourhood,
    direction: str,
    kind: str,
    category: Category,
    provider: Party,
    language: str,
    title: str,
    summary: str = "",
    about: str = "",
    place: str = "",
    point: Point | None = None,
    tags: Iterable[str] = (),
    picture: Picture | None = None,
    picture_alt: str = "",
    stock: int | None = None,
    terms: Terms,
    key: UUID,
    actor: Actor,
    at: datetime,
    instead_of: Offer | None = None,
    is_again: bool = False,
) -> Offer:
    """Write down something that is offered or wanted, with its words and its terms. The same key again gives the same
    offer. `instead_of`: what ends when this one comes on the market.

    :raises NotYourTrade: to who does not act for the provider.
    :raises NotAllowed: when it would replace what another offers, or comes with the key of another.
    :raises NotResident, NotAdmitted, NoAccountHere: when the provider has no place on this market.
    :raises Refusal: for words, terms or anything else that does not do.
    """
    provider = canonical(provider)
    made_by = writer_of(actor, provider, at)
    if instead_of is not None and not is_same_person(instead_of.provider, provider):
        raise NotAllowed  # it would end what another offers
    with transaction.atomic():
        # A form that is sent twice at once takes turns here: the second finds what the first wrote.
        Party.objects.select_for_update(no_key=True).get(pk=provider.pk)
        known = Offer.objects.filter(key=key).first()
        if known is not None:
            return _same(known, provider, neighbourhood)
        check_provider(provider, neighbourhood, day_of(at))
        check_kind(kind, provider, neighbourhood)
        # How many there will be of what is sold out is said before it is sent, not when it is written again.
        check_stock(stock, least=0 if is_again else 1)
        offer = Offer.objects.create(
            neighbourhood=neighbourhood, direction=direction, kind=kind, category=category, provider=provider,
            language=language, stock=stock, made_by=made_by, made_at=at, key=key,
            **plain_fields(place, point, picture, picture_alt),
        )  # fmt: skip
        before = str(instead_of.pk) if instead_of is not None else ""
        record("offer.draft", subject=offer, actor=actor, at=at, about=[provider], before=before)
        _put_words(offer, language=language, title=title, summary=summary, about=about, tags=tags)
        write_terms(offer=offer, terms=terms, actor=actor, at=at)
    return offer


def submit(*, offer: Offer, actor: Actor, at: datetime) -> Offer:
    """Send it to the board, also again after it was sent back.

    :raises NotYourTrade: to who does not act for the provider.
    :raises StockRefused: for none of it, as of something sold out that was written again.
    :raises Refusal: when the provider, its words or its terms do not do any more.
    """
    with transaction.atomic():
        locked(offer)
        writer_of(actor, offer.provider, at)
        check_stock(offer.stock)
        check_fit(offer, at)
        transition(offer, "submit", actor=actor, at=at, about=(offer.provider,))
    return offer


def withdraw(*, offer: Offer, actor: Actor, at: datetime) -> Offer:
    """Take it back before it came on the market.

    :raises NotYourTrade: to who does not act for the provider.
    """
    with transaction.atomic():
        locked(offer)
        writer_of(actor, offer.provider, at)
        transition(offer, "withdraw", actor=actor, at=at, about=(offer.provider,))
    return offer


def again(*, offer: Offer, key: UUID, actor: Actor, at: datetime) -> Offer:
    """Write it again: a draft with the same words and terms, to change and send to the board. When that one comes on
    the market, this one ends; until then it stays. A last day that passed becomes the longest one.

    :raises NotYourTrade: to who does not act for the provider.
    :raises NotWritable: when it was not on the market yet, and can simply be changed.
    """
    with transaction.atomic():
        locked(offer)
        trader_of(actor, offer.provider, at)
        if offer.state in WRITABLE or offer.terms is None:
            raise NotYetOut
        terms, on = terms_in(offer.terms), day_of(at)
        text = offer.texts.filter(language=offer.language).first() or offer.texts.order_by("pk").get()
        return draft_offer(
            neighbourhood=offer.neighbourhood, direction=offer.direction, kind=offer.kind, category=offer.category,
            provider=offer.provider, language=text.language, title=text.title, summary=text.summary, about=text.about,
            place=offer.place, point=_point_of(offer), tags=offer.tags.names(), picture=offer.picture,
            picture_alt=offer.picture_alt, stock=offer.stock,
            terms=terms if terms.until_on >= on else replace(terms, until_on=on + LONGEST),
            key=key, actor=actor, at=at, is_again=True,
            instead_of=offer if offer.state != OfferState.ENDED else None,
        )  # fmt: skip


def change_words(
    *,
    offer: Offer,
    kind: str,
    category: Category,
    language: str,
    title: str,
    summary: str = "",
    about: str = "",
    place: str = "",
    point: Point | None = None,
    tags: Iterable[str] = (),
    picture: Picture | None = None,
    picture_alt: str = "",
    actor: Actor,
    at: datetime,
    by_page: bool = False,
) -> Offer:
    """Tell it otherwise, as long as it is not on the market. `by_page`: a page of the offer was published, which the
    board does; its words in other languages stay.

    :raises NotYourTrade: to who does not act for the provider.
    :raises NotWritable: when it is on the market, or was.
    :raises Refusal: for words that do not do.
    """
    with transaction.atomic():
        locked(offer)
        _check_writer(offer, actor, at, by_page=by_page)
        check_kind(kind, offer.provider, offer.neighbourhood)
        changed = {
            "kind": kind, "category": category, "language": language,
            **plain_fields(place, point, picture, picture_alt),
        }  # fmt: skip
        Offer.objects.filter(pk=offer.pk).update(**changed)
        for name, value in changed.items():
            setattr(offer, name, value)
        if not by_page:
            OfferText.objects.filter(offer=offer).exclude(language=language).delete()
        _put_words(offer, language=language, title=title, summary=summary, about=about, tags=tags)
        record("offer.change", subject=offer, actor=actor, at=at, about=[offer.provider])
    return offer


def check_fit(offer: Offer, at: datetime) -> None:
    """Whether all of it may stand on the market at this moment: who, how told, and under which terms.

    :raises Refusal: the first thing that does not do.
    """
    check_provider(offer.provider, offer.neighbourhood, day_of(at))
    check_kind(offer.kind, offer.provider, offer.neighbourhood)
    for text in offer.texts.all():
        check_words(offer.neighbourhood, text.summary, text.about, title=text.title, party=offer.provider)
    check_words(offer.neighbourhood, offer.place, *offer.tags.names(), party=offer.provider)
    if offer.terms is None:
        raise OfferOver
    check_terms(offer, terms_in(offer.terms), day_of(at))


def _check_writer(offer: Offer, actor: Actor, at: datetime, *, by_page: bool) -> None:
    if offer.state == OfferState.ENDED:
        raise OfferOver
    person = acting_person(actor)
    if by_page and (person is None or not may_trade(person, offer.provider, day_of(at))):
        judge_of(actor, offer.neighbourhood, offer.provider, at)
        return
    writer_of(actor, offer.provider, at)
    if offer.state not in WRITABLE and not (by_page and offer.provider.kind in OFFICIAL):
        raise NotWritable


def _same(known: Offer, provider: Party, neighbourhood: Neighbourhood) -> Offer:
    """A key is made of whose form it is; whoever comes with another's gets nothing of it."""
    if (known.provider_id, known.neighbourhood_id) != (provider.pk, neighbourhood.pk):
        raise NotAllowed
    return known


def _point_of(offer: Offer) -> Point | None:
    if offer.latitude is None or offer.longitude is None:
        return None
    return (offer.latitude, offer.longitude)


def _put_words(
    offer: Offer, *, language: str, title: str, summary: str, about: str, tags: Iterable[str]
) -> None:
    put_text(offer=offer, language=language, title=title, summary=summary, about=about)
    found = checked_tags(tags)
    check_words(offer.neighbourhood, offer.place, *found, party=offer.provider)
    offer.tags.set(found)
    write_words(offer)
