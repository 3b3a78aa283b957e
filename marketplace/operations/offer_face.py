"""Offers and their pages: how one begins, what it says, and what publishing it hands over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from content.translation import words_on_the_page
from core.actor import Actor
from core.refusals import Refusal
from marketplace.models import Offer, OfferPage, OfferText, Reach, Refund
from marketplace.operations import offers
from marketplace.operations.doors import judge_of
from marketplace.operations.faced import Effect, Faced, register
from marketplace.operations.following import Verdict, follow
from marketplace.operations.offers.checking import checked_tags
from marketplace.operations.standing import locked
from marketplace.operations.terms import WRITABLE, OfferOver, Terms, change_terms, terms_in
from marketplace.operations.words_of_offer import LONGEST_ABOUT, checked_words, put_text, write_words
from marketplace.queries.pages import market_page_of, page_of_offer
from marketplace.states import OfferState
from neighbourhoods.founding import free_slug
from neighbourhoods.models import Category, Neighbourhood
from neighbourhoods.operations.values.publishing import as_decimal, as_minor
from people.models import Party, User

if TYPE_CHECKING:
    from content.models import Picture

LONGEST_SLUG = 60


class NoMarketPage(Refusal):
    """This neighbourhood has no page about its market yet, so nothing can stand below it."""

    code = "offer_no_market_page"
    sentence = _("There is no page about the market here yet. Ask the administrator of the site to add it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a page says in words."""

    title: str
    summary: str
    about: str
    tags: tuple[str, ...]
    picture: Picture | None
    picture_alt: str


def begin_page(
    *,
    neighbourhood: Neighbourhood,
    direction: str,
    kind: str,
    category: Category,
    provider: Party,
    title: str,
    summary: str,
    place: str,
    stock: int | None,
    terms: Terms,
    key: UUID,
    actor: Actor,
    user: User,
    at: datetime,
) -> OfferPage:
    """Begin the page of an offer, with the draft that it is the face of. The same key again gives the same page.

    :raises NoMarketPage: when the page of the market is missing.
    :raises Refusal: what `draft_offer` says about who, words and terms.
    """
    parent = market_page_of(neighbourhood)
    if parent is None:
        raise NoMarketPage
    with transaction.atomic():
        made = offers.draft_offer(
            neighbourhood=neighbourhood, direction=direction, kind=kind, category=category, provider=provider,
            language=settings.LANGUAGE_CODE, title=title, summary=summary, place=place, stock=stock, terms=terms,
            key=key, actor=actor, at=at,
        )  # fmt: skip
        known = page_of_offer(made)
        if known is not None:
            return known
        # Held until the end: of two with the same title, the second gets a number behind its address.
        Page.objects.select_for_update().get(pk=parent.pk)
        text = made.texts.get()
        page = OfferPage(
            offer=made, title=text.title, lead=text.summary, slug=_slug(parent, text.title), live=False,
            locale=parent.locale, owner=user, **fields_of(terms),
        )  # fmt: skip
        parent.refresh_from_db(fields=["path", "depth", "numchild"])
        parent.add_child(instance=page)
        page.save_revision(user=user, log_action=True)
    return page


def differs(page: OfferPage, offer: Offer) -> bool:
    """Whether a page says other terms than those in force."""
    return offer.terms is None or _tidy(terms_of(page), offer) != terms_in(offer.terms)


def is_older(offer: Offer, written_at: datetime | None) -> bool:
    """Whether the terms were changed, at the desk of who offers it, after a version of its page was written."""
    return offer.terms is not None and (written_at is None or written_at < offer.terms.made_at)


def terms_of(page: OfferPage) -> Terms:
    """The terms that a page proposes."""
    return Terms(
        amount=as_minor(page.terms_amount) or 0, euro=as_minor(page.terms_euro) or 0, unit=page.terms_unit,
        item=page.terms_item, until_on=page.terms_until, reach=page.terms_reach,
        places=tuple(page.terms_places.all()), is_voucher=page.terms_voucher, uses=page.terms_uses,
        voucher_days=page.terms_voucher_days, refund=page.terms_refund,
    )  # fmt: skip


def told_by(page: OfferPage) -> Told:
    """The words of a page, as they are kept beside its plain row: for lists, and for who searches."""
    body = "\n\n".join(page.body.stream_block.get_searchable_content(page.body)) if page.body else ""
    return Told(
        title=page.title, summary=page.lead, about=Truncator(body.strip()).chars(LONGEST_ABOUT),
        tags=tuple(checked_tags(page.terms_tags.split(","))), picture=page.picture,
        picture_alt=page.picture_alt if page.picture else "",
    )  # fmt: skip


