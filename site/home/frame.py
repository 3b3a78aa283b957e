"""The frame around every page: whose place it is, where one can go, in which languages.

A page of the tree knows its place from the pages above it. Any other page takes the place that its view shows
(`neighbourhoods.shown`), and else the place where the visitor lives, so that a resident stays at home on every page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.models import HomePage
from neighbourhoods.models import MunicipalityPage, Neighbourhood, NeighbourhoodPage
from neighbourhoods.queries.places import page_of, place_among
from neighbourhoods.queries.residency import neighbourhood_of
from neighbourhoods.shown import shown_place
from neighbourhoods.theme import theme_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A neighbourhood or municipality, as the frame of a page shows it."""

    kind: str
    name: str
    url: str
    slug: str = ""
    coin: Any = None
    landmark: str = "mill"
    theme_url: str = ""
    logo_url: str = ""
    municipality_name: str = ""
    municipality_url: str = ""
    help_phone: str = ""
    meeting_place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    key: str
    label: str
    icon: str
    url: str
    current: bool = False
    also: tuple[str, ...] = ()
    """Where its other pages lie."""
    is_wide: bool = False
    """Whether it stands in the menu of wide screens alone: the bar of a phone has room for five."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    label: str
    url: str
    hint: str = ""


# Pages of the site itself that the foot of every page leads to.
FOOT_SLUGS = ("over-socialcoin", "toegankelijkheid", "privacy", "hulp")
OF_TAKING_PART = ("my_activities", "organise", "earning", "work")
BELOW_THE_MARKET = ("post/", "hours/")  # of taking part too: writing an activity, and hours before the board
OF_EDITORS = 1  # pages that editors put in the menu; more would not fit beside the words of the site itself


def frame_of_page(page: Page, request: HttpRequest) -> dict[str, Any]:
    """The frame of a page of the tree. The number of queries is fixed."""
    above = list(page.get_ancestors(inclusive=True).filter(depth__gte=2).order_by("depth"))
    place_page = place_among(above)
    place = place_of_page(place_page, above, request) if place_page else None
    home = above[0] if above else page
    return {
        "place": place,
        "nav": menu(place_page or home, place, page, request),
        "crumbs": [
            (one.title, one.get_url(request))
            for one in above
            if place_page and place_page.depth <= one.depth < page.depth
        ],
        "footer_links": foot_links(home, request),
        "edit_url": edit_url(page, request),
        **languages_of_page(page, request),
    }


def frame_of_view(request: HttpRequest) -> dict[str, Any]:
    """The frame of any other page: of the place that it shows, or where the visitor lives, or of the site."""
    language = get_language() or settings.LANGUAGE_CODE
    shown = shown_place(request) or (
        neighbourhood_of(request.user.person) if request.user.is_authenticated else None
    )
    place_page = page_of(shown, language) if shown else None
    home = home_page(language)
    place = place_of_page(place_page, list(place_page.get_ancestors()), request) if place_page else None
    base = place_page or home
    return {
        "place": place,
        "nav": menu(base, place, None, request) if base else [],
        "footer_links": foot_links(home, request) if home else [],
        "languages": [
            (code, name, translate_url(request.get_full_path(), code), code == language)
            for code, name in settings.LANGUAGES
        ],
    }


def edit_url(page: Page, request: HttpRequest) -> str:
    """The way to the editor, for who may edit this page; the door of the admin asks for the second step."""
    user = request.user
    if getattr(request, "is_preview", False) or not user.has_perm("wagtailadmin.access_admin"):
        return ""
    may = page.permissions_for_user(user).can_edit()
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if may else ""


def place_of_page(
    page: NeighbourhoodPage | MunicipalityPage, above: list[Page], request: HttpRequest
) -> Place:
    if isinstance(page, MunicipalityPage):
        return Place(kind="municipality", name=page.title, url=page.get_url(request), slug=page.slug)
    neighbourhood: Neighbourhood = page.neighbourhood
    parent = next((one for one in above if one.depth == page.depth - 1), None)
    return Place(
        kind="neighbourhood",
        name=page.title,
        url=page.get_url(request),
        slug=neighbourhood.slug,
        coin=neighbourhood.coin,
        landmark=neighbourhood.landmark,
        theme_url=theme_url(neighbourhood),
        logo_url=neighbourhood.logo.get_rendition("max-96x96").url if neighbourhood.logo else "",
        municipality_name=neighbourhood.municipality.display_name,
        municipality_url=parent.get_url(request) if parent else "",
        help_phone=neighbourhood.help_phone,
        meeting_place=neighbourhood.meeting_place,
    )


def menu(base: Page, place: Place | None, page: Page | None, request: HttpRequest) -> list[NavItem]:
    """Five that are always there: the front, the market, taking part, the wallet of who is signed in and else search,
    and the visitor's own page. Wide screens have room for search beside a wallet, and without one for a page that
    editors put in the menu; on a phone who is signed in finds search in the header."""
    at, is_signed_in = request.path, request.user.is_authenticated
    items = [NavItem(key="home", label=front_word(place), icon="home", url=base.get_url(request) or "/")]
    items += [market_item(place), activities_item(place)]
    if is_signed_in:
        word, also = pgettext("menu", "Wallet"), (reverse("pay"), reverse("tills"))
        items.append(NavItem(key="wallet", label=word, icon="wallet", url=reverse("wallet"), also=also))
    else:
        items += items_of_editors(base, request)
    search = NavItem(
        key="search", label=_("Search"), icon="search", url=reverse("search"), is_wide=is_signed_in
    )
    mine = account_link(request)
    items += [search, NavItem(key="account", label=mine.label, icon="account", url=mine.url)]
    here = max((item.url for item in items if is_here(item, at)), key=len, default="")
    return [replace(item, current=item.url == here) for item in items]


def items_of_editors(base: Page, request: HttpRequest) -> list[NavItem]:
    found = []
    for child in base.get_children().live().in_menu().order_by("path")[:OF_EDITORS]:
        icon = "news" if child.cached_content_type.model == "newsindexpage" else "info"
        url = child.get_url(request)
        found.append(NavItem(key=child.slug, label=child.title, icon=icon, url=url, is_wide=True))
    return found


def market_item(place: Place | None) -> NavItem:
    """The market of this neighbourhood; elsewhere that of all of them."""
    everywhere = reverse("market")
    here = place and place.kind == "neighbourhood" and reverse("market_in", args=[place.slug])
    word = pgettext("menu", "Market")
    return NavItem(key="market", label=word, icon="market", url=here or everywhere, also=(everywhere,))


def activities_item(place: Place | None) -> NavItem:
    """What can be done in this neighbourhood; elsewhere in all of them. What somebody signed up for lies below it too,
    and what they organise."""
    everywhere = reverse("activities")
    here = place and place.kind == "neighbourhood" and reverse("activities_in", args=[place.slug])
    below = (f"{reverse('market')}{part}" for part in BELOW_THE_MARKET)
    also = (everywhere, *(reverse(name) for name in OF_TAKING_PART), *below)
    return NavItem(
        key="activities",
        label=pgettext("menu", "Taking part"),
        icon="join",
        url=here or everywhere,
        also=also,
    )


def is_here(item: NavItem, path: str) -> bool:
    """The front is where one is on that page alone, for every page lies below it; the others include what is below."""
    return path == item.url if item.key == "home" else path.startswith((item.url, *item.also))


def front_word(place: Place | None) -> str:
    if place is None:
        return pgettext("menu", "Home")
    return _("Neighbourhood") if place.kind == "neighbourhood" else _("Municipality")


def account_link(request: HttpRequest) -> Link:
    """The door to one's own pages: one word that fits in the bar of a phone."""
    if request.user.is_authenticated:
        return Link(
            label=pgettext("menu", "Mine"), url=reverse("account"), hint=request.user.person.display_name
        )
    return Link(label=_("Sign in"), url=reverse("account_login"))


