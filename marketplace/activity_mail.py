"""Mails to people who take part: a place came free, a shift is called off, tomorrow you come, an organiser writes.

They are put in line in the transaction of the deed: with it, or not at all. Each login is written to in the language of
its person; of a child its guardians are told too, with its name. No mail tells an amount. Why a shift was called off
and what the organiser writes stand behind the sign-in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from core.actor import Actor
from core.clock import day_of
from marketplace.models import ConductCertificate, Participation, Shift, ShiftMessage
from marketplace.operations.shifts import on_message
from marketplace.operations.taking_part.news import Thing, on_news
from marketplace.queries.activities import text_of
from marketplace.queries.guardians import guardians_of
from marketplace.queries.participations import UNSETTLED, with_all
from marketplace.queries.posting import logins_of_organisers
from people.models import Party, User
from people.queries import canonical, numbers_of

FOLDER: Final = "marketplace/activity_email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is told of an event: to the participant, and to a guardian of a child."""

    subject: Promise
    text: Promise
    of_child: Promise


LETTERS: Final[dict[str, Letter]] = {
    "participation.promote": Letter(
        subject=_("You have a place: %(title)s"),
        text=_(
            "A place came free. You are signed up for “%(title)s”: %(when)s, %(place)s. "
            "Can you not come after all? Withdraw before it begins: then somebody else gets your place."
        ),
        of_child=_(
            "A place came free. %(name)s is signed up for “%(title)s”: %(when)s, %(place)s. "
            "Can they not come after all? Withdraw before it begins: then somebody else gets the place."
        ),
    ),
    "participation.call_off": Letter(
        subject=_("Called off: %(title)s"),
        text=_("“%(title)s” does not go on: %(when)s. You need not come. You can read why."),
        of_child=_("“%(title)s” does not go on: %(when)s. %(name)s need not come. You can read why."),
    ),
    "participation.remind": Letter(
        subject=_("Coming soon: %(title)s"),
        text=_(
            "You are signed up for “%(title)s”: %(when)s, %(place)s. "
            "Can you not come after all? Withdraw before it begins: then somebody else gets your place."
        ),
        of_child=_(
            "%(name)s is signed up for “%(title)s”: %(when)s, %(place)s. "
            "Can they not come after all? Withdraw before it begins: then somebody else gets the place."
        ),
    ),
    "participation.lapse": Letter(
        subject=_("No place came free: %(title)s"),
        text=_("“%(title)s” has begun, and no place came free for you. Thank you for waiting. Look for another shift."),
        of_child=_("“%(title)s” has begun, and no place came free for %(name)s. Look for another shift."),
    ),
    "participation.come_in": Letter(
        subject=_("You are on the list: %(title)s"),
        text=_(
            "The organiser wrote down that you came to “%(title)s”: %(when)s. Were you not there? Tell the organiser."
        ),
        of_child=_(
            "The organiser wrote down that %(name)s came to “%(title)s”: %(when)s. Is that not so? Tell the organiser."
        ),
    ),
    "participation.miss": Letter(
        subject=_("You were not there, it was said: %(title)s"),
        text=_(
            "Nobody found that you were at “%(title)s”: %(when)s. Were you there? Say so within fourteen days."
        ),
        of_child=_(
            "Nobody found that %(name)s was at “%(title)s”: %(when)s. Is that not so? Say so within fourteen days."
        ),
    ),
    "shift.message": Letter(
        subject=_("A message about: %(title)s"),
        text=_("The organiser of “%(title)s” wrote something to everybody who comes: %(when)s."),
        of_child=_("The organiser of “%(title)s” wrote to everybody who comes, and so to %(name)s: %(when)s."),
    ),
}  # fmt: skip


@on_news
def write_news(event: str, thing: Thing, actor: Actor, at: datetime) -> None:
    """Put in line what has to be told. Who did it themself is not told."""
    if isinstance(thing, ConductCertificate):
        _remind_of(thing, day_of(at))
        return
    if event in LETTERS:
        _write_to_participant(event, thing, at, doer=actor.person.pk if actor.person else 0)


