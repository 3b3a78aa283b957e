"""The desk of who sells vouchers: one code, how many times, done. Or a list of codes from paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from marketplace.codes import first_signs
from marketplace.forms.vouchers import CodeForm, ListForm, TakeForm
from marketplace.models import Voucher
from marketplace.operations.vouchers import find, use
from marketplace.operations.vouchers.listed import use_many
from marketplace.operations.vouchers.using import check_usable
from marketplace.permissions import may_trade
from marketplace.queries.offers import text_of
from marketplace.queries.vouchers import good_for, use_under
from neighbourhoods.views.posted import posted
from people.acting import actor_of, person_behind
from people.models import Party

View = Callable[..., HttpResponse]


def at_voucher_desk(view: View) -> View:
    """Open the desk of a party (`<uuid:party>`) to who sells for it; all others find no such page."""

    @wraps(view)
    def inner(request: HttpRequest, party: UUID, **more: Any) -> HttpResponse:
        seller = get_object_or_404(Party.objects.with_names(), uuid=party)
        if not may_trade(person_behind(request), seller, clock.today()):
            raise Http404
        return view(request, seller, **more)

    return login_required(never_cache(inner))


@at_voucher_desk
def voucher_desk(request: HttpRequest, seller: Party) -> HttpResponse:
    """A code; then what it is for and how many times. The link in a code that was scanned leads here."""
    if request.method == "POST":
        return _take(request, seller)
    asked = request.GET.get("code")
    form = CodeForm({"code": asked} if asked is not None else None)
    found = _looked_up(request, seller, form) if asked is not None else None
    take = TakeForm(initial={"code": found.code}) if found else None
    return _show(request, seller, "desk", form=form, found=found, take=take)


def _looked_up(request: HttpRequest, seller: Party, form: CodeForm) -> Voucher | None:
    """The voucher that can be taken now; else the form says why not."""
    if not form.is_valid():
        return None
    actor = actor_of(request, principal=seller)
    try:
        found = find(code=form.cleaned_data["code"], seller=seller, actor=actor, at=clock.now())
        check_usable(found, 1, clock.now())
    except Refusal as refusal:
        refuse(form, refusal)
        return None
    return found


def _take(request: HttpRequest, seller: Party) -> HttpResponse:
    form = TakeForm(request.POST)
    code = CodeForm({"code": request.POST.get("code", "")})
    actor = actor_of(request, principal=seller)
    found = None
    if code.is_valid():
        try:
            found = find(code=code.cleaned_data["code"], seller=seller, actor=actor, at=clock.now())
        except Refusal as refusal:
            refuse(code, refusal)
    if found is None or not form.is_valid():
        return _show(request, seller, "desk", form=code, found=found, take=form)
    key = derive_key(scope="voucher.take", owner=found.pk, form_id=form.cleaned_data["key"])
    try:
        use(voucher=found, uses=form.cleaned_data["uses"], key=key, actor=actor, at=clock.now())
    except Refusal as refusal:
        refuse(form, refusal)
        return _show(request, seller, "desk", form=code, found=found, take=form)
    return redirect("voucher_taken", party=seller.uuid, key=key)


@at_voucher_desk
def voucher_taken(request: HttpRequest, seller: Party, key: UUID) -> HttpResponse:
    """That it is done, readable across a counter."""
    taken = use_under(key, seller)
    if taken is None:
        raise Http404
    text = text_of(taken.voucher.order.offer)
    return _show(request, seller, "taken", taken=taken, voucher=taken.voucher, text=text)


@at_voucher_desk
def voucher_many(request: HttpRequest, seller: Party) -> HttpResponse:
    """Codes that were ticked on paper, typed in later."""
    form = ListForm(posted(request))
    results = None
    if request.method == "POST" and form.is_valid():
        key = derive_key(scope="voucher.list", owner=seller.pk, form_id=form.cleaned_data["key"])
        actor = actor_of(request, principal=seller)
        results = use_many(
            lines=form.cleaned_data["lines"], seller=seller, key=key, actor=actor, at=clock.now()
        )
        wrong = [one.line for one in results if one.use is None]
        form = ListForm(initial={"lines": "\n".join(wrong)})
    return _show(request, seller, "many", form=form, results=results)


@at_voucher_desk
def voucher_list_print(request: HttpRequest, seller: Party) -> HttpResponse:
    """All that can still be taken, to print: a box for each turn that is left. Of a code only the first signs stand
    there: without the buyer, who has the rest, the list takes nothing."""
    rows = [
        {
            "voucher": one,
            "code": first_signs(one.code),
            "text": text_of(one.order.offer),
            "buyer": one.order.buyer.display_name,
            "boxes": range(min(one.left, MOST_BOXES)),
        }
        for one in good_for(seller)
        if one.expires_on >= clock.today() and one.state != "BLOCKED"
    ]
    return _show(request, seller, "list", rows=rows, today=clock.today())


MOST_BOXES = 20


def _show(request: HttpRequest, seller: Party, template: str, **more: Any) -> HttpResponse:
    found = more.get("found")
    if found:
        more["text"] = text_of(found.order.offer)
        more["buyer"] = found.order.buyer.display_name
    crumbs = [(_("Taking vouchers"), reverse("voucher_desk", args=[seller.uuid]))]
    context = {"seller": seller, "crumbs": [] if template == "desk" else crumbs, **more}
    return render(request, f"marketplace/vouchers/{template}.html", context)
