"""The menu of a board, and doors that are closed."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.neighbourhoods.admin.sent import SCRIPT

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]


def test_the_menu_of_a_board_holds_only_what_it_can_use(ann_in_the_admin: Client) -> None:
    body = ann_in_the_admin.get("/admin/").content.decode()

    for shown in ("/admin/look/", "/admin/images/", "/admin/documents/"):
        assert shown in body
    for hidden in (
        "/admin/reports/",
        "/admin/users/",
        "/admin/workflows/",
        "/admin/collections/",
        "/admin/localize/reports",
    ):
        assert f'"{hidden}' not in body


def test_a_closed_door_says_why_to_a_person_and_forbids_a_script(ann_in_the_admin: Client) -> None:
    response = ann_in_the_admin.get("/admin/reports/site-history/", follow=True)

    assert response.redirect_chain == [("/admin/", 302)]
    assert ann_in_the_admin.get("/admin/reports/site-history/", headers=SCRIPT).status_code == 403
