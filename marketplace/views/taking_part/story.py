"""The way of a participation in words: what was done, what comes next, and what happens when nobody does anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from marketplace.door_links import OPENS_BEFORE
from marketplace.models import CheckedIn, Held, OverCap
from marketplace.permissions import only_the_board
from marketplace.queries.participations import in_turn
from marketplace.queries.rewards import Verdict, VerdictKind
from marketplace.queries.room_again import room_from
from marketplace.states import ParticipationState, ShiftState
from marketplace.views.organising.telling import offered_by
from marketplace.views.taking_part.base import AtParticipation
from marketplace.views.taking_part.deeds_open import claim_until, contest_until
from marketplace.views.taking_part.words import (
    clock_words,
    day_words,
    minutes_words,
    money,
    when_words,
)

_S = ParticipationState

# Ring: nothing is settled; half: going on; full: done; struck: it came to nothing.
DISCS: Final[dict[str, str]] = {
    _S.WAITING: "open",
    _S.SIGNED_UP: "open",
    _S.CHECKED_IN: "half",
    _S.CLAIMED: "half",
    _S.CONFIRMED: "half",
    _S.BLOCKED_BY_CAP: "half",
    _S.DISPUTED: "half",
    _S.PAID: "done",
    _S.WAIVED: "done",
    _S.REJECTED: "no",
    _S.WITHDRAWN: "no",
    _S.NO_SHOW: "no",
}
OVER: Final = frozenset({_S.REJECTED, _S.WITHDRAWN, _S.NO_SHOW})
CAME: Final = frozenset({_S.CHECKED_IN, _S.CLAIMED, _S.CONFIRMED, _S.BLOCKED_BY_CAP, _S.PAID, _S.WAIVED})
ESCALATES: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step on the page: done, the one of now, or still to come."""

    title: str
    text: str = ""
    is_done: bool = False
    is_now: bool = False


def state_words(at: AtParticipation) -> str:
    if at.participation.state == _S.WITHDRAWN and at.shift.state == ShiftState.CANCELLED:
        return _("called off")
    return str(at.participation.get_state_display())


def steps_of(at: AtParticipation) -> list[Step]:
    """The four steps from signing up to coins. What came to nothing has none: what is said above is all there is."""
    if at.participation.state in OVER:
        return []
    number = _reached(at)
    steps = (_signs_up(at), _comes(at), _is_confirmed(at), _is_paid(at))
    return [
        Step(title=title, text=text, is_done=index < number, is_now=index == number)
        for index, (title, text) in enumerate(steps)
    ]


def _reached(at: AtParticipation) -> int:
    """Which of the four steps is the one of now; all are done of what is paid."""
    state = at.participation.state
    if state == _S.WAITING:
        return 0
    if state in {_S.SIGNED_UP, _S.CHECKED_IN}:
        return 2 if state == _S.CHECKED_IN and at.now >= at.shift.ends_at else 1
    return {_S.PAID: 4, _S.WAIVED: 4, _S.CONFIRMED: 3, _S.BLOCKED_BY_CAP: 3}.get(_S(state), 2)


def _signs_up(at: AtParticipation) -> tuple[str, str]:
    found = at.participation
    if found.state == _S.WAITING:
        return _("You wait for a place"), _("Since %(day)s.") % {"day": day_words(found.signed_up_at)}
    if found.signed_up_at >= at.shift.starts_at:  # nobody signs up themself then
        return _("You were put on the list"), _("By %(name)s, on %(day)s.") % {
            "name": at.organiser, "day": day_words(found.signed_up_at)
        }  # fmt: skip
    stays = _("Signed up on %(day)s. What it earns stays as it was then, whatever is decided later.")
    return _("You signed up"), stays % {"day": day_words(found.signed_up_at)}


def _comes(at: AtParticipation) -> tuple[str, str]:
    found = at.participation
    is_of_list = found.checked_in_how == CheckedIn.LIST
    if found.checked_in_at and is_of_list and found.checked_in_at > at.shift.ends_at:
        filled_in = _("On a list of the organiser, filled in on %(day)s.")
        return _("You came"), filled_in % {"day": day_words(found.checked_in_at)}
    if found.checked_in_at:
        words = _("You were there from %(hour)s, %(how)s.")
        said = {"hour": clock_words(found.checked_in_at), "how": found.get_checked_in_how_display()}
        return _("You came"), words % said
    if found.state in CAME:
        return _("You came"), ""
    if found.state == _S.DISPUTED:
        return _("Whether you came"), ""
    return _("You come"), _("At the door you scan a code or type a number, or you are put on the list.")


