"""How to pay what was announced: on the screen and as a letter. And taking it back."""

from __future__ import annotations

import uuid as uuids
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from content.drawing import qr
from core import clock
from core.refusals import Refusal, refuse
from ledger.kinds import FundingState
from ledger.queries import fundings_of
from neighbourhoods.forms.residency import SureForm
from neighbourhoods.models import Neighbourhood
from neighbourhoods.views.posted import posted
from people.acting import person_behind
from people.middleware import second_step
from people.models import Party
from wallet import permissions
from wallet.models import Treasury
from wallet.money_words import payee_words
from wallet.operations.fundings import withdraw
from wallet.paper.funding_letter import funding_letter as on_paper
from wallet.queries.funders import place_of, treasury_of
from wallet.references import iban_in_groups, reference_in_groups
from wallet.views.funder_base import FunderRoom, at_funder
from wallet.views.funders import as_pdf, crumbs_of

if TYPE_CHECKING:
    from ledger.models import Funding


@dataclass(frozen=True)
class Letter:
    """What was announced, where to pay it, and whether the reader is its funder or sits at the finance desk."""

    funding: Funding
    place: Neighbourhood
    treasury: Treasury
    is_funder: bool

    @property
    def can_be_paid(self) -> bool:
        return bool(self.funding.state == FundingState.ANNOUNCED and self.funding.expires_on >= clock.today())


@login_required
@never_cache
def funding_letter(request: HttpRequest, uuid: uuids.UUID, reference: str) -> HttpResponse:
    """Where to, how much, with which reference."""
    letter = _letter(request, uuid, reference)
    if isinstance(letter, HttpResponse):
        return letter
    return render(request, "wallet/funding/letter.html", _context(request, letter))


@login_required
@never_cache
def letter_pdf(request: HttpRequest, uuid: uuids.UUID, reference: str) -> HttpResponse:
    """The same on paper; not of money that must not be paid any more."""
    letter = _letter(request, uuid, reference)
    if isinstance(letter, HttpResponse):
        return letter
    if not letter.can_be_paid:
        raise Http404
    content = on_paper(
        funding=letter.funding,
        place=letter.place,
        treasury=letter.treasury,
        what_for=payee_words(letter.funding.payee),
    )
    return as_pdf(content, f"{letter.funding.reference}.pdf")


@at_funder
def funding_withdraw(request: HttpRequest, room: FunderRoom, reference: str) -> HttpResponse:
    """The money will not come after all. Withdrawn twice, it is withdrawn."""
    funding = get_object_or_404(fundings_of(room.funder), reference=reference)
    form = SureForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            withdraw(funding=funding, actor=room.actor, at=clock.now())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Withdrawn. Do not pay this any more."))
            return redirect("funder", uuid=room.funder.uuid)
    context = {
        "form": form,
        "funding": funding,
        "funder": room.funder,
        "payee": payee_words(funding.payee),
        "crumbs": crumbs_of(room),
    }
    return render(request, "wallet/funding/withdraw.html", context)


def _letter(request: HttpRequest, uuid: uuids.UUID, reference: str) -> Letter | HttpResponse:
    """Opened to the funder, and to the finance desk that takes the money in, which needs its second step.

    :raises Http404: for everybody else.
    """
    funder = get_object_or_404(Party.objects.with_names(), uuid=uuid)
    funding = get_object_or_404(fundings_of(funder), reference=reference)
    person, today = person_behind(request), clock.today()
    place = place_of(funding.coin)
    treasury = treasury_of(place) if place else None
    if place is None or treasury is None:
        raise Http404
    is_funder = permissions.may_cash(person, funder, today)
    if not is_funder:
        if permissions.acts_in_finance(person, place, today) is None:
            raise Http404
        if response := second_step(request):
            return response
    return Letter(funding, place, treasury, is_funder)


def _context(request: HttpRequest, letter: Letter) -> dict[str, Any]:
    funding, treasury = letter.funding, letter.treasury
    code = qr.payment(
        name=treasury.account_name, iban=treasury.iban, amount=funding.amount, reference=funding.reference
    )
    desk = (_("Money in"), reverse("finance_fundings", args=[letter.place.slug]))
    room = FunderRoom(request, funding.funder, person_behind(request))
    return {
        "letter": letter,
        "funding": funding,
        "payee": payee_words(funding.payee),
        "treasury": treasury,
        "iban": iban_in_groups(treasury.iban),
        "reference": reference_in_groups(funding.reference),
        "qr": qr.drawing(code, _("QR code for your bank’s app")),
        "crumbs": crumbs_of(room) if letter.is_funder else [(_("Finance desk"), reverse("finance")), desk],
    }
