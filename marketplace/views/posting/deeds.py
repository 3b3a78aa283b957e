"""What an organiser does with an activity: send it, take it back, pause it, let it go on, call it off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.forms.offer_steps import PlainForm
from marketplace.forms.shifts import CallOffForm
from marketplace.operations import activities as operations
from marketplace.queries.posting import signed_up_ahead
from marketplace.states import ActivityState
from marketplace.views.posting.base import Post, at_activity
from neighbourhoods.views.boardroom.base import Ask


@at_activity
def activity_send(post: Post) -> HttpResponse:
    """Send a draft to the board as it is."""
    ask = Ask(
        title=_("Open this for everybody?") if post.is_board else _("Send this to the board?"),
        lead=_("People can sign up at once.")
        if post.is_board
        else _("A member of the board reads it. You get a mail when it is open."),
        button=_("Open it") if post.is_board else _("Send it to the board"), back_url=_back(post),
    )  # fmt: skip
    form = PlainForm(post.posted)
    if post.sent(form, lambda _told: operations.send_activity(activity=post.activity, **post.by())):
        messages.success(post.request, _said(post))
        return redirect(_back(post))
    return post.ask(ask, form, post.way_here())


@at_activity
def activity_withdraw(post: Post) -> HttpResponse:
    """Take back what was not open yet."""
    ask = Ask(
        title=_("Take this back?"), lead=_("The board does not look at it any more, and it does not open."),
        button=_("Take it back"), back_url=_back(post),
    )  # fmt: skip
    form = PlainForm(post.posted)
    if post.sent(
        form, lambda _told: operations.withdraw(activity=post.activity, **post.by()), _("You took it back.")
    ):
        return redirect(post.url)
    return post.ask(ask, form, post.way_here())


@at_activity
def activity_pause(post: Post) -> HttpResponse:
    """Nobody signs up for now."""
    ask = Ask(
        title=_("Pause this?"), lead=_("Nobody can sign up for now. Who has a place keeps it, and the shifts go on."),
        button=_("Pause it"), back_url=_back(post),
    )  # fmt: skip
    form = PlainForm(post.posted)
    if post.sent(
        form, lambda _told: operations.pause(activity=post.activity, **post.by()), _("It is paused.")
    ):
        return redirect(_back(post))
    return post.ask(ask, form, post.way_here())


@at_activity
def activity_resume(post: Post) -> HttpResponse:
    """People can sign up again."""
    ask = Ask(
        title=_("Let this go on?"),
        lead=_("People can sign up again."),
        button=_("Let it go on"),
        back_url=_back(post),
    )
    form = PlainForm(post.posted)
    if post.sent(
        form, lambda _told: operations.resume(activity=post.activity, **post.by()), _("It goes on.")
    ):
        return redirect(_back(post))
    return post.ask(ask, form, post.way_here())


@at_activity
def activity_cancel(post: Post) -> HttpResponse:
    """Call off all that is to come. How many people hear that stands before the button."""
    people = signed_up_ahead(post.activity, post.now)
    ask = Ask(
        title=_("Call off this activity?"),
        lead=_("All shifts to come are called off, and this cannot be undone. Hours of shifts that were are paid."),
        note=_people(people), button=_("Call it off"), back_url=_back(post), back=_("Let it go on"),
    )  # fmt: skip
    form = CallOffForm(post.posted)

    def deed(told: dict[str, Any]) -> object:
        return operations.cancel(activity=post.activity, reason=told["reason"], **post.by())

    if post.sent(form, deed, _("It is called off. Everybody who had signed up gets a mail.")):
        return redirect(post.url)
    return post.ask(ask, form, post.way_here())


def _people(number: int) -> str:
    if not number:
        return _("Nobody has signed up.")
    told = ngettext(
        "%(number)s person has signed up and gets a mail with your reason.",
        "%(number)s people have signed up and get a mail with your reason.", number,
    )  # fmt: skip
    return told % {"number": number}


def _said(post: Post) -> str:
    is_open = post.activity.state == ActivityState.PUBLISHED
    return _("It is open for everybody now.") if is_open else _("Thank you. The board has it now.")


def _back(post: Post) -> str:
    return reverse("activity_edit", args=[post.activity.ref])
