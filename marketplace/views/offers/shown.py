"""What the page of an offer shows: to everybody the same, and beside it what this visitor can do."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.models import Response
from marketplace.permissions import is_other_hand, may_judge, may_trade, may_write
from marketplace.queries.accounts import account_for
from marketplace.queries.offer_page import open_response, open_responses, took_part
from marketplace.queries.offers import reason_of
from marketplace.queries.places import places_of
from marketplace.queries.reach import is_within
from marketplace.queries.traders import parties_traded_for
from marketplace.states import OfferState
from marketplace.views.offers.facts import Facts
from marketplace.views.offers.linked_data import linked_data
from neighbourhoods.shown import show_place
from people.acting import person_behind

if TYPE_CHECKING:
    from ledger.models import Account
    from neighbourhoods.models import Neighbourhood
    from people.models import Party

UNSEEN = frozenset({OfferState.DRAFT, OfferState.SUBMITTED, OfferState.RETURNED})


class Shown(Facts):
    """An offer before a visitor, who need not be signed in."""

    # --- The visitor -----------------------------------------------------------------------------------------------

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

    @property
    def homes(self) -> list[Neighbourhood]:
        """On whose markets they take part: where they go who have no account for this."""
        return places_of(self.person, self.today) if self.person else []

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
            "interest" if is_other_hand(person, provider, self.today) else self._hindrance_of_parties(person)
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


def language_of_page() -> str:
    """The language that somebody writes in, unless they say otherwise: that of the page before them."""
    return get_language() or settings.LANGUAGE_CODE
