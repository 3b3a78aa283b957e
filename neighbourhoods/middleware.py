"""The door of the admin: who comes in today, and where to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from content.middleware import ADMIN
from core import clock
from core.refusals import Refusal
from neighbourhoods import doors
from neighbourhoods.rights import derive_groups
from people.models import User


class AdminDoor:
    """Each entry reads anew which seats and mandates are in force: rights that ended yesterday open nothing today.

    Without any office the admin does not exist (404). With one, it is the part that `doors` lists; anything else
    leads back to the start page with a message, or is forbidden to a script.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        login = _login_in_the_admin(request)
        if login is not None and derive_groups(on=clock.today(), people=[login.person]):
            # Read anew: the login may already have remembered what it could do a moment ago.
            request.user = User.objects.select_related("person").get(pk=login.pk)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        login = _login_in_the_admin(request)
        if login is None:
            return None
        if not login.has_perm("wagtailadmin.access_admin"):
            raise Http404
        match = request.resolver_match
        if match is not None and doors.is_open(request, match.view_name, kwargs):
            return None
        reason = _("This is not open to you. You can edit the pages of your own neighbourhood.")
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return HttpResponseForbidden(reason, content_type="text/plain; charset=utf-8")
        messages.error(request, reason)
        return redirect("wagtailadmin_home")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What an operation refused below one of Wagtail's own buttons is said in words; nothing of it was done."""
        if not (isinstance(exception, Refusal) and request.path_info.startswith(ADMIN)):
            return None
        messages.error(request, str(exception))
        kwargs = request.resolver_match.kwargs if request.resolver_match else {}
        back = reverse("wagtailadmin_home")
        if "page_id" in kwargs:
            back = reverse("wagtailadmin_pages:edit", args=[kwargs["page_id"]])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # The dialogue of a workflow goes where its answer leads.
            return JsonResponse({"step": "success", "redirect": back})
        return redirect(back)


def _login_in_the_admin(request: HttpRequest) -> User | None:
    """Who is signed in and is no administrator, anywhere in the admin."""
    if not request.path_info.startswith(ADMIN):
        return None
    return request.user if isinstance(request.user, User) and not request.user.is_superuser else None
