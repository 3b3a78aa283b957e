"""A board member changes, takes and points at nothing of another neighbourhood."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from neighbourhoods.models import Neighbourhood, NewsPage
from tests.factories import neighbourhoods as make
from tests.neighbourhoods.admin.sent import SCRIPT, add_news_url, news_form, rows

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]


def forbidden_posts(theirs: Page, mine: Page) -> list[tuple[str, dict[str, Any]]]:
    """Everything that could be sent to change, take or hide a page of somebody else."""
    pk, own = theirs.pk, mine.pk
    return [
        (f"/admin/pages/{pk}/edit/", {**news_form("Gekaapt"), "action-publish": "action-publish"}),
        (f"/admin/pages/{pk}/edit/", news_form("Gekaapt")),
        (f"/admin/pages/{pk}/delete/", {}),
        (f"/admin/pages/{pk}/unpublish/", {}),
        (f"/admin/pages/{pk}/lock/", {}),
        (f"/admin/pages/{pk}/move/{own}/confirm/", {}),
        (f"/admin/pages/{pk}/copy/", {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": own}),
        (f"/admin/pages/{pk}/set_position/?position=0", {}),
        (f"/admin/pages/{pk}/convert_alias/", {}),
        (f"/admin/pages/{pk}/privacy/", {"restriction_type": "login"}),
        (f"/admin/bulk/wagtailcore/page/delete/?id={pk}", {}),
        (f"/admin/bulk/wagtailcore/page/unpublish/?id={pk}", {}),
        (f"/admin/bulk/wagtailcore/page/publish/?id={pk}", {}),
        (f"/admin/bulk/wagtailcore/page/move/?id={pk}", {"chooser": own, "move_applicable": "on"}),
        (f"/admin/bulk/wagtailcore/page/delete/?id={own}&id={pk}", {}),
        (f"/admin/bulk/wagtailcore/page/delete/?id=all&childOf={theirs.get_parent().pk}", {}),
        (f"/admin/api/main/pages/{pk}/action/unpublish/", {}),
        (f"/admin/localize/page/{pk}/convert_to_alias/", {}),
        (f"/admin/localize/submit/page/{pk}/", {"locales": ["2"]}),
    ]


def test_nothing_that_ann_sends_changes_a_page_of_another_neighbourhood(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    theirs, mine = make.news(sluiskade, "Bootjes"), make.news_index_of(molenwijk)
    before = rows()

    for url, data in forbidden_posts(theirs, mine):
        assert ann_in_the_admin.post(url, data, headers=SCRIPT).status_code == 403, url
        assert ann_in_the_admin.post(url, data).headers["Location"] == "/admin/", url
        assert rows() == before, url


def test_ann_moves_nothing_of_hers_into_another_neighbourhood(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    mine = make.news(molenwijk, "Soep")
    theirs = make.news_index_of(sluiskade)
    before = rows()

    ann_in_the_admin.post(f"/admin/pages/{mine.pk}/move/{theirs.pk}/confirm/", {})
    copied = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": theirs.pk}
    ann_in_the_admin.post(f"/admin/pages/{mine.pk}/copy/", copied)
    ann_in_the_admin.post(f"/admin/bulk/wagtailcore/page/move/?id={mine.pk}", {"chooser": theirs.pk})

    assert rows() == before


def test_a_picture_of_another_neighbourhood_cannot_be_used_by_its_number(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    theirs = make.picture("Geheim", collection=sluiskade.collection)
    image = {"image": theirs.pk, "alt": "Iets", "decorative": "", "caption": ""}

    for form, field in (
        (news_form(picture=theirs.pk), "picture"),
        (news_form(body=[("image", image)]), "body"),
    ):
        response = ann_in_the_admin.post(add_news_url(molenwijk), form)

        assert set(response.context["form"].errors) == {field}
    assert not NewsPage.objects.filter(title="Soep in De Wiek").exists()


def test_a_link_to_a_draft_of_another_neighbourhood_cannot_be_made_by_its_number(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    draft = make.draft(make.news_index_of(sluiskade), NewsPage(title="Geheim", published_on=make.TODAY))
    form = news_form(body=[("link", {"text": "Kijk", "page": draft.pk, "url": ""})])

    response = ann_in_the_admin.post(add_news_url(molenwijk), form)

    assert "body" in response.context["form"].errors


def test_a_page_with_an_own_picture_and_a_link_to_public_news_elsewhere_is_fine(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    mine, theirs = make.picture("Molen", collection=molenwijk.collection), make.news(sluiskade, "Bootjes")
    blocks = [
        ("image", {"image": mine.pk, "alt": "Een molen", "decorative": "", "caption": ""}),
        ("link", {"text": "Kijk", "page": theirs.pk, "url": ""}),
    ]

    response = ann_in_the_admin.post(add_news_url(molenwijk), news_form(body=blocks, picture=mine.pk))

    assert response.status_code == 302
    assert NewsPage.objects.filter(title="Soep in De Wiek", picture=mine).exists()


def test_a_picture_without_words_is_refused_in_the_editor(
    ann_in_the_admin: Client, molenwijk: Neighbourhood
) -> None:
    mine = make.picture("Molen", collection=molenwijk.collection)
    image = {"image": mine.pk, "alt": "", "decorative": "", "caption": ""}

    response = ann_in_the_admin.post(add_news_url(molenwijk), news_form(body=[("image", image)]))

    assert "body" in response.context["form"].errors
