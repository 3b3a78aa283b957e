"""What somebody may still earn this month and year, and why; what waits; what they tell about themself."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.refusals import Refusal, refuse
from marketplace.forms.rewards import SituationForm
from marketplace.models import Participation, RewardSituation
from marketplace.operations.rewards import forget_situation, tell_situation
from marketplace.queries.activities import text_of
from marketplace.queries.earning import places_of_earning, years_of
from marketplace.queries.participations import with_all
from marketplace.queries.rewards import room_for
from marketplace.states import ParticipationState
from marketplace.views.rewards.told import told_of
from neighbourhoods.shown import show_place
from neighbourhoods.views.posted import posted
from people.acting import actor_of, person_behind
from people.models import Party
from people.queries import numbers_of

Crumbs = list[tuple[str, str]]


@login_required
@never_cache
def earning(request: HttpRequest) -> HttpResponse:
    """The least that is left as the answer; then each figure, what waits, and what it depends on."""
    person, today = person_behind(request), clock.today()
    places = places_of_earning(person)
    rooms = [told_of(room_for(person, place, today), place) for place in places]
    if places:
        show_place(request, places[0])
    waiting = [(one, text_of(one.shift.activity)) for one in with_all(_blocked(person))]
    context = {
        "first": rooms[0] if rooms else None,
        "rooms": rooms,
        "waiting": waiting,
        "situation": _told_by(person),
        "years": years_of(person),
        "crumbs": [(_("Your account"), reverse("account"))],
    }
    return render(request, "marketplace/rewards/earning.html", context)


@login_required
@never_cache
def situation(request: HttpRequest) -> HttpResponse:
    """Tell whether one receives social assistance, or take that back."""
    person = person_behind(request)
    told = _told_by(person)
    if request.method == "POST" and "forget" in request.POST:
        forget_situation(person=person, actor=actor_of(request), at=clock.now())
        messages.success(request, _("What you told is removed."))
        return redirect("earning")
    form = SituationForm(posted(request), initial=_begun(told))
    if request.method == "POST" and form.is_valid():
        try:
            tell_situation(person=person, **form.cleaned_data, actor=actor_of(request), at=clock.now())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved. Only you can see it."))
            if form.cleaned_data["on_benefit"] and not _has_own_maximum(person):
                messages.info(request, _("For you the usual maximum holds. Do ask your contact person."))
            return redirect("earning")
    context = {"form": form, "told": told, "crumbs": earning_crumbs()}
    return render(request, "marketplace/rewards/situation.html", context)


def _has_own_maximum(person: Party) -> bool:
    """Whether another maximum holds somewhere for them, because they receive social assistance."""
    today = clock.today()
    return any(room_for(person, place, today).for_benefit for place in places_of_earning(person))


def earning_crumbs() -> Crumbs:
    """The way back from a page below what somebody may still earn."""
    return [(_("Your account"), reverse("account")), (_("What you may still earn"), reverse("earning"))]


def _blocked(person: Party) -> QuerySet[Participation]:
    mine = Participation.objects.filter(
        person__in=numbers_of(person).order_by(), state=ParticipationState.BLOCKED_BY_CAP
    )
    return mine.order_by("confirmed_at", "pk")


def _told_by(person: Party) -> RewardSituation | None:
    return RewardSituation.objects.filter(person__in=numbers_of(person).order_by()).first()


def _begun(told: RewardSituation | None) -> dict[str, str]:
    return {"on_benefit": "yes" if told.on_benefit else "no"} if told else {}
