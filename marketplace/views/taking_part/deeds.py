"""What a participant does about their own participation: one page for each, which asks what it has to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from marketplace.forms.taking_part import AbsenceForm, AnswerForm, ClaimForm, SignForm, SureForm
from marketplace.operations.hours import agree, answer, contest_absence, waive
from marketplace.operations.rewards import sign_above
from marketplace.operations.taking_part import claim, withdraw
from marketplace.states import ParticipationState
from marketplace.views.organising.telling import offered_by
from marketplace.views.taking_part.base import AtParticipation, at_participation, is_done
from marketplace.views.taking_part.deeds_open import deeds_open
from marketplace.views.taking_part.participation import participation_page
from marketplace.views.taking_part.story import may_sign
from marketplace.views.taking_part.words import minutes_words, money, when_words
from neighbourhoods.views.boardroom.base import Ask

Deed = Callable[[AtParticipation], HttpResponse]


def step(name: str) -> Callable[[Deed], Callable[..., HttpResponse]]:
    """Let in who can do this now. Whoever did it before, or comes too late, sees how it is."""

    def around(view: Deed) -> Callable[..., HttpResponse]:
        def inner(at: AtParticipation) -> HttpResponse:
            can = may_sign(at) if name == "sign" else name in deeds_open(at.participation, at.now)
            if not can:
                messages.info(at.request, _("This was done already, or it can no longer be done."))
                return at.back()
            return view(at)

        return at_participation(inner)

    return around


@step("withdraw")
def participation_withdraw(at: AtParticipation) -> HttpResponse:
    """Not coming after all."""
    form = SureForm(at.posted)
    if at.sent(form, lambda _values: withdraw(participation=at.participation, **at.by())):
        return at.back(_("You do not come. The organiser knows."))
    ask = Ask(
        title=_("Can you not come?"), lead=when_words(at.shift), note=_withdrawing(at), back_url=at.url,
        button=_("I do not come"), back=_("I do come"),
    )  # fmt: skip
    return at.ask(ask, form)


def _withdrawing(at: AtParticipation) -> str:
    if at.participation.state == ParticipationState.WAITING:
        return _("You leave the waiting list. You lose nothing by it.")
    return _(
        "You lose nothing by it. Who waits for a place gets yours. The organiser sees that you do not come."
    )


@step("claim")
def participation_claim(at: AtParticipation) -> HttpResponse:
    """How long they were there, from the form on the page itself."""
    if at.request.method != "POST":
        return at.back()
    form = ClaimForm(at.posted, most=at.shift.minutes)
    if is_done(form, lambda _values: claim(participation=at.participation, minutes=form.told, **at.by())):
        said = {"hours": minutes_words(form.told), "name": at.organiser}
        return at.back(_("You told %(hours)s. You are paid when %(name)s has confirmed them.") % said)
    return participation_page(at, form)


@step("contest")
def participation_contest(at: AtParticipation) -> HttpResponse:
    """Was there, and is down as somebody who was not."""
    form = AbsenceForm(at.posted)
    if at.sent(form, lambda values: _contest(at, values)):
        return at.back(_("The organiser and the board read it. You hear from us."))
    ask = Ask(
        title=_("Were you there?"), lead=when_words(at.shift), back_url=at.url, button=_("Send it"),
        note=_("The organiser can still say that you are right. Otherwise somebody of the board decides."),
    )  # fmt: skip
    return at.ask(ask, form)


def _contest(at: AtParticipation, values: dict[str, Any]) -> None:
    contest_absence(participation=at.participation, text=values["text"], **at.by())


@step("agree")
def participation_agree(at: AtParticipation) -> HttpResponse:
    """Content with the hours that the organiser saw: these are paid."""
    form = SureForm(at.posted)
    if at.sent(form, lambda _values: agree(participation=at.participation, **at.by())):
        return at.back(_("You agree. This is settled."))
    return at.ask(_ask_to_agree(at), form)


def _ask_to_agree(at: AtParticipation) -> Ask:
    dispute = at.participation.dispute
    offered, name = dispute.offered, offered_by(at.participation, dispute)
    if not offered:
        lead = _("%(name)s says that you were not there. Then nothing is paid.") % {"name": name}
        return Ask(title=_("Do you agree?"), lead=lead, back_url=at.url, button=_("Yes, I was not there"))
    said = {"name": name, "hours": minutes_words(offered), "amount": money(at.offered)}
    return Ask(
        title=_("Do you agree?"), back_url=at.url, button=_("Yes, pay me %(amount)s") % said,
        lead=_("%(name)s saw %(hours)s. That is %(amount)s, which is then paid.") % said,
    )  # fmt: skip


@step("answer")
def participation_answer(at: AtParticipation) -> HttpResponse:
    """Not content: says how it was, and leaves it to the board."""
    form = AnswerForm(at.posted)
    if at.sent(form, lambda values: _answer(at, values)):
        return at.back(_("The organiser and the board read it. You hear from us."))
    ask = Ask(
        title=_("What happened?"), lead=when_words(at.shift), back_url=at.url, button=_("Leave it to the board"),
        note=_("Somebody of the board listens to you both, and decides within thirty days."),
    )  # fmt: skip
    return at.ask(ask, form)


def _answer(at: AtParticipation, values: dict[str, Any]) -> None:
    answer(participation=at.participation, text=values["text"], **at.by())


@step("waive")
def participation_waive(at: AtParticipation) -> HttpResponse:
    """Lets go of coins that wait."""
    form = SureForm(at.posted)
    if at.sent(form, lambda _values: waive(participation=at.participation, **at.by())):
        return at.back(_("Done. You do not get these coins."))
    said = {"amount": money(at.reward)}
    ask = Ask(
        title=_("Do you not want these coins?"), lead=_("It is about %(amount)s.") % said, back_url=at.url,
        note=_("Then %(amount)s is not paid to you. You cannot ask for it later. Your hours stay known.") % said,
        button=_("Let go of %(amount)s") % said, back=_("Keep waiting"),
    )  # fmt: skip
    return at.ask(ask, form)


@step("sign")
def participation_sign(at: AtParticipation) -> HttpResponse:
    """Knows of the maximum, and wants to be paid all the same."""
    form = SignForm(at.posted)
    if at.sent(form, lambda _values: sign_above(participation=at.participation, **at.by())):
        return at.back(_("Signed."))
    said = {"amount": money(at.reward)}
    ask = Ask(
        title=_("Do you want to be paid above the maximum?"), back_url=at.url,
        lead=_("With this you go beyond a legal maximum for volunteers. You are then paid %(amount)s.") % said,
        note=_("Not sure? Ask the municipality first. Nothing is lost when you wait: the coins stay yours."),
        button=_("Sign, and pay me %(amount)s") % said, back=_("Let the coins wait"),
    )  # fmt: skip
    return at.ask(ask, form)
