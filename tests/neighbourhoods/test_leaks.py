"""No address of the admin says a word about the drafts, pictures and people of another neighbourhood."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from neighbourhoods import doors
from tests.factories import neighbourhoods as make
from tests.neighbourhoods.admin_walk import PUBLIC, SECRET, Secrets, all_patterns, make_secrets, walk

pytestmark = pytest.mark.django_db


LINKS_ARE_CHOSEN = {
    "wagtailadmin_choose_page", "wagtailadmin_choose_page_child", "wagtailadmin_choose_page_search",
}  # fmt: skip


@pytest.fixture
def secrets() -> Secrets:
    return make_secrets("Sluiskade")


def test_the_admin_tells_ann_nothing_secret_of_elsewhere_and_what_is_public_only_where_links_are_chosen(
    ann_in_the_admin: Client, secrets: Secrets
) -> None:
    secret, public = walk(ann_in_the_admin, secrets, SECRET, PUBLIC)

    assert secret == {}
    assert set(public) <= LINKS_ARE_CHOSEN


def test_the_walk_is_not_blind_the_editor_of_that_neighbourhood_sees_it_all(
    in_the_admin: Any, secrets: Secrets
) -> None:
    (seen,) = walk(in_the_admin(secrets.editor), secrets, SECRET)

    assert {
        "wagtailadmin_explore", "wagtailadmin_pages:edit", "wagtailadmin_pages:history", "wagtailadmin_choose_page_child",
        "wagtailadmin_pages:search", "wagtailimages:index", "wagtailimages:edit", "wagtaildocs:index",
        "wagtailimages_chooser:choose", "wagtail_bulk_action", "wagtailadmin_api:pages:listing",
    } <= set(seen)  # fmt: skip


def test_a_view_that_nobody_has_looked_at_is_closed() -> None:
    names = {name for name, _arguments in all_patterns()}

    assert doors.OPEN - names == set(), "open, but there is no such view any more"
    assert len(names - doors.OPEN) > 50


def test_the_editor_of_a_municipality_sees_nothing_secret_of_its_neighbourhoods(
    in_the_admin: Any, secrets: Secrets
) -> None:
    client = in_the_admin(make.editor_of(secrets.neighbourhood.municipality))

    assert walk(client, secrets, SECRET) == [{}]
