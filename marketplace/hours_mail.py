"""Mails about hours: to the participant what came of them, to the organiser and the board what waits for them.

As with orders the first task is put in line in the transaction of the deed and finds out who is written to. No mail
tells an amount, what was said, or why somebody has another maximum than others: that stands behind the sign-in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from core.actor import Actor
from core.clock import day_of
from marketplace.models import Participation, Shift
from marketplace.operations.hours.news import Thing, on_hours
from marketplace.permissions import is_close, may_judge
from marketplace.queries.activities import text_of
from marketplace.queries.guardians import guardians_of
from marketplace.queries.hours import TO_CONFIRM
from marketplace.queries.posting import logins_of_organisers
from neighbourhoods.models import Seat
from people.models import Party, User
from people.queries import canonical, numbers_of

PARTICIPANT, ORGANISER, BOARD = "participant", "organiser", "board"
FOLDER: Final = "marketplace/hours_email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """To whom an event is told, and in which words."""

    to: tuple[str, ...]
    subject: Promise
    text: Promise


LETTERS: Final[dict[str, Letter]] = {
    "participation.pay": Letter(
        to=(PARTICIPANT,), subject=_("Paid: %(title)s"),
        text=_("Your hours of “%(title)s” are confirmed and paid. The coins are in your wallet."),
    ),
    "participation.hold": Letter(
        to=(PARTICIPANT,), subject=_("Your hours are confirmed: %(title)s"),
        text=_("Your hours of “%(title)s” are confirmed. The coins come later. You can read why."),
    ),
    "participation.block": Letter(
        to=(PARTICIPANT,), subject=_("Your hours are confirmed: %(title)s"),
        text=_(
            "Your hours of “%(title)s” are confirmed. The coins wait, because of a legal maximum. You can read what "
            "happens next."
        ),
    ),
    "participation.warn": Letter(
        to=(PARTICIPANT,), subject=_("You are above a maximum: %(title)s"),
        text=_("With the coins for “%(title)s” you have more than a legal maximum. You can read what that means."),
    ),
    "participation.contest": Letter(
        to=(PARTICIPANT,), subject=_("Other hours: %(title)s"),
        text=_(
            "The organiser of “%(title)s” saw fewer hours than you told. You can read why, and agree or tell what "
            "happened."
        ),
    ),
    "participation.contest_absence": Letter(
        to=(ORGANISER, BOARD), subject=_("Was there after all: %(title)s"),
        text=_("Somebody says that they were at “%(title)s”, and the list says not. Read what happened."),
    ),
    "participation.answer": Letter(
        to=(PARTICIPANT, ORGANISER, BOARD), subject=_("No agreement about hours: %(title)s"),
        text=_("There are new words in the disagreement about the hours of “%(title)s”. The board rules on it."),
    ),
    "participation.rule": Letter(
        to=(PARTICIPANT, ORGANISER), subject=_("The board ruled: %(title)s"),
        text=_("The board ruled on the hours of “%(title)s”. You can read what it found, and why."),
    ),
    "participation.unruled": Letter(
        to=(BOARD,), subject=_("A ruling is late: %(title)s"),
        text=_("A disagreement about the hours of “%(title)s” waits for thirty days. Please rule on it."),
    ),
    "shift.hours_wait": Letter(
        to=(ORGANISER,), subject=_("Hours to confirm: %(title)s"),
        text=_(
            "Hours of “%(title)s” wait to be confirmed. Do you do nothing? Then the board is asked a week after the "
            "shift."
        ),
    ),
    "shift.escalate": Letter(
        to=(PARTICIPANT, ORGANISER, BOARD), subject=_("The board is asked: %(title)s"),
        text=_("Nobody confirmed the hours of “%(title)s” within a week. Now the board can do it too."),
    ),
    "pot.dry": Letter(
        to=(ORGANISER,), subject=_("A pot cannot pay: %(title)s"),
        text=_(
            "The pot for “%(title)s” has too few coins, or may not pay. Hours that are confirmed wait for it. Ask "
            "whoever fills the pot."
        ),
    ),
}  # fmt: skip

# Nobody dries up a pot on purpose: whoever confirms the hours is to know it too.
EVEN_WHO_DID_IT: Final = frozenset({"pot.dry"})


@on_hours
def write_news(event: str, thing: Thing, actor: Actor, at: datetime) -> None:
    """Put in line what has to be told. Who did it themself is not told."""
    told = event_to_tell(event, thing)
    if told in LETTERS:
        doer = actor.person.pk if actor.person else 0
        write_about.enqueue(told, type(thing).__name__, thing.pk, doer, day_of(at).isoformat())


def event_to_tell(event: str, thing: Thing) -> str:
    """The letter for an event: two sides can begin a disagreement."""
    if event == "participation.contest" and isinstance(thing, Participation):
        return event if thing.dispute.organiser_text else "participation.contest_absence"
    return event


@task
def write_about(event: str, model: str, number: int, doer: int, on: str) -> None:
    """To each login on the sides that this event is told to, once, as the first side that they are on."""
    day = date.fromisoformat(on)
    acting = Party.objects.filter(pk=doer).first()
    known = {canonical(acting).pk} if acting and event not in EVEN_WHO_DID_IT else set()
    shift, about = _read(model, number)
    for side in LETTERS[event].to:
        heard: set[int] = set()
        for login, participation in _logins(side, shift, about, day, model):
            if login.person.canonical_id not in known:
                heard.add(login.person.canonical_id)
                mail_about.enqueue(login.pk, event, side, shift.pk, participation)
        known |= heard


@task
def mail_about(login: int, event: str, side: str, shift: int, participation: int) -> None:
    """In the language of the person, also the address of the page. Nothing to who erased themself meanwhile."""
    user = User.objects.filter(pk=login, is_active=True).select_related("person__person_details").first()
    if user is None:
        return
    details = getattr(user.person, "person_details", None)
    with translation.override(details.language if details else settings.LANGUAGE_CODE):
        found = _shift(shift)
        letter, title = LETTERS[event], text_of(found.activity).title
        words = {
            "subject": str(letter.subject) % {"title": title},
            "text": str(letter.text) % {"title": title},
            "starts_at": found.starts_at,
            "url": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + _path(event, side, found, participation),
        }
        subject = render_to_string(f"{FOLDER}/subject.txt", words)
        text = render_to_string(f"{FOLDER}/message.txt", words)
    send_mail(" ".join(subject.split()), text, None, [user.email])


# --- About what, and to whom ------------------------------------------------------------------------------------------


def _read(model: str, number: int) -> tuple[Shift, list[Participation]]:
    """The shift that it is about, and the participations: the one, or all of the shift that wait for somebody."""
    every = Participation.objects.select_related("person__same_person_as").order_by("pk")
    if model == Participation.__name__:
        found = every.get(pk=number)
        return _shift(found.shift_id), [found]
    return _shift(number), list(every.filter(shift=number, state__in=TO_CONFIRM))


def _shift(number: int) -> Shift:
    along = ("activity__organiser", "activity__neighbourhood__party")
    return Shift.objects.select_related(*along).get(pk=number)


def _path(event: str, side: str, shift: Shift, participation: int) -> str:
    """Where this side reads on."""
    if side == PARTICIPANT:
        return reverse(
            "participation", args=[Participation.objects.values_list("ref", flat=True).get(pk=participation)]
        )
    if side == BOARD:
        return reverse("board_hours", args=[shift.activity.neighbourhood.slug])
    if event == "pot.dry":
        return reverse("organiser_pots", args=[shift.activity.organiser.uuid])
    return reverse("shift_people", args=[shift.ref])


def _logins(
    side: str, shift: Shift, about: list[Participation], on: date, model: str
) -> Iterator[tuple[User, int]]:
    """Who is written to, and about which participation (nought: about the shift). Of the hours of one participant those
    who are close to them hear nothing as organiser or board: they leave them to others."""
    if side == PARTICIPANT:
        for one in about:
            for login in _active().filter(person__in=_numbers_of_those(one.person, on)):
                yield login, one.pk
        return
    close_to = about if model == Participation.__name__ else []
    logins = logins_of_organisers(shift.activity.organiser, on) if side == ORGANISER else _board(shift, on)
    for login in logins:
        if not any(is_close(login.person, one.person, on) for one in close_to):
            yield login, 0


def _numbers_of_those(person: Party, on: date) -> set[int]:
    """The participant, and the guardians of a child, under all their numbers."""
    theirs = [person, *guardians_of(person, on)]
    return {number.pk for one in theirs for number in numbers_of(one)}


def _board(shift: Shift, on: date) -> Iterator[User]:
    """Those of the board who may judge it."""
    place, organiser = shift.activity.neighbourhood, shift.activity.organiser
    for login in _holding(Seat.objects.in_force(on).filter(neighbourhood=place).values("person")):
        if may_judge(login.person, place, organiser, on):
            yield login


def _holding(persons: QuerySet[Any, Any]) -> QuerySet[User]:
    return _active().filter(Q(person__in=persons) | Q(person__same_person_as__in=persons))


def _active() -> QuerySet[User]:
    return User.objects.filter(is_active=True).select_related("person__person_details").order_by("pk")
