"""The wallet: which one, what is in it, and how somebody comes by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.refusals import Refusal
from ledger.kinds import AccountKind, AccountState, TransferKind
from ledger.queries import beneficiary_of, reservations_of, statement
from neighbourhoods.models import Residency
from neighbourhoods.operations.accounts import open_account_of_resident
from neighbourhoods.queries.residency import residency_of
from people.acting import actor_of, person_behind
from people.entries import panels_for
from people.permissions import may_sell
from wallet import permissions
from wallet.bookings import booking
from wallet.models import PaymentRequest
from wallet.queries.accounts import Held, accounts_for
from wallet.queries.funders import place_of
from wallet.queries.requests import asked_of
from wallet.queries.tills import shops_of
from wallet.states import RequestState
from wallet.views.base import Wallet, at_wallet

if TYPE_CHECKING:
    from ledger.models import Reservation

SHOWN_LINES = 10
SHOWN_SET_APART = 10
SHOWN_REQUESTS = 5


@login_required
@never_cache
def wallet(request: HttpRequest) -> HttpResponse:
    """Straight on for who has one account that is not closed; otherwise the choice, or how one gets a wallet.

    Who has none and stands at a till goes there.
    """
    person, today = person_behind(request), clock.today()
    held = accounts_for(person, today)
    residency = residency_of(person)
    if not held and residency is None and shops_of(person, today):
        return redirect("tills")
    lacks = residency if residency and not _has_own(held, residency) else None
    in_use = [one for one in held if one.account.state != AccountState.CLOSED]
    if len(in_use) == 1 and not lacks:
        return redirect("wallet_account", in_use[0].account.address)
    context = {"held": held, "lacks": lacks, "lives": residency}
    return render(request, "wallet/accounts.html" if held else "wallet/none.html", context)


@login_required
@never_cache
def wallet_open(request: HttpRequest) -> HttpResponse:
    """Open an account in the coin of one's neighbourhood. Sent twice, the second finds what the first opened."""
    residency = residency_of(person_behind(request))
    if request.method != "POST" or residency is None:
        return redirect("wallet")
    try:
        account = open_account_of_resident(residency=residency, actor=actor_of(request), at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("wallet")
    messages.success(request, _("Your wallet is open."))
    return redirect("wallet_account", account.address)


@at_wallet
def wallet_account(request: HttpRequest, wallet: Wallet) -> HttpResponse:
    """What there is to spend, what waits for an answer, and what came and went last."""
    today, account = clock.today(), wallet.account
    page = statement(account, limit=SHOWN_LINES)
    set_apart = list(reservations_of(account)[: SHOWN_SET_APART + 1])
    doors = _doors(wallet, today)
    context = {
        "wallet": wallet,
        "account": account,
        "doors": doors,
        "asked": _asked(wallet) if doors.may_be_asked else [],
        "set_apart": [_set_apart(one) for one in set_apart[:SHOWN_SET_APART]],
        "has_more_set_apart": len(set_apart) > SHOWN_SET_APART,
        "bookings": [booking(line) for line in page.lines],
        "older": page.next,
        "others": [one for one in accounts_for(wallet.person, today) if one.account.pk != account.pk],
        "back_to": beneficiary_of(account).display_name if doors.has_ended else "",
        "coin_place": place_of(account.coin),
        "panels": panels_for(request, account) if doors.is_earned_in else [],
    }
    return render(request, "wallet/account.html", context)


@dataclass(frozen=True, kw_only=True, slots=True)
class Doors:
    """Where somebody may go from an account, and in which state it is."""

    is_open: bool
    is_blocked: bool
    has_ended: bool
    pay: bool
    only_see: bool
    payouts: bool
    tills: bool
    is_earned_in: bool

    @property
    def receive(self) -> bool:
        return self.is_open and not self.has_ended

    @property
    def may_be_asked(self) -> bool:
        return self.is_open and not self.has_ended


@dataclass(frozen=True, kw_only=True, slots=True)
class SetApart:
    """Coins that are promised (minor units): for whom, and whether they leave as euros."""

    amount: int
    who: str
    is_payout: bool
    until_on: date


def _doors(wallet: Wallet, today: date) -> Doors:
    account, person, holder = wallet.account, wallet.person, wallet.holder
    is_pot = account.kind == AccountKind.POT
    has_ended = account.ends_on is not None and account.ends_on < today
    is_open, may_pay = account.state == AccountState.OPEN, wallet.may_pay
    redeems = account.may_redeem or (is_pot and has_ended)
    return Doors(
        is_open=is_open,
        is_blocked=account.state == AccountState.BLOCKED,
        has_ended=has_ended,
        pay=is_open and not has_ended and may_pay,
        only_see=not may_pay,
        payouts=redeems and permissions.may_cash(person, holder, today),
        tills=is_open and not is_pot and may_sell(person, holder, today),
        is_earned_in=wallet.is_own and not is_pot and account.state != AccountState.CLOSED,
    )


def _asked(wallet: Wallet) -> list[PaymentRequest]:
    waiting = asked_of(wallet.account).filter(state=RequestState.OPEN, expires_at__gt=clock.now())
    return list(waiting[:SHOWN_REQUESTS])


def _set_apart(reservation: Reservation) -> SetApart:
    payee = reservation.payee
    return SetApart(
        amount=reservation.left,
        who=payee.holder.display_name,
        is_payout=reservation.kind == TransferKind.REDEEM,
        until_on=clock.day_of(reservation.expires_at),
    )


def _has_own(held: list[Held], residency: Residency) -> bool:
    """Whether the resident has an account in the coin of where they live that is not closed."""
    coin = residency.neighbourhood.coin_id
    return any(
        one.is_own
        and one.account.coin_id == coin
        and one.account.kind == AccountKind.HOLDER
        and one.account.state != AccountState.CLOSED
        for one in held
    )
