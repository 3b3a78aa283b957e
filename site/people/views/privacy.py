from __future__ import annotations

import json
from itertools import groupby

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from core import clock
from core.privacy import Kept, OnErasure, register
from core.refusals import Refusal, refuse
from people.acting import actor_of, person_behind, user_of
from people.forms import EraseForm
from people.operations.privacy import download_of, erase_person
from people.trail import entries_about, line_of

LINES_ON_A_PAGE = 20


def kinds_shown(*on_erasure: OnErasure) -> list[Kept]:
    """What the registry says in words that mean something to a reader, each sentence once."""
    kinds = [kind for kind in register() if kind.shown and (not on_erasure or kind.on_erasure in on_erasure)]
    return [next(group) for _what, group in groupby(kinds, key=lambda kind: str(kind.what))]


@login_required
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about you and why, and what was done with it."""
    person = person_behind(request)
    pages = Paginator(entries_about(person), LINES_ON_A_PAGE).get_page(request.GET.get("page"))
    words = {"kinds": kinds_shown(), "pages": pages, "lines": [line_of(entry, person) for entry in pages]}
    return render(request, "people/privacy.html", words)


@login_required
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """Everything that is kept about you, as a file that other programs can read."""
    data = download_of(person=person_behind(request))
    data["made_at"] = clock.now().isoformat()
    response = HttpResponse(
        json.dumps(data, ensure_ascii=False, indent=2), content_type="application/json; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="socialcoin-{clock.today().isoformat()}.json"'
    add_never_cache_headers(response)
    return response


@login_required
def erase(request: HttpRequest) -> HttpResponse:
    """Forget me: what goes, what stays and why, and the address typed to be sure."""
    user = user_of(request)
    form = EraseForm(request.POST or None, expected=user.email)
    if request.method == "POST" and form.is_valid():
        try:
            erase_person(person=user.person, actor=actor_of(request), at=clock.now())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            logout(request)
            return redirect("account_erased")
    words = {
        "form": form,
        "going": kinds_shown(OnErasure.DELETE, OnErasure.EMPTY),
        "staying": kinds_shown(OnErasure.KEEP),
    }
    return render(request, "people/erase.html", words)


def erased(request: HttpRequest) -> HttpResponse:
    """It is done. Says nothing about whom."""
    return render(request, "people/erased.html")
