"""The statement of an account: on the page, as a file for a spreadsheet, on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import clock
from ledger.queries import NoSuchPlace, Statement, statement
from wallet import spreadsheet
from wallet.bookings import booking
from wallet.forms.statement import StatementForm
from wallet.paper.statement import statement_sheet
from wallet.queries.funders import place_of
from wallet.queries.statements import Period, balances_of, lines_of, period_of
from wallet.views.base import Wallet, at_wallet

Answer = TypeVar("Answer", HttpResponse, StreamingHttpResponse)

AT_ONCE = 50
MOST_ON_PAPER = 5_000
LONGEST_ON_PAPER = timedelta(days=365)  # from the first day to the last: a leap year too


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A period that is one press away."""

    label: str
    url: str
    is_chosen: bool


@at_wallet
def statement_page(request: HttpRequest, wallet: Wallet) -> HttpResponse:
    """All that came and went, newest first: searched, of a period, page by page."""
    form = StatementForm(request.GET)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    page, is_lost = _page(request, wallet, asked) if form.is_valid() else (None, False)
    context = {
        "wallet": wallet,
        "form": form,
        "page": page,
        "is_lost": is_lost,
        "is_asked": any(asked.values()),
        "asked": asked,
        "bookings": [booking(line) for line in page.lines] if page else [],
        "periods": _periods(wallet, asked, clock.today()),
        "here": _address(wallet, asked),
        "older": _address(wallet, asked, before=page.next) if page and page.next else "",
        "is_newest": not request.GET.get("before"),
        "days": urlencode(_days(asked)),
    }
    return render(request, "wallet/statement.html", context)


@at_wallet
def statement_csv(request: HttpRequest, wallet: Wallet) -> HttpResponseBase:
    """The bookings of a period for a spreadsheet, sent while they are read."""
    period = _asked_period(request, wallet)
    if period is None:
        return _back(request, wallet)
    language = get_language() or "nl"
    rows = spreadsheet.written(lines_of(wallet.account, period), language=language)
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    return _named(response, wallet, period, "csv")


@at_wallet
def statement_pdf(request: HttpRequest, wallet: Wallet) -> HttpResponse:
    """The statement of a period on paper, of a year at most."""
    period = _asked_period(request, wallet)
    if period is None:
        return _back(request, wallet)
    if period.until_on - period.from_on > LONGEST_ON_PAPER:
        messages.warning(request, _("A PDF holds a year at most. Choose a shorter period."))
        return _back(request, wallet)
    lines = list(islice(lines_of(wallet.account, period), MOST_ON_PAPER + 1))
    if len(lines) > MOST_ON_PAPER:
        messages.warning(
            request, _("That is more than fits in a PDF. Choose a shorter period, or take the spreadsheet.")
        )
        return _back(request, wallet)
    place = place_of(wallet.coin)
    written = statement_sheet(
        wallet.account,
        holder=wallet.holder.display_name,
        place=place.name if place else "",
        period=period,
        balances=balances_of(wallet.account, period),
        lines=lines,
        language=get_language() or "nl",
    )
    return _named(HttpResponse(written, content_type="application/pdf"), wallet, period, "pdf")


def _page(request: HttpRequest, wallet: Wallet, asked: dict[str, Any]) -> tuple[Statement | None, bool]:
    """The part of the statement that is asked for; nothing, and that it is lost, for a place that is none."""
    try:
        return (
            statement(
                wallet.account,
                before=request.GET.get("before") or None,
                from_on=asked["from"],
                until_on=asked["until"],
                search=asked["q"],
                limit=AT_ONCE,
            ),
            False,
        )
    except NoSuchPlace:
        return None, True


def _periods(wallet: Wallet, asked: dict[str, Any], today: date) -> list[Choice]:
    """This month, the one before, this year; and all of it."""
    this_month = today.replace(day=1)
    last = this_month - timedelta(days=1)
    ranges = [
        (_("Everything"), None, None),
        (_("This month"), this_month, today),
        (_("Last month"), last.replace(day=1), last),
        (_("This year"), today.replace(month=1, day=1), today),
    ]
    return [
        Choice(
            label=label,
            url=_address(wallet, {**asked, "from": first, "until": until}),
            is_chosen=bool(asked) and (asked["from"], asked["until"]) == (first, until),
        )
        for label, first, until in ranges
    ]


def _address(wallet: Wallet, asked: dict[str, Any], *, before: str = "") -> str:
    """The address of the statement as it is asked for, or of the part of it from a place on."""
    words = {"q": asked.get("q"), **_days(asked), "before": before}
    query = urlencode({name: value for name, value in words.items() if value})
    url = reverse("statement", args=[wallet.account.address])
    return f"{url}?{query}" if query else url


def _days(asked: dict[str, Any]) -> dict[str, str]:
    return {name: asked[name].isoformat() for name in ("from", "until") if asked.get(name)}


def _asked_period(request: HttpRequest, wallet: Wallet) -> Period | None:
    """The days of which a file is asked; None when they are no days."""
    form = StatementForm(request.GET)
    if not form.is_valid():
        return None
    days = form.cleaned_data
    return period_of(wallet.account, days["from"], days["until"], clock.today())


def _back(request: HttpRequest, wallet: Wallet) -> HttpResponse:
    """To the statement, which says of each field what is not right."""
    query = request.GET.urlencode()
    url = reverse("statement", args=[wallet.account.address])
    return redirect(f"{url}?{query}" if query else url)


def _named(response: Answer, wallet: Wallet, period: Period, ending: str) -> Answer:
    """A file with a name that says of which account and which days it is."""
    name = f"{wallet.account.address}-{period.from_on.isoformat()}-{period.until_on.isoformat()}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
