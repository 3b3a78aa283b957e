"""A funder announces money: for which neighbourhood, for what, how much, and until when it comes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from ledger.queries import Pot
from neighbourhoods.models import Neighbourhood
from neighbourhoods.views.posted import posted
from wallet.forms.money_in import FundingForm
from wallet.money_words import OWN, payees
from wallet.operations.fundings import CannotTakeMoney, announce
from wallet.queries.funders import places_to_fund, pots_to_fund, treasury_of
from wallet.views.funder_base import FunderRoom, at_funder
from wallet.views.funders import crumbs_of

if TYPE_CHECKING:
    from ledger.models import Account

USUAL = timedelta(days=30)


@at_funder
def funding_announce(request: HttpRequest, room: FunderRoom) -> HttpResponse:
    """For which neighbourhood; straight on when only one can take money."""
    places = places_to_fund()
    ready = [place for place in places if hasattr(place, "treasury")]
    if len(ready) == 1:
        return redirect("funding_announce_for", uuid=room.funder.uuid, slug=ready[0].slug)
    context = {"funder": room.funder, "places": places, "ready": ready, "crumbs": crumbs_of(room)}
    return render(request, "wallet/funding/choose_place.html", context)


@at_funder
def funding_announce_for(request: HttpRequest, room: FunderRoom, slug: str) -> HttpResponse:
    """What for, how much, until when; first shown once more, then done."""
    place = get_object_or_404(Neighbourhood.objects.select_related("coin"), slug=slug)
    context: dict[str, Any] = {
        "funder": room.funder,
        "neighbourhood": place,
        "crumbs": crumbs_of(
            room, (_("Announce money"), reverse("funding_announce", args=[room.funder.uuid]))
        ),
    }
    if treasury_of(place) is None:
        context["refusal"] = CannotTakeMoney.sentence
        return render(request, "wallet/funding/announce.html", context)
    pots = pots_to_fund(place.coin, clock.today(), room.funder)
    form = FundingForm(
        posted(request),
        payees=payees(pots, room.funder),
        initial={"expires_on": clock.today() + USUAL, "payee": OWN if not pots else None},
    )
    context |= {"form": form, "has_pots": bool(pots)}
    if request.method == "POST" and form.is_valid() and request.POST.get("step") != "change":
        if request.POST.get("step") != "confirm":
            return render(request, "wallet/funding/preview.html", context)
        if done := _announce(request, form, room, place, pots):
            return done
    return render(request, "wallet/funding/announce.html", context)


def _announce(
    request: HttpRequest, form: FundingForm, room: FunderRoom, place: Neighbourhood, pots: list[Pot]
) -> HttpResponse | None:
    """Do it and go to the letter; None when it was refused, and the form says why."""
    words = form.cleaned_data
    try:
        funding = announce(
            funder=room.funder, coin=place.coin, payee=chosen(pots, words["payee"]), amount=words["amount"],
            purpose=words["purpose"], expires_on=words["expires_on"], actor=room.actor, at=clock.now(),
            key=derive_key(scope="funding", owner=room.funder.pk, form_id=words["key"]),
        )  # fmt: skip
    except Refusal as refusal:
        refuse(form, refusal)
        return None
    messages.success(request, _("Announced. Now transfer the money, with this reference."))
    return redirect("funding_letter", uuid=room.funder.uuid, reference=funding.reference)


def chosen(pots: list[Pot], address: str) -> Account | None:
    """The pot that was chosen; None for the funder's own account."""
    return next((pot.account for pot in pots if pot.account.address == address), None)
