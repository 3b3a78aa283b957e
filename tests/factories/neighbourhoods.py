"""Places for tests, founded as they are in life.

`found("Molenwijk")` gives a neighbourhood in the municipality Dijkstad with its pages, coin and rights, in both
languages. `news(...)`, `standard_page(...)` add pages; `seat_for(user, neighbourhood)` seats somebody on the board.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.core.files.images import ImageFile
from django.test import override_settings
from django.utils.text import slugify
from PIL import Image
from wagtail.models import Collection, Page, Site

from content.models import BasePage, Picture
from content.translation import add_page
from core.actor import Actor
from home.models import HomePage
from home.operations import found_site
from marketplace.founding import add_activities, add_market
from marketplace.models import ActivitiesPage, Activity, ActivityPage, Direction, MarketPage, Offer, OfferPage
from neighbourhoods.founding import add_decisions, municipality_root, neighbourhood_root
from neighbourhoods.models import (
    Area,
    AreaKind,
    BoardPage,
    DecisionsPage,
    Election,
    ElectionPage,
    HowWeDecidePage,
    MunicipalityPage,
    Neighbourhood,
    NeighbourhoodPage,
    NewsIndexPage,
    NewsPage,
    PriceListPage,
    Seat,
    SeatKind,
    StandardPage,
    ValueDecision,
    ValueDecisionPage,
)
from neighbourhoods.operations.founding import found_municipality, found_neighbourhood
from neighbourhoods.operations.policies import add_first_policies
from neighbourhoods.operations.values.publishing import as_decimal
from neighbourhoods.rights import derive_groups
from neighbourhoods.states import ValueState
from people.models import Party, Role, User
from tests.factories import values
from tests.factories.democracy import election as an_election
from tests.factories.people import mandate, person

FOUNDED_AT = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
SYSTEM = Actor.system()


def site() -> Site:
    """The site with its front page in every language; made once."""
    return found_site(actor=SYSTEM, at=FOUNDED_AT)


def area(code: str = "WK123401", name: str = "Molenwijk", **more: Any) -> Area:
    known = Area.objects.filter(code=code, year=2026).first()
    return known or Area.objects.create(code=code, year=2026, kind=AreaKind(code[:2]), name=name, **more)


def municipality(name: str = "Dijkstad", *, code: str = "GM1234", **more: Any) -> Party:
    """The municipality with this name; founded when it is not there yet."""
    known = MunicipalityPage.objects.filter(slug=slugify(name)).select_related("party").first()
    if known is not None:
        return known.party
    site()
    return found_municipality(
        name=name, slug=slugify(name), area=area(code, name), actor=SYSTEM, at=FOUNDED_AT, **more
    )


# What each founding would pay a second for, and few tests need.
PAGES_BESIDE = {"neighbourhoods.founding.add_decisions", "marketplace.founding.add_market"}


def found(
    name: str = "Molenwijk", *, municipality_name: str = "Dijkstad", decisions: bool = False, **more: Any
) -> Neighbourhood:
    """A neighbourhood, founded by the operation itself: found("Sluiskade", colour="#b3261e").

    The pages about deciding and the market cost a second, so they come with `decisions` only; its rules are always
    there.
    """
    stem = name.removesuffix("wijk").removesuffix("kade").replace(" ", "")
    details: dict[str, Any] = {
        "slug": slugify(name),
        "coin_code": slugify(name).replace("-", "").upper()[:12],
        "coin_name": f"{stem}munt",
        "coin_name_plural": f"{stem}munten",
        "colour": "#1546c8",
        "accent": "#ffd23f",
        **more,
    }
    belongs_to = municipality(municipality_name)
    steps = [step for step in settings.FOUNDING_STEPS if decisions or step not in PAGES_BESIDE]
    with override_settings(FOUNDING_STEPS=steps):
        made = found_neighbourhood(name=name, municipality=belongs_to, actor=SYSTEM, at=FOUNDED_AT, **details)
    add_first_policies(made, actor=SYSTEM, at=FOUNDED_AT)
    return made


def root_of(neighbourhood: Neighbourhood, language: str = "nl") -> NeighbourhoodPage:
    """Its front page in a language."""
    return NeighbourhoodPage.objects.get(neighbourhood=neighbourhood, locale__language_code=language)


def news_index_of(place: Neighbourhood | Party) -> NewsIndexPage:
    root = neighbourhood_root(place) if isinstance(place, Neighbourhood) else municipality_root(place)
    assert root is not None
    return NewsIndexPage.objects.child_of(root).get()


def news(place: Neighbourhood | Party, title: str = "Soep in De Wiek", /, **fields: Any) -> NewsPage:
    """A piece of news, published in every language."""
    fields = {"published_on": TODAY, "slug": slugify(title), **fields}
    page = NewsPage(title=title, **fields)
    add_page(news_index_of(place), page)
    return NewsPage.objects.get(pk=page.pk)  # as it is now: publishing wrote to another object


def standard_page(parent: Page, title: str = "Het bestuur", **fields: Any) -> StandardPage:
    page = StandardPage(title=title, **{"slug": slugify(title), **fields})
    add_page(parent, page)
    return page


def draft(parent: Page, page: BasePage) -> BasePage:
    """A page that nobody has published yet."""
    page.live, page.locale = False, parent.locale
    page.slug = page.slug or slugify(page.title)
    parent.refresh_from_db()
    parent.add_child(instance=page)
    page.save_revision()
    return page


def picture(
    title: str = "Molen", *, collection: Collection | None = None, size: tuple[int, int] = (60, 40)
) -> Picture:
    """A picture in a collection; in the root of all collections when none is named."""
    return Picture.objects.create(
        title=title,
        file=ImageFile(BytesIO(png(size)), name=f"{slugify(title)}.png"),
        collection=collection or Collection.get_first_root_node(),
    )


def png(size: tuple[int, int] = (60, 40)) -> bytes:
    """The bytes of a small picture."""
    out = BytesIO()
    Image.new("RGB", size, "#1546c8").save(out, "PNG")
    return out.getvalue()


def seat_for(
    who: User | Party,
    neighbourhood: Neighbourhood,
    *,
    from_on: date = date(2026, 1, 1),
    until_on: date = date(2029, 12, 31),
    **more: Any,
) -> Seat:
    """A seat on the board, and the groups that follow from it today."""
    person = who.person if isinstance(who, User) else who
    seat = Seat.objects.create(
        person=person,
        neighbourhood=neighbourhood,
        from_on=from_on,
        until_on=until_on,
        **{"kind": SeatKind.APPOINTED, **more},
    )
    derive_groups(on=TODAY, people=[person])
    return seat


def editor_of(municipality: Party, name: str = "Eva") -> User:
    """Somebody who writes the municipality's own news."""
    login = person(name)
    mandate(person=login, principal=municipality, role=Role.EDITOR)
    derive_groups(on=TODAY, people=[login.person])
    return login


