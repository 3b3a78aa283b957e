"""The room of limits at a finance desk: how much each kind of holder may pay, and from when to when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import clock
from core.refusals import Refusal, refuse
from neighbourhoods.views.posted import posted
from people.models import PartyKind
from wallet.forms.finance_holders import LimitForm
from wallet.naming import written
from wallet.operations.desk_limits import say_limit
from wallet.queries.limits import limits_by_kind
from wallet.views.base import FinanceDesk, at_finance_desk


@at_finance_desk
def limits(request: HttpRequest, desk: FinanceDesk) -> HttpResponse:
    """What holds, what is to come and what was. A new limit is first told in a sentence, and then set."""
    form = LimitForm(posted(request), initial={"from_on": clock.today()}, today=clock.today())
    preview = ""
    if request.method == "POST" and form.is_valid():
        words = dict(form.cleaned_data)
        if not words.pop("sure"):
            preview = _sentence(**words)
        else:
            try:
                say_limit(neighbourhood=desk.neighbourhood, actor=desk.actor, at=clock.now(), **words)
            except Refusal as refusal:
                refuse(form, refusal)
            else:
                messages.success(request, _("The limit is set."))
                return redirect("finance_limits", slug=desk.neighbourhood.slug)
    context = {
        "desk": desk,
        "form": form,
        "preview": preview,
        "kinds": [] if preview else limits_by_kind(desk.coin, clock.today()),
        "crumbs": desk.crumbs(),
    }
    return render(request, "wallet/finance/limits.html", context)


def _sentence(
    *,
    holder_kind: str,
    per_payment: int | None,
    per_day: int | None,
    per_month: int | None,
    from_on: date,
    until_on: date | None,
) -> str:
    """What a limit means, as one would say it."""
    parts = [
        words % {"amount": written(amount)}
        for words, amount in (
            (_("%(amount)s at once"), per_payment),
            (_("%(amount)s in a day"), per_day),
            (_("%(amount)s in a month"), per_month),
        )
        if amount is not None
    ]
    details: dict[str, Any] = {
        "kind": PartyKind(holder_kind).label,
        "first": date_format(from_on, "j F Y"),
        "last": date_format(until_on, "j F Y") if until_on else "",
        "limits": ", ".join(parts),
    }
    if parts and until_on:
        return (
            _("From %(first)s up to and including %(last)s each %(kind)s pays at most: %(limits)s.") % details
        )
    if parts:
        return _("From %(first)s on each %(kind)s pays at most: %(limits)s.") % details
    if until_on:
        return _("From %(first)s up to and including %(last)s there is no limit for each %(kind)s.") % details
    return _("From %(first)s on there is no limit for each %(kind)s.") % details
