"""A board member writes, translates and publishes in the own neighbourhood."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from neighbourhoods.models import Neighbourhood, NewsPage
from tests.factories import neighbourhoods as make
from tests.neighbourhoods.admin.sent import add_news_url, news_form, rows

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]


def test_ann_publishes_news_in_her_own_neighbourhood_and_it_is_there_in_both_languages(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, client: Client
) -> None:
    response = ann_in_the_admin.post(
        add_news_url(molenwijk), {**news_form(), "action-publish": "action-publish"}
    )

    assert response.status_code == 302
    assert client.get("/nl/dijkstad/molenwijk/nieuws/soep-in-de-wiek/").status_code == 200
    english = client.get("/en/dijkstad/molenwijk/nieuws/soep-in-de-wiek/")
    assert english.status_code == 200
    assert "Kom eten." in english.content.decode()


def test_ann_publishes_nothing_in_another_neighbourhood(
    ann_in_the_admin: Client, sluiskade: Neighbourhood
) -> None:
    before = rows()

    response = ann_in_the_admin.post(
        add_news_url(sluiskade), {**news_form(), "action-publish": "action-publish"}
    )

    assert (response.status_code, response.headers["Location"]) == (302, "/admin/")
    assert rows() == before


@pytest.mark.parametrize("page", ["own news index", "own front page", "municipality", "home"])
def test_boards_add_pages_only_where_they_belong(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, page: str
) -> None:
    parents = {
        "own news index": make.news_index_of(molenwijk),
        "own front page": make.root_of(molenwijk),
        "municipality": make.root_of(molenwijk).get_parent(),
        "home": make.root_of(molenwijk).get_parent().get_parent(),
    }

    response = ann_in_the_admin.get(f"/admin/pages/add/neighbourhoods/newspage/{parents[page].pk}/")

    assert response.status_code == (200 if page == "own news index" else 302)


def test_ann_edits_the_front_page_of_her_own_neighbourhood(
    ann_in_the_admin: Client, molenwijk: Neighbourhood
) -> None:
    root = make.root_of(molenwijk)

    response = ann_in_the_admin.get(f"/admin/pages/{root.pk}/edit/")

    assert response.status_code == 200


def test_ann_translates_a_page_and_publishes_the_english_one(
    ann_in_the_admin: Client, molenwijk: Neighbourhood
) -> None:
    soup = make.news(molenwijk, "Soep in De Wiek")
    translation = Translation.objects.get(source__object_id=soup.translation_key)
    segment = StringSegment.objects.get(source=translation.source, string__data="Soep in De Wiek")
    english = NewsPage.objects.get(translation_key=soup.translation_key, locale__language_code="en")

    saved = ann_in_the_admin.put(
        f"/admin/localize/translate/{translation.pk}/strings/{segment.pk}/edit/",
        "value=Soup at De Wiek",
        content_type="application/x-www-form-urlencoded",
    )
    published = ann_in_the_admin.post(f"/admin/pages/{english.pk}/edit/", {"action": "publish"})

    assert (saved.status_code, published.status_code) == (201, 302)
    english.refresh_from_db()
    assert (english.title, english.live) == ("Soup at De Wiek", True)


def test_ann_translates_nothing_of_another_neighbourhood(
    ann_in_the_admin: Client, sluiskade: Neighbourhood
) -> None:
    page = make.news(sluiskade, "Bootjes")
    translation = Translation.objects.get(source__object_id=page.translation_key)
    segment = StringSegment.objects.filter(source=translation.source).first()

    response = ann_in_the_admin.put(
        f"/admin/localize/translate/{translation.pk}/strings/{segment.pk}/edit/",
        "value=Boats",
        content_type="application/x-www-form-urlencoded",
    )

    assert response.status_code == 403
    assert not StringTranslation.objects.filter(data="Boats").exists()