def _is_confirmed(at: AtParticipation) -> tuple[str, str]:
    found = at.participation
    if found.confirmed_at and found.confirmed:
        words = _("%(hours)s, confirmed on %(day)s.")
        said = {"hours": minutes_words(found.confirmed), "day": day_words(found.confirmed_at)}
        return _("Your hours are confirmed"), words % said
    if found.state == _S.DISPUTED:
        return _("You agree about the hours"), _("Or the board decides.")
    words = _("%(name)s does that. You never confirm your own.") % {"name": at.organiser}
    if _is_with_board(at):
        words = _("The board does that. You never confirm your own.")
    return _("Somebody confirms your hours"), words


def _is_paid(at: AtParticipation) -> tuple[str, str]:
    found = at.participation
    if found.paid_at:
        return _("The coins are in your wallet"), _("Since %(day)s.") % {"day": day_words(found.paid_at)}
    if found.state == _S.WAIVED:
        return _("You let go of the coins"), ""
    then = "" if found.confirmed else _("At once, when the hours are confirmed. You get a mail.")
    return _("The coins are in your wallet"), then


def _is_with_board(at: AtParticipation) -> bool:
    return at.shift.escalated_at is not None or only_the_board(at.participation, at.today)


def next_words(at: AtParticipation) -> str:
    """What happens now, and what happens by itself."""
    return _WORDS[_S(at.participation.state)](at)


def _waiting(at: AtParticipation) -> str:
    if at.free_place:
        return _("A place came free. Take it if you still want to come.")
    before = in_turn(at.shift).filter(signed_up_at__lt=at.participation.signed_up_at).count()
    turn = _("You are the first in turn.")
    if before:
        people = ngettext("%(number)s person is before you.", "%(number)s people are before you.", before)
        turn = people % {"number": before}
    taken = _("All places are taken.")
    then = _("When a place comes free it is yours, and you get a mail.")
    return f"{taken} {turn} {then}"


def _signed_up(at: AtParticipation) -> str:
    said = {"when": when_words(at.shift), "place": at.activity.place, "day": day_words(claim_until(at.shift))}
    if at.now >= at.shift.ends_at:
        return _("Were you there? Tell your hours before %(day)s.") % said
    if at.now >= at.shift.starts_at - OPENS_BEFORE:
        return _("Say that you are there: scan the code at the door, or type its number.")
    return _("%(when)s, %(place)s.") % said


def _checked_in(at: AtParticipation) -> str:
    if at.now < at.shift.ends_at:
        return _("You are there. When it is over you tell your hours here.")
    return _("How long were you there? Tell it before %(day)s.") % {"day": day_words(claim_until(at.shift))}


def _claimed(at: AtParticipation) -> str:
    told = {"hours": minutes_words(at.participation.minutes or 0), "name": at.organiser}
    if at.shift.escalated_at:
        words = _("You told %(hours)s. Nobody confirmed them in a week, so the board looks at them now.")
        return words % told
    if only_the_board(at.participation, at.today):
        return (
            _("You told %(hours)s. You have to do with who organises this, so the board confirms them.")
            % told
        )
    words = _(
        "You told %(hours)s. %(name)s confirms them. Not done before %(day)s? Then the board can do it."
    )
    return words % {**told, "day": day_words(at.shift.ends_at + ESCALATES)}


def _confirmed(at: AtParticipation) -> str:
    said = {"amount": money(at.reward), "year": at.today.year}
    words = {
        Held.POT: _("The pot that pays them is empty now. %(amount)s follows by itself."),
        Held.YEAR: _(
            "The municipality has not set the maximum amounts of %(year)s yet. %(amount)s follows by itself."
        ),
        Held.ACCOUNT: _("You have no wallet here to pay %(amount)s into. Ask for one."),
        Held.AGE: _("Tell us your date of birth, then %(amount)s can be paid."),
        Held.LIMIT: _("A limit of the wallet was reached. %(amount)s follows by itself."),
    }.get(Held(at.participation.held)) or _("%(amount)s is paid shortly.")
    confirmed = _("Your hours are confirmed.")
    return f"{confirmed} {words % said}"


def _blocked(at: AtParticipation) -> str:
    verdict = at.verdict
    if verdict is None or not verdict.stops:
        return _("There is room again. %(amount)s is paid by itself, within a day.") % {
            "amount": money(at.reward)
        }
    said = {"amount": money(at.reward), **_limit_of(verdict)}
    if may_sign(at):
        then = _("You can still get %(amount)s, when you sign.")
    elif verdict.is_never_paid:
        then = _("So %(amount)s cannot be paid, unless another maximum will hold for you.")
    else:
        first = room_from(at.participation, verdict.room)
        said["day"] = _day_of_year(first, at.today)
        then = _("You get %(amount)s from %(day)s on.") if first else _("%(amount)s stays yours.")
    return f"{_LIMITS[verdict.kind] % said} {then % said}"


