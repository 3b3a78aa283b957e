"""The first day of a server, word for word as docs/administrators.md tells it."""

from __future__ import annotations

import shlex

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings
from wagtail.models import Page, Site

from home.models import HomePage
from neighbourhoods.models import Area, Neighbourhood
from people.models import Party
from tests.databases import ROOT
from tests.plugins.data import RealCommits


def first_day() -> list[list[str]]:
    """The commands in the section of that name, each as its words."""
    section = (ROOT / "docs" / "administrators.md").read_text().split("## The first day")[1]
    lines = section.split("```")[1].replace("\\\n", " ").splitlines()
    commands = [shlex.split(line, comments=True) for line in lines if line.strip()]
    assert all(words[:2] == [".venv/bin/python", "manage.py"] for words in commands)
    return [words[2:] for words in commands]


def test_the_documented_commands_make_an_empty_database_a_site_with_a_neighbourhood(
    real_commits: RealCommits, client: Client, settings: Settings
) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://socialcoin.example.org"

    for words in first_day():
        call_command(*words)

    assert Party.objects.get(login__is_superuser=True).login.email == "you@example.org"
    for page in Page.objects.filter(depth__gt=1):
        assert client.get(page.get_url()).status_code == 200, page
    assert client.get("/nl/").context["page"].specific == HomePage.objects.get(locale__language_code="nl")
    molenwijk = Neighbourhood.objects.get()
    assert client.get(f"/nl/dijkstad/{molenwijk.slug}/").status_code == 200
    assert Site.objects.get().root_url == "https://socialcoin.example.org"


@pytest.mark.django_db
def test_founding_the_site_again_takes_over_a_new_address_and_name(settings: Settings) -> None:
    call_command("found_site")
    settings.WAGTAILADMIN_BASE_URL = "https://munten.example.org:8443"

    call_command("found_site", name="Onze munten")

    site = Site.objects.get()
    assert (site.hostname, site.port, site.site_name) == ("munten.example.org", 8443, "Onze munten")
    assert HomePage.objects.count() == 2


def test_without_a_site_of_ours_the_command_says_which_one_comes_first_and_leaves_nothing(
    real_commits: RealCommits,
) -> None:
    assert Site.objects.get().root_page.depth == 2  # Wagtail's welcome

    with pytest.raises(CommandError, match=r"manage\.py found_site"):
        call_command(*first_day()[-1])

    assert (Area.objects.count(), Party.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_a_neighbourhood_that_is_refused_leaves_no_municipality_behind() -> None:
    call_command("found_site")
    before = (Area.objects.count(), Party.objects.count())
    elsewhere = ["--municipality=Veenstad", "--municipality-area=GM4321", "--area=WK432101"]

    with pytest.raises(CommandError):
        call_command(*first_day()[-1], *elsewhere, "--slug=wallet")

    assert (Area.objects.count(), Party.objects.count()) == before
