"""The front pages of neighbourhoods and municipalities stay, and the pages about who decides."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.models import Page

from content.models import BasePage
from neighbourhoods.models import BoardPage, DecisionsPage, ElectionPage, HowWeDecidePage, Neighbourhood
from people.models import User
from tests.factories import democracy as votes
from tests.factories import neighbourhoods as make
from tests.factories.people import person
from tests.neighbourhoods.admin.sent import rows

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]

SignIn = Callable[[User], Client]


@pytest.mark.parametrize("who", ["ann", "administrator"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_front_page_of_a_neighbourhood_stays(
    in_the_admin: SignIn,
    ann: User,
    molenwijk: Neighbourhood,
    sluiskade: Neighbourhood,
    who: str,
    language: str,
) -> None:
    user = ann if who == "ann" else person("Sam", is_superuser=True)
    admin, pk = in_the_admin(user), make.root_of(molenwijk, language).pk
    elsewhere = make.root_of(sluiskade, language).get_parent().pk
    before = rows()

    for url, data in [
        (f"/admin/pages/{pk}/delete/", {}),
        (f"/admin/pages/{pk}/unpublish/", {}),
        (f"/admin/pages/{pk}/move/{elsewhere}/confirm/", {}),
        (f"/admin/pages/{pk}/copy/", {"new_title": "Twee", "new_slug": "twee", "new_parent_page": elsewhere}),
        (f"/admin/bulk/wagtailcore/page/delete/?id={pk}", {}),
        (f"/admin/bulk/wagtailcore/page/unpublish/?id={pk}", {}),
        (f"/admin/bulk/wagtailcore/page/move/?id={pk}", {"chooser": elsewhere}),
    ]:
        assert admin.post(url, data).status_code in {200, 302, 403}, url
        assert rows() == before, url


def test_a_municipality_with_neighbourhoods_cannot_be_deleted_even_by_an_administrator(
    in_the_admin: SignIn, molenwijk: Neighbourhood
) -> None:
    admin, municipality = in_the_admin(person("Sam", is_superuser=True)), make.root_of(molenwijk).get_parent()
    before = rows()

    response = admin.post(f"/admin/pages/{municipality.pk}/delete/")

    assert response.status_code == 302
    assert rows() == before


def test_a_page_that_is_no_root_can_be_deleted(ann_in_the_admin: Client, molenwijk: Neighbourhood) -> None:
    soup = make.news(molenwijk, "Soep")

    ann_in_the_admin.post(f"/admin/pages/{soup.pk}/delete/", {})

    assert not Page.objects.filter(title="Soep").exists()
    assert not any(Page.find_problems())


@pytest.mark.parametrize("who", ["ann", "administrator"])
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", [BoardPage, DecisionsPage, HowWeDecidePage, ElectionPage])
def test_those_who_sit_on_the_board_hide_no_page_about_who_decides(
    in_the_admin: SignIn,
    ann: User,
    molenwijk: Neighbourhood,
    kind: type[BasePage],
    language: str,
    who: str,
) -> None:
    make.election_page(votes.election(molenwijk))
    admin = in_the_admin(ann if who == "ann" else person("Sam", is_superuser=True))
    page = kind.objects.get(locale__language_code=language)
    pk, above = page.pk, page.get_parent().pk
    before = rows()

    for url, data in [
        (f"/admin/pages/{pk}/delete/", {}),
        (f"/admin/pages/{pk}/unpublish/", {}),
        (f"/admin/pages/{pk}/move/{above}/confirm/", {}),
        (f"/admin/pages/{pk}/copy/", {"new_title": "Twee", "new_slug": "twee", "new_parent_page": above}),
        (f"/admin/bulk/wagtailcore/page/delete/?id={pk}", {}),
        (f"/admin/bulk/wagtailcore/page/unpublish/?id={pk}", {}),
        (f"/admin/bulk/wagtailcore/page/move/?id={pk}", {"chooser": above}),
    ]:
        assert admin.post(url, data).status_code in {200, 302, 403}, url
        assert rows() == before, url
