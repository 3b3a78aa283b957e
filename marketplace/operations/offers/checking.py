"""What may be said of an offer besides its words: kind, place, picture, number, and what it is found by."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from core.refusals import Refusal
from core.words import one_line
from marketplace.models import OfferKind
from neighbourhoods.models import Neighbourhood
from people.models import Party

if TYPE_CHECKING:
    from content.models import Picture

LONGEST_PLACE, LONGEST_ALT, LONGEST_TAG, MOST_TAGS = 120, 200, 40, 8
MOST_STOCK: Final = 100_000

Point = tuple[float, float]


class KindRefused(Refusal):
    """What the municipality does is booked as such."""

    code = "offer_kind"
    sentence = _("Only the municipality and the board offer municipal services. Choose another kind.")
    field = "kind"


class PlaceRefused(Refusal):
    """Where it is, in a few words, and on earth."""

    code = "offer_place"
    sentence = _("Say where it is in no more than 120 characters.")
    field = "place"


class AltRefused(Refusal):
    """What is in a picture is said in one sentence."""

    code = "offer_picture_alt"
    sentence = _("Say what is in the picture in no more than 200 characters.")
    field = "picture_alt"


class TagsRefused(Refusal):
    """A few short words."""

    code = "offer_tags"
    sentence = _("Use no more than 8 words to find it by, of no more than 40 characters each.")
    field = "tags"


class StockRefused(Refusal):
    """How many there are, or nothing for without end."""

    code = "offer_stock"
    sentence = _("Say how many there are, 1 to 100,000, or leave it empty when there is no end to it.")
    field = "stock"


def check_kind(kind: str, provider: Party, neighbourhood: Neighbourhood) -> None:
    """:raises KindRefused: for a municipal service of somebody else."""
    own = {neighbourhood.party_id, neighbourhood.municipality_id}
    if kind not in OfferKind.values or (kind == OfferKind.MUNICIPAL and provider.pk not in own):
        raise KindRefused


def check_stock(stock: int | None, least: int = 1) -> None:
    """:raises StockRefused: for a number that is none."""
    if stock is not None and not least <= stock <= MOST_STOCK:
        raise StockRefused


def plain_fields(
    place: str, point: Point | None, picture: Picture | None, picture_alt: str
) -> dict[str, Any]:
    where, alt = one_line(place), one_line(picture_alt)
    if len(where) > LONGEST_PLACE:
        raise PlaceRefused
    if len(alt) > LONGEST_ALT:
        raise AltRefused
    latitude, longitude = point if point is not None else (None, None)
    if latitude is not None and longitude is not None and not _is_on_earth(latitude, longitude):
        raise PlaceRefused
    return {
        "place": where, "latitude": latitude, "longitude": longitude, "picture": picture,
        "picture_alt": alt if picture is not None else "",
    }  # fmt: skip


def _is_on_earth(latitude: float, longitude: float) -> bool:
    return isfinite(latitude) and isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180


def checked_tags(tags: Iterable[str]) -> list[str]:
    """Each once, in small letters: else "Fiets" and "fiets" would be two.

    :raises TagsRefused: for too many, or too long ones.
    """
    found = list(dict.fromkeys(filter(None, (one_line(tag).lower() for tag in tags))))
    if len(found) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in found):
        raise TagsRefused
    return found
