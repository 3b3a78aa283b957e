"""Founding a municipality and a neighbourhood: everything at once, or nothing at all."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from pytest_django import Settings
from wagtail.models import Collection, GroupPagePermission, Page, Site, Workflow, WorkflowPage

from core.actor import Actor
from core.models import AuditEntry
from home.models import HomePage
from home.operations import found_site
from ledger.models import Account, Coin
from ledger.operations import CoinNameTaken, found_coin
from ledger.queries import accounts_of
from neighbourhoods.models import (
    MunicipalityPage,
    Neighbourhood,
    NeighbourhoodPage,
    NewsIndexPage,
    StandardPage,
)
from neighbourhoods.operations.founding import (
    InvalidArea,
    InvalidPlace,
    NoFrontPage,
    SlugReserved,
    SlugTaken,
    add_area,
    found_municipality,
    refound,
)
from neighbourhoods.rights import ON_PAGES
from people.models import Party
from tests.factories import neighbourhoods as make

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
AT = make.FOUNDED_AT


def counts() -> dict[str, int]:
    """How many rows each table has."""
    return {
        model._meta.label: model._base_manager.count() for model in apps.get_models(include_auto_created=True)
    }


def titles(language: str) -> set[str]:
    return set(
        Page.objects.live()
        .filter(depth__gt=1, locale__language_code=language)
        .values_list("title", flat=True)
    )


def break_down(neighbourhood: Neighbourhood, **_kwargs: Any) -> None:
    """A founding step that does not succeed."""
    raise RuntimeError("The last step failed.")


def test_the_site_has_a_front_page_in_every_language_and_nothing_of_wagtails_welcome() -> None:
    site = found_site(actor=SYSTEM, at=AT)

    assert site.root_page.specific == HomePage.objects.get(locale__language_code="nl")
    assert set(HomePage.objects.live().values_list("locale__language_code", flat=True)) == {"nl", "en"}
    assert Page.objects.filter(depth=2).count() == 2
    assert Site.objects.count() == 1


def test_founding_the_site_again_changes_nothing() -> None:
    found_site(actor=SYSTEM, at=AT)
    before = counts()

    found_site(actor=SYSTEM, at=AT)

    assert counts() == before


def test_a_municipality_is_a_party_with_a_page_news_and_words_in_both_languages() -> None:
    party = make.municipality("Dijkstad")

    assert party.display_name == "Dijkstad"
    assert MunicipalityPage.objects.live().filter(party=party).count() == 2
    assert titles("nl") == {"Socialcoin", "Dijkstad", "Nieuws", "Over de munten"}
    assert titles("en") == {"Socialcoin", "Dijkstad", "News", "About the coins"}


def test_a_municipality_needs_a_site_to_stand_on() -> None:
    Site.objects.all().delete()

    with pytest.raises(NoFrontPage):
        found_municipality(name="Dijkstad", slug="dijkstad", area=make.area("GM1234"), actor=SYSTEM, at=AT)


def test_a_neighbourhood_gets_party_coin_pages_group_collection_and_workflow() -> None:
    molenwijk = make.found("Molenwijk")

    assert molenwijk.party.display_name == "Molenwijk"
    assert molenwijk.coin.name == "Molenmunt"
    assert molenwijk.coin.pegged_to == Coin.objects.get(code="EUR")
    assert set(molenwijk.pages.values_list("locale__language_code", flat=True)) == {"nl", "en"}
    assert Collection.objects.get(neighbourhood=molenwijk).name == "Molenwijk"
    assert Workflow.objects.get(neighbourhood=molenwijk).workflow_tasks.count() == 1
    assert AuditEntry.objects.filter(event="neighbourhood.founded", subject_id=str(molenwijk.pk)).count() == 1


def test_a_neighbourhood_has_the_accounts_without_which_no_coin_can_be_issued() -> None:
    molenwijk, sluiskade = make.found("Molenwijk"), make.found("Sluiskade")

    for place in (molenwijk, sluiskade):
        opened = accounts_of(place.party).values_list("kind", "coin__code", "backs__code", "balance", "floor")
        assert list(opened) == [
            ("ISSUE", place.coin.code, None, 0, None),
            ("RESERVE", "EUR", place.coin.code, 0, 0),
            ("BANK", "EUR", None, 0, None),
        ]


def test_refounding_gives_accounts_to_a_neighbourhood_from_before_there_were_any(settings: Settings) -> None:
    steps = settings.FOUNDING_STEPS
    settings.FOUNDING_STEPS = [step for step in steps if not step.endswith(".add_money")]
    molenwijk = make.found("Molenwijk", decisions=True)
    assert not Account.objects.exists()
    settings.FOUNDING_STEPS = steps

    refound(neighbourhood=molenwijk, actor=SYSTEM, at=AT)

    assert list(accounts_of(molenwijk.party).values_list("kind", flat=True)) == ["ISSUE", "RESERVE", "BANK"]


def test_its_pages_are_live_in_both_languages_and_never_empty() -> None:
    molenwijk = make.found("Molenwijk")

    for language, news, about in (("nl", "Nieuws", "Over de munt"), ("en", "News", "About the coin")):
        root = make.root_of(molenwijk, language)
        assert root.live
        assert root.lead
        assert NewsIndexPage.objects.live().child_of(root).get().title == news
        page = StandardPage.objects.live().child_of(root).get()
        assert (page.title, len(page.body)) == (about, 6)


def test_the_tree_is_sound_after_founding() -> None:
    make.found("Molenwijk")
    make.found("Sluiskade")

    assert not any(Page.find_problems())


def test_the_board_gets_its_rights_on_its_own_tree_in_both_languages_and_nowhere_else() -> None:
    molenwijk = make.found("Molenwijk")

    rights = GroupPagePermission.objects.filter(group=molenwijk.editors)
    assert set(rights.values_list("page_id", flat=True)) == set(molenwijk.pages.values_list("pk", flat=True))
    assert set(rights.values_list("permission__codename", flat=True)) == set(ON_PAGES)
    assert list(
        Group.objects.get(neighbourhood=molenwijk).permissions.values_list("codename", flat=True)
    ) == ["access_admin"]


def test_what_is_said_on_the_front_page_can_be_said_in_both_languages() -> None:
    molenwijk = make.found("Molenwijk", lead="Onze eigen munt.", lead_in={"en": "A coin of our own."})

    assert [make.root_of(molenwijk, code).lead for code in ("nl", "en")] == [
        "Onze eigen munt.",
        "A coin of our own.",
    ]


def test_refounding_changes_no_table() -> None:
    molenwijk = make.found("Molenwijk", decisions=True)
    before = counts()

    refound(neighbourhood=molenwijk, actor=SYSTEM, at=AT)

    assert counts() == before


def test_refounding_brings_back_a_right_a_page_and_a_collection_that_were_lost() -> None:
    molenwijk = make.found("Molenwijk", decisions=True)
    before = counts()
    GroupPagePermission.objects.filter(group=molenwijk.editors, permission__codename="change_page").delete()
    NewsIndexPage.objects.child_of(make.root_of(molenwijk, "nl")).get().delete()
    Collection.objects.get(neighbourhood=molenwijk).delete()
    WorkflowPage.objects.filter(workflow=molenwijk.workflow).delete()

    refound(neighbourhood=Neighbourhood.objects.get(), actor=SYSTEM, at=AT)

    after = counts()
    for label in (
        "neighbourhoods.NewsIndexPage", "wagtailcore.Collection", "wagtailcore.GroupPagePermission",
        "wagtailcore.GroupCollectionPermission", "wagtailcore.WorkflowPage", "auth.Group",
    ):  # fmt: skip
        assert after[label] == before[label], label
    assert not any(Page.find_problems())


def test_refounding_brings_back_a_page_that_is_missing_in_one_language() -> None:
    molenwijk = make.found("Molenwijk", decisions=True)
    make.root_of(molenwijk, "en").get_children().first().specific.delete()

    refound(neighbourhood=molenwijk, actor=SYSTEM, at=AT)

    assert "News" in titles("en")


def test_refounding_leaves_alone_what_the_board_made_of_its_pages() -> None:
    molenwijk = make.found("Molenwijk", decisions=True)
    about = StandardPage.objects.child_of(make.root_of(molenwijk)).get()
    about.title, about.slug = "Onze munt", "onze-munt"
    about.save_revision().publish()

    refound(neighbourhood=molenwijk, actor=SYSTEM, at=AT)

    assert list(StandardPage.objects.child_of(make.root_of(molenwijk)).values_list("title", flat=True)) == [
        "Onze munt"
    ]


def test_the_same_address_twice_is_refused_with_a_sentence_and_leaves_nothing() -> None:
    make.found("Molenwijk", decisions=True)
    before = counts()

    with pytest.raises(SlugTaken) as refusal:
        make.found("Molenhoek", slug="molenwijk")

    assert str(refusal.value) == "There is already a page at the address “molenwijk”. Choose another."
    assert counts() == before


def test_the_same_address_in_another_municipality_is_refused_too() -> None:
    make.found("Molenwijk")
    make.municipality("Veenstad", code="GM4321")

    with pytest.raises(SlugTaken):
        make.found("Molenhoek", slug="molenwijk", municipality_name="Veenstad")


def test_a_page_that_stands_at_the_address_already_is_in_the_way() -> None:
    make.municipality("Dijkstad")

    with pytest.raises(SlugTaken):
        make.found("Nieuws")


def test_the_database_itself_refuses_the_same_address_twice() -> None:
    molenwijk, sluiskade = make.found("Molenwijk"), make.found("Sluiskade")

    with pytest.raises(IntegrityError):
        Neighbourhood.objects.filter(pk=sluiskade.pk).update(slug=molenwijk.slug)


@pytest.mark.parametrize("slug", ["wallet", "account", "admin"])
def test_words_that_the_site_itself_uses_are_refused(slug: str) -> None:
    make.municipality("Dijkstad")
    before = counts()

    with pytest.raises(SlugReserved):
        make.found("Molenwijk", slug=slug)
    with pytest.raises(SlugReserved):
        found_municipality(name="Veenstad", slug=slug, area=make.area("GM4321"), actor=SYSTEM, at=AT)

    assert counts() | {"neighbourhoods.Area": 0} == before | {"neighbourhoods.Area": 0}


@pytest.mark.parametrize(
    "wrong",
    [{"slug": "mo len"}, {"name": ""}, {"colour": "blue"}, {"accent": "#12345g"}, {"landmark": "castle"}],
)
def test_what_cannot_be_a_place_is_refused_and_leaves_nothing(wrong: dict[str, str]) -> None:
    make.municipality("Dijkstad")
    before = counts()

    with pytest.raises(InvalidPlace):
        details = {
            "name": "Molenwijk",
            "slug": "molenwijk",
            "coin_code": "MOLEN",
            "coin_name": "Munt",
            **wrong,
        }
        make.found(details.pop("name"), decisions=False, **details)

    assert counts() == before


def test_a_coin_with_the_name_of_another_is_refused_and_leaves_nothing() -> None:
    make.municipality("Dijkstad")
    found_coin(code="MOLEN", name="Molenmunt", name_plural="Molenmunten", actor=SYSTEM, at=AT)
    before = counts()

    with pytest.raises(CoinNameTaken):
        make.found("Molenwijk", decisions=True)

    assert counts() == before


def test_a_step_that_fails_leaves_nothing_of_the_whole_founding(settings: Settings) -> None:
    make.municipality("Dijkstad")
    before = counts()
    settings.FOUNDING_STEPS = [*settings.FOUNDING_STEPS, "tests.neighbourhoods.test_founding.break_down"]

    with pytest.raises(RuntimeError):
        make.found("Molenwijk", decisions=True)

    assert counts() == before
    assert not any(Page.find_problems())


@pytest.mark.parametrize("code", ["WK1234", "XX123401", "wk123401", "GM12345", ""])
def test_an_area_needs_a_code_of_cbs(code: str) -> None:
    with pytest.raises(InvalidArea):
        add_area(code=code, year=2026, name="Molenwijk", actor=SYSTEM, at=AT)


def test_a_neighbourhood_is_no_municipality_and_the_other_way_round() -> None:
    make.site()

    with pytest.raises(InvalidArea):
        found_municipality(name="Dijkstad", slug="dijkstad", area=make.area("WK123401"), actor=SYSTEM, at=AT)
    with pytest.raises(InvalidArea):
        make.found("Molenwijk", area=make.area("GM1234", "Dijkstad"))


def test_an_area_is_written_down_once_a_year() -> None:
    first = add_area(code="WK123401", year=2026, name="Molenwijk", actor=SYSTEM, at=AT)

    assert add_area(code="WK123401", year=2026, name="Molenwijk", actor=SYSTEM, at=AT) == first
    assert add_area(code="WK123401", year=2027, name="Molenwijk", actor=SYSTEM, at=AT) != first


def test_the_command_founds_a_municipality_and_a_neighbourhood_and_refuses_in_words() -> None:
    make.site()
    words = ["found_neighbourhood", "Molenwijk", "--municipality=Dijkstad", "--municipality-area=GM1234",
             "--coin-code=MOLEN", "--coin-name=Molenmunt", "--coin-name-plural=Molenmunten", "--area=WK123401",
             "--year=2026"]  # fmt: skip

    call_command(*words)

    assert Neighbourhood.objects.get().area == make.area("WK123401")
    with pytest.raises(CommandError, match="already a page at the address “molenwijk”"):
        call_command(*words)


def test_the_command_refound_names_whom_it_does_not_know() -> None:
    make.found("Molenwijk", decisions=True)

    call_command("refound", "molenwijk")

    with pytest.raises(CommandError, match="sluiskade"):
        call_command("refound", "sluiskade")


def test_founding_a_neighbourhood_leaves_those_that_were_there_as_they_are() -> None:
    molenwijk = make.found("Molenwijk")
    rights = set(
        GroupPagePermission.objects.filter(group=molenwijk.editors).values_list("page_id", "permission_id")
    )

    sluiskade = make.found("Sluiskade")

    assert (
        set(
            GroupPagePermission.objects.filter(group=molenwijk.editors).values_list(
                "page_id", "permission_id"
            )
        )
        == rights
    )
    assert sluiskade.editors != molenwijk.editors
    assert Party.objects.filter(neighbourhood__isnull=False).count() == 2
    assert Group.objects.filter(neighbourhood__isnull=False).count() == 2
    assert Collection.objects.filter(neighbourhood__isnull=False).count() == 2
    assert Workflow.objects.filter(neighbourhood__isnull=False).count() == 2
    assert NeighbourhoodPage.objects.live().count() == 4
