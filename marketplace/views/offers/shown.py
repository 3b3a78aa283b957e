"""What the page of an offer shows: to everybody the same, and beside it what this visitor can do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.translation import words_on_the_page
from core import clock
from marketplace.models import Offer, OfferPage, OfferTerms, OfferText, Reference, Response
from marketplace.operations.publishing import terms_of
from marketplace.permissions import has_interest, may_judge, may_trade, may_write
from marketplace.pointing import Sheet, sheet_of
from marketplace.queries.accounts import account_for
from marketplace.queries.bounds import Bound, bound_of
from marketplace.queries.offer_page import open_response, open_responses, took_part
from marketplace.queries.offers import reason_of, text_of
from marketplace.queries.opening import OpenDays, open_days_of
from marketplace.queries.orders import paid_references_of
from marketplace.queries.reach import is_within
from marketplace.queries.traders import parties_traded_for
from marketplace.states import OfferState
from marketplace.units import per_unit, units
from marketplace.views.offers.linked_data import linked_data
from marketplace.views.offers.steps import Step, steps_of
from neighbourhoods.models import Decider
from neighbourhoods.queries.items import name_of_category
from neighbourhoods.shown import show_place
from people.acting import person_behind

if TYPE_CHECKING:
    from datetime import date

    from content.models import Picture
    from ledger.models import Account, Coin
    from marketplace.operations.terms import Terms
    from people.models import Party

TERMS = (
    "amount",
    "euro",
    "unit",
    "item",
    "until_on",
    "reach",
    "is_voucher",
    "uses",
    "voucher_days",
    "refund",
)
MOST_REFERENCES = 10
UNSEEN = frozenset({OfferState.DRAFT, OfferState.SUBMITTED, OfferState.RETURNED})


@dataclass(frozen=True)
class Shown:
    """An offer before a visitor, who need not be signed in."""

    request: HttpRequest
    offer: Offer
    page: OfferPage | None = None  # when it is shown there, in its own words

    # --- The offer, as everybody sees it ---------------------------------------------------------------------------

    @property
    def terms(self) -> OfferTerms | None:
        """None for a draft of which the price is not written yet. An editor who looks at a draft of its page sees the
        terms that stand there."""
        if self.page is not None and self.is_preview:
            return _as_row(self.offer, terms_of(self.page))
        return self.offer.terms

    @property
    def is_preview(self) -> bool:
        return bool(getattr(self.request, "is_preview", False))

    @property
    def coin(self) -> Coin:
        return self.offer.neighbourhood.coin

    @cached_property
    def text(self) -> OfferText:
        """Its words: those of the page that it is shown on, of which the body stands there as it was written."""
        if self.page is None:
            return text_of(self.offer)
        language = words_on_the_page(self.page)["text_language"]
        return OfferText(offer=self.offer, language=language, title=self.page.title, summary=self.page.lead)

    @property
    def other_language(self) -> str:
        """The language of the words, when it is not that of the page: a screen reader then reads them as they are."""
        return self.text.language if self.text.language != (get_language() or "") else ""

    @property
    def picture(self) -> Picture | None:
        return self.page.picture if self.page else self.offer.picture

    @property
    def picture_alt(self) -> str:
        return self.page.picture_alt if self.page else self.offer.picture_alt

    @property
    def per(self) -> str:
        return per_unit(self.terms.unit) if self.terms else ""

    @property
    def category(self) -> str:
        return capfirst(name_of_category(self.offer.category))

    @cached_property
    def bound(self) -> Bound | None:
        """What the neighbourhood decided that it is worth."""
        return bound_of(self.terms.item, self.today) if self.terms else None

    @property
    def decided_by_residents(self) -> bool:
        return self.bound is not None and self.bound.decision.policy.decider == Decider.RESIDENTS

    @cached_property
    def open_days(self) -> list[OpenDays]:
        """When who sells is open. Of what a person offers, who has no shop, mostly nothing."""
        return open_days_of(self.offer.provider)

    @property
    def reach(self) -> str:
        """For whom it is, in words; with the other neighbourhoods by name."""
        if self.terms is None:
            return ""
        places = [place.neighbourhood.name for place in self.terms.places.all()] if self.terms.pk else []
        if places:
            return ", ".join([self.offer.neighbourhood.name, *sorted(places)])
        return str(self.terms.get_reach_display())

    @property
    def left(self) -> str:
        """How many there are, in words; nothing where there is no end to it."""
        if self.terms is None or self.offer.stock is None:
            return ""
        return units(self.terms.unit, self.offer.stock)

    @property
    def asks_how_many(self) -> bool:
        """Whether a buyer can order more than one."""
        return self.offer.stock is None or self.offer.stock > 1

    @property
    def steps(self) -> list[Step]:
        """What happens from here on."""
        return steps_of(self.offer, self.terms) if self.terms else []

    @cached_property
    def references(self) -> list[Reference]:
        """What others wrote about who offers it, after an order that was paid."""
        return list(paid_references_of(self.offer.provider)[:MOST_REFERENCES])

    @cached_property
    def sheet(self) -> Sheet | None:
        """A drawing of the neighbourhood, when who offers it pointed at a place on it."""
        area = self.offer.neighbourhood.area
        sheet = sheet_of(area.outline) if area else None
        return sheet if sheet and self.point and sheet.shows(self.point) else None

    @property
    def point(self) -> tuple[float, float] | None:
        latitude, longitude = self.offer.latitude, self.offer.longitude
        return None if latitude is None or longitude is None else (latitude, longitude)

    @property
    def map(self) -> str:
        """The address of the drawing with the place on it."""
        return self.sheet.address(self.point) if self.sheet else ""

    @property
    def is_on_market(self) -> bool:
        until = self.offer.until_on
        return self.offer.state == OfferState.PUBLISHED and until is not None and until >= self.today

    # --- The visitor -----------------------------------------------------------------------------------------------

    @property
    def today(self) -> date:
        return clock.today()

    @cached_property
    def person(self) -> Party | None:
        return person_behind(self.request) if self.request.user.is_authenticated else None

    @cached_property
    def is_own(self) -> bool:
        """Whether they buy and sell for who offers it."""
        return self.person is not None and may_trade(self.person, self.offer.provider, self.today)

    @cached_property
    def may_write(self) -> bool:
        return self.person is not None and may_write(self.person, self.offer.provider, self.today)

    @cached_property
    def may_judge(self) -> bool:
        """Whether they decide on it for the board."""
        place, provider = self.offer.neighbourhood, self.offer.provider
        return self.person is not None and may_judge(self.person, place, provider, self.today)

    @property
    def may_see(self) -> bool:
        """Everybody sees what is on the market; who writes and who judges also what is not on it yet; and who ordered
        it what is on it no more."""
        if self.is_on_market or self.may_write:
            return True
        if self.may_judge:
            return self.offer.state != OfferState.DRAFT  # it is still being written
        return (
            self.offer.state not in UNSEEN and self.person is not None and took_part(self.offer, self.person)
        )

    @property
    def is_unseen(self) -> bool:
        """Whether it was never on the market."""
        return self.offer.state in UNSEEN

    @property
    def is_over(self) -> bool:
        """Whether it was on the market and is not, so that the page says just that."""
        return not self.is_unseen and not self.is_on_market

    @cached_property
    def account(self) -> Account | None:
        """With which they pay here, or are paid."""
        return account_for(self.person, self.coin) if self.person else None

    @cached_property
    def response(self) -> Response | None:
        return open_response(self.offer, self.person) if self.person and self.offer.is_demand else None

    @cached_property
    def responses(self) -> int:
        """How many answers wait, for who asked."""
        return open_responses(self.offer) if self.is_own and self.offer.is_demand else 0

    @cached_property
    def hindrance(self) -> str:
        """Why this visitor cannot order or answer it now, in one word; empty when they can."""
        person, provider = self.person, self.offer.provider
        plain = (
            ("off", not self.is_on_market),
            ("own", self.is_own),
            ("sold_out", self.offer.is_sold_out),
            ("sign_in", person is None),
        )
        found = next((word for word, holds in plain if holds), "")
        if found or person is None:
            return found
        return (
            "interest" if has_interest(person, provider, self.today) else self._hindrance_of_parties(person)
        )

    def _hindrance_of_parties(self, person: Party) -> str:
        """Somebody can be kept from it in their own name and not in that of their shop; the order asks in whose."""
        assert self.terms is not None  # noqa: S101 - whatever is on the market has terms
        found = "account"
        for party in parties_traded_for(person, self.today):
            if account_for(party, self.coin) is None:
                continue
            if is_within(party, self.terms, self.today):
                return ""
            found = "reach"
        return found

    @property
    def reason(self) -> str:
        """Why the board sent it back, or took it off the market."""
        if not self.may_write:
            return ""
        if self.offer.state == OfferState.RETURNED:
            return reason_of(self.offer, "offer.return")
        return reason_of(self.offer, "offer.suspend") if self.offer.paused_by_board else ""

    # --- The page --------------------------------------------------------------------------------------------------

    @property
    def url(self) -> str:
        return self.request.build_absolute_uri(reverse("offer", args=[self.offer.ref]))

    def market(self, **asked: str) -> str:
        """The market that it stands on, or a part of it."""
        address = reverse("market_in", args=[self.offer.neighbourhood.slug])
        return f"{address}?{urlencode(asked)}" if asked else address

    def crumbs(self) -> list[tuple[str, str]]:
        """Market, and the category that it is found under."""
        return [
            (_("Market"), self.market()),
            (self.category, self.market(category=self.offer.category.slug)),
        ]

    def tags(self) -> list[tuple[str, str]]:
        """The words that it is found by, each with the address of all that has it."""
        return [(tag.name, self.market(tag=tag.slug)) for tag in self.offer.tags.all()]

    def context(self, **more: Any) -> dict[str, Any]:
        """What a page about this offer is drawn from, in the frame of its neighbourhood."""
        show_place(self.request, self.offer.neighbourhood)
        return {
            "shown": self,
            "offer": self.offer,
            "coin": self.coin,
            "linked_data": self.linked_data,
            **more,
        }

    @property
    def linked_data(self) -> str:
        """What machines read of it. Nothing of what is not on the market."""
        if not self.is_on_market or self.terms is None:
            return ""
        return linked_data(
            offer=self.offer, text=self.text, terms=self.terms, url=self.url, picture=self._picture_url()
        )

    def _picture_url(self) -> str:
        picture = self.picture
        return self.request.build_absolute_uri(picture.get_rendition("width-800").url) if picture else ""


def _as_row(offer: Offer, terms: Terms) -> OfferTerms:
    """Terms that nobody agreed to yet, for an editor who wants to see how they look."""
    values = {name: getattr(terms, name) for name in TERMS}
    return OfferTerms(offer=offer, version=0, **values)


def language_of_page() -> str:
    """The language that somebody writes in, unless they say otherwise: that of the page before them."""
    return get_language() or settings.LANGUAGE_CODE
