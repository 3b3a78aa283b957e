"""Signing in through the real pages, as a browser would."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import StringIO

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from people.models import Party, User
from tests.factories.people import person

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PASSWORD = "seven green bicycles"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

pytestmark = pytest.mark.django_db


def code_in_last_mail() -> str:
    found = re.search(r"^\d{3}-\d{3}$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found.group()


def ask_code(client: Client, email: str, **more: str) -> HttpResponse:
    return client.post(reverse("account_request_login_code"), {"email": email, **more})  # type: ignore[return-value]


def give_code(client: Client, code: str) -> HttpResponse:
    return client.post(reverse("account_confirm_login_code"), {"code": code})  # type: ignore[return-value]


def sign_in(client: Client, user: User) -> HttpResponse:
    ask_code(client, user.email)
    return give_code(client, code_in_last_mail())


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


def totp_code(secret: str) -> str:
    counter = sorted(totp.yield_hotp_counters_from_time())[1]
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def test_somebody_signs_up_with_a_name_and_an_address_and_a_mailed_code(client: Client) -> None:
    answer = client.post(
        reverse("account_signup"), {"given_name": "Dirk", "family_name": "Bos", "email": "Dirk@example.org"}
    )
    assert answer.url == reverse("account_email_verification_sent")  # type: ignore[attr-defined]
    assert not is_signed_in(client)

    client.post(reverse("account_email_verification_sent"), {"code": code_in_last_mail()})

    dirk = User.objects.get(email="dirk@example.org")
    assert dirk.person.display_name == "Dirk Bos"
    assert EmailAddress.objects.get(user=dirk).verified
    assert not dirk.has_usable_password()
    assert is_signed_in(client)


def test_signing_up_asks_for_a_name(client: Client) -> None:
    answer = client.post(reverse("account_signup"), {"email": "dirk@example.org"})

    assert set(answer.context["form"].errors) == {"given_name", "family_name"}
    assert not User.objects.exists()


def test_signing_in_by_mailed_code(client: Client, ann: User) -> None:
    answer = ask_code(client, "ANN@example.org")
    assert answer.url == reverse("account_confirm_login_code")  # type: ignore[attr-defined]

    give_code(client, code_in_last_mail())

    assert is_signed_in(client)
    assert mail.outbox[-1].to == ["ann@example.org"]


def test_a_code_works_once(client: Client, ann: User) -> None:
    sign_in(client, ann)
    code = code_in_last_mail()
    other = Client()

    ask_code(other, ann.email)
    give_code(other, code)

    assert not is_signed_in(other)


def test_a_code_works_in_the_browser_that_asked_for_it_alone(client: Client, ann: User) -> None:
    ask_code(client, ann.email)

    give_code(Client(), code_in_last_mail())

    assert not is_signed_in(Client())


@pytest.mark.parametrize(("minutes", "works"), [(14, True), (16, False)])
def test_a_code_works_for_a_quarter_of_an_hour(client: Client, ann: User, minutes: int, works: bool) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ask_code(client, ann.email)
        clock.shift(minutes * 60)
        give_code(client, code_in_last_mail())

        assert is_signed_in(client) is works


def test_after_three_wrong_guesses_the_right_code_is_void(client: Client, ann: User) -> None:
    ask_code(client, ann.email)
    code = code_in_last_mail()
    wrong = "111-111" if code != "111-111" else "222-222"
    for _guess in range(3):
        give_code(client, wrong)

    give_code(client, code)

    assert not is_signed_in(client)


def test_a_new_code_gives_no_new_guesses(client: Client, ann: User) -> None:
    ask_code(client, ann.email)
    for guess in ("000-001", "000-002"):
        give_code(client, guess)
    client.post(reverse("account_confirm_login_code"), {"action": "resend"})

    give_code(client, "000-003")
    give_code(client, code_in_last_mail())

    assert not is_signed_in(client)


def test_asking_for_codes_for_one_address_is_limited(client: Client, ann: User) -> None:
    for _time in range(5):
        ask_code(Client(), ann.email)

    assert len(mail.outbox) == 3


def test_asking_for_codes_for_many_addresses_is_limited_per_visitor() -> None:
    answers = [ask_code(Client(), f"nobody{number}@example.org") for number in range(22)]

    assert [answer.status_code for answer in answers] == [302] * 20 + [200] * 2
    assert len(mail.outbox) == 20


def test_signing_up_too_often_is_stopped_with_a_friendly_page(client: Client) -> None:
    words = {"given_name": "D", "family_name": "B"}
    answers = [
        client.post(reverse("account_signup"), {**words, "email": f"d{number}@example.org"})
        for number in range(11)
    ]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert "Too often" in answers[-1].content.decode() or "lost" in answers[-1].content.decode()


def test_guessing_a_password_is_limited_per_address(client: Client, ann: User) -> None:
    ann.set_password(PASSWORD)
    ann.save()
    for _guess in range(5):
        client.post(reverse("account_login"), {"login": ann.email, "password": "wrong"})

    client.post(reverse("account_login"), {"login": ann.email, "password": PASSWORD})

    assert not is_signed_in(client)


def test_a_known_and_an_unknown_address_get_the_same_answer(client: Client, ann: User) -> None:
    def shown(email: str) -> str:
        visitor = Client()
        ask_code(visitor, email)
        page = visitor.get(reverse("account_confirm_login_code")).content.decode()
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"', "", page)
        return page.replace(email, "E-MAIL")

    assert shown("ann@example.org") == shown("xyz@example.org")


def test_signing_up_with_a_known_address_looks_the_same_and_makes_nobody(client: Client, ann: User) -> None:
    def answer_to(email: str) -> tuple[int, str]:
        answer = Client().post(
            reverse("account_signup"), {"given_name": "Cas", "family_name": "X", "email": email}
        )
        return answer.status_code, answer.url  # type: ignore[attr-defined]

    assert answer_to("ann@example.org") == answer_to("new@example.org")
    assert Party.objects.count() == 2
    assert [letter.to for letter in mail.outbox] == [["ann@example.org"], ["new@example.org"]]
    assert not re.search(r"\d{3}-\d{3}", str(mail.outbox[0].body))


def test_whoever_signs_up_after_somebody_who_never_proved_the_address_gets_a_code(client: Client) -> None:
    stranger = Client()
    words = {"family_name": "Bos", "email": "dirk@example.org"}
    stranger.post(reverse("account_signup"), {"given_name": "Trap", **words})
    first_code = code_in_last_mail()
    cache.clear()  # a moment later: no address gets two codes in ten seconds

    client.post(reverse("account_signup"), {"given_name": "Dirk", **words})
    own_code = code_in_last_mail()
    late = stranger.post(reverse("account_email_verification_sent"), {"code": first_code})
    client.post(reverse("account_email_verification_sent"), {"code": own_code})

    assert late.status_code < 500
    assert (is_signed_in(stranger), is_signed_in(client)) == (False, True)
    assert User.objects.get(email="dirk@example.org").person.display_name == "Dirk Bos"


def test_no_name_with_a_web_address_signs_up(client: Client) -> None:
    words = {"given_name": "Win op www.evil.example", "family_name": "Bos", "email": "dirk@example.org"}

    answer = client.post(reverse("account_signup"), words)

    assert answer.context["form"].errors == {"given_name": ["A name holds no web address."]}


def test_resetting_a_password_does_not_tell_who_has_an_account(client: Client, ann: User) -> None:
    answers = [
        Client().post(reverse("account_reset_password"), {"email": email})
        for email in ("ann@example.org", "nobody@example.org")
    ]

    assert [(answer.status_code, answer.url) for answer in answers] == [  # type: ignore[attr-defined]
        (302, reverse("account_confirm_password_reset_code"))
    ] * 2


def test_a_password_is_optional_and_works_once_set(client: Client, ann: User) -> None:
    sign_in(client, ann)
    words = {"password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_set_password"), words)

    other = Client()
    other.post(reverse("account_login"), {"login": ann.email, "password": PASSWORD})

    assert is_signed_in(other)


def test_signing_out_ends_it(client: Client, ann: User) -> None:
    sign_in(client, ann)

    client.post(reverse("account_logout"))

    assert not is_signed_in(client)


def test_somebody_signs_out_everywhere_else(client: Client, ann: User) -> None:
    sign_in(client, ann)
    other = Client()
    sign_in(other, ann)
    assert UserSession.objects.filter(user=ann).count() == 2

    client.post(reverse("usersessions_list"))

    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_an_address_changes_only_after_its_code(client: Client, ann: User) -> None:
    sign_in(client, ann)
    client.post(reverse("account_email"), {"action_add": "1", "email": "new@example.org"})
    assert User.objects.get(pk=ann.pk).email == "ann@example.org"

    client.post(reverse("account_email_verification_sent"), {"code": code_in_last_mail()})

    assert User.objects.get(pk=ann.pk).email == "new@example.org"


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
