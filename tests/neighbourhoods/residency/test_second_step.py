"""The desk does not open on a code by mail alone."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from people.models import User

pytestmark = pytest.mark.django_db


def test_a_clerk_sets_up_a_second_step_before_the_desk_opens(
    client: Client, clara: User, settings: Settings
) -> None:
    settings.STAFF_SECOND_FACTOR = True
    client.force_login(clara)

    response = client.get("/en/desk/")

    assert (response.status_code, response["Location"]) == (302, "/en/account/2fa/")


def test_who_has_no_desk_does_not_learn_that_there_is_one(
    client: Client, ann: User, settings: Settings
) -> None:
    settings.STAFF_SECOND_FACTOR = True
    client.force_login(ann)

    assert client.get("/en/desk/").status_code == 404
