"""What administrators do with somebody's login, and for somebody without one: by command, with a reason."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from core.actor import Actor
from core.audit import lines_about
from people.models import PersonDetails, User
from people.operations.links import ReasonMissing
from people.operations.logins import (
    BlockedAlready,
    NoSecondFactor,
    NotBlocked,
    NotYourLogin,
    block_login,
    reset_second_factor,
    unblock_login,
)
from people.operations.privacy import NotYourData, erase_on_request, export_on_request
from tests.factories.people import actor, child, person

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
SYSTEM = Actor.system()
WHY = "Letter 12, seen at the town hall"

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    UserSession.objects.get_or_create(
        user=user, session_key=client.session.session_key, defaults={"ip": "127.0.0.1", "user_agent": ""}
    )
    return client


def enters(client: Client) -> bool:
    return client.get("/en/account/").status_code == 200


def reasons(user: User) -> list[tuple[str, str]]:
    return [(line.event, line.note.text) for line in lines_about(user.person)]


def test_a_blocked_login_is_put_out_at_once_and_comes_in_again_when_it_is_opened(ann: User) -> None:
    client = signed_in(ann)
    assert enters(client)

    call_command("block_login", "Ann@example.org", reason=WHY)

    ann.refresh_from_db()
    assert (ann.is_active, enters(client), UserSession.objects.count()) == (False, False, 0)

    call_command("unblock_login", "ann@example.org", reason=WHY)

    ann.refresh_from_db()
    assert ann.is_active
    assert reasons(ann) == [("login.unblock", WHY), ("login.block", WHY)]


def test_a_lost_phone_takes_its_second_step_along_and_nobody_elses(ann: User, ben: User) -> None:
    for user in (ann, ben):
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    Authenticator.objects.create(user=ann, type=Authenticator.Type.RECOVERY_CODES, data={})
    client = signed_in(ann)

    call_command("reset_second_factor", "ann@example.org", reason=WHY)

    assert [row.user for row in Authenticator.objects.all()] == [ben]
    assert not enters(client)
    assert reasons(ann) == [("login.second_factor", WHY)]


def test_what_is_done_already_is_refused(ann: User) -> None:
    with pytest.raises(NotBlocked):
        unblock_login(user=ann, reason=WHY, actor=SYSTEM, at=AT)
    with pytest.raises(NoSecondFactor):
        reset_second_factor(user=ann, reason=WHY, actor=SYSTEM, at=AT)
    block_login(user=ann, reason=WHY, actor=SYSTEM, at=AT)
    with pytest.raises(BlockedAlready):
        block_login(user=ann, reason=WHY, actor=SYSTEM, at=AT)


@pytest.mark.parametrize("operation", [block_login, unblock_login, reset_second_factor])
def test_nobody_but_an_administrator_does_this_and_never_without_a_reason(
    ann: User, ben: User, operation: Callable[..., None]
) -> None:
    with pytest.raises(NotYourLogin):
        operation(user=ann, reason=WHY, actor=actor(ben), at=AT)
    with pytest.raises(ReasonMissing):
        operation(user=ann, reason="  ", actor=SYSTEM, at=AT)
    assert reasons(ann) == []


def test_somebody_without_a_login_gets_all_that_is_kept_and_can_be_forgotten(cas: User) -> None:
    kim = child("Kim")
    out = io.StringIO()

    call_command("export_person", str(kim.uuid), reason=WHY, stdout=out)

    data = json.loads(out.getvalue())
    assert data["name"] == "Kim de Vries"
    assert "Cas de Vries" not in out.getvalue()
    assert cas.email not in out.getvalue()

    call_command("erase_person", str(kim.uuid), reason=WHY)

    kim.refresh_from_db()
    assert kim.erased_at
    assert PersonDetails.objects.get(party=kim).given_name == ""
    lines = [(line.event, getattr(line, "note", None)) for line in lines_about(kim)]
    assert [event for event, _note in lines] == ["person.erase", "person.export"]
    assert lines[0][1] is not None
    assert lines[0][1].text == WHY
    cas.person.refresh_from_db()
    assert cas.person.erased_at is None


def test_an_administrator_can_erase_somebody_by_the_address_of_their_login(ann: User) -> None:
    call_command("erase_person", "ann@example.org", reason=WHY)

    assert not User.objects.filter(email="ann@example.org").exists()


@pytest.mark.parametrize("operation", [erase_on_request, export_on_request])
def test_nobody_else_exports_or_erases_a_person_and_never_without_a_reason(
    ann: User, ben: User, operation: Callable[..., Any]
) -> None:
    with pytest.raises(NotYourData):
        operation(person=ann.person, reason=WHY, actor=actor(ben), at=AT)
    with pytest.raises(ReasonMissing):
        operation(person=ann.person, reason="", actor=SYSTEM, at=AT)
    ann.person.refresh_from_db()
    assert ann.person.erased_at is None


@pytest.mark.parametrize(
    ("command", "who"),
    [
        ("block_login", "nobody@example.org"),
        ("erase_person", "nobody@example.org"),
        ("export_person", "12"),
        ("export_person", "1b4e28ba-2fa1-11d2-883f-0016d3cca427"),
    ],
)
def test_somebody_unknown_is_said_in_words(command: str, who: str) -> None:
    with pytest.raises(CommandError):
        call_command(command, who, reason=WHY)


# --- The admin lists logins and groups, and changes none ----------------------------------------------------------


@pytest.fixture
def sam_in_the_admin(settings: Settings) -> Client:
    settings.STAFF_SECOND_FACTOR = False
    client = Client()
    client.force_login(person("Sam", is_staff=True, is_superuser=True))
    return client


def test_an_administrator_sees_logins_and_groups(sam_in_the_admin: Client, ann: User) -> None:
    group = Group.objects.create(name="neighbourhood-molenwijk")

    logins = sam_in_the_admin.get("/admin/users/")
    groups = sam_in_the_admin.get("/admin/groups/")

    assert (logins.status_code, groups.status_code) == (200, 200)
    assert ann.email in logins.content.decode()
    assert group.name in groups.content.decode()
    for page in (logins, groups, sam_in_the_admin.get("/admin/users/results/")):
        for way in ("/new/", "/edit/", "/delete/", "/bulk/"):
            assert way not in page.content.decode()


@pytest.mark.parametrize("kind", ["users", "groups"])
@pytest.mark.parametrize("way", ["new/", "edit/{0}/", "delete/{0}/", "history/{0}/", "usage/{0}/"])
def test_there_is_no_door_to_change_one(sam_in_the_admin: Client, ann: User, kind: str, way: str) -> None:
    key = {"users": ann.pk, "groups": Group.objects.create(name="editors").pk}[kind]
    address = f"/admin/{kind}/{way.format(key)}"

    assert [sam_in_the_admin.get(address).status_code, sam_in_the_admin.post(address).status_code] == [
        404,
        404,
    ]


@pytest.mark.parametrize("action", ["delete", "assign_role", "set_active_state"])
def test_there_is_no_door_to_change_many(sam_in_the_admin: Client, ann: User, action: str) -> None:
    address = f"/admin/bulk/people/user/{action}/?id={ann.pk}&next=/admin/users/"

    assert sam_in_the_admin.get(address).status_code == 404
    assert sam_in_the_admin.post(address, {"mark_as_active": "", "role": "1"}).status_code == 404
    ann.refresh_from_db()
    assert ann.is_active
