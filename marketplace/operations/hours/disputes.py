"""Disagreements about hours: organiser and participant each say what they saw. They come to terms, or somebody of the
board who is on neither side hears both and rules."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from marketplace.models import HoursDispute, Participation
from marketplace.operations.doors import judge_of, person_of
from marketplace.operations.hours.holding import (
    check_minutes,
    check_state,
    confirmer_of,
    holding,
    move,
    participant_of,
    words_in,
)
from marketplace.operations.hours.news import tell
from marketplace.operations.hours.paying import pay_for
from marketplace.operations.taking_part.arriving import check_papers
from marketplace.permissions import HoursSide, OwnHours, OwnMatter, is_close, side_in
from marketplace.queries.hours import missed_at
from marketplace.states import ParticipationState
from people.models import Party
from people.queries import canonical, is_same_person

_T = ParticipationState
CONTEST_WITHIN: Final = timedelta(days=14)
HEAR_WITHIN: Final = timedelta(days=7)
RULE_WITHIN: Final = timedelta(days=30)


class NotLess(Refusal):
    """Whoever saw as many hours as were told has nothing to contest."""

    code = "hours_not_less"
    sentence = _("That is not less than was told. Confirm the hours then.")
    field = "minutes"


class TooLateToContest(Refusal):
    """The fourteen days in which a participant can say that they were there have passed."""

    code = "hours_too_late_to_contest"
    sentence = _("You could say so until %(day)s. Talk to whoever organises it.")


class SaidAlready(Refusal):
    """Each side says it once: what the board reads does not change while it reads."""

    code = "hours_said_already"
    sentence = _("You told your side already. The board reads it.")


class NotHeardYet(Refusal):
    """Nobody is ruled on before they could say something."""

    code = "hours_not_heard_yet"
    sentence = _("The other side has not told what happened yet. You can rule from %(day)s on.")


class OutsideBoth(Refusal):
    """A ruling is between what the one saw and what the other told."""

    code = "hours_outside_both"
    sentence = _("Find at least %(least)s and at most %(most)s minutes: that is what the two say.")
    field = "minutes"


def contest(
    *, participation: Participation, minutes: int, reason: str, actor: Actor, at: datetime
) -> HoursDispute:
    """This will say that a participant made fewer minutes than they told, with the reason. Nought is that they were not
    there. They can agree, or leave it to the board.

    :raises NotLess: for as many as were told, or more.
    :raises NothingToRead: without a reason.
    :raises OwnHours, ForTheBoard, NotYourActivity, NotThoseMinutes, MoveRefused: nothing happened.
    """
    with holding(participation) as mine:
        return contest_held(mine, minutes, reason, actor, at)


def contest_held(
    participation: Participation, minutes: int, reason: str, actor: Actor, at: datetime
) -> HoursDispute:
    """The same for hours of which the row is locked."""
    check_state(participation, "contest", _T.CLAIMED)
    person = confirmer_of(participation, actor, at)
    check_minutes(minutes, participation.shift, least=0)
    if minutes >= (participation.minutes or 0):
        raise NotLess
    made = HoursDispute.objects.create(
        participation=participation, offered=minutes, organiser_text=words_in(reason), opened_by=canonical(person),
        opened_at=at,
    )  # fmt: skip
    move(participation, "contest", actor=actor, at=at)
    return made


def contest_absence(
    *, participation: Participation, text: str, actor: Actor, at: datetime, minutes: int | None = None
) -> HoursDispute:
    """This will say, for the participant, that they were there although the list says not: all of the shift, or so many
    minutes. The organiser can give in; else the board rules.

    :raises NotAllowed: to who is neither the participant nor their guardian.
    :raises TooLateToContest: fourteen days after it was said that they were not there.
    :raises CertificateMissing, ConsentTakenBack: for who could not have checked in.
    :raises NothingToRead, NotThoseMinutes, MoveRefused: nothing happened.
    """
    with holding(participation) as mine:
        check_state(mine, "contest", _T.NO_SHOW)
        person = participant_of(mine, actor, at)
        until = (missed_at(mine) or mine.shift.ends_at) + CONTEST_WITHIN
        if at > until:
            raise TooLateToContest(day=date_format(day_of(until), "DATE_FORMAT"))
        if mine.checked_in_at is None:
            check_papers(mine, at)
        told = mine.shift.minutes if minutes is None else minutes
        check_minutes(told, mine.shift)
        made = HoursDispute.objects.create(
            participation=mine,
            offered=0,
            participant_text=words_in(text),
            opened_by=canonical(person),
            opened_at=at,
        )
        move(mine, "contest", actor=actor, at=at, minutes=told, claimed_at=at)
    return made


def agree(*, participation: Participation, actor: Actor, at: datetime) -> None:
    """This will take, for the participant, what the organiser saw: it is paid, and the disagreement is over.

    :raises NotAllowed: to who is neither the participant nor their guardian.
    :raises OwnHours: when whoever offered it turned out to be the participant under another number.
    :raises MoveRefused: when there is no disagreement any more.
    """
    with holding(participation) as mine:
        found = _dispute(mine)
        participant_of(mine, actor, at)
        if found.offered == 0:
            move(mine, "reject", actor=actor, at=at)
            return
        pay_for(mine, found.offered, by=found.opened_by, actor=actor, at=at)


def answer(*, participation: Participation, text: str, actor: Actor, at: datetime) -> None:
    """This will add what the other side says to a disagreement, once, and leave it to the board.

    :raises NotAllowed: to who is on neither side.
    :raises OwnHours: to an organiser who lives with the participant.
    :raises SaidAlready: the second time.
    :raises NothingToRead, MoveRefused: nothing happened.
    """
    with holding(participation) as mine:
        found = _dispute(mine)
        person, on = person_of(actor), day_of(at)
        side = side_in(mine, person, on)
        if side == HoursSide.ORGANISER and is_close(person, mine.person, on):
            raise OwnHours
        if side not in {HoursSide.PARTICIPANT, HoursSide.GUARDIAN, HoursSide.ORGANISER}:
            raise NotAllowed
        name = "organiser_text" if side == HoursSide.ORGANISER else "participant_text"
        if getattr(found, name):
            raise SaidAlready
        HoursDispute.objects.filter(pk=found.pk).update(**{name: words_in(text)})
        tell("participation.answer", mine, actor=actor, at=at)


def give_in(*, participation: Participation, actor: Actor, at: datetime) -> None:
    """This will confirm, for the organiser, what the participant told after all, and pay it. The board does not give
    in: it hears both and rules, with reasons.

    :raises OwnHours, ForTheBoard, NotYourActivity, MoveRefused: nothing happened.
    """
    with holding(participation) as mine:
        _dispute(mine)
        person = confirmer_of(mine, actor, at, HoursSide.ORGANISER)
        pay_for(mine, mine.minutes or mine.shift.minutes, by=person, actor=actor, at=at)


def rule(*, participation: Participation, minutes: int, ruling: str, actor: Actor, at: datetime) -> None:
    """This will settle a disagreement for the board, with reasons: so many minutes are paid, or none.

    :raises BoardOnly, OwnMatter, OwnHours: to who has no seat there, or has to do with one of the sides.
    :raises NotHeardYet: within a week, as long as one side said nothing.
    :raises OutsideBoth: for less than the organiser saw, or more than the participant told.
    :raises NothingToRead, NotThoseMinutes, MoveRefused: nothing happened.
    """
    with holding(participation) as mine:
        found = _dispute(mine)
        person = _ruler(mine, found, actor, at)
        _check_heard(found, at)
        least, most = found.offered, mine.minutes or mine.shift.minutes
        if not least <= minutes <= most:
            raise OutsideBoth(least=least, most=most)
        check_minutes(minutes, mine.shift, least=0)
        HoursDispute.objects.filter(pk=found.pk).update(
            ruled=minutes, ruling=words_in(ruling), ruled_by=canonical(person), ruled_at=at
        )
        tell("participation.rule", mine, actor=actor, at=at)
        if minutes == 0:
            move(mine, "reject", actor=actor, at=at)
        else:
            pay_for(mine, minutes, by=person, actor=actor, at=at)


def _dispute(participation: Participation) -> HoursDispute:
    """The disagreement about these hours; its row is locked with theirs.

    :raises MoveRefused: when there is none, or it is over.
    """
    check_state(participation, "confirm", _T.DISPUTED)
    return HoursDispute.objects.select_related("opened_by").get(participation=participation)


def _ruler(participation: Participation, found: HoursDispute, actor: Actor, at: datetime) -> Party:
    """Somebody of the board on neither side. Where the board organises it itself, that is another than who began the
    disagreement."""
    activity = participation.shift.activity
    person = judge_of(actor, activity.neighbourhood, activity.organiser, at)
    if is_close(person, participation.person, day_of(at)):
        raise OwnHours
    if is_same_person(person, found.opened_by):
        raise OwnMatter
    return person


def _check_heard(found: HoursDispute, at: datetime) -> None:
    from_at = found.opened_at + HEAR_WITHIN
    if not (found.participant_text and found.organiser_text) and at < from_at:
        raise NotHeardYet(day=date_format(day_of(from_at), "DATE_FORMAT"))
