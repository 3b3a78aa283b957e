"""The second step of staff, what the demo shows of codes, and the first administrator."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from people.models import User
from tests.factories.people import person
from tests.people.entering import (
    PASSWORD,
    SECRET,
    ask_code,
    give_code,
    is_signed_in,
    sign_in,
    totp_code,
)

pytestmark = pytest.mark.django_db


def test_staff_without_a_second_step_are_sent_to_set_one_up(client: Client) -> None:
    root = person("Root", is_staff=True, is_superuser=True)
    client.force_login(root)

    answer = client.get("/admin/")

    assert answer.url == reverse("mfa_index")  # type: ignore[attr-defined]
    with translation.override("en"):
        assert "second step" in client.get(reverse("mfa_index")).content.decode()


def test_staff_come_in_with_a_code_and_a_code_app(client: Client) -> None:
    root = person("Root", is_staff=True, is_superuser=True)
    sign_in(client, root)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    client.post(reverse("mfa_activate_totp"), {"code": totp_code(secret)})
    assert Authenticator.objects.filter(user=root, type=Authenticator.Type.TOTP).exists()

    stopped = client.get("/admin/")
    assert stopped.url == f"{reverse('mfa_reauthenticate')}?next=%2Fadmin%2F"  # type: ignore[attr-defined]
    passed = client.post(stopped.url, {"code": totp_code(secret), "next": "/admin/"})  # type: ignore[attr-defined]

    assert passed.url == "/admin/"  # type: ignore[attr-defined]
    assert client.get("/admin/").status_code == 200


def test_a_forced_session_of_staff_with_a_code_app_is_stopped(client: Client) -> None:
    root = person("Root", is_staff=True, is_superuser=True)
    totp.TOTP.activate(root, SECRET)
    client.force_login(root)

    for address in ("/admin/", "/admin/pages/", "/admin/users/"):
        answer = client.get(address)
        assert answer.url.startswith(reverse("mfa_reauthenticate"))  # type: ignore[attr-defined]


def test_signing_in_asks_the_second_step_of_whoever_has_one(client: Client, ann: User) -> None:
    totp.TOTP.activate(ann, SECRET)

    answer = sign_in(client, ann)
    assert answer.url == reverse("mfa_authenticate")  # type: ignore[attr-defined]
    assert not is_signed_in(client)
    sign_in_again = client.post(reverse("mfa_authenticate"), {"code": totp_code(SECRET)})

    assert sign_in_again.status_code == 302


def test_the_seed_of_a_code_app_is_not_readable_in_the_database(ann: User) -> None:
    client = Client()
    sign_in(client, ann)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]

    client.post(reverse("mfa_activate_totp"), {"code": totp_code(secret)})

    assert secret not in str(Authenticator.objects.get(user=ann, type=Authenticator.Type.TOTP).data)


def test_the_demo_shows_codes_on_the_page(client: Client, ann: User, settings: Settings) -> None:
    settings.DEMO = True
    settings.EMAIL_BACKEND = "people.mail.ConsoleAndPageBackend"
    ask_code(client, ann.email)

    page = client.get(reverse("account_confirm_login_code")).content.decode()

    code = re.search(r'code-box">(\d{3}-\d{3})<', page)
    assert code
    give_code(client, code.group(1))
    assert is_signed_in(client)


def test_outside_the_demo_no_page_shows_a_code(client: Client, ann: User, settings: Settings) -> None:
    settings.DEMO = False
    settings.EMAIL_BACKEND = "people.mail.ConsoleAndPageBackend"
    totp.TOTP.activate(ann, SECRET)
    ask_code(client, ann.email)
    page = client.get(reverse("account_confirm_login_code")).content.decode()
    assert "code-box" not in page

    other = Client()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    sign_in(other, ann)

    second = other.get(reverse("mfa_authenticate")).content.decode()
    assert "code-box" not in second
    assert totp_code(SECRET) not in second


def test_the_demo_shows_what_the_code_app_shows(client: Client, ann: User, settings: Settings) -> None:
    settings.DEMO = True
    client.force_login(ann)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    shown = re.search(r'code-box">(\d{6})<', page)
    assert shown

    client.post(reverse("mfa_activate_totp"), {"code": shown.group(1)})
    assert secret
    page = client.get(reverse("mfa_reauthenticate")).content.decode()
    shown = re.search(r'code-box">(\d{6})<', page)
    assert shown
    answer = client.post(reverse("mfa_reauthenticate"), {"code": shown.group(1)})

    assert answer.status_code == 302


def test_staff_with_a_passkey_alone_are_asked_for_the_passkey_and_never_for_a_password(
    client: Client,
) -> None:
    root = person("Root", is_staff=True, is_superuser=True)
    root.set_password(PASSWORD)
    root.save()
    Authenticator.objects.create(
        user=root, type=Authenticator.Type.WEBAUTHN, data={"name": "x", "credential": {}}
    )
    client.force_login(root)

    answer = client.get("/admin/")

    assert answer.url == f"{reverse('mfa_reauthenticate_webauthn')}?next=%2Fadmin%2F"  # type: ignore[attr-defined]


def test_whoever_may_not_open_the_admin_is_not_asked_for_a_second_step(client: Client, ann: User) -> None:
    client.force_login(ann)

    answer = client.get("/admin/")

    assert reverse("mfa_index") not in str(answer.get("Location", ""))


def test_an_administrator_is_added_by_command_and_comes_in_by_code(client: Client) -> None:
    call_command("add_administrator", "root@example.org", stdout=StringIO())
    root = User.objects.get(email="root@example.org")

    sign_in(client, root)

    assert (root.is_staff, root.is_superuser, root.has_usable_password()) == (True, True, False)
    assert is_signed_in(client)
    with pytest.raises(CommandError, match="already a login"):
        call_command("add_administrator", "root@example.org", stdout=StringIO())
