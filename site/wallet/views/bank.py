"""The bank's room of a finance desk: statements come in, and what is open is worked off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core import clock
from core.refusals import Refusal, refuse
from wallet.bankfiles import LineProblem
from wallet.forms.bank import StatementForm
from wallet.models import BankLine, StatementProblem, Treasury
from wallet.operations.bank import bring_in, match_lines
from wallet.queries.bank import lines_in, lines_of, numbers_of_lines, proposals_at, statements_of
from wallet.queries.bank_verdicts import OpenReason, Verdict, verdicts
from wallet.states import BankLineState
from wallet.views.base import FinanceDesk, at_finance_desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledger.models import Funding

PER_PAGE = 20
LAST_FILES = 3
P = ParamSpec("P")


@dataclass(frozen=True)
class Shown:
    """A line as the page shows it, with why it is open."""

    line: BankLine
    verdict: Verdict | None

    @property
    def reason(self) -> str:
        return str(self.verdict.reason.label) if self.verdict else ""

    @property
    def size(self) -> int:
        """The amount without its direction."""
        return abs(self.line.amount)

    @property
    def waits(self) -> bool:
        return self.verdict is not None and self.verdict.reason == OpenReason.WAITS

    @property
    def announced(self) -> Funding | None:
        """What was announced, where another amount came in."""
        if self.verdict and self.verdict.reason == OpenReason.OTHER_AMOUNT:
            return self.verdict.funding
        return None


def at_bank(
    view: Callable[Concatenate[HttpRequest, FinanceDesk, Treasury, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Open the bank account behind the coin; say so on a page when nobody has told us which one it is."""

    def inner(request: HttpRequest, desk: FinanceDesk, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        treasury = desk.treasury
        if treasury is None:
            return render(request, "wallet/finance/bank/no_treasury.html", {"desk": desk})
        return view(request, desk, treasury, *args, **kwargs)

    return at_finance_desk(inner)


@at_bank
def room(request: HttpRequest, desk: FinanceDesk, treasury: Treasury) -> HttpResponse:
    """Upload a statement; what is open, or in another state, and what waits for a second person."""
    form = StatementForm(request.POST, request.FILES) if request.method == "POST" else StatementForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = bring_in(
                treasury=treasury, name=file.name, content=file.read(), actor=desk.actor, at=clock.now()
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return redirect("finance_bank_statement", slug=desk.neighbourhood.slug, pk=made.pk)
    state = request.GET.get("state", BankLineState.NEW)
    if state not in BankLineState.values:
        state = BankLineState.NEW
    pages = Paginator(lines_of(treasury, state), PER_PAGE).get_page(request.GET.get("page"))
    numbers = numbers_of_lines(treasury)
    context = {
        "desk": desk,
        "treasury": treasury,
        "form": form,
        "state": state,
        "pages": pages,
        "rows": shown(pages, treasury),
        "open": numbers[BankLineState.NEW],
        "tabs": _tabs(desk, state, numbers),
        "proposals": list(proposals_at(treasury)),
        "files": statements_of(treasury)[:LAST_FILES],
        "demo": settings.DEMO,
    }
    return render(request, "wallet/finance/bank/room.html", context)


@require_POST
@at_bank
def match(request: HttpRequest, desk: FinanceDesk, treasury: Treasury) -> HttpResponse:
    """Look at the open lines once more: what they wait for may have been announced since."""
    matched = match_lines(treasury=treasury, actor=desk.actor, at=clock.now())
    if matched.booked:
        done = ngettext("%(number)s line booked.", "%(number)s lines booked.", matched.booked)
        messages.success(request, done % {"number": matched.booked})
    else:
        messages.info(request, _("None of the open lines can be booked by itself."))
    return redirect("finance_bank", slug=desk.neighbourhood.slug)


@at_bank
def statement(request: HttpRequest, desk: FinanceDesk, treasury: Treasury, pk: int) -> HttpResponse:
    """What became of a file, line by line."""
    found = get_object_or_404(statements_of(treasury), pk=pk)
    pages = Paginator(lines_in(found), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "desk": desk,
        "treasury": treasury,
        "statement": found,
        "booked": found.lines.filter(state=BankLineState.MATCHED).count(),
        "problems": [_problem(one) for one in found.problems.all()[:100]],
        "pages": pages,
        "rows": shown(pages, treasury),
        "crumbs": crumbs(desk),
    }
    return render(request, "wallet/finance/bank/statement.html", context)


def shown(lines: Iterable[BankLine], treasury: Treasury) -> list[Shown]:
    """These lines with why they are open, in as many queries as one."""
    all_lines = list(lines)
    why = verdicts([line for line in all_lines if line.state == BankLineState.NEW], treasury)
    return [Shown(line, why.get(line.pk)) for line in all_lines]


def crumbs(desk: FinanceDesk) -> list[tuple[str, str]]:
    """The way back to the room of the bank."""
    return desk.crumbs((_("Bank"), reverse("finance_bank", args=[desk.neighbourhood.slug])))


def _problem(one: StatementProblem) -> dict[str, Any]:
    return {"no": one.no, "detail": one.detail, "what": LineProblem(one.code).label}


def _tabs(desk: FinanceDesk, state: str, numbers: dict[str, int]) -> list[tuple[str, str, bool, int]]:
    address = reverse("finance_bank", args=[desk.neighbourhood.slug])
    return [
        (str(one.label).capitalize(), f"{address}?state={one.value}", one.value == state, numbers[one.value])
        for one in BankLineState
    ]
