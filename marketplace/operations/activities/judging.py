"""What the board decides about activities: opened, sent back, stopped, let go on, and what an open one earns."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from core.states import MoveRefused, transition
from core.words import one_line
from ledger.queries import balance_of
from marketplace.models import Activity, Participation
from marketplace.operations.activities.facts import check_certificate, check_money
from marketplace.operations.activities.standing import (
    OVER,
    ActivityOver,
    check_fit,
    check_insured,
    check_value,
    locked,
)
from marketplace.operations.activities.telling import Told, tell
from marketplace.operations.activities.words import write_words
from marketplace.operations.doors import judge_of
from marketplace.permissions import OwnMatter
from marketplace.queries.participations import UNSETTLED
from marketplace.queries.posting import fingerprint
from marketplace.queries.pots import pots_to_choose, promised_by, promised_from
from marketplace.states import ACTIVITY, ActivityState
from neighbourhoods.models import ValuedItem
from people.queries import numbers_of

if TYPE_CHECKING:
    from ledger.models import Account
    from people.models import Party

LONGEST_REASON = 500


class ActivityReasonNeeded(Refusal):
    """Whoever hears no must hear why."""

    code = "activity_reason_needed"
    sentence = _("Say why, in no more than 500 characters.")
    field = "reason"


class ActivityNotSubmitted(Refusal):
    """A draft of somebody else is still being written."""

    code = "activity_not_submitted"
    sentence = _("This was not sent to the board yet.")


class ActivityChangedMeanwhile(Refusal):
    """It is not any more what the board looked at."""

    code = "activity_changed_meanwhile"
    sentence = _("This was changed while you looked at it. Read it again first.")


class NotStopped(Refusal):
    """The board lets go on what the board stopped."""

    code = "activity_not_stopped"
    sentence = _("The board did not stop this activity.")


class PotMissing(Refusal):
    """Nobody works for coins of which nobody knows where they come from."""

    code = "activity_pot_missing"
    sentence = _("Choose the pot that pays for this.")
    field = "pot"


class PotNotAllowed(Refusal):
    """Money with a purpose pays for its purpose alone, through those for whom it is meant."""

    code = "activity_pot_not_allowed"
    sentence = _("This pot does not pay for this activity. Choose another one.")
    field = "pot"


class PotHoldsLess(Refusal):
    """Whoever signed up counts on coins that are there."""

    code = "activity_pot_holds_less"
    sentence = _("This pot has less left than people who signed up were promised. Choose another one.")
    field = "pot"


def publish(
    *, activity: Activity, pot: Account | None = None, actor: Actor, at: datetime, seen: str | None = None
) -> Activity:
    """Open it for everybody, paid from `pot`, or else from the one that its organiser chose. `seen` is the
    `queries.posting.fingerprint` of what the board read.

    :raises BoardOnly: to whoever is not on the board. :raises OwnMatter: to who has an interest.
    :raises ActivityNotSubmitted: for a draft of anybody but the neighbourhood itself.
    :raises ActivityChangedMeanwhile: when it is not any more what was read.
    :raises PotMissing, PotNotAllowed: without a pot that may pay for it.
    :raises NotInsured: for an organisation without insurance. :raises NoValueYet: for what has no value.
    :raises Refusal: when the organiser, its words or its facts do not do any more.
    """
    with transaction.atomic():
        locked(activity)
        judge_of(actor, activity.neighbourhood, activity.organiser, at)
        ACTIVITY.after(activity.state, "publish")
        if activity.state == ActivityState.DRAFT and not is_of_neighbourhood(activity):
            raise ActivityNotSubmitted
        if seen is not None and seen != fingerprint(activity):
            raise ActivityChangedMeanwhile
        check_fit(activity, at)
        check_insured(activity.organiser, activity.neighbourhood, day_of(at))
        pays = _checked_pot(activity, pot or activity.pot, day_of(at))
        transition(
            activity, "publish", actor=actor, at=at, about=(activity.organiser,),
            along={"published_at": at, "pot": pays},
        )  # fmt: skip
        tell(activity, Told.PUBLISHED, at=at)
    return activity


def return_activity(*, activity: Activity, reason: str, actor: Actor, at: datetime) -> Activity:
    """Send it back, with the reason: its organiser can change it and send it again.

    :raises BoardOnly: to whoever is not on the board. :raises OwnMatter: to who has an interest.
    :raises ActivityReasonNeeded: without one.
    """
    why = checked_reason(reason)
    with transaction.atomic():
        locked(activity)
        judge_of(actor, activity.neighbourhood, activity.organiser, at)
        transition(activity, "return", actor=actor, at=at, about=(activity.organiser,), reason=why)
        tell(activity, Told.RETURNED, at=at)
    return activity


def suspend(*, activity: Activity, reason: str, actor: Actor, at: datetime) -> Activity:
    """Stop it, also when it was paused: nobody signs up any more, and the board alone lets it go on.

    :raises BoardOnly: to whoever is not on the board. :raises OwnMatter: to who has an interest.
    :raises ActivityReasonNeeded: without one. :raises MoveRefused: when the board stopped it already.
    """
    why = checked_reason(reason)
    with transaction.atomic():
        locked(activity)
        judge_of(actor, activity.neighbourhood, activity.organiser, at)
        if activity.paused_by_board:
            raise MoveRefused
        about, marked = (activity.organiser,), {"paused_by_board": True}
        transition(activity, "suspend", actor=actor, at=at, about=about, reason=why, along=marked)
        tell(activity, Told.SUSPENDED, at=at)
    return activity


def release(*, activity: Activity, reason: str, actor: Actor, at: datetime) -> Activity:
    """Let go on what the board stopped.

    :raises BoardOnly: to whoever is not on the board. :raises OwnMatter: to who has an interest.
    :raises ActivityReasonNeeded: without one. :raises NotStopped: when the board did not stop it.
    :raises Refusal: when the organiser, its words or its facts do not do any more.
    """
    why = checked_reason(reason)
    with transaction.atomic():
        locked(activity)
        judge_of(actor, activity.neighbourhood, activity.organiser, at)
        if not activity.paused_by_board:
            raise NotStopped
        check_fit(activity, at)
        check_insured(activity.organiser, activity.neighbourhood, day_of(at))
        transition(
            activity, "resume", actor=actor, at=at, about=(activity.organiser,), reason=why,
            along={"paused_by_board": False},
        )  # fmt: skip
        tell(activity, Told.RELEASED, at=at)
    return activity


def change_money(
    *,
    activity: Activity,
    item: ValuedItem,
    label: str,
    pot: Account,
    lowest_age: int,
    asks_conduct_certificate: bool | None = None,
    reason: str,
    actor: Actor,
    at: datetime,
) -> Activity:
    """Say what an activity earns from now on, from which pot, from which age. Whoever signed up keeps their value.

    :raises BoardOnly: to whoever is not on the board. :raises OwnMatter: to who has an interest, or takes part.
    :raises ActivityReasonNeeded: without one. :raises ActivityOver: when it is settled or was called off.
    :raises ItemRefused, NoValueYet, LabelRefused, AgeRefused, CertificateRefused, PotNotAllowed: for what does not do.
    :raises PotHoldsLess: for another pot, with less left than what is promised here.
    """
    why = checked_reason(reason)
    with transaction.atomic():
        locked(activity)
        _check_takes_no_part(judge_of(actor, activity.neighbourhood, activity.organiser, at), activity)
        if activity.state in OVER:
            raise ActivityOver
        check_money(activity.neighbourhood, item, label, lowest_age)
        check_certificate(activity.organiser, asks=bool(asks_conduct_certificate))
        check_value(item, day_of(at))
        activity.item, activity.label, activity.lowest_age, activity.changed_at = item, label, lowest_age, at
        if asks_conduct_certificate is not None:
            activity.asks_conduct_certificate = asks_conduct_certificate
        activity.pot = _checked_to_change(activity, pot, day_of(at))
        activity.save(
            update_fields=["item", "label", "lowest_age", "asks_conduct_certificate", "pot", "changed_at"]
        )
        write_words(activity)
        record(
            "activity.change", subject=activity, actor=actor, at=at, about=[activity.organiser], reason=why
        )
        tell(activity, Told.MONEY, at=at)
    return activity


def is_of_neighbourhood(activity: Activity) -> bool:
    """Whether the neighbourhood itself organises it: what its board posts is open at once."""
    return activity.organiser_id == activity.neighbourhood.party_id


def checked_reason(reason: str) -> str:
    """:raises ActivityReasonNeeded: when it is empty, or longer than anybody reads."""
    why = one_line(reason)
    if not 0 < len(why) <= LONGEST_REASON:
        raise ActivityReasonNeeded
    return why


def _checked_pot(activity: Activity, pot: Account | None, on: date) -> Account:
    if pot is None:
        raise PotMissing
    if pot.pk not in {one.account.pk for one in pots_to_choose(activity, on)}:
        raise PotNotAllowed
    return pot


def _checked_to_change(activity: Activity, pot: Account, on: date) -> Account:
    """:raises PotNotAllowed: for one that does not pay for it. :raises PotHoldsLess: see there."""
    pays = _checked_pot(activity, pot, on)
    if pays.pk != activity.pot_id:
        left = balance_of(pays).available - promised_from([pays])[pays.pk]
        if left < promised_by(activity):
            raise PotHoldsLess
    return pays


def _check_takes_no_part(person: Party, activity: Activity) -> None:
    """:raises OwnMatter: when a person has, or waits for, hours of an activity themself."""
    theirs = Participation.objects.filter(shift__activity=activity, person__in=numbers_of(person).order_by())
    if theirs.filter(state__in=UNSETTLED).exists():
        raise OwnMatter
