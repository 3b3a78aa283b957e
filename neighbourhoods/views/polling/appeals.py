"""The room of the appeals panel: what people say went wrong with a vote, and the ruling."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from neighbourhoods.forms.polling import RulingForm, UpholdForm
from neighbourhoods.forms.residency import SureForm
from neighbourhoods.models import Appeal
from neighbourhoods.operations.appeals import admit_appeal, hear_appeal, rule_on_appeal, turn_away_appeal
from neighbourhoods.permissions import is_self
from neighbourhoods.queries.appeals import OPEN, is_involved
from neighbourhoods.queries.polling import appeals_at
from neighbourhoods.queries.titles import title_of
from neighbourhoods.states import APPEAL
from neighbourhoods.views.polling.base import Ask, Panel, at_panel, carried_out
from neighbourhoods.views.posted import posted
from neighbourhoods.views.vote.base import place_frame


@dataclass(frozen=True)
class Deed:
    """Something that the panel does with an appeal: its event, its form, and its words."""

    event: str
    act: Callable[..., None]
    form: type[Form]
    link: Any
    title: Any
    lead: Any
    said: Any


DEEDS = {
    "admit": Deed(
        "admit", admit_appeal, SureForm, gettext_lazy("Take it up"), gettext_lazy("Take this appeal up?"),
        gettext_lazy("Then the panel hears who appealed and who ran the vote."),
        gettext_lazy("The panel takes the appeal up."),
    ),
    "turn-away": Deed(
        "turn_away", turn_away_appeal, RulingForm, gettext_lazy("Do not take it up"),
        gettext_lazy("Why does the panel not take this up?"),
        gettext_lazy("For example: it is about something else than this vote."),
        gettext_lazy("The appeal is not taken up. Everybody can read why."),
    ),
    "hear": Deed(
        "hear", hear_appeal, SureForm, gettext_lazy("Everybody was heard"), gettext_lazy("Was everybody heard?"),
        gettext_lazy("Who appealed, and who ran the vote. After this the panel rules."),
        gettext_lazy("Everybody was heard. Now the panel rules."),
    ),
    "rule": Deed(
        "uphold", rule_on_appeal, UpholdForm, gettext_lazy("Rule on it"), gettext_lazy("What does the panel rule?"),
        gettext_lazy("When the appeal is right, the result does not stand. An election is then held anew."),
        gettext_lazy("The ruling is published."),
    ),
}  # fmt: skip


@at_panel
def appeals(request: HttpRequest, panel: Panel) -> HttpResponse:
    """Every appeal, those that wait first."""
    rows = list(appeals_at(panel.municipalities))
    context = {
        "panel": panel,
        "appeals": [(row, title_of(row.box)) for row in rows],
        "waiting": sum(row.state in OPEN for row in rows),
    }
    return render(request, "neighbourhoods/polling/appeals.html", context)


@at_panel
def appeal(request: HttpRequest, panel: Panel, ref: UUID) -> HttpResponse:
    """One appeal, and what the panel can do with it now."""
    found = _appeal(panel, ref)
    context = {
        "panel": panel,
        "place": place_frame(found.box.neighbourhood, request),
        "appeal": found,
        "title": title_of(found.box),
        "result_url": reverse("vote_result", args=[found.box.ref]),
        "is_own": is_self(_actor(panel, found), found.appellant),
        "is_involved": is_involved(found.box, panel.person, clock.today()),
        "deeds": [
            (name, deed.link) for name, deed in DEEDS.items() if (found.state, deed.event) in APPEAL.moves
        ],
        "crumbs": panel.crumbs(),
    }
    return render(request, "neighbourhoods/polling/appeal.html", context)


@at_panel
def deal_with(request: HttpRequest, panel: Panel, ref: UUID, deed: str) -> HttpResponse:
    """Take one step with an appeal."""
    found = _appeal(panel, ref)
    chosen = DEEDS.get(deed)
    if chosen is None:
        raise Http404
    form = chosen.form(posted(request))
    if request.method == "POST" and form.is_valid():
        by = {"actor": _actor(panel, found), "at": clock.now()}
        if carried_out(form, lambda: chosen.act(appeal=found, **form.cleaned_data, **by)):
            messages.success(request, chosen.said)
            return redirect("polling_appeal", ref=ref)
    ask = Ask(
        title=chosen.title,
        lead=chosen.lead,
        button=chosen.link,
        back=_("Back to the appeal"),
        back_url=reverse("polling_appeal", args=[ref]),
    )
    context = {"ask": ask, "form": form, "crumbs": panel.crumbs()}
    return render(request, "neighbourhoods/polling/ask.html", context)


def _appeal(panel: Panel, ref: UUID) -> Appeal:
    """:raises Http404: when it is about a vote elsewhere, just as when there is none."""
    return get_object_or_404(appeals_at(panel.municipalities), ref=ref)


def _actor(panel: Panel, appeal: Appeal) -> Any:
    return panel.actor(appeal.box.neighbourhood.municipality)
