"""What a guardian lets a child take part in: who is younger than sixteen takes part with their consent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from marketplace.forms.taking_part import SureForm
from marketplace.models import Activity
from marketplace.operations.consents import give_consent, withdraw_consent
from marketplace.queries.activities import activity_at, text_of
from marketplace.queries.guardians import children_of, consent_of, consents_for
from marketplace.views.taking_part.base import is_done
from neighbourhoods.shown import show_place
from neighbourhoods.views.boardroom.base import Ask
from neighbourhoods.views.posted import posted
from people.acting import actor_of, person_behind
from people.models import Party


@login_required
@never_cache
def consents(request: HttpRequest) -> HttpResponse:
    """One's children, and what each may take part in."""
    children = children_of(person_behind(request), clock.today())
    given = consents_for(children)
    context: dict[str, Any] = {
        "children": [
            (child, [(one, text_of(one.activity)) for one in given if one.child_id == child.pk])
            for child in children
        ],
        "crumbs": [(_("Your activities"), reverse("my_activities"))],
    }
    return render(request, "marketplace/taking_part/children.html", context)


@dataclass(frozen=True)
class AtChild:
    """A child and an activity, before a guardian."""

    request: HttpRequest
    child: Party
    activity: Activity

    @property
    def words(self) -> dict[str, str]:
        return {"name": self.child.display_name, "title": text_of(self.activity).title}

    def ask(self, ask: Ask, form: SureForm) -> HttpResponse:
        show_place(self.request, self.activity.neighbourhood)
        context = {
            "ask": ask,
            "form": form,
            "crumbs": [(_("Your children"), reverse("consents"))],
        }
        return render(self.request, "marketplace/taking_part/ask.html", context)

    def back(self, done: str) -> HttpResponse:
        messages.success(self.request, done)
        return redirect("consents")


def _at_child(request: HttpRequest, child: UUID, ref: UUID) -> AtChild:
    """:raises Http404: to who is no guardian of this child, and for what was never open."""
    found = children_of(person_behind(request), clock.today()).filter(uuid=child).first()
    activity = activity_at(ref)
    if found is None or activity is None or activity.published_at is None:
        raise Http404
    return AtChild(request, found, activity)


@login_required
@never_cache
def consent_give(request: HttpRequest, child: UUID, ref: UUID) -> HttpResponse:
    """A guardian lets a child take part in an activity."""
    at = _at_child(request, child, ref)
    if consent_of(at.child, at.activity) is not None:
        return at.back(_("%(name)s may take part in %(title)s.") % at.words)
    form = SureForm(posted(request))
    if request.method == "POST" and is_done(form, lambda _values: _give(at)):
        return at.back(_("%(name)s may take part in %(title)s.") % at.words)
    ask = Ask(
        title=_("May %(name)s take part?") % at.words, button=_("Yes, %(name)s may") % at.words,
        lead=_("It is about %(title)s, at %(organiser)s.")
        % {**at.words, "organiser": at.activity.organiser.display_name},
        note=_("It holds for all shifts of this activity. You can take it back at any time."),
        back_url=reverse("activity", args=[at.activity.ref]),
    )  # fmt: skip
    return at.ask(ask, form)


def _give(at: AtChild) -> None:
    give_consent(child=at.child, activity=at.activity, actor=actor_of(at.request), at=clock.now())


@login_required
@never_cache
def consent_withdraw(request: HttpRequest, child: UUID, ref: UUID) -> HttpResponse:
    """A guardian takes it back."""
    at = _at_child(request, child, ref)
    if consent_of(at.child, at.activity) is None:
        return at.back(_("%(name)s may not sign up for %(title)s any more.") % at.words)
    form = SureForm(posted(request))
    if request.method == "POST" and is_done(form, lambda _values: _take_back(at)):
        return at.back(_("%(name)s may not sign up for %(title)s any more.") % at.words)
    ask = Ask(
        title=_("Do you take your consent back?"), button=_("Take it back"), back_url=reverse("consents"),
        lead=_("%(name)s can then no longer sign up for %(title)s, and comes off the shifts that are still to come.")
        % at.words,
    )  # fmt: skip
    return at.ask(ask, form)


def _take_back(at: AtChild) -> None:
    withdraw_consent(child=at.child, activity=at.activity, actor=actor_of(at.request), at=clock.now())