def _home() -> HomePage:
    return HomePage.objects.get(pk=site().root_page_id)


def _municipality_page() -> MunicipalityPage:
    return municipality_root(municipality())


def page_about_deciding(kind: type[BasePage]) -> BasePage:
    """The page of this kind of a neighbourhood, in Dutch."""
    known = Neighbourhood.objects.first() or found()
    add_decisions(known, actor=SYSTEM, at=FOUNDED_AT)
    return kind.objects.get(locale__language_code="nl")


def election_page(of: Election | None = None) -> ElectionPage:
    """The page of an election, in every language."""
    place = of.neighbourhood if of else Neighbourhood.objects.first() or found()
    add_decisions(place, actor=SYSTEM, at=FOUNDED_AT)
    election = of or an_election(place)
    page = ElectionPage(title=election.title, slug=f"verkiezing-{election.pk}", election=election)
    add_page(DecisionsPage.objects.get(locale__language_code="nl"), page)
    return ElectionPage.objects.get(pk=page.pk)


def value_page(of: ValueDecision | None = None) -> ValueDecisionPage:
    """The page of a value decision, in every language."""
    place = of.neighbourhood if of else Neighbourhood.objects.first() or found()
    add_decisions(place, actor=SYSTEM, at=FOUNDED_AT)
    decision = of or values.value_decision(values.item(place), state=ValueState.ADMITTED)
    page = ValueDecisionPage(title="Wat is voorlezen waard?", slug=f"waarde-{decision.pk}", decision=decision)
    add_page(DecisionsPage.objects.get(locale__language_code="nl"), page)
    return ValueDecisionPage.objects.get(pk=page.pk)