def _hand_over(
    offer: Offer, page: OfferPage, written_at: datetime, *, actor: Actor, at: datetime, by_page: bool
) -> Effect:
    """Words and terms, as far as they are others than those that stand. Who may is asked when anything is."""
    other_words, other_terms = _says_otherwise(offer, page), differs(page, offer)
    older = other_terms and is_older(offer, written_at)
    if by_page and (other_words or (other_terms and not older)):
        # Also to who trades for it: on the market nobody changes their own with the board's pen.
        judge_of(actor, offer.neighbourhood, offer.provider, at)
    if other_words:
        told = told_by(page)
        offers.change_words(
            offer=offer, kind=offer.kind, category=offer.category, language=settings.LANGUAGE_CODE, title=told.title,
            summary=told.summary, about=told.about, place=offer.place, point=_point_of(offer), tags=told.tags,
            picture=told.picture, picture_alt=told.picture_alt, actor=actor, at=at, by_page=by_page,
        )  # fmt: skip
    if older:
        return Effect.OLDER
    if other_terms:
        change_terms(offer=offer, terms=terms_of(page), actor=actor, at=at, by_page=by_page)
        return Effect.TERMS
    return Effect.WORDS if other_words else Effect.SAME


def _says_otherwise(offer: Offer, page: OfferPage) -> bool:
    told = told_by(page)
    text = offer.texts.filter(language=settings.LANGUAGE_CODE).first()
    words = checked_words(told.title, told.summary, told.about, settings.LANGUAGE_CODE)
    stands = text and {name: getattr(text, name) for name in words}
    picture = (told.picture.pk if told.picture else None, told.picture_alt)
    tags = sorted(offer.tags.names())
    return (stands, (offer.picture_id, offer.picture_alt), tags) != (words, picture, sorted(told.tags))


def _follow_words(offer: Offer, page: OfferPage) -> None:
    """The words of a translation, once most of it is translated; words in another language are not passed for it."""
    language = page.locale.language_code
    if words_on_the_page(page)["text_language"] == language:
        told = told_by(page)
        put_text(offer=offer, language=language, title=told.title, summary=told.summary, about=told.about)
    else:
        OfferText.objects.filter(offer=offer, language=language).delete()
    write_words(offer)


def _tidy(terms: Terms, offer: Offer) -> Terms:
    """Without what says nothing, as terms are kept: a page keeps what its editor filled in before."""
    if terms.reach != Reach.NAMED:
        terms = replace(terms, places=())
    else:
        others = [place for place in terms.places if place.pk != offer.neighbourhood_id]
        terms = replace(terms, places=tuple(sorted(others, key=lambda place: place.pk)))
    if terms.is_voucher:
        return terms
    return replace(terms, uses=1, voucher_days=None, refund=Refund.ANY_TIME)


def fields_of(terms: Terms) -> dict[str, Any]:
    return {
        "terms_amount": as_decimal(terms.amount), "terms_euro": as_decimal(terms.euro), "terms_unit": terms.unit,
        "terms_item": terms.item, "terms_until": terms.until_on, "terms_reach": terms.reach,
        "terms_voucher": terms.is_voucher, "terms_uses": terms.uses, "terms_voucher_days": terms.voucher_days,
        "terms_refund": terms.refund,
    }  # fmt: skip


def _slug(parent: Page, title: str) -> str:
    return free_slug(parent, slugify(title)[:LONGEST_SLUG] or "aanbod")


def _point_of(offer: Offer) -> tuple[float, float] | None:
    if offer.latitude is None or offer.longitude is None:
        return None
    return offer.latitude, offer.longitude


register(
    Faced(
        name="offer", page=OfferPage, row=Offer, lock=locked, party=lambda offer: offer.provider,
        hand_over=_hand_over, follow_words=_follow_words, over=frozenset({OfferState.ENDED}), too_late=OfferOver,
        writable=WRITABLE, submitted=OfferState.SUBMITTED, open=OfferState.PUBLISHED, paused=OfferState.PAUSED,
        submit=lambda offer, **who: offers.submit(offer=offer, **who),
        publish=lambda offer, **who: offers.publish(offer=offer, **who),
        send_back=lambda offer, **who: offers.return_offer(offer=offer, **who),
        withdraw=lambda offer, **who: offers.withdraw(offer=offer, **who),
        pause=lambda offer, **who: offers.pause(offer=offer, **who),
        resume=lambda offer, **who: offers.resume(offer=offer, **who),
        suspend=lambda offer, **who: offers.suspend(offer=offer, **who),
        release=lambda offer, **who: offers.release(offer=offer, **who),
    )
)  # fmt: skip


@offers.on_told
def follow_the_board(offer: Offer, what: offers.Told, _at: datetime) -> None:
    """What the board decides in its own room is done to the page too."""
    verdicts = {offers.Told.PUBLISHED: Verdict.OPEN, offers.Told.RETURNED: Verdict.RETURNED}
    if what in verdicts:
        follow(offer, verdicts[what])
