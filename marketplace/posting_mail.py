"""Mails about activities to who organises them: what the board decided.

They are put in line in the transaction of the deed: with it, or not at all. Each login is written to in the language of
its person. The reason is read when the mail is written, so that it is kept in one place alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from core.clock import day_of
from marketplace.models import Activity
from marketplace.operations.activities import Told, on_told
from marketplace.queries.activities import text_of
from marketplace.queries.posting import logins_of_organisers, reason_of
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
    Told.NO_PLACE: Letter(
        subject=_("Paused: %(title)s"),
        text=_("“%(title)s” in %(neighbourhood)s is paused. Nobody can sign up now. Who has a place keeps it."),
        next=_("Once that is in order, you can let it go on."), event="activity.pause",
    ),
}  # fmt: skip


@on_told
def write_to_organiser(activity: Activity, what: Told, at: datetime) -> None:
    for login in logins_of_organisers(activity.organiser, day_of(at)).values_list("pk", flat=True):
        mail_about_activity.enqueue(login, activity.pk, str(what))


@task
def mail_about_activity(login: int, activity: int, what: str) -> None:
    """Nothing when they erased themself meanwhile."""
    user = User.objects.filter(pk=login, is_active=True).select_related("person__person_details").first()
    if user is None:
        return
    found = Activity.objects.select_related("neighbourhood").get(pk=activity)
    details, letter = getattr(user.person, "person_details", None), LETTERS[Told(what)]
    with translation.override(details.language if details else settings.LANGUAGE_CODE):
        told = {"title": text_of(found).title, "neighbourhood": found.neighbourhood.name}
        words = {
            "subject": str(letter.subject) % told, "text": str(letter.text) % told, "next": str(letter.next),
            "reason": reason_of(found, letter.event) if letter.event else "",
            "url": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("activity_edit", args=[found.ref]),
        }  # fmt: skip
        subject = render_to_string(f"{FOLDER}/subject.txt", words)
        text = render_to_string(f"{FOLDER}/message.txt", words)
    send_mail(" ".join(subject.split()), text, None, [user.email])
