"""The markets of the demo: who was let in, what is offered and wanted, and what became of it.

Where there are offers already nothing is done: a second time changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from home.demo.load.market.deals import Deals
from home.demo.load.market.ground import let_in, open_hours, save_searches, write_words_down
from home.demo.load.market.offers import Offers
from home.demo.load.market.town import Town
from home.demo.load.persons import Crowd
from home.demo.market import MARKETS, Market
from marketplace.models import Offer
from marketplace.operations.offer_clock import watch_offers
from marketplace.operations.vouchers import watch_vouchers


def load_market(*, at: datetime) -> Iterator[str]:
    """Have everybody offer, ask, order and answer. Says in a sentence what was done."""
    crowd = Crowd(at=at)
    begun = []
    for market in MARKETS:
        place = crowd.places[market.slug]
        if not Offer.objects.filter(neighbourhood=place).exists():
            _trade(crowd, market)
            begun.append(place.name)
    if begun:
        watch_vouchers(at)
        watch_offers(at)
    yield f"{', '.join(begun)} have a market." if begun else "There was a market already."
    yield from crowd.left_out


def _trade(crowd: Crowd, market: Market) -> None:
    town = Town(crowd, market)
    let_in(town)
    write_words_down(town)
    offers = Offers(town)
    for offered in market.offers:
        crowd.attempt(f"“{offered.title.nl}” on the market", lambda offered=offered: offers.add(offered))  # type: ignore[misc]
    deals = Deals(town, offers.there)
    for deal in market.deals:
        crowd.attempt(f"An order of “{deal.of}”", lambda deal=deal: deals.order(deal))  # type: ignore[misc]
    for answer in market.answers:
        crowd.attempt(f"An answer to “{answer.to}”", lambda answer=answer: deals.answer(answer))  # type: ignore[misc]
    offers.end()
    open_hours(town)
    save_searches(town)
