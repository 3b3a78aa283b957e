"""The finance desk: which ones there are, and what waits there."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from core import clock
from core.templatetags.amounts import coins
from ledger.queries import backing, bank_of, pots
from people.acting import person_behind
from wallet.queries.desks import desks_of
from wallet.queries.matters import Matter, open_matters
from wallet.views.base import FinanceDesk, at_finance_desk

# Where each matter is dealt with.
ROOMS = {
    "treasury": "finance_treasury", "matches": "finance_bank", "chargebacks": "finance_payments",
    "lines": "finance_bank", "to_approve": "finance_payouts", "to_export": "finance_payouts",
    "at_the_bank": "finance_payouts", "late": "finance_fundings", "ended_pots": "finance_payouts_pots",
    "ending_pots": "finance_pots", "blocked": "finance_accounts",
    "blocked_residents": "finance_accounts",
}  # fmt: skip
# What is asked for in a room that shows more.
ASKED = {"blocked": "?state=BLOCKED"}


@login_required
@never_cache
def finance(request: HttpRequest) -> HttpResponse:
    """At which finance desks somebody sits; straight on when it is one."""
    found = desks_of(person_behind(request), clock.today())
    if len(found) == 1:
        return redirect("finance_desk", slug=found[0].slug)
    return render(request, "wallet/finance/finance.html", {"neighbourhoods": found})


@at_finance_desk
def finance_desk(request: HttpRequest, desk: FinanceDesk) -> HttpResponse:
    """What waits, what hurts most first; and the figures of the coin."""
    today = clock.today()
    place = desk.neighbourhood
    matters = open_matters(place, desk.treasury, desk.person, today)
    context = {
        "desk": desk,
        "matters": [
            {
                "title": title_of(matter),
                "age": age_of(matter, today),
                "url": reverse(ROOMS[matter.code], args=[place.slug]) + ASKED.get(matter.code, ""),
            }
            for matter in matters
        ],
        "number": len(matters),
        "figures": figures_of(desk, today),
    }
    return render(request, "wallet/finance/desk.html", context)


def figures_of(desk: FinanceDesk, on: date) -> list[tuple[str, str]]:
    """The key figures of a coin, in coins and euros side by side."""
    both = backing(desk.coin)
    in_pots = sum(pot.balance for pot in pots(desk.coin, on=on))
    return [
        (_("coins in circulation"), coins(both.circulation)),
        (_("euros in the reserve"), coins(both.reserve)),
        (_("euros on the bank account, as booked"), coins(bank_of(desk.coin))),
        (_("of the coins are in pots"), coins(in_pots)),
    ]


def title_of(matter: Matter) -> str:
    """What waits, in words with its number."""
    number = matter.number
    words = {
        "treasury": lambda: _("Say on which bank account the euros are"),
        "matches": lambda: ngettext(
            "%(number)s match by hand waits for a second person",
            "%(number)s matches by hand wait for a second person", number,
        ),
        "chargebacks": lambda: ngettext(
            "%(number)s chargeback waits for a second person", "%(number)s chargebacks wait for a second person",
            number,
        ),
        "lines": lambda: ngettext(
            "%(number)s line of the bank to work off", "%(number)s lines of the bank to work off", number
        ),
        "to_approve": lambda: ngettext(
            "%(number)s payout to approve", "%(number)s payouts to approve", number
        ),
        "to_export": lambda: ngettext(
            "%(number)s payout to put in a file for the bank", "%(number)s payouts to put in a file for the bank",
            number,
        ),
        "at_the_bank": lambda: ngettext(
            "%(number)s payout is with the bank", "%(number)s payouts are with the bank", number
        ),
        "late": lambda: ngettext(
            "%(number)s announced amount is due or late", "%(number)s announced amounts are due or late", number
        ),
        "ended_pots": lambda: ngettext(
            "%(number)s pot has ended with money in it", "%(number)s pots have ended with money in them", number
        ),
        "ending_pots": lambda: ngettext(
            "%(number)s pot ends within 60 days", "%(number)s pots end within 60 days", number
        ),
        "blocked": lambda: ngettext(
            "%(number)s account is blocked", "%(number)s accounts are blocked", number
        ),
        "blocked_residents": lambda: ngettext(
            "%(number)s account of a resident is blocked", "%(number)s accounts of residents are blocked", number
        ),
    }  # fmt: skip
    return str(words[matter.code]()) % {"number": number}


def age_of(matter: Matter, on: date) -> str:
    """Since when the oldest of them waits, or when the first is due."""
    if matter.code == "blocked_residents":
        return _("you open it by its address: accounts of residents stand in no list")
    if matter.oldest is None:
        return ""
    day = date_format(matter.oldest, "j F Y")
    if matter.code in {"late", "ending_pots"} and matter.oldest >= on:
        return _("the first on %(day)s") % {"day": day}
    days = (on - matter.oldest).days
    if days <= 0:
        return _("since today")
    since = ngettext(
        "the oldest since %(day)s, %(days)s day ago", "the oldest since %(day)s, %(days)s days ago", days
    )
    return since % {"day": day, "days": days}
