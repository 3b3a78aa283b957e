"""Founding the site itself: a front page in every language, and the Wagtail site that shows it."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from content.translation import add_page, carry_over, other_locales
from core.actor import Actor
from core.audit import record
from home.models import HomePage

TITLE = "Socialcoin"
LEAD = {
    "nl": "Een munt van je eigen wijk. Je helpt mee, je verdient munten en je geeft ze hier weer uit.",
    "en": "A coin of your own neighbourhood. You help, you earn coins, and you spend them here.",
}


def found_site(*, actor: Actor, at: datetime, address: str = "", name: str = "") -> Site:
    """This will see to the site: its languages, a front page in each, and nothing of Wagtail's welcome page.

    `address` is where the site is, for links that leave it: https://socialcoin.example.org. Harmless when it is
    repeated: it makes what is missing, and writes down a new address or name.
    """
    with transaction.atomic():
        for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
            Locale.objects.get_or_create(language_code=code)
        home = HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
        if home is None:
            home = _add_home(actor)
            record("site.founded", subject=home, actor=actor, at=at)
        elif home.live and home.get_translations().count() < len(other_locales()):
            carry_over(home, user=actor.user)
        site = _site_of(home)
        _place(site, address, name)
        _remove_welcome()
    return site


def _add_home(actor: Actor) -> HomePage:
    nl = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    root = Page.get_first_root_node()
    page = HomePage(title=TITLE, slug="socialcoin", lead=LEAD["nl"], locale=nl)
    words = {"en": {TITLE: TITLE, LEAD["nl"]: LEAD["en"]}}
    add_page(root, page, words=words, user=actor.user)
    return page


def _site_of(home: HomePage) -> Site:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return Site.objects.create(
            hostname="localhost", is_default_site=True, root_page=home, site_name=TITLE
        )
    if site.root_page_id != home.pk:
        site.root_page, site.site_name = home, TITLE
        site.save()
    return site


def _place(site: Site, address: str, name: str) -> None:
    """Write down where the site is and what it is called, as far as that is given."""
    if address:
        parts = urlsplit(address)
        site.hostname = parts.hostname or site.hostname
        site.port = parts.port or (443 if parts.scheme == "https" else 80)
    if name:
        site.site_name = name
    if address or name:
        site.save()


def _remove_welcome() -> None:
    """Wagtail's own first page is a plain Page directly below the root; ours never are."""
    for page in Page.objects.filter(depth=2).exact_type(Page):
        page.delete()
