"""No address of the admin says a word about the drafts, pictures and people of another neighbourhood."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from neighbourhoods import doors
from neighbourhoods.models import Neighbourhood
from people.models import User
from tests.factories import neighbourhoods as make
from tests.neighbourhoods.admin_walk import PUBLIC, SECRET, Secrets, all_patterns, make_secrets, walk

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file of a scaled picture to the garbage collector.
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]

SignIn = Callable[[User], Client]

LINKS_ARE_CHOSEN = {
    "wagtailadmin_choose_page", "wagtailadmin_choose_page_child", "wagtailadmin_choose_page_search",
}  # fmt: skip
SEEN_BY_ITS_OWN_EDITOR = {
    "wagtailadmin_home", "wagtailadmin_explore", "wagtailadmin_explore_root", "wagtailadmin_choose_page_child",
    "wagtailadmin_pages:edit", "wagtailadmin_pages:history", "wagtailadmin_pages:search", "wagtailadmin_pages:copy",
    "wagtailadmin_pages:revisions_compare", "wagtailadmin_api:pages:listing", "wagtail_bulk_action",
    "wagtailimages:index", "wagtailimages:edit", "wagtailimages_chooser:choose", "wagtailimages_chooser:chosen",
    "wagtaildocs:index", "wagtaildocs:edit", "wagtaildocs_chooser:choose",
}  # fmt: skip


@pytest.fixture
def secrets() -> Secrets:
    return make_secrets("Sluiskade")


def own_pages(neighbourhood: Neighbourhood) -> list[int]:
    return [make.root_of(neighbourhood, "nl").pk, make.root_of(neighbourhood, "en").pk]


def test_the_admin_tells_ann_nothing_secret_of_elsewhere_and_what_is_public_only_where_links_are_chosen(
    in_the_admin: SignIn, ann: User, molenwijk: Neighbourhood, secrets: Secrets
) -> None:
    secret, public = walk(in_the_admin, ann, secrets, SECRET, PUBLIC, own_pages=own_pages(molenwijk))

    assert secret == {}
    assert set(public) <= LINKS_ARE_CHOSEN


def test_the_walk_is_not_blind_the_editor_of_that_neighbourhood_sees_it_all(
    in_the_admin: SignIn, secrets: Secrets
) -> None:
    (seen,) = walk(in_the_admin, secrets.editor, secrets, SECRET, own_pages=[], only=SEEN_BY_ITS_OWN_EDITOR)

    assert SEEN_BY_ITS_OWN_EDITOR - set(seen) == set()


def test_the_editor_of_a_municipality_is_told_nothing_secret_of_its_neighbourhoods(
    in_the_admin: SignIn, secrets: Secrets
) -> None:
    municipality = secrets.neighbourhood.municipality
    eva = make.editor_of(municipality)

    (secret,) = walk(in_the_admin, eva, secrets, SECRET, own_pages=[make.news_index_of(municipality).pk])

    assert secret == {}


def test_a_view_that_nobody_has_looked_at_is_closed() -> None:
    names = {name for name, _arguments in all_patterns()}

    assert doors.OPEN - names == set(), "open, but there is no such view any more"
    assert len(names - doors.OPEN) > 50
