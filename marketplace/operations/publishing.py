"""From the page that a board or an organisation writes in the admin to the plain row that decides.

What stands on a page is a proposal and no more. Publishing it in the language that pages are written in hands it over;
an older draft never undoes newer terms, and stock and state stand in no page at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from content.translation import is_source, words_on_the_page
from core.actor import Actor
from core.refusals import Refusal
from marketplace.models import Offer, OfferPage, OfferText, Reach, Refund
from marketplace.operations.doors import judge_of
from marketplace.operations.following import begun_by_page
from marketplace.operations.offers import change_words, draft_offer, publish, submit
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


class Effect(StrEnum):
    """What publishing a page did."""

    PUBLISHED = "PUBLISHED"  # it came on the market
    TERMS = "TERMS"  # it got other terms, and perhaps other words
    WORDS = "WORDS"  # it got other words
    SAME = "SAME"  # nothing was changed
    OLDER = "OLDER"  # the terms were changed after this was written, and stay as they are
    FOLLOWS = "FOLLOWS"  # a translation: it gives its words in that language, and no more


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
        made = draft_offer(
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


def submit_page(*, page: OfferPage, written_at: datetime, actor: Actor, at: datetime) -> None:
    """Send what a page offers to the board, with the words and terms that it has now. What is on the market already
    stays as it is: the board publishes the page, or does not.

    :raises NotYourTrade: to who does not write for the provider.
    :raises OfferOver: when it has ended.
    :raises Refusal: when the provider, its words or its terms do not do.
    """
    offer = Offer.objects.get(pk=page.offer_id)
    with transaction.atomic():
        locked(offer)
        if offer.state == OfferState.ENDED:
            raise OfferOver
        if offer.state not in WRITABLE:
            return
        _hand_over(offer, page, written_at, actor=actor, at=at, by_page=False)
        if offer.state != OfferState.SUBMITTED:
            submit(offer=offer, actor=actor, at=at)


def publish_page(*, page: OfferPage, written_at: datetime, actor: Actor, at: datetime) -> Effect:
    """Hand over what a page says, now that it is published. `written_at` is when this version of it was written.

    :raises BoardOnly, OwnMatter: to whoever does not decide on it.
    :raises NotSubmitted: for a draft of somebody else than the board.
    :raises OfferOver: when it has ended.
    :raises Refusal: when the provider, its words or its terms do not do.
    """
    if not is_source(page):
        return _follow(page)
    # Read anew, not from the page: a revision may hold an offer as it was long ago.
    offer = Offer.objects.get(pk=page.offer_id)
    with transaction.atomic(), begun_by_page():
        locked(offer)
        if offer.state == OfferState.ENDED:
            raise OfferOver
        effect = _hand_over(offer, page, written_at, actor=actor, at=at, by_page=True)
        if offer.state in WRITABLE:
            publish(offer=offer, actor=actor, at=at)
            return Effect.PUBLISHED
    return effect


def refusal_to_publish(
    *, page: OfferPage, written_at: datetime, actor: Actor, at: datetime
) -> Refusal | None:
    """What publishing this page would be refused for, tried out and rolled back; None when nothing stands in its way.

    Wagtail publishes first and tells afterwards: so its form asks before.
    """
    return _refusal(publish_page, page=page, written_at=written_at, actor=actor, at=at)


def refusal_to_submit(*, page: OfferPage, written_at: datetime, actor: Actor, at: datetime) -> Refusal | None:
    """The same for sending it to the board."""
    return _refusal(submit_page, page=page, written_at=written_at, actor=actor, at=at)


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
        change_words(
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


def _follow(page: OfferPage) -> Effect:
    """The words of a translation, once most of it is translated; words in another language are not passed for it."""
    language = page.locale.language_code
    offer = Offer.objects.get(pk=page.offer_id)
    with transaction.atomic():
        locked(offer)
        if offer.state == OfferState.ENDED:
            return Effect.FOLLOWS
        if words_on_the_page(page)["text_language"] == language:
            told = told_by(page)
            put_text(offer=offer, language=language, title=told.title, summary=told.summary, about=told.about)
        else:
            OfferText.objects.filter(offer=offer, language=language).delete()
        write_words(offer)
    return Effect.FOLLOWS


def _refusal(deed: Any, **told: Any) -> Refusal | None:
    refused: Refusal | None = None
    with transaction.atomic():
        try:
            deed(**told)
        except Refusal as refusal:
            refused = refusal
        transaction.set_rollback(True)
    return refused


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
