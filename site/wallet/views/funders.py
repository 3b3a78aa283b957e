"""What an organisation gave, and what became of it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from ledger.queries import fundings_of
from people.acting import person_behind
from wallet.money_words import payee_words, what_for, when
from wallet.paper.funder_report import funder_report
from wallet.queries.funders import places_by_coin, report_of
from wallet.queries.organisations import organisations_of
from wallet.views.funder_base import FunderRoom, at_funder

PER_PAGE = 20


@login_required
@never_cache
def fundings(request: HttpRequest) -> HttpResponse:
    """For which organisations somebody brings in money; straight on when it is one."""
    found = organisations_of(person_behind(request), clock.today())
    if len(found) == 1:
        return redirect("funder", uuid=found[0].uuid)
    return render(request, "wallet/funding/fundings.html", {"organisations": found})


@at_funder
def funder(request: HttpRequest, room: FunderRoom) -> HttpResponse:
    """What came in, what was spent on what, what is left."""
    today = clock.today()
    report = report_of(room.funder, today)
    pages = Paginator(fundings_of(room.funder), PER_PAGE).get_page(request.GET.get("page"))
    places = places_by_coin({one.coin_id for one in pages} | {one.pot.coin_id for one in report.pots})
    context = {
        "funder": room.funder,
        "report": report,
        "pots": [
            {
                "pot": one,
                "title": payee_words(one.pot),
                "place": places.get(one.pot.coin_id, ""),
                "rows": [(what_for(line), when(line), line.amount) for line in one.lines],
            }
            for one in report.pots
        ],
        "pages": pages,
        "rows": [
            {"funding": one, "payee": payee_words(one.payee), "place": places.get(one.coin_id, "")}
            for one in pages
        ],
        "today": today,
        "crumbs": crumbs(),
    }
    return render(request, "wallet/funding/funder.html", context)


@at_funder
def report_pdf(request: HttpRequest, room: FunderRoom) -> HttpResponse:
    """The same on paper."""
    today = clock.today()
    content = funder_report(funder=room.funder, report=report_of(room.funder, today), on=today)
    return as_pdf(content, f"{today.isoformat()}-socialcoin.pdf")


def as_pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def crumbs(*deeper: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Your account"), reverse("account")), (_("Give money"), reverse("fundings")), *deeper]


def crumbs_of(room: FunderRoom, *deeper: tuple[str, Any]) -> list[tuple[str, str]]:
    return crumbs((room.funder.display_name, reverse("funder", args=[room.funder.uuid])), *deeper)
