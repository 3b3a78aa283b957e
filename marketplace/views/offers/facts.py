"""What the page of an offer tells to everybody: what it is, what it costs, who decided that, what happens."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import get_language

from content.translation import words_on_the_page
from core import clock
from marketplace.models import Offer, OfferKind, OfferPage, OfferTerms, OfferText, Reference
from marketplace.operations.offer_face import terms_of
from marketplace.pointing import Sheet, sheet_of
from marketplace.queries.bounds import Bound, bound_of
from marketplace.queries.offers import text_of
from marketplace.queries.opening import OpenDays, open_days_of
from marketplace.queries.orders import paid_references_of
from marketplace.states import OfferState
from marketplace.units import OfferUnit, per_unit, units
from marketplace.views.offers.steps import Step, steps_of
from neighbourhoods.models import Decider
from neighbourhoods.queries.items import name_of_category

if TYPE_CHECKING:
    from datetime import date

    from content.models import Picture
    from ledger.models import Coin
    from marketplace.operations.terms import Terms

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


@dataclass(frozen=True)
class Facts:
    """An offer as everybody sees it who may."""

    request: HttpRequest
    offer: Offer
    page: OfferPage | None = None  # when it is shown there, in its own words

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
    def is_help(self) -> bool:
        """Whether somebody is asked to do something once: that is no piece of anything."""
        is_thing = self.offer.kind in {OfferKind.GOOD, OfferKind.ENERGY}
        unit = self.terms.unit if self.terms else ""
        return self.offer.is_demand and unit == OfferUnit.PIECE and not is_thing

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
        return str(self.offer.stock) if self.is_help else units(self.terms.unit, self.offer.stock)

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
        return sheet if sheet and self.point and sheet.shows(self.point) and not sheet.is_bare else None

    @property
    def can_point(self) -> bool:
        """Whether there is a drawing of the neighbourhood on which somebody knows where they are."""
        area = self.offer.neighbourhood.area
        sheet = sheet_of(area.outline) if area else None
        return sheet is not None and not sheet.is_bare

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

    @property
    def today(self) -> date:
        return clock.today()


def _as_row(offer: Offer, terms: Terms) -> OfferTerms:
    """Terms that nobody agreed to yet, for an editor who wants to see how they look."""
    values = {name: getattr(terms, name) for name in TERMS}
    return OfferTerms(offer=offer, version=0, **values)
