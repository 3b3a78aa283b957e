"""What is asked before somebody gets a place: the shift, the person, their other shifts, the pot, the maximum."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from core.clock import day_of
from core.refusals import Refusal
from ledger.kinds import AccountState
from ledger.queries import balance_of
from marketplace.models import OverCap, Participation, Shift
from marketplace.operations.standing import NotResident
from marketplace.permissions import age_on, is_child
from marketplace.queries.activities import text_of
from marketplace.queries.guardians import consent_of
from marketplace.queries.participations import PROMISED
from marketplace.queries.pots import promised_from
from marketplace.queries.rewards import expect
from marketplace.rewarding import reward_of
from marketplace.states import ActivityState, ParticipationState, ShiftState
from neighbourhoods.queries.items import value_on
from neighbourhoods.queries.residency import lives_in
from people.models import Party
from people.permissions import is_own
from people.queries import numbers_of

# Hours in which somebody is, or was, at one place.
BUSY = PROMISED | {ParticipationState.PAID, ParticipationState.WAIVED}


class NotOpen(Refusal):
    """A draft, paused, over, or called off."""

    code = "activity_not_open"
    sentence = _("Nobody can sign up for this now. Look for another shift.")


class TooLateToSignUp(Refusal):
    """It has begun."""

    code = "too_late_to_sign_up"
    sentence = _("This shift has begun. Choose another one.")


class NotFromHere(NotResident):
    """Whoever lives elsewhere takes part there."""

    code = "activity_not_resident"
    sentence = _("Only who lives in %(neighbourhood)s can take part in this.")


class BirthdayMissing(Refusal):
    """Ages and maximum amounts depend on it."""

    code = "activity_birthday_missing"
    sentence = _("We need your date of birth first. Fill it in with your details.")


class TooYoung(Refusal):
    """The organiser asks for an age."""

    code = "activity_too_young"
    sentence = _("You can take part in this from the age of %(age)s.")


class ConsentMissing(Refusal):
    """Children take part with the consent of a guardian."""

    code = "activity_consent_missing"
    sentence = _("A parent or guardian lets you take part first. Ask them to do that on their own page.")


class OwnActivity(Refusal):
    """Whoever organises it themself would be paid for it by themself."""

    code = "activity_own"
    sentence = _("You organise this yourself, so you cannot earn with it.")


class OverlappingShift(Refusal):
    """Nobody is in two places at once."""

    code = "activity_overlap"
    sentence = _("You already signed up for “%(title)s” on %(when)s. Withdraw from that first.")


class AlreadySignedUp(Refusal):
    """They have a place in it, or wait for one."""

    code = "activity_already_signed_up"
    sentence = _("You are on the list of this shift already.")


class NoValueNow(Refusal):
    """Its item has no value in force on this day."""

    code = "activity_no_value_now"
    sentence = _("What this earns is not decided now. Nobody can sign up until it is.")


class PotTooEmpty(Refusal):
    """Nobody is promised what is not there."""

    code = "activity_pot_too_empty"
    sentence = _("The pot for this has too little left, so nobody can sign up. Ask the organiser.")


class AboveMaximum(Refusal):
    """With this they would earn more than the law, or their municipality, lets them without more ado."""

    code = "activity_above_maximum"
    sentence = _("Tick that you know that you may have to wait for these coins.")
    field = "knows_maximum"


def check_open(shift: Shift, at: datetime) -> None:
    """:raises NotOpen, TooLateToSignUp: when nobody can sign up for it any more, or for now."""
    if shift.activity.state != ActivityState.PUBLISHED or shift.state != ShiftState.OPEN:
        raise NotOpen
    if at >= shift.starts_at:
        raise TooLateToSignUp


def check_person(person: Party, shift: Shift, by: Party, at: datetime) -> None:
    """Whether this is somebody who can take part: `by` signs them up, themself or a guardian.

    :raises NotFromHere, BirthdayMissing, TooYoung, ConsentMissing, OwnActivity: when not.
    """
    activity = shift.activity
    if not lives_in(person, activity.neighbourhood):
        raise NotFromHere(neighbourhood=activity.neighbourhood.name)
    age = age_on(person, day_of(shift.starts_at))
    if age is None:
        raise BirthdayMissing
    if age < activity.lowest_age:
        raise TooYoung(age=activity.lowest_age)
    is_alone = is_own(by, person)
    if is_alone and is_child(person, day_of(at)) and consent_of(person, activity) is None:
        raise ConsentMissing
    if is_own(person, activity.organiser):
        raise OwnActivity


def check_not_elsewhere(person: Party, shift: Shift) -> None:
    """:raises OverlappingShift: when they have another shift in these hours."""
    other = other_shift(person, shift)
    if other is not None:
        when = date_format(localtime(other.shift.starts_at), "l j F, H:i")
        raise OverlappingShift(title=text_of(other.shift.activity).title, when=when)


def other_shift(person: Party, shift: Shift) -> Participation | None:
    """What somebody has a place in during the hours of a shift, besides it."""
    theirs = Participation.objects.filter(person__in=numbers_of(person).order_by(), state__in=BUSY)
    others = theirs.exclude(shift=shift)
    busy = others.filter(shift__starts_at__lt=shift.ends_at, shift__ends_at__gt=shift.starts_at)
    return busy.select_related("shift__activity").order_by("shift__starts_at", "pk").first()


def value_of(shift: Shift, at: datetime) -> int:
    """What its item is worth on the day of signing up, in minor units per unit.

    :raises NoValueNow: when nothing is decided.
    """
    value = value_on(shift.activity.item, day_of(at))
    if value is None:
        raise NoValueNow
    return value


def check_pot(shift: Shift, value: int) -> None:
    """:raises PotTooEmpty: when what the pot has and did not promise yet is less than one whole shift earns."""
    if not can_promise(shift, value):
        raise PotTooEmpty


def can_promise(shift: Shift, value: int) -> bool:
    """Whether the pot of a shift has room for one more reward besides what it promised."""
    pot = shift.activity.pot
    if pot is None or pot.state != AccountState.OPEN:
        return False
    free = balance_of(pot).available - promised_from([pot]).get(pot.pk, 0)
    return free >= reward_of(value, shift.activity.item.unit, shift.minutes)


def check_maximum(person: Party, shift: Shift, at: datetime, *, knows_maximum: bool) -> None:
    """:raises AboveMaximum: when they would go beyond a maximum that stops the payment, and did not say they know."""
    verdict = expect(person, shift, day_of(at))
    if verdict.effect in {OverCap.BLOCK, OverCap.SIGN} and not knows_maximum:
        raise AboveMaximum
