"""What somebody bought ahead: the code to show, print or read aloud, and giving it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from content.drawing import qr
from core import clock
from core.refusals import Refusal
from marketplace.codes import in_groups, parse_code
from marketplace.models import Refund, Voucher
from marketplace.operations.vouchers import block, refund_voucher, unblock
from marketplace.permissions import may_trade
from marketplace.queries.offers import text_of
from marketplace.queries.traders import parties_traded_for
from marketplace.queries.vouchers import uses_of, voucher_with, vouchers_of
from marketplace.states import VOUCHER, VoucherState
from neighbourhoods.shown import show_place
from people.acting import actor_of, person_behind

GOOD = frozenset({VoucherState.ISSUED, VoucherState.PARTLY_USED})


@login_required
@never_cache
def vouchers(request: HttpRequest) -> HttpResponse:
    """All that somebody bought ahead, for themself and for whom they act."""
    person, on = person_behind(request), clock.today()
    rows = [_row(one, on) for one in vouchers_of([one.pk for one in parties_traded_for(person, on)])]
    context = {
        "good": [row for row in rows if not row["is_over"]],
        "over": [row for row in rows if row["is_over"]][::-1],
        "market_url": reverse("market"),
        "crumbs": [(_("Your account"), reverse("account"))],
    }
    return render(request, "marketplace/vouchers/vouchers.html", context)


def _row(voucher: Voucher, on: date) -> dict[str, Any]:
    order = voucher.order
    return {
        "voucher": voucher,
        "text": text_of(order.offer),
        "seller": order.seller.display_name,
        "is_over": voucher.state in VOUCHER.ends or voucher.expires_on < on,
        "is_blocked": voucher.state == VoucherState.BLOCKED,
        "url": reverse("voucher", args=[voucher.code]),
    }


def at_own_voucher(view: Callable[[HttpRequest, Voucher], HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a voucher to who buys for its buyer; who sells it goes to the desk; all others find no such page."""

    @wraps(view)
    def inner(request: HttpRequest, code: str) -> HttpResponse:
        found = voucher_with(parse_code(code) or "")
        if found is None:
            raise Http404
        person, on = person_behind(request), clock.today()
        if not may_trade(person, found.order.buyer, on):
            if may_trade(person, found.order.seller, on):
                return redirect(_at_desk(found))
            raise Http404
        show_place(request, found.order.offer.neighbourhood)
        return view(request, found)

    return login_required(never_cache(inner))


def _at_desk(voucher: Voucher) -> str:
    return reverse("voucher_desk", args=[voucher.order.seller.uuid]) + f"?code={voucher.code}"


@at_own_voucher
def voucher(request: HttpRequest, found: Voucher) -> HttpResponse:
    """The code, large; what is left, until when, and what can be done with it."""
    address = request.build_absolute_uri(reverse("voucher", args=[found.code]))
    is_good = found.state in GOOD and found.expires_on >= clock.today()
    label = _("The code of your voucher, to be scanned")
    context = {
        **_about(found),
        "drawing": qr.drawing(qr.link(address), label) if is_good else "",
        "spoken": in_groups(found.code),
        "is_good": is_good,
        "uses": uses_of(found),
        "worth": found.order.amount - found.order.paid,
        "may_give_back": _may_give_back(found),
    }
    return render(request, "marketplace/vouchers/voucher.html", context)


@at_own_voucher
def voucher_refund(request: HttpRequest, found: Voucher) -> HttpResponse:
    """Whether that is meant; then what was not used comes free."""
    if request.method == "POST":
        return _done(
            request, found, refund_voucher, _("You gave the voucher back. What was left is yours again.")
        )
    if not _may_give_back(found):
        return redirect("voucher", code=found.code)
    context = {**_about(found), "worth": found.order.amount - found.order.paid}
    return render(request, "marketplace/vouchers/refund.html", context)


@at_own_voucher
def voucher_block(request: HttpRequest, found: Voucher) -> HttpResponse:
    """Lost: nobody can use it until its buyer says so."""
    return _done(request, found, block, _("The voucher is blocked. Nobody can use it now."))


@at_own_voucher
def voucher_unblock(request: HttpRequest, found: Voucher) -> HttpResponse:
    """Found again."""
    return _done(request, found, unblock, _("The voucher can be used again."))


def _done(request: HttpRequest, found: Voucher, deed: Callable[..., object], words: str) -> HttpResponse:
    if request.method != "POST":  # loaded again, or back from a code that was asked for
        return redirect("voucher", code=found.code)
    try:
        deed(voucher=found, actor=actor_of(request, principal=found.order.buyer), at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("voucher", code=found.code)


def _may_give_back(found: Voucher) -> bool:
    if found.state not in {*GOOD, VoucherState.BLOCKED} or found.expires_on < clock.today():
        return False
    rule = found.order.terms.refund
    return rule == Refund.ANY_TIME or (rule == Refund.UNUSED and not found.used)


def _about(found: Voucher) -> dict[str, Any]:
    order = found.order
    return {
        "voucher": found,
        "order": order,
        "coin": order.offer.neighbourhood.coin,
        "text": text_of(order.offer),
        "seller": order.seller.display_name,
        "rule": Refund(order.terms.refund).label,
        "crumbs": [(_("Your account"), reverse("account")), (_("Vouchers"), reverse("vouchers"))],
    }
