"""Signing up for a shift: what, when, what it earns, what that does to a legal maximum, and one button."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.clock import day_of
from core.form_keys import derive_key
from core.refusals import Refusal
from marketplace.forms.taking_part import SignUpForm
from marketplace.models import Activity, ActivityText, Participation, Shift
from marketplace.operations.taking_part import sign_up as sign_up_for
from marketplace.operations.taking_part.checking import (
    BirthdayMissing,
    NotFromHere,
    check_not_elsewhere,
    check_person,
    check_pot,
    value_of,
)
from marketplace.queries.activities import shift_at, text_of
from marketplace.queries.conduct import lacks_certificate
from marketplace.queries.guardians import children_of, consent_of
from marketplace.queries.participations import taken_of
from marketplace.queries.rewards import Verdict, expect
from marketplace.states import ActivityState, ParticipationState, ShiftState
from marketplace.units import per_unit
from marketplace.views.taking_part.base import is_done
from marketplace.views.taking_part.maximum import maximum_words
from marketplace.views.taking_part.words import minutes_words, when_words
from neighbourhoods.queries.items import value_on
from neighbourhoods.queries.residency import neighbourhood_of
from neighbourhoods.shown import show_place
from people.acting import actor_of, person_behind
from people.models import Party
from people.queries import numbers_of

if TYPE_CHECKING:
    from ledger.models import Coin

GONE: Final = 410


@dataclass(frozen=True)
class SigningUp:
    """A shift before somebody who may sign up, for themself or for a child."""

    request: HttpRequest
    shift: Shift
    person: Party

    @cached_property
    def now(self) -> datetime:
        return clock.now()

    @property
    def today(self) -> date:
        return day_of(self.now)

    @property
    def activity(self) -> Activity:
        return self.shift.activity

    @property
    def coin(self) -> Coin:
        return self.activity.neighbourhood.coin

    @cached_property
    def text(self) -> ActivityText:
        return text_of(self.activity)

    @cached_property
    def children(self) -> list[Party]:
        return list(children_of(self.person, self.today))

    @cached_property
    def who(self) -> Party:
        """Who is signed up: oneself, unless the address names a child of theirs (`?who=`).

        :raises Http404: when it names somebody else.
        """
        named = self.request.GET.get("who")
        if not named:
            return self.person
        found = [child for child in self.children if str(child.uuid) == named]
        if not found:
            raise Http404
        return found[0]

    @property
    def is_for_child(self) -> bool:
        return self.who.pk != self.person.pk

    @property
    def lets_it(self) -> bool:
        """Whether signing a child up says for the first time that it may take part."""
        return self.is_for_child and consent_of(self.who, self.activity) is None

    @cached_property
    def mine(self) -> Participation | None:
        """That they are on it already."""
        found = self.shift.participations.filter(person__in=numbers_of(self.who).order_by())
        return found.exclude(state=ParticipationState.WITHDRAWN).first()

    @cached_property
    def value(self) -> int | None:
        """Per unit, as it is today; of who waits already, as it was when they signed up."""
        return self.mine.value if self.mine else value_on(self.activity.item, self.today)

    @cached_property
    def verdict(self) -> Verdict:
        return expect(self.who, self.shift, self.today)

    @property
    def is_open(self) -> bool:
        return (
            self.activity.state == ActivityState.PUBLISHED
            and self.shift.state == ShiftState.OPEN
            and self.now < self.shift.starts_at
        )

    @cached_property
    def hindrance(self) -> Refusal | None:
        """What signing up would be refused for, whatever its form says; not that of a maximum, which is asked there."""
        try:
            check_person(self.who, self.shift, self.person, self.now)
            check_not_elsewhere(self.who, self.shift)
            check_pot(self.shift, self.mine.value if self.mine else value_of(self.shift, self.now))
        except Refusal as refusal:
            return refusal
        return None

    @property
    def is_on_it(self) -> bool:
        """Whether there is nothing to sign up for any more. Who waits can still take a place that came free."""
        if self.mine is None:
            return False
        return self.mine.state != ParticipationState.WAITING or not self.left

    @cached_property
    def left(self) -> int:
        return max(self.shift.places - taken_of(self.shift), 0)

    @property
    def url(self) -> str:
        return reverse("sign_up", args=[self.shift.ref])

    def tabs(self) -> list[tuple[str, str, bool, None]]:
        """Who can be signed up, when there is a choice."""
        if not self.children:
            return []
        mine = (_("Yourself"), self.url, not self.is_for_child, None)
        theirs = [
            (child.display_name, f"{self.url}?who={child.uuid}", child.pk == self.who.pk, None)
            for child in self.children
        ]
        return [mine, *theirs]


@login_required
@never_cache
def sign_up(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Look whether it suits, and sign up. Sent twice, it shows the participation of the first time."""
    shift = shift_at(ref)
    if shift is None or shift.activity.published_at is None:  # a draft that was called off was never shown
        raise Http404
    show_place(request, shift.activity.neighbourhood)
    at = SigningUp(request, shift, person_behind(request))
    if request.method != "POST":
        return _page(at, SignUpForm(asks_maximum=at.verdict.stops))
    form = SignUpForm(request.POST, asks_maximum=True)
    done: list[Participation] = []
    if is_done(form, lambda values: done.append(_signed_up(at, values))):
        return _welcome(at, done[0])
    return _page(at, _shown_again(at, form))


