"""The places of the demo: the site, a municipality that does not exist, and its three neighbourhoods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from wagtail.models import Collection, Page

from content.models import BasePage
from core.actor import Actor
from core.clock import day_of
from home.demo.load.writer import Writer
from home.demo.texts import havermeer, molenwijk, site, sluiskade, zonneveld
from home.demo.texts.kinds import PlaceText
from home.models import HomePage
from home.operations import found_site
from neighbourhoods.founding import municipality_root, neighbourhood_root
from neighbourhoods.models import Area, MunicipalityPage, Neighbourhood
from neighbourhoods.operations.founding import add_area, found_municipality, found_neighbourhood
from people.models import Party

MUNICIPALITY = "havermeer"
SINCE = timedelta(days=420)  # a good year: the coins have gone round for a year
HELP_PHONE = "0570 00 12 34"
COLLECTION = "Havermeer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a neighbourhood of the demo is founded with."""

    slug: str
    name: str
    cbs_code: str
    west: float
    coin: tuple[str, str, str]
    colours: tuple[str, str]
    landmark: str
    meeting_place: str
    text: PlaceText


PLACES = (
    Place(
        slug="molenwijk", name="Molenwijk", cbs_code="WK980101", west=5.30,
        coin=("MOLENMUNT", "Molenmunt", "Molenmunten"), colours=("#1546c8", "#ff8a24"), landmark="mill",
        meeting_place="buurthuis De Wiek", text=molenwijk.PLACE,
    ),
    Place(
        slug="sluiskade", name="Sluiskade", cbs_code="WK980102", west=5.33,
        coin=("SLUISDUIT", "Sluisduit", "Sluisduiten"), colours=("#0b5d47", "#ff9fc0"), landmark="bridge",
        meeting_place="het Sluishuis", text=sluiskade.PLACE,
    ),
    Place(
        slug="zonneveld", name="Zonneveld", cbs_code="WK980103", west=5.36,
        coin=("ZONNETJE", "Zonnetje", "Zonnetjes"), colours=("#ffc81a", "#7cc7e8"), landmark="tower",
        meeting_place="De Zonnehoek", text=zonneveld.PLACE,
    ),
)  # fmt: skip


# How far east and north each corner lies, from 0 to 1; the borders of neighbours fit each other.
ROUND = (
    (0.08, 0.1),
    (0.4, 0.02),
    (0.7, 0.06),
    (1, 0.12),
    (0.94, 0.45),
    (1, 0.8),
    (0.7, 1),
    (0.4, 0.93),
    (0.1, 0.98),
)
QUAY = (
    (0, 0.12),
    (0.3, 0.2),
    (0.65, 0.1),
    (1, 0.04),
    (1.03, 0.5),
    (1, 0.9),
    (0.6, 0.97),
    (0, 0.8),
    (-0.06, 0.45),
)
FIELD = (
    (0, 0.04),
    (0.5, 0),
    (0.95, 0.15),
    (0.9, 0.5),
    (1, 0.85),
    (0.65, 1),
    (0.3, 0.96),
    (0, 0.9),
    (0.03, 0.5),
)
SHAPES = {"molenwijk": ROUND, "sluiskade": QUAY, "zonneveld": FIELD}
WIDE = 0.03


def outline(
    west: float, south: float, size: float, shape: Sequence[tuple[float, float]] = ROUND
) -> dict[str, Any]:
    """An outline on the open water of the IJsselmeer, where no municipality has houses."""
    ring = [[round(west + east * size, 4), round(south + north * size, 4)] for east, north in shape]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def load_places(*, at: datetime) -> Iterator[str]:
    """Found what is missing and write its pages. Says in a sentence what was done, place by place."""
    home, founded = _site(at)
    yield "The site has a front page and its own pages." if founded else "The site was there already."
    municipality, begun = _municipality(home, at)
    yield "Havermeer has been founded." if begun else "Havermeer was there already."
    if founded:
        # After the municipality, in whose collection the picture on the front of the site is kept.
        _writer(home, home, at).rewrite(home, site.FRONT)
    for place in PLACES:
        begun = _neighbourhood(place, municipality, home, at)
        yield f"{place.name} has been founded." if begun else f"{place.name} was there already."


def _site(at: datetime) -> tuple[HomePage, bool]:
    founded = not HomePage.objects.exists()
    found_site(actor=Actor.system(), at=at - SINCE)
    home = HomePage.objects.get(locale__language_code="nl")
    _writer(home, home, at).write_pages(site.PAGES, founded=False)
    return home, founded


def _writer(home: HomePage, front: BasePage, at: datetime) -> Writer:
    """For the site and the municipality, whose pictures share the collection that founding made."""
    found = Collection.objects.filter(name=COLLECTION).first()
    collection = found or Collection.get_first_root_node()
    return Writer(home=home, front=front, collection=collection, today=day_of(at))


def _municipality(home: HomePage, at: datetime) -> tuple[Party, bool]:
    page = MunicipalityPage.objects.filter(slug=MUNICIPALITY, locale=home.locale).first()
    founded = page is None
    if page is None:
        area = _area("GM9801", "Havermeer", outline(5.30, 52.74, 0.09), at)
        party = found_municipality(
            name="Havermeer", slug=MUNICIPALITY, area=area, actor=Actor.system(), at=at - SINCE
        )
        page = municipality_root(party)
    _writer(home, page, at).write_place(havermeer.PLACE, founded=founded)
    return page.party, founded


def _neighbourhood(place: Place, municipality: Party, home: Page, at: datetime) -> bool:
    neighbourhood = Neighbourhood.objects.filter(slug=place.slug).first()
    founded = neighbourhood is None
    if neighbourhood is None:
        neighbourhood = _found(place, municipality, at)
    front = neighbourhood_root(neighbourhood)
    if front is not None and neighbourhood.collection is not None:
        writer = Writer(home=home, front=front, collection=neighbourhood.collection, today=day_of(at))
        writer.write_place(place.text, founded=founded)
    return founded


def _found(place: Place, municipality: Party, at: datetime) -> Neighbourhood:
    code, coin, coins = place.coin
    colour, accent = place.colours
    drawn = outline(place.west, 52.76, WIDE, SHAPES[place.slug])
    return found_neighbourhood(
        name=place.name, slug=place.slug, municipality=municipality, coin_code=code, coin_name=coin,
        coin_name_plural=coins, area=_area(place.cbs_code, place.name, drawn, at),
        colour=colour, accent=accent, landmark=place.landmark, help_phone=HELP_PHONE,
        meeting_place=place.meeting_place, actor=Actor.system(), at=at - SINCE,
    )  # fmt: skip


def _area(code: str, name: str, outline: dict[str, Any], at: datetime) -> Area:
    """An area of CBS with a code that CBS did not give out."""
    return add_area(
        code=code, year=day_of(at).year, name=name, outline=outline, actor=Actor.system(), at=at - SINCE
    )
