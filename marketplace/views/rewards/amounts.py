"""The maximum amounts of a municipality: which years are confirmed, and confirming one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.refusals import Refusal, refuse
from ledger.kinds import Label
from marketplace.forms.rewards import YearForm, begun
from marketplace.models import RewardYear
from marketplace.operations.rewards import confirm_year, maximums_of
from marketplace.queries.reward_years import confirms_amounts, newest_of, versions_of, waiting_for
from marketplace.reward_data import KNOWN
from neighbourhoods.views.posted import posted
from people.acting import actor_of, person_behind
from people.middleware import second_step
from people.models import Party, PartyKind

P = ParamSpec("P")
Crumbs = list[tuple[str, str]]
FIRST_YEAR, LAST_YEAR = 2000, 2999


@dataclass(frozen=True, kw_only=True, slots=True)
class YearTold:
    """A year in the list: what counts in it, if anything was confirmed, and how many payments wait for that."""

    year: int
    confirmed: RewardYear | None
    waiting: int
    is_over: bool


def at_amounts(
    view: Callable[Concatenate[HttpRequest, Party, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Let in who confirms amounts for the municipality in the path (`<uuid:uuid>`); 404 for everybody else."""

    @wraps(view)
    def inner(request: HttpRequest, uuid: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        municipalities = Party.objects.filter(kind=PartyKind.MUNICIPALITY).with_names()
        municipality = get_object_or_404(municipalities, uuid=uuid)
        if not confirms_amounts(person_behind(request), municipality, clock.today()):
            raise Http404
        # It decides on what people are paid: a code by mail alone does not open it.
        return second_step(request) or view(request, municipality, *args, **kwargs)

    return login_required(never_cache(inner))


@at_amounts
def reward_years(request: HttpRequest, municipality: Party) -> HttpResponse:
    """This year and the next, and what was confirmed before."""
    this_year = clock.today().year
    confirmed = newest_of(municipality)
    years = sorted({this_year, this_year + 1, *confirmed}, reverse=True)
    rows = [
        YearTold(
            year=year,
            confirmed=confirmed.get(year),
            waiting=waiting_for(municipality) if year == this_year and year not in confirmed else 0,
            is_over=year < this_year,
        )
        for year in years
    ]
    context = {"municipality": municipality, "rows": rows, "this_year": this_year, "crumbs": _crumbs()}
    return render(request, "marketplace/rewards/years.html", context)


@at_amounts
def reward_year(request: HttpRequest, municipality: Party, year: int) -> HttpResponse:
    """What counts in a year, who confirmed it, and the form with which it is confirmed anew."""
    today = clock.today()
    versions = list(versions_of(municipality, year))
    may_confirm = today.year <= year <= today.year + 1
    if not versions and not may_confirm:
        raise Http404
    newest = versions[0] if versions else None
    form = YearForm(posted(request), initial=begun(year, newest, _before(municipality, year)))
    if request.method == "POST" and form.is_valid() and _confirmed(request, municipality, year, form, newest):
        messages.success(request, _("The amounts of %(year)s are confirmed.") % {"year": year})
        return redirect("reward_years", municipality.uuid)
    context = {
        "municipality": municipality,
        "year": year,
        "form": form if may_confirm else None,
        "newest": newest,
        "versions": versions,
        "known": KNOWN.get(year) if newest is None else None,
        "waiting": waiting_for(municipality) if newest is None and year == today.year else 0,
        "crumbs": [*_crumbs(), (_("Maximum amounts"), reverse("reward_years", args=[municipality.uuid]))],
    }
    return render(request, "marketplace/rewards/year_amounts.html", context)


def _confirmed(
    request: HttpRequest, municipality: Party, year: int, form: YearForm, newest: RewardYear | None
) -> bool:
    """Whether it was done; if not, the form says why. Lines of other labels, which the form does not ask for, stay."""
    told: dict[str, Any] = {
        name: form.cleaned_data[name] for name in ("over_hour", "over_cap", "source", "seen")
    }
    others = [one for one in maximums_of(newest) if one.label != Label.VOLUNTEER_ALLOWANCE] if newest else []
    try:
        confirm_year(
            municipality=municipality, year=year, rules=[*form.rules(), *others], **told,
            actor=actor_of(request, principal=municipality), at=clock.now(),
        )  # fmt: skip
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    return True


def _before(municipality: Party, year: int) -> RewardYear | None:
    """The last year before this one that was confirmed."""
    return next((one for known, one in newest_of(municipality).items() if known < year), None)


def _crumbs() -> Crumbs:
    return [(_("Your account"), reverse("account"))]
