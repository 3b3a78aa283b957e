"""The tills that somebody may stand at: opened, chosen, closed."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from neighbourhoods.views.posted import posted
from people.acting import actor_of, person_behind
from wallet.forms.till import OpenTillForm
from wallet.operations.tills import close_till, open_till
from wallet.queries.tills import shops_of
from wallet.views.till.base import AtTill, at_till


@login_required
@never_cache
def tills(request: HttpRequest) -> HttpResponse:
    """All tills of the organisations that somebody sells for, and a form for a new one."""
    shops = shops_of(person_behind(request), clock.today())
    by_address = {one.account.address: one for one in shops if one.is_open}
    form = OpenTillForm(posted(request), shops=list(by_address.values()))
    if request.method == "POST" and form.is_valid():
        shop = by_address[form.cleaned_data["account"]]
        shop.account.holder = shop.holder
        key = derive_key(scope="till.open", owner=shop.account.pk, form_id=form.cleaned_data["key"])
        actor = actor_of(request, principal=shop.holder)
        try:
            made = open_till(
                account=shop.account, name=form.cleaned_data["name"], key=key, actor=actor, at=clock.now()
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return redirect("till", uuid=made.uuid)
    return render(request, "wallet/till/tills.html", {"shops": shops, "form": form if by_address else None})


@at_till
def close(request: HttpRequest, at: AtTill) -> HttpResponse:
    """Close a till, after asking once more."""
    if request.method == "POST":
        close_till(till=at.till, actor=at.actor, at=clock.now())
        messages.success(request, _("Till %(name)s is closed.") % {"name": at.till.name})
        return redirect("tills")
    return render(request, "wallet/till/close.html", {"at": at, "crumbs": at.crumbs()})
