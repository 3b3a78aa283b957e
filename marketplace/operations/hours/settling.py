"""From confirmed hours to coins: the maximum is judged, and the pot pays, in one transaction. Or it waits, and says
why."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.utils.formats import date_format
from django.utils.translation import override

from core.actor import Actor
from core.again import or_again
from core.audit import record
from core.clock import day_of
from core.form_keys import derive_key
from ledger.kinds import AccountState, TransferKind
from ledger.operations import (
    AccountNotOpen,
    ActorLimitExceeded,
    BookingRefused,
    CeilingReached,
    InsufficientFunds,
    LimitExceeded,
    transfer,
)
from marketplace.models import Activity, Held, OverCap, Participation
from marketplace.operations.hours.holding import check_state, hold_persons, holding, move
from marketplace.operations.hours.news import tell
from marketplace.queries.accounts import account_for
from marketplace.queries.activities import text_of
from marketplace.queries.rewards import Verdict, VerdictKind, judge
from marketplace.states import ParticipationState
from neighbourhoods.queries.pot_rules import may_pay

if TYPE_CHECKING:
    from ledger.models import Account, Transfer

LONGEST_NOTE: Final = 140
UNKNOWN: Final = {VerdictKind.NOT_CONFIRMED: Held.YEAR, VerdictKind.AGE: Held.AGE}
REFUSED: Final[dict[type[BookingRefused], Held]] = {
    InsufficientFunds: Held.POT,
    CeilingReached: Held.LIMIT,
    LimitExceeded: Held.LIMIT,
    ActorLimitExceeded: Held.LIMIT,
}


@or_again
def settle(*, participation: Participation, actor: Actor, at: datetime) -> bool:
    """This will pay confirmed hours when that is possible, and says whether they are paid now.

    What goes beyond a maximum waits for room or for a signature, as the municipality wants it. What cannot be paid for
    another reason stays confirmed, with the reason in `held`. Done again it tries again, and pays once.

    :raises MoveRefused: when these hours are not confirmed, or paid before.
    """
    with holding(participation) as mine:
        check_state(mine, "pay", ParticipationState.CONFIRMED, ParticipationState.BLOCKED_BY_CAP)
        hold_persons([mine])
        return settle_held(mine, actor=actor, at=at)


def settle_held(participation: Participation, *, actor: Actor, at: datetime) -> bool:
    """The same for hours of which the row and the person are locked. Only what was received until now counts."""
    verdict = judge(participation, participation.reward or 0, day_of(at))
    is_blocked = participation.state == ParticipationState.BLOCKED_BY_CAP
    if verdict.stops:
        if not is_blocked:
            move(participation, "block", actor=actor, at=at, held=Held.NOTHING)
        return False
    if is_blocked:
        move(participation, "release", actor=actor, at=at)
    paid = _paid(participation, verdict, actor, at)
    if isinstance(paid, Held):
        _wait(participation, paid, actor, at)
        return False
    move(participation, "pay", actor=actor, at=at, transfer=paid, paid_at=at, held=Held.NOTHING)
    if verdict.effect == OverCap.WARN:
        _warn(participation, actor, at)
    return True


def _paid(participation: Participation, verdict: Verdict, actor: Actor, at: datetime) -> Transfer | Held:
    """The payment, or why there is none."""
    if verdict.is_unknown:
        return UNKNOWN[verdict.kind]
    activity = participation.shift.activity
    pot, account = activity.pot, account_for(participation.person, activity.neighbourhood.coin)
    if account is None:
        return Held.ACCOUNT
    if pot is None or not may_pay(pot, item=activity.item, organiser=activity.organiser):
        return Held.POT
    try:
        return transfer(
            payer=pot, payee=account, amount=participation.reward or 0, kind=TransferKind.REWARD,
            label=participation.label, key=derive_key(
                scope="activity_reward", owner=participation.pk, form_id=participation.key
            ),
            note=note_of(participation), actor=actor, at=at,
        )  # fmt: skip
    except BookingRefused as refusal:
        return _held_by(refusal, pot, at)


def _held_by(refusal: BookingRefused, pot: Account, at: datetime) -> Held:
    """:raises BookingRefused: the same one, when it says that something is wrong with us rather than with them."""
    if isinstance(refusal, AccountNotOpen):
        pot.refresh_from_db(fields=["state", "ends_on"])
        is_open = pot.state == AccountState.OPEN and (pot.ends_on is None or pot.ends_on >= day_of(at))
        return Held.ACCOUNT if is_open else Held.POT
    if type(refusal) not in REFUSED:
        raise refusal
    return REFUSED[type(refusal)]


def _wait(participation: Participation, why: Held, actor: Actor, at: datetime) -> None:
    """It stays confirmed, with the reason. The same reason again is nothing new."""
    before = participation.held
    if before == why:
        return
    is_first = why == Held.POT and not _has_run_dry(participation.shift.activity)
    participation.held = why
    Participation.objects.filter(pk=participation.pk).update(held=why)
    about = (participation.person,)
    record(
        "participation.hold", subject=participation, actor=actor, at=at, about=about, before=before, after=why
    )
    tell("participation.hold", participation, actor=actor, at=at)
    if is_first:
        tell("pot.dry", participation, actor=actor, at=at)


def _has_run_dry(activity: Activity) -> bool:
    """Whether the organiser knows already that this pot cannot pay: others wait for it."""
    waiting = Participation.objects.filter(
        state=ParticipationState.CONFIRMED, held=Held.POT, shift__activity__pot=activity.pot_id,
        shift__activity__organiser=activity.organiser_id,
    )  # fmt: skip
    return waiting.exists()


def _warn(participation: Participation, actor: Actor, at: datetime) -> None:
    about = (participation.person,)
    record("participation.warn", subject=participation, actor=actor, at=at, about=about)
    tell("participation.warn", participation, actor=actor, at=at)


def note_of(participation: Participation) -> str:
    """What the receipt calls it: title and day, in the language of the activity, which never changes with who looks."""
    activity = participation.shift.activity
    with override(activity.language):
        day = date_format(day_of(participation.shift.starts_at), "SHORT_DATE_FORMAT")
    title = text_of(activity, activity.language).title
    return f"{title[: LONGEST_NOTE - len(day) - 2]}, {day}"
