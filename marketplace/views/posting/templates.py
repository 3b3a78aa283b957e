"""The weeks that an organiser plans again and again."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core import clock
from core.refusals import Refusal, refuse
from marketplace.forms.shifts import LineFormSet, WeekForm
from marketplace.models import ShiftTemplate
from marketplace.operations.shifts import remove_template, save_template
from marketplace.permissions import may_organise
from marketplace.queries.posting import organisers_for, templates_of
from marketplace.views.organising.base import Desk
from neighbourhoods.views.posted import posted
from people.acting import person_behind


@login_required
@never_cache
def templates(request: HttpRequest) -> HttpResponse:
    """What is kept, and a form for one more. `?organiser=`: whose; without it one's own."""
    desk = _desk(request)
    kept = templates_of(desk.party)
    sent = posted(request)
    copied = (
        None
        if sent is not None
        else kept.filter(name=request.GET.get("week", "").replace("\x00", "")).first()
    )
    form = WeekForm(sent, initial={"name": copied.name if copied else ""})
    lines = LineFormSet(sent, prefix="line", initial=_initial(copied))
    if request.method == "POST" and form.is_valid() and lines.is_valid() and _is_kept(desk, form, lines):
        return redirect(_address(desk))
    return render(
        request, "marketplace/posting/templates.html",
        {
            "desk": desk, "acts_for": "" if desk.is_own else desk.party.display_name, "crumbs": desk.way(),
            "form": form, "lines": lines, "copied": copied, "here": _address(desk),
            "weeks": [(week, [(WEEKDAYS[line.weekday - 1], line) for line in week.lines.all()]) for week in kept],
        },
    )  # fmt: skip


@require_POST
@login_required
@never_cache
def template_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a week no longer."""
    week = ShiftTemplate.objects.select_related("organiser").filter(pk=pk).first()
    person = person_behind(request)
    if week is None or not may_organise(person, week.organiser, clock.today()):
        raise Http404
    desk = Desk(request, week.organiser, person)
    desk.do(
        lambda: remove_template(template=week, **desk.by()), _("The week is removed. What was planned stays.")
    )
    return redirect(_address(desk))


def _desk(request: HttpRequest) -> Desk:
    """:raises Http404: for a party that they do not organise for."""
    person = person_behind(request)
    mine = organisers_for(person, clock.today())
    asked = request.GET.get("organiser")
    party = next((one for one in mine if asked in {None, str(one.uuid)}), None)
    if party is None:
        raise Http404
    return Desk(request, party, person)


def _initial(week: ShiftTemplate | None) -> list[dict[str, object]]:
    lines = week.lines.all() if week else ()
    return [
        {
            "weekday": line.weekday,
            "starts": line.starts_at,
            "ends": line.ends_at,
            "places": line.places,
            "host": line.host,
        }
        for line in lines
    ]


def _is_kept(desk: Desk, form: WeekForm, lines: LineFormSet) -> bool:  # type: ignore[valid-type]  # made by a factory
    found = [line for one in lines.forms if (line := one.line())]  # type: ignore[attr-defined]
    try:
        save_template(organiser=desk.party, name=form.cleaned_data["name"], lines=found, **desk.by())
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    messages.success(desk.request, _("The week is kept. Plan it at an activity, among its shifts."))
    return True


def _address(desk: Desk) -> str:
    return f"{reverse('templates')}?organiser={desk.party.uuid}"
