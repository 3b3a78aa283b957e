"""What the tests of offers do again and again: write one, and have it come on the market."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from core.clock import day_of
from core.models import AuditEntry
from marketplace.models import Admission, Direction, Offer, OfferKind, WordRule, WordUse
from marketplace.operations import offers
from marketplace.operations.terms import Terms
from people.models import User
from tests.factories.market import AT, UNTIL, Market
from tests.factories.people import actor

DAY = timedelta(days=1)
TODAY: date = day_of(AT)


def terms(amount: int = 12_50, **more: Any) -> Terms:
    return Terms(amount=amount, **{"until_on": UNTIL, **more})


def drafted(there: Market, by: User, **more: Any) -> Offer:
    """A draft of what somebody offers themself, unless `provider` says otherwise."""
    words: dict[str, Any] = {
        "neighbourhood": there.neighbourhood, "direction": Direction.SUPPLY, "kind": OfferKind.SERVICE,
        "category": there.category, "provider": by.person, "language": "nl", "title": "Band plakken",
        "summary": "Klaar terwijl je wacht.", "about": "Neem je fiets mee.", "terms": terms(), "key": uuid.uuid4(),
        "actor": actor(by), "at": AT,
    }  # fmt: skip
    return offers.draft_offer(**{**words, **more})


def submitted(there: Market, by: User, **more: Any) -> Offer:
    return offers.submit(offer=drafted(there, by, **more), actor=actor(by), at=AT)


def published(there: Market, by: User, **more: Any) -> Offer:
    """On the market, let through by Bea."""
    return offers.publish(offer=submitted(there, by, **more), actor=actor(there.bea), at=AT)


def lines(event: str, offer: Offer | None = None) -> list[AuditEntry]:
    found = AuditEntry.objects.filter(event=event).order_by("pk")
    return list(found.filter(subject_id=str(offer.pk)) if offer else found)


def admission_of_shop(there: Market, **change: Any) -> None:
    """Past all operations: what the shop was let in with becomes this."""
    Admission.objects.filter(organisation=there.shop.holder).update(**change)


def block(there: Market, word: str) -> None:
    """A word that the board does not want."""
    WordRule.objects.create(neighbourhood=there.neighbourhood, word=word, use=WordUse.BLOCKED, made_at=AT)


def changed(offer: Offer, there: Market, **more: Any) -> Offer:
    """Told otherwise, by Ann unless `actor` says otherwise."""
    words: dict[str, Any] = {
        "kind": OfferKind.GOOD, "category": there.category, "language": "nl", "title": "Ketting smeren",
        "actor": actor(there.ann_login), "at": AT,
    }  # fmt: skip
    return offers.change_words(offer=offer, **{**words, **more})
