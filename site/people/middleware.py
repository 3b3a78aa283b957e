"""Nobody opens the admin, or serves at a desk, on one factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class StaffSecondFactor:
    """Whoever may open the admin sets up a passkey or a code app first, and uses it in each session.

    A passkey counts as both steps in one. Who may not open the admin is none of this: they are stopped further on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not _asks_for_admin(request):
            return None
        if not request.user.is_authenticated or not request.user.has_perm("wagtailadmin.access_admin"):
            return None
        return second_step(request)


def second_step(request: HttpRequest) -> HttpResponse | None:
    """Where somebody who works here must go first; nowhere when their second factor was used in this session."""
    if not settings.STAFF_SECOND_FACTOR:
        return None
    if not is_mfa_enabled(request.user, SECOND_FACTORS):
        messages.info(request, _("To work here you need a second step when you sign in. Choose one below."))
        return redirect("mfa_index")
    if not has_passed(request):
        # Back to where they were going, when that is a page; a form that was sent is filled in anew.
        onwards = request.get_full_path() if request.method == "GET" else reverse("account")
        return redirect(f"{_second_step_url(request)}?{urlencode({'next': onwards})}")
    return None


def has_passed(request: HttpRequest) -> bool:
    """Whether a second factor was used in this session."""
    # Without the user as second argument the package answers with an empty list, and staff would go in circles.
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def _second_step_url(request: HttpRequest) -> str:
    """The page of the second step that this person has; a password would be the first step once more."""
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    return next(str(method["url"]) for method in methods if method["id"].startswith("mfa_"))


def _asks_for_admin(request: HttpRequest) -> bool:
    path = request.path_info
    return path.startswith(reverse("wagtailadmin_home")) and path != reverse("wagtailadmin_logout")
