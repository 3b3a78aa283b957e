"""The pages of value decisions stay where they are, and each board edits its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.models import Page

from neighbourhoods.models import (
    Neighbourhood,
    ValueDecisionPage,
)
from people.models import User
from tests.factories import neighbourhoods as make
from tests.factories import values
from tests.factories.people import person
from tests.neighbourhoods.admin.values.writing import (
    NEW,
    add_url,
    decisions_page,
    form,
    publish,
    the_decision,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]


def test_the_page_of_what_was_proposed_stays(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, written: ValueDecisionPage
) -> None:
    publish(ann_in_the_admin, written)
    told = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": decisions_page(molenwijk).pk}
    before = list(Page.objects.order_by("pk").values_list("pk", "path", "live"))

    for address in ("delete/", "unpublish/", "move/", "copy/"):
        ann_in_the_admin.post(f"/admin/pages/{written.pk}/{address}", told)
    for deed in ("delete", "unpublish", "move"):
        ann_in_the_admin.post(
            f"/admin/bulk/wagtailcore/page/{deed}/?id={written.pk}", {"chooser": told["new_parent_page"]}
        )

    assert list(Page.objects.order_by("pk").values_list("pk", "path", "live")) == before


def test_a_draft_can_be_thrown_away_and_not_copied(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, written: ValueDecisionPage
) -> None:
    told = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": decisions_page(molenwijk).pk}

    ann_in_the_admin.post(f"/admin/pages/{written.pk}/copy/", told)
    copies = ValueDecisionPage.objects.count()
    ann_in_the_admin.post(f"/admin/pages/{written.pk}/delete/")

    assert (copies, ValueDecisionPage.objects.count()) == (1, 0)
    assert the_decision().state == "DRAFT"  # the room of the board still shows it


def test_ann_edits_and_publishes_nothing_of_another_neighbourhood(
    ann_in_the_admin: Client, in_the_admin: Callable[[User], Client], sluiskade: Neighbourhood
) -> None:
    cas = person("Cas")
    make.seat_for(cas, sluiskade)
    in_the_admin(cas).post(add_url(sluiskade), {**NEW, "category": values.category().pk})
    theirs = ValueDecisionPage.objects.get()

    answer = ann_in_the_admin.post(
        f"/admin/pages/{theirs.pk}/edit/", {**form(theirs), "action-publish": "action-publish"}
    )
    ann_in_the_admin.post(f"/admin/bulk/wagtailcore/page/publish/?id={theirs.pk}", {})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/")
    assert the_decision().state == "DRAFT"
