"""An offer as machines read it: schema.org, in JSON-LD (https://schema.org/Offer, https://schema.org/Demand)."""

from __future__ import annotations

import json
from typing import Any, Final

from django.utils.safestring import SafeString, mark_safe

from core.amounts import plain_amount
from marketplace.models import Offer, OfferKind, OfferTerms, OfferText
from marketplace.units import OfferUnit
from people.models import PartyKind

# UN/CEFACT Recommendation 20, as schema.org asks.
UNIT_CODES: Final = {
    OfferUnit.PIECE: "C62",
    OfferUnit.HOUR: "HUR",
    OfferUnit.TURN: "C62",
    OfferUnit.DAY: "DAY",
    OfferUnit.KILO: "KGM",
    OfferUnit.KILOMETRE: "KMT",
    OfferUnit.KILOWATT_HOUR: "KWH",
}
TYPES: Final = {
    OfferKind.GOOD: "Product",
    OfferKind.MUNICIPAL: "GovernmentService",
    OfferKind.COURSE: "Course",
    OfferKind.EVENT: "Event",
}
PRIVATE: Final = frozenset({PartyKind.PERSON, PartyKind.HOUSEHOLD})
# No sign that could end the script element, or begin another.
ESCAPES: Final = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def linked_data(*, offer: Offer, text: OfferText, terms: OfferTerms, url: str, picture: str) -> SafeString:
    """The text of a script element. Who offers it is named when it is an organisation: a search engine keeps what it
    read for years, and a resident's name is not for that."""
    coin = offer.neighbourhood.coin
    what: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Demand" if offer.is_demand else "Offer",
        "@id": url,
        "url": url,
        "name": text.title,
        "itemOffered": _thing(offer, text, picture),
        "priceSpecification": {
            "@type": "UnitPriceSpecification",
            "price": plain_amount(terms.amount, coin.decimals),
            # Schema.org takes the well known name of a local currency where ISO 4217 has no code.
            "priceCurrency": coin.name,
            "unitCode": UNIT_CODES[OfferUnit(terms.unit)],
        },
        "availability": f"https://schema.org/{'SoldOut' if offer.is_sold_out else 'InStock'}",
        "validThrough": terms.until_on.isoformat(),
        "areaServed": offer.neighbourhood.name,
    }
    if offer.stock is not None:
        what["inventoryLevel"] = {"@type": "QuantitativeValue", "value": offer.stock}
    if offer.provider.kind not in PRIVATE and not offer.is_demand:
        what["seller"] = {"@type": "Organization", "name": offer.provider.display_name}
    written = json.dumps(what, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(written)  # noqa: S308 - every sign that means something in HTML was replaced


def _thing(offer: Offer, text: OfferText, picture: str) -> dict[str, Any]:
    thing: dict[str, Any] = {"@type": TYPES.get(OfferKind(offer.kind), "Service"), "name": text.title}
    if text.summary:
        thing["description"] = text.summary
    if picture:
        thing["image"] = picture
    return thing
