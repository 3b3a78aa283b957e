"""Mails about activities: to the organiser what the board decided, to who comes what the organiser tells them.

They are put in line in the transaction of the deed: with it, or not at all. Each login is written to in the language of
its person. Reasons and messages are read when the mail is written, so that they are kept in one place alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from core.clock import day_of
from marketplace.models import Activity, Participation, ShiftMessage
from marketplace.operations.activities import Told, on_told
from marketplace.operations.shifts import on_message
from marketplace.queries.activities import text_of
from marketplace.queries.posting import logins_of_organisers, logins_of_those_who_come, reason_of
from people.models import User

FOLDER: Final = "marketplace/posting_email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What happened, in two lines; `event` is the line of the trail in which its reason stands."""

    subject: Promise
    text: Promise
    next: Promise | str = ""
    event: str = ""


LETTERS: Final[dict[Told, Letter]] = {
    Told.PUBLISHED: Letter(
        subject=_("Open for everybody: %(title)s"),
        text=_("The board of %(neighbourhood)s opened “%(title)s” for everybody."),
        next=_("You see there who signs up."),
    ),
    Told.RETURNED: Letter(
        subject=_("Sent back: %(title)s"),
        text=_("The board of %(neighbourhood)s looked at “%(title)s” and sent it back to you."),
        next=_("You can change it and send it again."), event="activity.return",
    ),
    Told.SUSPENDED: Letter(
        subject=_("Stopped: %(title)s"),
        text=_(
            "The board of %(neighbourhood)s stopped “%(title)s”. Nobody can sign up now. Who has a place keeps it."
        ),
        next=_("Do you not agree? Tell the board why: it can let this go on."), event="activity.suspend",
    ),
    Told.RELEASED: Letter(
        subject=_("Goes on: %(title)s"), text=_("The board of %(neighbourhood)s lets “%(title)s” go on."),
        event="activity.resume",
    ),
    Told.MONEY: Letter(
        subject=_("Changed by the board: %(title)s"),
        text=_(
            "The board of %(neighbourhood)s changed what “%(title)s” earns, or who can take part. Who signed up before "
            "keeps what they were promised."
        ),
        event="activity.change",
    ),
}  # fmt: skip


@on_told
def write_to_organiser(activity: Activity, what: Told, at: datetime) -> None:
    for login in logins_of_organisers(activity.organiser, day_of(at)).values_list("pk", flat=True):
        mail_about_activity.enqueue(login, activity.pk, str(what))


@on_message
def write_to_who_comes(message: ShiftMessage, at: datetime) -> None:
    for login, participation in logins_of_those_who_come(message.shift):
        mail_message.enqueue(login, message.pk, participation)


@task
def mail_about_activity(login: int, activity: int, what: str) -> None:
    """Nothing when they erased themself meanwhile."""
    user = _login(login)
    if user is None:
        return
    found = Activity.objects.select_related("neighbourhood").get(pk=activity)
    with translation.override(_language(user)):
        letter = LETTERS[Told(what)]
        told = {"title": text_of(found).title, "neighbourhood": found.neighbourhood.name}
        _send(
            user, str(letter.subject) % told, text=str(letter.text) % told, next=str(letter.next),
            reason=reason_of(found, letter.event) if letter.event else "",
            path=reverse("activity_edit", args=[found.ref]),
        )  # fmt: skip


@task
def mail_message(login: int, message: int, participation: int) -> None:
    """What the organiser wrote, as it was written. Nothing when they erased themself meanwhile."""
    user = _login(login)
    if user is None:
        return
    found = ShiftMessage.objects.select_related("shift__activity").get(pk=message)
    mine = Participation.objects.get(pk=participation)
    with translation.override(_language(user)):
        title = text_of(found.shift.activity).title
        _send(
            user, str(_("Message: %(title)s")) % {"title": title},
            text=str(_("The organiser of “%(title)s” wrote this:")) % {"title": title}, quoted=found.text,
            starts_at=found.shift.starts_at, path=reverse("participation", args=[mine.ref]),
        )  # fmt: skip


def _send(user: User, subject: str, *, path: str, **words: Any) -> None:
    words = {**words, "subject": subject, "url": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path}
    title = render_to_string(f"{FOLDER}/subject.txt", words)
    text = render_to_string(f"{FOLDER}/message.txt", words)
    send_mail(" ".join(title.split()), text, None, [user.email])


def _login(number: int) -> User | None:
    return User.objects.filter(pk=number, is_active=True).select_related("person__person_details").first()


def _language(user: User) -> str:
    details = getattr(user.person, "person_details", None)
    return details.language if details else settings.LANGUAGE_CODE