@on_message
def write_message(message: ShiftMessage, at: datetime) -> None:
    """To everybody who comes, or waits for a place."""
    coming = message.shift.participations.filter(state__in=UNSETTLED).select_related("person")
    for participation in coming.order_by("pk"):
        _write_to_participant("shift.message", participation, at)


def _write_to_participant(event: str, about: Participation, at: datetime, *, doer: int = 0) -> None:
    done_by = Party.objects.filter(pk=doer).first()
    for login in _logins(about.person, day_of(at)):
        if done_by is None or login.person.canonical_id != canonical(done_by).pk:
            mail_about_shift.enqueue(login.pk, event, about.pk)


def _logins(person: Party, on: date) -> Iterator[User]:
    """Of the participant, and of the guardians of a child."""
    active = User.objects.filter(is_active=True).select_related("person").order_by("pk")
    yield from active.filter(person__in=numbers_of(person).order_by())
    for guardian in guardians_of(person, on):
        yield from active.filter(person__in=numbers_of(guardian).order_by())


@task
def mail_about_shift(login: int, event: str, participation: int) -> None:
    """In the language of the person, also the address of the page. Nothing to who erased themself meanwhile."""
    user = _user(login)
    if user is None:
        return
    found = with_all(Participation.objects.all()).get(pk=participation)
    letter, shift = LETTERS[event], found.shift
    is_own = user.person.canonical_id == found.person.canonical_id
    with translation.override(_language_of(user)):
        words = {
            "title": text_of(shift.activity).title, "when": _when(shift), "place": shift.activity.place,
            "name": found.person.display_name,
        }  # fmt: skip
        text = letter.text if is_own else letter.of_child
        _send(
            user,
            str(letter.subject) % words,
            str(text) % words,
            reverse("participation", args=[found.ref]),
        )


# --- Certificates of conduct ------------------------------------------------------------------------------------------


def _remind_of(certificate: ConductCertificate, on: date) -> None:
    """To the person, and to who organises for the organisation that saw it."""
    known: set[int] = set()
    persons = User.objects.filter(person__in=numbers_of(certificate.person).order_by(), is_active=True)
    for logins in (persons, logins_of_organisers(certificate.organisation, on)):
        for login in logins.order_by("pk").values_list("pk", flat=True):
            if login not in known:
                known.add(login)
                mail_about_certificate.enqueue(login, certificate.pk)


@task
def mail_about_certificate(login: int, certificate: int) -> None:
    """Nothing to who erased themself meanwhile."""
    user = _user(login)
    if user is None:
        return
    found = ConductCertificate.objects.select_related("organisation", "person").get(pk=certificate)
    with translation.override(_language_of(user)):
        words = {
            "name": found.person.display_name, "organisation": found.organisation.display_name,
            "day": date_format(found.until_on),
        }  # fmt: skip
        if user.person.canonical_id == found.person.canonical_id:
            text = _(
                "%(organisation)s saw your certificate of conduct (VOG). It holds until %(day)s. Show a new one in "
                "time, so that you can go on taking part."
            )
            path = reverse("my_activities")
        else:
            text = _(
                "The certificate of conduct (VOG) of %(name)s that %(organisation)s saw holds until %(day)s. Ask for "
                "a new one in time."
            )
            path = reverse("conduct_certificates", args=[found.organisation.uuid])
        subject = _("A certificate of conduct runs out on %(day)s")
        _send(user, str(subject) % words, str(text) % words, path)


# --- What every mail has ----------------------------------------------------------------------------------------------


def _when(shift: Shift) -> str:
    """The day and the hour at which it begins, in the language of the mail."""
    return date_format(localtime(shift.starts_at), "l j F, H:i")


def _user(login: int) -> User | None:
    return User.objects.filter(pk=login, is_active=True).select_related("person__person_details").first()


def _language_of(user: User) -> str:
    details = getattr(user.person, "person_details", None)
    return details.language if details else settings.LANGUAGE_CODE


def _send(user: User, subject: str, text: str, path: str) -> None:
    """:raises SMTPException: when the mail goes nowhere: the task is tried again."""
    words = {"subject": subject, "text": text, "url": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path}
    told = render_to_string(f"{FOLDER}/activity_message.txt", words)
    title = render_to_string(f"{FOLDER}/activity_subject.txt", words)
    send_mail(" ".join(title.split()), told, None, [user.email])