_LIMITS: Final = {
    VerdictKind.HOUR: gettext_lazy("The maximum for volunteers is %(maximum)s per hour, and this is more."),
    VerdictKind.MONTH: gettext_lazy(
        "You received %(received)s in %(month)s. The maximum for volunteers is %(maximum)s per month."
    ),
    VerdictKind.YEAR: gettext_lazy(
        "You received %(received)s in %(year)s. The maximum for volunteers is %(maximum)s per year."
    ),
}


def _limit_of(verdict: Verdict) -> dict[str, object]:
    """Which maximum it is, and how much of it was received."""
    room = verdict.room
    span = room.year if verdict.kind == VerdictKind.YEAR else room.month
    maximum = room.per_hour if verdict.kind == VerdictKind.HOUR else span.maximum
    return {
        "received": money(span.received), "maximum": money(maximum or 0), "month": MONTHS[room.on.month],
        "year": room.on.year,
    }  # fmt: skip


def _day_of_year(day: date | None, today: date) -> str:
    """A day that is far away with its year."""
    if day is None:
        return ""
    return date_format(day, "j F" if day.year == today.year else "j F Y")


def _waived(at: AtParticipation) -> str:
    return _("You came, and let go of the coins. Nothing is paid for this.")


def may_sign(at: AtParticipation) -> bool:
    """Whether the municipality lets it be paid above the maximum to who signs for it."""
    verdict = at.verdict
    return verdict is not None and not verdict.is_signed and verdict.effect == OverCap.SIGN


def _paid(at: AtParticipation) -> str:
    found = at.participation
    said = {"amount": money(found.reward or 0), "hours": minutes_words(found.confirmed or 0)}
    return _("%(amount)s for %(hours)s is in your wallet.") % said


def _disputed(at: AtParticipation) -> str:
    dispute, told = at.participation.dispute, at.participation.minutes
    name = offered_by(at.participation, dispute)
    said = {"name": name, "seen": minutes_words(dispute.offered), "told": minutes_words(told or 0)}
    if dispute.participant_text:
        return _(
            "You do not agree. Somebody of the board listens to you both and decides within thirty days."
        )
    if not dispute.offered:
        return _("%(name)s says that you were not there. Say how it was, then the board decides.") % said
    return _("You told %(told)s. %(name)s saw %(seen)s. Do you agree, or does the board decide?") % said


def _rejected(at: AtParticipation) -> str:
    return _("The board heard you both and found no hours. Nothing is paid for this.")


def _withdrawn(at: AtParticipation) -> str:
    if at.shift.state == ShiftState.CANCELLED:
        return _("This does not go on. You need not come.")
    return _("You do not take part in this. You lost nothing by it.")


def _missed(at: AtParticipation) -> str:
    until = contest_until(at.participation)
    if at.now > until:
        return _("You were not there, it was said. Nothing is paid for this.")
    words = _("You were not there, it was said. Were you? Say so before %(day)s.")
    return words % {"day": day_words(until)}


_WORDS: Final[dict[ParticipationState, Callable[[AtParticipation], str]]] = {
    _S.WAITING: _waiting,
    _S.SIGNED_UP: _signed_up,
    _S.CHECKED_IN: _checked_in,
    _S.CLAIMED: _claimed,
    _S.CONFIRMED: _confirmed,
    _S.BLOCKED_BY_CAP: _blocked,
    _S.PAID: _paid,
    _S.WAIVED: _waived,
    _S.DISPUTED: _disputed,
    _S.REJECTED: _rejected,
    _S.WITHDRAWN: _withdrawn,
    _S.NO_SHOW: _missed,
}


def help_for(at: AtParticipation) -> tuple[str, str] | None:
    """Where a participant can do something about what holds up their coins, or reads more of it: a link and its words.
    What may still be earned is only their own: a guardian reads no more than what stands here."""
    if at.participation.state == _S.BLOCKED_BY_CAP and not at.is_guardian:
        return reverse("earning"), _("What you may still earn")
    return {
        Held.AGE: (reverse("account_details"), _("Fill in your date of birth")),
        Held.ACCOUNT: (reverse("account"), _("To your account")),
    }.get(Held(at.participation.held))
