"""A market for tests: a neighbourhood whose money runs, a board, a shop that was let in, and things to buy.

`market()` gives what `wallet.place()` gives, with Ann and Ben enrolled, Bea and Bob on the board, and the shop of
Sjoerd admitted. `supply(there, "Band plakken", 12_50)` and `demand(there, "Hond uitlaten", 4_00, by=ann)` write
published rows and ask nobody: operations have their own tests.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.clock import day_of
from marketplace.models import Admission, Direction, Offer, OfferKind, OfferTerms, OfferText, Reach
from marketplace.states import AdmissionState, OfferState
from neighbourhoods.models import Category, Neighbourhood, SeatOffice
from people.models import Party, User
from tests.factories import values, wallet
from tests.factories.ledger import AT
from tests.factories.neighbourhoods import seat_for
from tests.factories.people import person
from tests.factories.residency import resident
from tests.plugins.replay import remembered

if TYPE_CHECKING:
    from ledger.models import Account, Coin

__all__ = ["AT", "Market", "admitted", "demand", "market", "offer", "supply", "words"]

UNTIL = date(2027, 3, 1)
YEAR = timedelta(days=365)


@dataclass
class Market:
    """`ann`, `ben`, `cas` (who lives elsewhere) and `shop` are accounts; their holders are parties; the rest logins."""

    place: wallet.Place
    bea: User
    bob: User
    category: Category

    @property
    def neighbourhood(self) -> Neighbourhood:
        return self.place.neighbourhood

    @property
    def coin(self) -> Coin:
        return self.place.coin

    @property
    def ann(self) -> Account:
        return self.place.ann

    @property
    def ben(self) -> Account:
        return self.place.ben

    @property
    def cas(self) -> Account:
        return self.place.cas

    @property
    def shop(self) -> Account:
        return self.place.shop

    @property
    def ann_login(self) -> User:
        return self.place.ann_login

    @property
    def ben_login(self) -> User:
        return self.place.ben_login

    @property
    def cas_login(self) -> User:
        return self.place.cas_login

    @property
    def sjoerd(self) -> User:
        return self.place.sjoerd


@remembered
def market(name: str = "Molenwijk", iban: str = "NL91ABNA0417164300") -> Market:
    """A neighbourhood with a market; a second one needs another name and IBAN."""
    place = wallet.place(name, iban)
    domain = name.lower().replace(" ", "-")
    bea = person("Bea", email=f"bea@{domain}.example")
    bob = person("Bob", email=f"bob@{domain}.example")
    seat_for(bea, place.neighbourhood, office=SeatOffice.CHAIR)
    seat_for(bob, place.neighbourhood)
    resident(place.ann_login, place.neighbourhood)
    resident(place.ben_login, place.neighbourhood)
    admitted(place.shop.holder, place.neighbourhood)
    return Market(place=place, bea=bea, bob=bob, category=values.category("fietsen", cpa="95"))


def admitted(organisation: Party, neighbourhood: Neighbourhood, **more: Any) -> Admission:
    """An organisation that the board let in."""
    words: dict[str, Any] = {
        "about": "Fietsen maken", "displacement": "Van niemand.", "checks": "Inschrijving gezien.",
        "requested_by": organisation, "requested_at": AT, "decided_at": AT, "until_on": day_of(AT + YEAR),
        "state": AdmissionState.ADMITTED, "key": uuid.uuid4(), **more,
    }  # fmt: skip
    return Admission.objects.create(organisation=organisation, neighbourhood=neighbourhood, **words)


def supply(there: Market, title: str = "Band plakken", price: int = 12_50, **more: Any) -> Offer:
    """Something on the market, of the shop unless `by` says otherwise."""
    return offer(there, title, price, **{"by": there.shop.holder, "direction": Direction.SUPPLY, **more})


def demand(there: Market, title: str = "Wie laat mijn hond uit?", price: int = 4_00, **more: Any) -> Offer:
    """Something wanted, by Ann unless `by` says otherwise."""
    return offer(there, title, price, **{"by": there.ann.holder, "direction": Direction.DEMAND, **more})


def offer(
    there: Market,
    title: str,
    price: int,
    *,
    by: Party,
    direction: str,
    state: str = OfferState.PUBLISHED,
    at: datetime = AT,
    terms: dict[str, Any] | None = None,
    text: dict[str, Any] | None = None,
    **more: Any,
) -> Offer:
    """A row with its words and terms, in the state that is asked for. `terms` and `text` go to those rows."""
    language = more.pop("language", "nl")
    made = Offer.objects.create(
        **{
            "neighbourhood": there.neighbourhood, "direction": direction, "kind": OfferKind.SERVICE,
            "category": there.category, "provider": by, "language": language, "made_by": by, "made_at": at,
            "key": uuid.uuid4(), "words": words(title, text or {}), **more,
        }
    )  # fmt: skip
    OfferText.objects.create(offer=made, language=language, title=title, **(text or {}))
    their = {"amount": price, "until_on": UNTIL, "reach": Reach.HERE, **(terms or {})}
    written = OfferTerms.objects.create(offer=made, version=1, made_by=by, made_at=at, **their)
    made.terms, made.price, made.until_on, made.reach = written, price, written.until_on, written.reach
    made.state = state
    made.published_at = None if state in {"DRAFT", "SUBMITTED", "RETURNED"} else at
    made.save()
    return made


def words(title: str, text: dict[str, Any]) -> str:
    """What an offer is found by, as operations write it."""
    return " ".join([title, *(str(one) for one in text.values())]).lower()
