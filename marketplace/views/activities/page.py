"""One activity, for everybody; and choosing one of its shifts."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from marketplace.queries.activity_page import activity_shown, shifts_to_choose
from marketplace.queries.pages import page_of_activity
from marketplace.views.activities.shown import Shown, as_number

GONE = 410


@require_safe
def activity(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What it is, what it earns, and when it can be done.

    What is over is not shown any more but to who took part in it; the address then says just that.
    """
    shown = shown_at(ref, request)
    if not shown.may_see:
        if not shown.is_over:
            raise Http404
        return _for_this_visitor(
            render(request, "marketplace/activities/gone.html", shown.context(), status=GONE)
        )
    page = page_of_activity(shown.activity, get_language() or shown.activity.language)
    canonical = page.get_full_url(request) if page and page.live else shown.url
    context = shown.context(crumbs=shown.crumbs(), canonical_url=canonical)
    return _for_this_visitor(render(request, "marketplace/activities/activity.html", context))


@require_safe
def activity_choose(request: HttpRequest, ref: UUID) -> HttpResponse:
    """From the shift that was chosen to signing up for it. Nothing is done here: there one still says yes."""
    shown = shown_at(ref, request)
    if not shown.is_open:
        return redirect("activity", ref)
    number = as_number(request.GET.get("shift", ""))
    shift = shifts_to_choose(shown.activity, shown.now).filter(ref=number).first() if number else None
    if shift is None:
        return redirect(f"{reverse('activity', args=[ref])}?gone=1")
    return redirect("sign_up", shift.ref)


def shown_at(ref: UUID, request: HttpRequest) -> Shown:
    """:raises Http404: when there is no such activity."""
    found = activity_shown(ref)
    if found is None:
        raise Http404
    return Shown(request, found)


def _for_this_visitor(answer: HttpResponse) -> HttpResponse:
    """What stands on it differs by who looks, and how many places there are by the minute."""
    patch_cache_control(answer, private=True, no_cache=True)
    patch_vary_headers(answer, ["Cookie"])
    return answer
