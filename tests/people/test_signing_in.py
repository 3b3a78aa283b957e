"""Signing in through the real pages, as a browser would."""

from __future__ import annotations

import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from people.models import Party, User
from tests.people.entering import (
    NOON,
    PASSWORD,
    ask_code,
    code_in_last_mail,
    give_code,
    is_signed_in,
    sign_in,
)

pytestmark = pytest.mark.django_db


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
