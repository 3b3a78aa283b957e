"""Words that the site itself uses in its addresses: a page that took one could never be reached."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings as site_settings
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from content.slugs import RESERVED_SLUGS
from home.models import HomePage
from neighbourhoods.models import NewsIndexPage, StandardPage
from tests.factories import neighbourhoods as make
from tests.factories.people import person

pytestmark = pytest.mark.django_db

SENTENCE = "The site itself uses this word in its addresses. Choose another."


@pytest.fixture
def home() -> HomePage:
    make.site()
    return HomePage.objects.get(locale__language_code="nl")


@pytest.fixture
def sam(settings: Settings) -> Client:
    settings.STAFF_SECOND_FACTOR = False
    client = Client()
    client.force_login(person("Sam", is_staff=True, is_superuser=True))
    return client


def first_words(patterns: list[URLPattern | URLResolver], depth: int = 0) -> set[str]:
    """The first word of every address, also after the language."""
    words = set()
    for pattern in patterns:
        route = str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver) and (not route or route in {"nl/", "en/"}):
            words |= first_words(pattern.url_patterns)
        elif (word := route.split("/")[0].rstrip("$")) and word.replace("-", "").isalpha():
            words.add(word)
    return words


def test_every_word_in_an_address_of_the_site_is_reserved() -> None:
    words = first_words(get_resolver().url_patterns)

    assert {"account", "search", "desk"} <= words
    assert sorted(words - RESERVED_SLUGS) == []
    assert {code for code, _name in site_settings.LANGUAGES} <= RESERVED_SLUGS


@pytest.mark.parametrize("slug", ["account", "demo", "nl"])
@pytest.mark.parametrize("kind", [StandardPage, NewsIndexPage])
def test_a_page_below_the_front_page_cannot_take_one(
    home: HomePage, kind: type[StandardPage | NewsIndexPage], slug: str
) -> None:
    with pytest.raises(ValidationError, match=SENTENCE):
        home.add_child(instance=kind(title="Mine", slug=slug))


def test_deeper_down_the_word_is_free(home: HomePage) -> None:
    about = home.add_child(instance=StandardPage(title="About", slug="about"))

    assert about.add_child(instance=StandardPage(title="Account", slug="account")).pk


def test_an_editor_is_told_beside_the_field(home: HomePage, sam: Client) -> None:
    address = f"/admin/pages/add/neighbourhoods/standardpage/{home.pk}/"
    body = {"body-count": "0", "lead": "", "title": "Mine", "slug": "account"}

    response = sam.post(address, body)

    assert response.status_code == 200
    errors = response.context["form"].errors.as_data()
    assert {field: [error.code for error in found] for field, found in errors.items()} == {
        "slug": ["reserved"]
    }
    assert not StandardPage.objects.filter(title="Mine").exists()


def test_the_admin_offers_no_municipality_for_it_cannot_make_one(home: HomePage, sam: Client) -> None:
    offered = sam.get(f"/admin/pages/{home.pk}/add_subpage/").content.decode()
    asked = sam.get(f"/admin/pages/add/neighbourhoods/municipalitypage/{home.pk}/")

    assert "/add/neighbourhoods/standardpage/" in offered
    assert "/add/neighbourhoods/municipalitypage/" not in offered
    assert asked.status_code in {302, 403}


def test_news_below_an_index_may_be_called_anything(home: HomePage) -> None:
    molenwijk = make.found("Molenwijk")

    assert make.news(molenwijk, "Search", published_on=date(2026, 11, 1)).slug == "search"
