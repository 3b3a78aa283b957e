"""What a browser is told with every answer: which code may run, and that nothing travels in the clear."""

from __future__ import annotations

import pytest
from django.conf import settings as site_settings
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from tests.config.servers import ENOUGH, python

PUBLIC = "/en/account/login/"


def policy(answer: HttpResponseBase) -> dict[str, str]:
    parts = [part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";")]
    return {name: sources for name, _space, sources in parts if name}


@pytest.mark.django_db
def test_a_public_page_runs_nothing_that_stands_within_it(client: Client) -> None:
    rules = policy(client.get(PUBLIC))

    assert "unsafe-inline" not in str(rules)
    assert "unsafe-eval" not in str(rules)
    assert rules["default-src"] == "'self'"
    assert rules["script-src"].split(" ")[0] == "'self'"
    assert rules["object-src"] == "'none'"
    assert rules["frame-ancestors"] == "'self'"
    assert rules["form-action"] == "'self'"
    assert rules["base-uri"] == "'self'"


@pytest.mark.django_db
def test_the_admin_alone_may(client: Client) -> None:
    rules = policy(client.get("/admin/"))

    assert rules["script-src"] == "'self' 'unsafe-inline'"
    assert rules["style-src"] == "'self' 'unsafe-inline'"
    assert rules["object-src"] == "'none'"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/administrator/", "/en/admin/", "/adminx"])
def test_what_only_looks_like_the_admin_may_not(client: Client, path: str) -> None:
    answer = client.get(path)

    assert "unsafe-inline" not in answer.get("Content-Security-Policy", "")


@pytest.mark.django_db
def test_no_policy_names_another_site(client: Client) -> None:
    for path in (PUBLIC, "/admin/"):
        assert "http" not in client.get(path)["Content-Security-Policy"]


@pytest.mark.django_db
def test_other_sites_are_not_told_where_a_visitor_comes_from_and_files_are_what_they_say(
    client: Client,
) -> None:
    answer = client.get(PUBLIC)

    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_scripts_cannot_read_the_cookies(client: Client) -> None:
    answer = client.get(PUBLIC)

    assert site_settings.SESSION_COOKIE_HTTPONLY
    assert answer.cookies["csrftoken"]["httponly"]
    assert answer.cookies["csrftoken"]["samesite"] == "Lax"


@pytest.mark.django_db
def test_over_http_a_visitor_is_sent_to_https_and_stays_there(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True

    assert client.get(PUBLIC)["Location"] == f"https://testserver{PUBLIC}"
    answer = client.get(PUBLIC, secure=True)
    assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


def test_a_server_sends_cookies_over_https_only_and_believes_its_proxy() -> None:
    code = """
from django.conf import settings as s
from django.test import Client
print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS)
host = {"HTTP_HOST": "socialcoin.example.org"}
answer = Client().get("/no-such/", **host)
print(answer.status_code, answer["Location"])
answer = Client().get("/healthz", **host)
print(answer.status_code)
"""
    ran = python(code, **ENOUGH, LOG_LEVEL="CRITICAL")

    assert ran.stdout.splitlines() == [
        "True True True 31536000",
        "301 https://socialcoin.example.org/no-such/",
        "503",  # there is no table of tasks in this empty database; but it answers, and over http
    ], ran.stderr
