"""Whoever types the number of another board's thing into a form reads nothing about it in the answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from wagtail.test.utils.form_data import rich_text
from wagtail_localize.models import OverridableSegment, StringSegment, Translation

from neighbourhoods.models import Neighbourhood
from tests.factories import neighbourhoods as make
from tests.neighbourhoods.admin.sent import SCRIPT, add_news_url, news_form
from tests.neighbourhoods.admin_walk import SECRET, Secrets, make_secrets, said

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]

Form = Callable[[Secrets], dict[str, Any]]


@pytest.fixture
def secrets() -> Secrets:
    return make_secrets("Sluiskade")


def link_to(key: int) -> tuple[str, Any]:
    return ("link", {"text": "Kijk eens", "page": key, "url": ""})


def words_with(tag: str) -> tuple[str, Any]:
    return ("paragraph", rich_text(f"<p>Lees dit {tag} en kom eten.</p>"))


FORMS: dict[str, Form] = {
    "link to a draft": lambda s: news_form(body=[link_to(s.draft.pk)]),
    "link to a page with a title to come": lambda s: news_form(body=[link_to(s.live.pk)]),
    "draft in rich text": lambda s: news_form(
        body=[words_with(f'<a linktype="page" id="{s.draft.pk}">stuk</a>')]
    ),
    "document in rich text": lambda s: news_form(
        body=[words_with(f'<a linktype="document" id="{s.numbers["document_id"][0]}">stuk</a>')]
    ),
    "picture beside the news": lambda s: news_form(picture=s.numbers["image_id"][0]),
    "picture in a block": lambda s: news_form(
        body=[("image", {"image": s.numbers["image_id"][0], "alt": "Iets", "decorative": "", "caption": ""})]
    ),
}


@pytest.mark.parametrize("what", FORMS)
def test_a_number_in_the_form_of_a_page_is_refused_and_tells_nothing(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, secrets: Secrets, what: str
) -> None:
    form = FORMS[what](secrets)

    answers = [
        ann_in_the_admin.post(add_news_url(molenwijk), {**form, **more})
        for more in ({}, {"action-publish": "action-publish"})
    ]

    assert [set(answer.context["form"].errors) <= {"body", "picture"} for answer in answers] == [True, True]
    assert [bool(answer.context["form"].errors) for answer in answers] == [True, True]
    assert [SECRET in said(answer) for answer in answers] == [False, False]


def test_what_else_was_written_is_still_in_the_form_that_comes_back(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, secrets: Secrets
) -> None:
    blocks = [words_with(f'<a linktype="page" id="{secrets.draft.pk}">stuk</a>'), link_to(secrets.draft.pk)]

    answer = said(ann_in_the_admin.post(add_news_url(molenwijk), news_form("Soep voor wie wil", body=blocks)))

    assert [word for word in ("soep voor wie wil", "en kom eten.", "kijk eens") if word not in answer] == []


def test_a_title_to_come_is_not_told_to_whoever_linked_to_the_page_before(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, secrets: Secrets
) -> None:
    live = secrets.live
    type(live).objects.filter(pk=live.pk).update(draft_title="Zomerfeest")  # as it was when she linked
    ann_in_the_admin.post(add_news_url(molenwijk), news_form(body=[link_to(live.pk)]))
    mine = make.news_index_of(molenwijk).get_children().get(title="Soep in De Wiek")
    type(live).objects.filter(pk=live.pk).update(draft_title="Geheim nieuw opschrift")

    answer = said(ann_in_the_admin.get(f"/admin/pages/{mine.pk}/edit/"))

    assert ("zomerfeest" in answer, SECRET in answer) == (True, False)


def moves(mine: int, secrets: Secrets) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every way to name another's page as the place where one's own is to go."""
    for key in secrets.numbers["destination_id"]:
        yield f"/admin/pages/{mine}/move/", {"new_parent_page": key}
        yield f"/admin/pages/{mine}/move/{key}/confirm/", {}
        yield (
            f"/admin/pages/{mine}/copy/",
            {"new_title": "Soep", "new_slug": "kopie", "new_parent_page": key},
        )
        yield f"/admin/bulk/wagtailcore/page/move/?id={mine}", {"chooser": key}


def test_a_place_to_move_to_tells_nothing(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, secrets: Secrets
) -> None:
    mine = make.news(molenwijk, "Soep").pk

    told = [
        (address, sent)
        for address, sent in moves(mine, secrets)
        if SECRET in said(ann_in_the_admin.post(address, sent, follow=True))
    ]

    assert told == []


def test_the_translation_editor_takes_no_picture_of_another_and_tells_nothing(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, secrets: Secrets
) -> None:
    own = make.picture("Molen", collection=molenwijk.collection)
    soup = make.news(molenwijk, "Soep", picture=own, picture_alt="Een molen")
    translation = Translation.objects.get(source__object_id=soup.translation_key)
    overridable = OverridableSegment.objects.filter(source=translation.source)
    start = f"/admin/localize/translate/{translation.pk}"
    answers = [
        ann_in_the_admin.put(
            f"{start}/overrides/{segment.pk}/edit/",
            f"value={json.dumps(secrets.numbers['image_id'][0])}",
            content_type="application/x-www-form-urlencoded",
            headers=SCRIPT,
        )
        for segment in overridable
    ]
    strings = StringSegment.objects.filter(source__object_id=secrets.live.translation_key)
    answers += [
        ann_in_the_admin.put(
            f"{start}/strings/{segment.pk}/edit/",
            "value=Soup",
            content_type="application/x-www-form-urlencoded",
            headers=SCRIPT,
        )
        for segment in strings
    ]
    answers.append(
        ann_in_the_admin.get(f"/admin/pages/{soup.get_translations().get().pk}/edit/", follow=True)
    )

    assert {answer.status_code for answer in answers[:-1]} <= {403, 404}
    assert [SECRET in said(answer) for answer in answers] == [False] * len(answers)