def market_page(of: Neighbourhood | None = None) -> MarketPage:
    """The page of the market of a neighbourhood, in Dutch."""
    place = of or Neighbourhood.objects.first() or found()
    add_market(place, actor=SYSTEM, at=FOUNDED_AT)
    return MarketPage.objects.child_of(root_of(place)).get()


def offer_page(of: Offer | None = None, title: str = "Zaal De Wiek", **fields: Any) -> OfferPage:
    """The page of an offer, in every language; without one of something that the neighbourhood itself offers."""
    offer = of or _offer_of_the_board(Neighbourhood.objects.first() or found(), title)
    terms = offer.terms
    assert terms is not None
    page = OfferPage(
        title=title, slug=f"aanbod-{offer.pk}", offer=offer, terms_amount=as_decimal(terms.amount),
        terms_until=terms.until_on, **fields,
    )  # fmt: skip
    add_page(market_page(offer.neighbourhood), page)
    return OfferPage.objects.get(pk=page.pk)


def _offer_of_the_board(place: Neighbourhood, title: str) -> Offer:
    from tests.factories import market  # which stands on this module

    there: Any = SimpleNamespace(neighbourhood=place, category=values.category("samenkomen"))
    return market.offer(there, title, 25_00, by=place.party, direction=Direction.SUPPLY)


def activities_page(of: Neighbourhood | None = None) -> ActivitiesPage:
    """The page about taking part in a neighbourhood, in Dutch."""
    place = of or Neighbourhood.objects.first() or found()
    add_activities(place, actor=SYSTEM, at=FOUNDED_AT)
    return ActivitiesPage.objects.child_of(root_of(place)).get()


def activity_page(of: Activity | None = None, title: str = "Koffie schenken", **fields: Any) -> ActivityPage:
    """The page of an activity, in every language; without one of something that the neighbourhood itself organises."""
    of = of or _activity_of_the_board(Neighbourhood.objects.first() or found(), title)
    page = ActivityPage(title=title, slug=f"activiteit-{of.pk}", activity=of, **fields)
    add_page(activities_page(of.neighbourhood), page)
    return ActivityPage.objects.get(pk=page.pk)


def _activity_of_the_board(place: Neighbourhood, title: str) -> Activity:
    from tests.factories import activities, pots  # which stand on this module

    item = values.item(place, title)
    values.worth(item, 6_00)
    there: Any = SimpleNamespace(neighbourhood=place, item=item, pot=pots.pot(place, "Samen"))
    return activities.activity(there, title, organiser=place.party)


def _neighbourhood_page() -> NeighbourhoodPage:
    known = Neighbourhood.objects.first()
    return root_of(known or found())


# Every page model and how to get a published page of it (in Dutch). A test holds that none is missing.
PAGE_FACTORIES: dict[type[BasePage], Callable[[], BasePage]] = {
    HomePage: _home,
    MunicipalityPage: _municipality_page,
    NeighbourhoodPage: _neighbourhood_page,
    NewsIndexPage: lambda: news_index_of(_neighbourhood_page().neighbourhood),
    NewsPage: lambda: news(_neighbourhood_page().neighbourhood),
    StandardPage: lambda: standard_page(_neighbourhood_page()),
    BoardPage: lambda: page_about_deciding(BoardPage),
    DecisionsPage: lambda: page_about_deciding(DecisionsPage),
    HowWeDecidePage: lambda: page_about_deciding(HowWeDecidePage),
    ElectionPage: election_page,
    PriceListPage: lambda: page_about_deciding(PriceListPage),
    ValueDecisionPage: value_page,
    MarketPage: market_page,
    ActivitiesPage: activities_page,
    ActivityPage: activity_page,
    OfferPage: offer_page,
}
