"""Founding places: a municipality, a neighbourhood in it, and what a later release adds to who was there before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from content.slugs import RESERVED_SLUGS
from content.translation import write_translations
from core.actor import Actor
from core.audit import record
from core.refusals import Refusal
from ledger.operations import found_coin
from neighbourhoods import founding
from neighbourhoods import standard_texts as texts
from neighbourhoods.models import Area, AreaKind, MunicipalityPage, Neighbourhood
from neighbourhoods.validators import validate_cbs_code
from people.models import OrganisationDetails, Party, PartyKind


class SlugTaken(Refusal):
    """Another place or page already has this word in its address."""

    code = "slug_taken"
    sentence = _("There is already a page at the address “%(slug)s”. Choose another.")
    field = "slug"


class SlugReserved(Refusal):
    """The site itself uses this word in its addresses."""

    code = "slug_reserved"
    sentence = _("The site itself uses the word “%(slug)s” in its addresses. Choose another.")
    field = "slug"


class InvalidArea(Refusal):
    """A CBS code or outline that cannot be one, or one of another kind of area."""

    code = "invalid_area"
    sentence = _("This cannot be the area: %(why)s")
    field = "area"


class InvalidPlace(Refusal):
    """A name, address or colour that cannot be one."""

    code = "invalid_place"
    sentence = _("This cannot be a place: %(why)s")


class NoFrontPage(Refusal):
    """There is nothing yet that this place could stand below."""

    code = "no_front_page"
    sentence = _(
        "There is no front page yet that this place could stand below. First run manage.py found_site."
    )


def add_area(
    *, code: str, year: int, name: str, actor: Actor, at: datetime, outline: dict[str, Any] | None = None
) -> Area:
    """This will write down an area of CBS, or return it when it is known already.

    :raises InvalidArea: when the code, year or outline cannot be one.
    """
    known = Area.objects.filter(code=code, year=year).first()
    if known is not None:
        return known
    area = Area(code=code, year=year, kind=code[:2], name=name, outline=outline)
    try:
        area.full_clean()
    except ValidationError as error:
        raise InvalidArea(why=" ".join(error.messages)) from error
    with transaction.atomic():
        area.save()
        record("area.added", subject=area, actor=actor, at=at)
    return area


def found_municipality(
    *, name: str, slug: str, area: Area, actor: Actor, at: datetime, lead: str = ""
) -> Party:
    """This will found a municipality: a party, and its page in every language with news and one page.

    :raises SlugTaken: when another page has this address.
    :raises SlugReserved: when the site itself uses it.
    :raises InvalidArea: when the area is not a municipality of CBS.
    :raises InvalidPlace: when the name or address cannot be one.
    :raises NoFrontPage: when the site has no home page.
    """
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None or not _is_home(site.root_page):
        raise NoFrontPage
    _check_area(area, {AreaKind.MUNICIPALITY})
    with transaction.atomic():
        home = _locked(site.root_page)
        _check_slug(slug, home)
        party = Party.objects.create(kind=PartyKind.MUNICIPALITY, created_at=at)
        details = OrganisationDetails(party=party, name=name)
        _check(details, exclude=["party"])
        details.save()
        page = MunicipalityPage(party=party, title=name, slug=slug, lead=lead)
        text = texts.MUNICIPALITY.filled(name=name)
        front = founding.add_front(home, page, text, actor=actor)
        founding.add_first_pages(front, texts.ABOUT_SOCIALCOIN.filled(name=name), actor=actor)
        founding.add_municipal_editors(party)
        record("municipality.founded", subject=party, actor=actor, at=at)
    return party


def found_neighbourhood(
    *,
    name: str,
    slug: str,
    municipality: Party,
    coin_code: str,
    coin_name: str,
    coin_name_plural: str,
    actor: Actor,
    at: datetime,
    area: Area | None = None,
    colour: str = "#1b1a17",
    accent: str = "#cdc3af",
    landmark: str = "mill",
    help_phone: str = "",
    meeting_place: str = "",
    lead: str = "",
    lead_in: Mapping[str, str] | None = None,
) -> Neighbourhood:
    """This will found a neighbourhood: party, coin, row, and all founding steps, or nothing at all.

    `lead` is the sentence on its front page; `lead_in` the same in other languages, by code.

    :raises SlugTaken: when another neighbourhood or page has this address.
    :raises SlugReserved: when the site itself uses it.
    :raises InvalidArea: when the area is not a wijk or buurt of CBS.
    :raises InvalidPlace: when the name, address, a colour or the landmark cannot be one.
    :raises NoFrontPage: when the municipality has no page.
    :raises ledger.operations.CoinNameTaken, CoinCodeTaken, InvalidCoin: when the coin cannot be.
    """
    if area is not None:
        _check_area(area, {AreaKind.DISTRICT, AreaKind.QUARTER})
    with transaction.atomic():
        _check_slug(slug, _front_of(municipality))
        coin = found_coin(code=coin_code, name=coin_name, name_plural=coin_name_plural, actor=actor, at=at)
        neighbourhood = Neighbourhood(
            name=name, slug=slug, municipality=municipality, area=area, coin=coin, colour=colour.lower(),
            accent=accent.lower(), landmark=landmark, help_phone=help_phone, meeting_place=meeting_place, founded_at=at,
        )  # fmt: skip
        _check(neighbourhood, exclude=["party", "municipality", "area", "coin"])
        _write(neighbourhood, at)
        _take_steps(neighbourhood, actor, at)
        if lead:
            _say(neighbourhood, lead, lead_in or {}, actor)
        record("neighbourhood.founded", subject=neighbourhood, actor=actor, at=at)
    return neighbourhood


def refound(*, neighbourhood: Neighbourhood, actor: Actor, at: datetime) -> None:
    """This will give a neighbourhood whatever it lacks: what was lost, and what a later release brings."""
    with transaction.atomic():
        locked = Neighbourhood.objects.select_for_update().get(pk=neighbourhood.pk)
        founding.add_first_pages(
            founding.municipality_root(locked.municipality),
            texts.ABOUT_SOCIALCOIN.filled(name=locked.municipality.display_name),
            actor=actor,
        )
        founding.add_municipal_editors(locked.municipality)
        _take_steps(locked, actor, at)


def _is_home(page: Page) -> bool:
    """Whether this is our front page, and not the welcome that Wagtail starts with. Its class lives a floor above."""
    kind = page.specific_class
    return kind is not None and kind._meta.label in MunicipalityPage.parent_page_types


def _take_steps(neighbourhood: Neighbourhood, actor: Actor, at: datetime) -> None:
    for path in settings.FOUNDING_STEPS:
        import_string(path)(neighbourhood, actor=actor, at=at)


def _front_of(municipality: Party) -> Page:
    try:
        return _locked(founding.municipality_root(municipality))
    except MunicipalityPage.DoesNotExist:
        raise NoFrontPage from None


def _locked(page: Page) -> Page:
    """The page, held until the end of the transaction: of two that add the same address, one waits and is refused."""
    return Page.objects.select_for_update().get(pk=page.pk)


def _check_slug(slug: str, parent: Page) -> None:
    if slug in RESERVED_SLUGS:
        raise SlugReserved(slug=slug)
    if Neighbourhood.objects.filter(slug=slug).exists() or parent.get_children().filter(slug=slug).exists():
        raise SlugTaken(slug=slug)


def _check_area(area: Area, kinds: set[AreaKind]) -> None:
    try:
        validate_cbs_code(area.code)
    except ValidationError as error:
        raise InvalidArea(why=" ".join(error.messages)) from error
    if area.kind not in kinds:
        raise InvalidArea(why=_("“%(area)s” is another kind of area.") % {"area": area})


def _check(row: Neighbourhood | OrganisationDetails, exclude: list[str]) -> None:
    try:
        row.clean_fields(exclude=exclude)
    except ValidationError as error:
        raise InvalidPlace(why=" ".join(error.messages)) from error


def _write(neighbourhood: Neighbourhood, at: datetime) -> None:
    """Two at the same moment: the database lets one pass, and the other gets the same sentence."""
    party = Party.objects.create(kind=PartyKind.NEIGHBOURHOOD, created_at=at)
    OrganisationDetails.objects.create(party=party, name=neighbourhood.name)
    neighbourhood.party = party
    try:
        with transaction.atomic():
            neighbourhood.save()
    except IntegrityError as error:
        raise SlugTaken(slug=neighbourhood.slug) from error


def _say(neighbourhood: Neighbourhood, lead: str, lead_in: Mapping[str, str], actor: Actor) -> None:
    page = founding.neighbourhood_root(neighbourhood)
    if page is None:
        raise NoFrontPage
    page.lead = lead
    for language, words in lead_in.items():
        write_translations(page, language=language, words={lead: words})
    page.save_revision(user=actor.user).publish(user=actor.user)