def languages_of_page(page: Page, request: HttpRequest) -> dict[str, Any]:
    """The same page in each language; where it is not there, the front page of that language."""
    urls = {
        one.locale.language_code: one
        for one in page.get_translations(inclusive=True).live().select_related("locale")
    }
    here = page.locale.language_code
    languages, alternates = [], []
    for code, name in settings.LANGUAGES:
        there = urls.get(code)
        url = (there.get_url(request) if there else None) or f"/{code}/"
        languages.append((code, name, url, code == here))
        if there:
            alternates.append((code, request.build_absolute_uri(url)))
    default = next((url for code, url in alternates if code == settings.LANGUAGE_CODE), None)
    if default:
        alternates.append(("x-default", default))
    return {
        "languages": languages,
        "alternates": alternates if not getattr(request, "is_preview", False) else [],
        "canonical_url": request.build_absolute_uri(page.get_url(request) or request.path),
    }


def foot_links(home: Page, request: HttpRequest) -> list[tuple[str, str]]:
    pages = {page.slug: page for page in home.get_children().live().filter(slug__in=FOOT_SLUGS)}
    return [(pages[slug].title, pages[slug].get_url(request)) for slug in FOOT_SLUGS if slug in pages]


def home_page(language: str) -> HomePage | None:
    """The front page of the site in a language."""
    return HomePage.objects.live().filter(locale__language_code=language).first()
