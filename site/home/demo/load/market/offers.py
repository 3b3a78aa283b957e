"""What is offered and wanted in the demo: drafted, approved or not, and shown on a page where a board wrote one."""

from __future__ import annotations

from datetime import timedelta

from content.translation import add_page
from home.demo.load.market.town import Town
from home.demo.market.kinds import BOARD, DEMAND, SUPPLY, Offered
from marketplace.models import Offer, OfferPage, ReportReason
from marketplace.operations.offer_face import fields_of
from marketplace.operations.offers import (
    draft_offer,
    end,
    pause,
    publish,
    return_offer,
    submit,
    suspend,
)
from marketplace.operations.reports import report
from marketplace.operations.terms import Terms
from marketplace.queries.pages import market_page_of
from neighbourhoods.founding import free_slug
from neighbourhoods.models import Neighbourhood

LOOKED_AT = timedelta(days=1)
SLUG = {SUPPLY: "aanbod", DEMAND: "vraag"}


class Offers:
    """What stands on a market, by its Dutch title."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.there: dict[str, Offer] = {}

    def add(self, offered: Offered) -> None:
        """Write it down and bring it as far as it came before anybody ordered."""
        town, at = self.town, self.town.on(offered.day)
        actor = town.actor(offered.by)
        offer = draft_offer(
            neighbourhood=town.place, direction=offered.direction, kind=offered.kind,
            category=town.categories[offered.category], provider=town.party(offered.by), language=offered.language,
            title=offered.title.nl, summary=offered.summary.nl, about=offered.about, place=offered.place,
            point=self._point(offered), tags=offered.tags, stock=offered.stock, terms=self._terms(offered),
            key=town.key("offer", offered.title.nl), actor=actor, at=at,
        )  # fmt: skip
        self.there[offered.title.nl] = offer
        if offered.by != BOARD:
            submit(offer=offer, actor=actor, at=at)
        board = town.board(offer.provider)
        if offered.ends == "returned":
            return_offer(offer=offer, reason=offered.reason, actor=board, at=at + LOOKED_AT)
        elif offered.ends != "submitted":
            publish(offer=offer, actor=board, at=min(at + LOOKED_AT, town.crowd.at))
        if offered.page:
            self._show(offered, offer)

    def end(self) -> None:
        """What was on the market and is not any more, or not for now."""
        for offered in self.town.market.offers:
            if offered.ends in {"paused", "suspended", "ended"} and offered.title.nl in self.there:
                self.town.crowd.attempt(
                    f"The end of “{offered.title.nl}”",
                    lambda offered=offered: self._end(offered),  # type: ignore[misc]
                )

    def _end(self, offered: Offered) -> None:
        town, offer = self.town, self.there[offered.title.nl]
        offer.refresh_from_db()
        actor, at = town.actor(offered.by), town.on(-1)
        if offered.reported:
            teller = next(iter(town.crowd.users[one.by].person for one in town.market.deals if "@" in one.by))
            report(
                offer=offer, reason=ReportReason.NOT_ALLOWED, text=offered.reported,
                key=town.key("report", offered.title.nl), actor=town.actor(teller.login.email), at=town.on(-2),
            )  # fmt: skip
        if offered.ends == "suspended":
            suspend(offer=offer, reason=offered.reason, actor=town.board(offer.provider), at=at)
        else:
            (pause if offered.ends == "paused" else end)(offer=offer, actor=actor, at=at)

    def _show(self, offered: Offered, offer: Offer) -> None:
        """The page of an offer that is on the market: the same words and terms, and English ones."""
        town, parent = self.town, market_page_of(self.town.place)
        if parent is None or offer.terms is None:
            return
        offer.refresh_from_db()
        user = town.board(offer.provider).user
        page = OfferPage(
            offer=offer, title=offered.title.nl, lead=offered.summary.nl, owner=user,
            slug=free_slug(parent, f"{SLUG[offered.direction]}-{offer.pk}"), terms_tags=", ".join(offered.tags),
            **fields_of(self._terms(offered)),
        )  # fmt: skip
        page.terms_places = self._places(offered)
        english = {offered.title.nl: offered.title.en, offered.summary.nl: offered.summary.en}
        parent.refresh_from_db(fields=["path", "depth", "numchild"])
        add_page(parent, page, words={"en": english}, user=user)

    def _terms(self, offered: Offered) -> Terms:
        voucher = offered.voucher
        return Terms(
            amount=offered.price, euro=offered.euro, unit=offered.unit,
            item=self.town.items.get(offered.item) if offered.item else None, until_on=self.town.date(offered.until),
            reach=offered.reach, places=tuple(self._places(offered)), is_voucher=voucher is not None,
            uses=voucher.uses if voucher else 1, voucher_days=voucher.days if voucher else None,
            refund=voucher.refund if voucher else "ANY_TIME",
        )  # fmt: skip

    def _places(self, offered: Offered) -> list[Neighbourhood]:
        return [self.town.crowd.places[slug] for slug in offered.places]

    def _point(self, offered: Offered) -> tuple[float, float] | None:
        """Latitude and longitude within the area of the neighbourhood."""
        area = self.town.place.area
        if offered.point is None or area is None or not area.outline:
            return None
        east, north = offered.point
        ring = area.outline["coordinates"][0]
        longitudes, latitudes = [one[0] for one in ring], [one[1] for one in ring]
        return (
            min(latitudes) + north * (max(latitudes) - min(latitudes)),
            min(longitudes) + east * (max(longitudes) - min(longitudes)),
        )
