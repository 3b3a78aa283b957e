"""How somebody signs in, through the real pages: for tests of what comes after."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from people.models import User

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PASSWORD = "seven green bicycles"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


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
