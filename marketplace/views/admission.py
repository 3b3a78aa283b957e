"""An organisation that wants to take part in a market: it asks, and sees what became of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from marketplace.forms.admission import InsuranceForm, RequestForm
from marketplace.models import Admission
from marketplace.operations import admissions as operations
from marketplace.queries.admissions import (
    admission_at,
    admissions_for,
    owned_by,
    reason_of,
    who_can_ask,
)
from marketplace.states import AdmissionState
from marketplace.views.telling import phase_of_admission
from neighbourhoods.forms.residency import SureForm
from neighbourhoods.models import Neighbourhood
from neighbourhoods.shown import show_place
from neighbourhoods.views.boardroom.base import Ask
from neighbourhoods.views.posted import posted
from people.acting import actor_of, person_behind
from people.permissions import may_manage, may_see

ALONG = ("party", "coin", "logo", "municipality__organisation_details")
RUNNING = frozenset({AdmissionState.REQUESTED, AdmissionState.ADMITTED})


@login_required
@never_cache
def admissions(request: HttpRequest) -> HttpResponse:
    """What my organisations asked, and the markets on which they can."""
    mine = owned_by(person_behind(request), clock.today())
    asked = [(one, *phase_of_admission(one)) for one in admissions_for(mine)]
    context = {
        "asked": asked,
        "organisations": mine,
        "neighbourhoods": Neighbourhood.objects.order_by("name"),
        "crumbs": [(_("Your account"), reverse("account"))],
    }
    return render(request, "marketplace/admission/admissions.html", context)


@login_required
@never_cache
def admission_request(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the board of a neighbourhood."""
    place = get_object_or_404(Neighbourhood.objects.select_related(*ALONG), slug=slug)
    show_place(request, place)
    person = person_behind(request)
    organisations = who_can_ask(person, place, clock.today())
    # A form that is sent twice names an organisation that asked meanwhile: the operation knows it again.
    known = owned_by(person, clock.today()) if request.method == "POST" else organisations
    form = RequestForm(posted(request), organisations=known, initial=_chosen(request))
    made: list[Admission] = []

    def deed(told: dict[str, Any]) -> None:
        key = derive_key(scope="market.admission", owner=person.canonical_id, form_id=told.pop("key"))
        made.append(
            operations.request_admission(
                neighbourhood=place, key=key, actor=actor_of(request), at=clock.now(), **told
            )
        )

    if _sent(request, form, deed):
        messages.success(request, _("The board has your request. You get a mail when it has decided."))
        return redirect("admission", made[0].ref)
    context = {"neighbourhood": place, "form": form, "can_ask": known.exists(), "crumbs": _crumbs()}
    return render(request, "marketplace/admission/request.html", context)


@login_required
@never_cache
def admission(request: HttpRequest, ref: UUID) -> HttpResponse:
    """How far a request is, and how the organisation is insured."""
    found = _own(request, ref)
    form = InsuranceForm(
        posted(request),
        initial={"insurance": found.insurance, "insured_until_on": found.insured_until_on},
    )
    if _sent(
        request,
        form,
        lambda told: operations.tell_insurance(
            admission=found, **told, actor=actor_of(request), at=clock.now()
        ),
    ):
        messages.success(request, _("Saved. The board can see it."))
        return redirect("admission", ref)
    may_act = may_manage(person_behind(request), found.organisation, clock.today())
    return _show(
        request,
        "admission",
        found,
        phase=phase_of_admission(found),
        reason=reason_of(found),
        may_change=may_act and found.state in RUNNING,
        may_ask_again=may_act and found.state not in RUNNING,
        form=form,
        crumbs=_crumbs(),
    )


@login_required
@never_cache
def admission_withdraw(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Take a request back."""
    found = _own(request, ref)
    form = SureForm(posted(request))
    if _sent(
        request,
        form,
        lambda _told: operations.withdraw_admission(admission=found, actor=actor_of(request), at=clock.now()),
    ):
        messages.success(request, _("The request is taken back."))
        return redirect("admission", ref)
    ask = Ask(
        title=_("Take this request back?"),
        lead=_("The board then does not look at it. You can ask again later."),
        button=_("Take it back"),
        back_url=reverse("admission", args=[ref]),
    )
    crumbs = [*_crumbs(), (found.organisation.display_name, reverse("admission", args=[ref]))]
    show_place(request, found.neighbourhood)
    return render(request, "neighbourhoods/boardroom/ask.html", {"ask": ask, "form": form, "crumbs": crumbs})


def _own(request: HttpRequest, ref: UUID) -> Admission:
    """:raises Http404: to whoever has no office for the organisation, just as when there is none."""
    found = admission_at(ref)
    if found is None or not may_see(person_behind(request), found.organisation, clock.today()):
        raise Http404
    return found


def _show(request: HttpRequest, template: str, found: Admission, **more: Any) -> HttpResponse:
    show_place(request, found.neighbourhood)
    return render(request, f"marketplace/admission/{template}.html", {"admission": found, **more})


def _sent(request: HttpRequest, form: Form, deed: Any) -> bool:
    """Whether a form was sent and its deed done; if not, the form says why."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        deed(dict(form.cleaned_data))
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    return True


def _chosen(request: HttpRequest) -> dict[str, str]:
    """The organisation that an address names."""
    named = request.GET.get("organisation", "")
    return {"organisation": named} if named else {}


def _crumbs() -> list[tuple[str, str]]:
    return [
        (_("Your account"), reverse("account")),
        (_("Organisations on the market"), reverse("admissions")),
    ]
