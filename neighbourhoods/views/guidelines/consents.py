"""What waits for an answer of the municipality about values, and the answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core import clock
from neighbourhoods.forms.guidelines import AnswerForm
from neighbourhoods.models import ConsentAbout, ValueDecision
from neighbourhoods.operations.values import answer_cover, answer_guideline
from neighbourhoods.operations.values.consenting import HasPart, OnItsBoard, check_has_no_part
from neighbourhoods.queries.consents import Matter, answers_of, decision_under, matter_about, matters_of
from neighbourhoods.queries.guidelines import guideline_for
from neighbourhoods.queries.items import per_unit, units, value_on, words_of
from neighbourhoods.views.guidelines.base import Room, at_municipality
from neighbourhoods.views.guidelines.guidelines import between
from neighbourhoods.views.polling.base import carried_out
from neighbourhoods.views.posted import posted
from neighbourhoods.views.vote.base import place_frame

DEEDS = {ConsentAbout.GUIDELINE: answer_guideline, ConsentAbout.COVER: answer_cover}


@at_municipality
def consents(request: HttpRequest, room: Room) -> HttpResponse:
    """What waits, the oldest first, and what was answered lately."""
    matters = [
        _row(room, matter.decision, about=matter.about)
        for matter in matters_of(room.municipality, clock.today())
    ]
    answered = [
        {**_row(room, one.decision, about=one.about), "answer": one} for one in answers_of(room.municipality)
    ]
    return room.show("consents", room.crumbs(), matters=matters, answered=answered)


@at_municipality
def consent(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """One decided value: what is asked, what is known of it, and the answer."""
    decision = decision_under(room.municipality, ref)
    if decision is None:
        raise Http404
    today = clock.today()
    matter = matter_about(decision, today)
    given = list(decision.consents.select_related("given_by__person_details").order_by("at", "pk"))
    if matter is None and not given:
        raise Http404
    form = AnswerForm(posted(request))
    if request.method == "POST" and form.is_valid() and _was_answered(room, decision, form):
        messages.success(request, _("Your answer is published. Everybody can read why."))
        return redirect(room.url("consents"))
    here = (_("Answers about values"), room.url("consents"))
    return room.show(
        "consent",
        room.crumbs(here),
        form=form,
        matter=matter,
        answers=given,
        bar=_bar(room, decision),
        place=place_frame(decision.neighbourhood, request),
        **_shown(decision, matter),
    )


def _was_answered(room: Room, decision: ValueDecision, form: AnswerForm) -> bool:
    """Whether the answer was given to what the page asked about when it was sent."""
    about = room.request.POST.get("about", "")
    deed = DEEDS.get(ConsentAbout(about)) if about in ConsentAbout.values else None
    if deed is None:
        raise Http404
    return carried_out(form, lambda: deed(decision=decision, **form.cleaned_data, **room.by()))


def _bar(room: Room, decision: ValueDecision) -> str:
    """Why this person does not answer, if they do not."""
    try:
        check_has_no_part(decision, room.person, clock.today())
    except (OnItsBoard, HasPart) as refusal:
        return str(refusal)
    return ""


def _row(room: Room, decision: ValueDecision, *, about: str) -> dict[str, Any]:
    words = words_of(decision.item)
    return {
        "title": words.name,
        "language": words.language,
        "place": decision.neighbourhood.name,
        "url": room.url("consent", decision.ref),
        "amount": decision.decided,
        "coin": decision.neighbourhood.coin,
        "per": per_unit(decision.item.unit),
        "is_cover": about == ConsentAbout.COVER,
    }


def _shown(decision: ValueDecision, matter: Matter | None) -> dict[str, Any]:
    """What the page says of a decision."""
    today, item = clock.today(), decision.item
    on = clock.day_of(decision.decided_at) if decision.decided_at else today
    guideline = guideline_for(decision.neighbourhood.municipality, item.category, item.unit, on)
    return {
        "decision": decision,
        "words": words_of(item),
        "coin": decision.neighbourhood.coin,
        "per": per_unit(item.unit),
        "guideline": between(guideline) if guideline else "",
        "present": value_on(item, today),
        "volume": units(item.unit, decision.volume) if decision.volume is not None else "",
        "cost": decision.volume * decision.decided if decision.volume and decision.decided else None,
        "cover": matter.cover if matter else None,
        "asks_about_cover": matter is not None and matter.about == ConsentAbout.COVER,
    }
