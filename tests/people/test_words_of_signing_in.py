"""What the sign-in pages and their mails say: our sentences, not those of the packages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.totp.internal import auth as totp
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core import mail
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.module_loading import import_string

from people.forms import DetailsForm, HouseholdForm, InvitationForm, RegisterOrganisationForm
from people.models import User
from tests.factories.people import organisation

PASSWORD = "seven green bicycles"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
CHROME = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36"
MAILS = sorted(
    f"{folder}/email/{path.name.removesuffix('_message.txt')}"
    for folder in ("account", "mfa")
    for path in (settings.SITE_DIR / "templates" / folder / "email").glob("*_message.txt")
    if "base_notification" in path.read_text()
)
THEIRS = Path(import_string("allauth.__file__")).parent / "templates"

pytestmark = pytest.mark.django_db


@pytest.fixture
def somewhere() -> Iterator[None]:
    with context.request_context(RequestFactory().get("/", HTTP_USER_AGENT=CHROME)):
        yield


def post(client: Client, name: str, **values: str) -> HttpResponse:
    return client.post(reverse(name), values)  # type: ignore[return-value]


def errors(answer: HttpResponse) -> dict[str, list[str]]:
    return {name: list(said) for name, said in answer.context["form"].errors.items()}  # type: ignore[attr-defined]


def labels(client: Client, name: str) -> list[str]:
    fields = client.get(reverse(name)).context["form"].fields.values()
    return [str(field.label) for field in fields if not isinstance(field.widget, forms.HiddenInput)]


def with_password(user: User) -> Client:
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    client.force_login(user)
    # Signed in a moment ago, so that nobody asks for the password first.
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": datetime.now(UTC).timestamp()}]
    session.save()
    return client


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_says_what_happened_with_what_and_what_to_do(name: str, ann: User, somewhere: None) -> None:
    words = {"from_email": "a@example.org", "to_email": "b@example.org", "deleted_email": "c@example.org"}

    get_adapter().send_notification_mail(name, ann, {**words, "timestamp": NOON}, email=ann.email)

    text = str(mail.outbox[-1].body)
    assert mail.outbox[-1].subject
    for part in (
        "Hello,",
        "When: 2 March 2026 13:00",
        "With: Chrome on Android",
        "From address:",
        "Was it not you?",
    ):
        assert part in text
    assert not any(part in text for part in ("{{", "{%", "Browser", "recognize", "!"))


def test_every_mail_about_a_change_has_our_words() -> None:
    theirs = {
        f"{folder}/email/{path.name.removesuffix('_message.txt')}"
        for folder in ("account", "mfa")
        for path in (THEIRS / folder / "email").glob("*_message.txt")
        if "base_notification" in path.read_text()
    }

    assert theirs == set(MAILS)


def test_a_wrong_code_says_what_to_check(client: Client, ann: User) -> None:
    post(client, "account_request_login_code", email=ann.email)

    answer = post(client, "account_confirm_login_code", code="abc")

    assert answer.context["verify_form"].errors["code"] == [  # type: ignore[attr-defined]
        "This code is not right. Check the six digits."
    ]


def test_a_wrong_password_says_that_a_code_works_too(client: Client, ann: User) -> None:
    answer = post(client, "account_login", login=ann.email, password="wrong")

    assert errors(answer) == {
        "__all__": [
            "This e-mail address and password do not belong together. You can also sign in with a code."
        ]
    }


def test_a_wrong_code_of_the_code_app_says_what_to_do(ann: User) -> None:
    totp.TOTP.activate(ann, totp.generate_totp_secret())
    client = Client()
    client.force_login(ann)

    answer = post(client, "mfa_reauthenticate", code="000000")

    assert errors(answer) == {"code": ["This did not work. Check your code or use your passkey once more."]}


def test_the_password_pages_use_our_words(ann: User) -> None:
    client = with_password(ann)

    answer = post(
        client, "account_change_password", oldpassword="wrong", password1=PASSWORD, password2="something else"
    )

    assert errors(answer) == {
        "oldpassword": ["This password is not right. Try once more."],
        "password2": ["Type the same password twice."],
    }
    assert labels(client, "account_change_password") == [
        "Your present password", "Your new password", "Your new password once more",
    ]  # fmt: skip
    assert labels(client, "account_email") == ["Your new e-mail address"]


def test_an_address_that_is_yours_already_is_said_so(ann: User) -> None:
    answer = post(with_password(ann), "account_email", action_add="1", email=ann.email)

    assert errors(answer) == {"email": ["This address belongs to your account already."]}


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short77", "This password is too short. Use at least 12 characters."),
        (
            "ann@example.org",
            "This password looks too much like your name or your e-mail address. Choose another one.",
        ),
        ("1qaz2wsx3edc", "Many people use this password. Choose another one."),
    ],
)
def test_a_password_that_is_too_easy_is_refused_in_our_words(ann: User, password: str, said: str) -> None:
    answer = post(
        with_password(ann),
        "account_change_password",
        oldpassword=PASSWORD,
        password1=password,
        password2=password,
    )

    assert errors(answer) == {"password1": [said]}


def test_the_rules_for_passwords_are_told_beforehand() -> None:
    assert password_validators_help_texts() == [
        "Your password does not look like your name or your e-mail address.",
        "Your password has at least 12 characters.",
        "Do not choose a password that many people use.",
    ]


def test_what_is_filled_in_wrongly_is_answered_with_what_to_do(ann: User) -> None:
    bakery = organisation("Bakery", owner=ann)
    said = [
        DetailsForm({"born_on": "long ago", "postcode": "12"}).errors,
        RegisterOrganisationForm({"email": "no", "website": "no no"}).errors,
        HouseholdForm({}).errors,
        InvitationForm({"until_on": "soon"}, principal=bakery).errors,
    ]

    assert [{name: list(lines) for name, lines in one.items()} for one in said] == [
        {
            "born_on": ["Enter a date, for example 21-11-1980."],
            "postcode": ["A postcode has four digits and two letters, for example 1234 AB."],
            "language": ["Choose a language."],
        },
        {
            "name": ["Enter the name."],
            "email": ["Enter an e-mail address, for example ann@example.org."],
            "website": ["Enter a web address, for example www.example.org."],
            "kind": ["Choose what it is."],
        },
        {"name": ["Enter the name of your household."]},
        {
            "email": ["Enter an e-mail address, for example ann@example.org."],
            "role": ["Choose a role."],
            "until_on": ["Enter a date, for example 21-11-2026."],
        },
    ]