def _signed_up(at: SigningUp, values: dict[str, Any]) -> Participation:
    key = derive_key(scope="market_sign_up", owner=at.who.canonical_id, form_id=values["form_id"])
    return sign_up_for(
        shift=at.shift, person=at.who, key=key, knows_maximum=values["knows_maximum"],
        actor=actor_of(at.request), at=at.now,
    )  # fmt: skip


def _shown_again(at: SigningUp, form: SignUpForm) -> SignUpForm:
    """The same form with what is wrong; it asks about a maximum when there is one to ask about."""
    if not at.verdict.stops:
        del form.fields["knows_maximum"]
    return form


def _welcome(at: SigningUp, found: Participation) -> HttpResponse:
    waits = found.state == ParticipationState.WAITING
    name = {"name": at.who.display_name}
    if at.is_for_child:
        words = _("%(name)s is on the waiting list.") if waits else _("%(name)s is signed up.")
        messages.success(at.request, words % name)
    else:
        messages.success(at.request, _("You are on the waiting list.") if waits else _("You are signed up."))
    return redirect("participation", found.ref)


def _page(at: SigningUp, form: SignUpForm) -> HttpResponse:
    if not at.is_open and at.mine is None:
        return _show(at, "gone", status=GONE)
    context: dict[str, Any] = {
        "form": form,
        "tabs": at.tabs(),
        "needs_birthday": isinstance(at.hindrance, BirthdayMissing),
        "lives_elsewhere": isinstance(at.hindrance, NotFromHere),
        "home": neighbourhood_of(at.who),
        "value": at.value,
        "per": per_unit(at.activity.item.unit),
        "length": minutes_words(at.shift.minutes),
        "verdict": at.verdict,
        "maximum": maximum_words(at.verdict),
        "left": at.left,
        "waiting": at.shift.participations.filter(state=ParticipationState.WAITING).count(),
        "lacks_certificate": lacks_certificate(at.shift, at.who),
    }
    return _show(at, "sign_up", **context)


def _show(at: SigningUp, template: str, status: int = 200, **more: Any) -> HttpResponse:
    place = at.activity.neighbourhood
    context = {
        "at": at, "shift": at.shift, "activity": at.activity, "text": at.text, "coin": at.coin,
        "when": when_words(at.shift), "activity_url": reverse("activity", args=[at.activity.ref]),
        "list_url": reverse("activities_in", args=[place.slug]),
        # The title itself stands right below it, as the heading.
        "crumbs": [(_("The activity"), reverse("activity", args=[at.activity.ref]))], **more,
    }  # fmt: skip
    return render(at.request, f"marketplace/taking_part/{template}.html", context, status=status)
