"""Confirming the hours of a whole shift at once, for its organiser and for the board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.amounts import format_amount
from marketplace.forms.organising import GroupForm
from marketplace.models import Participation, Shift
from marketplace.operations.hours import Outcome, confirm_group
from marketplace.queries.hours import TO_CONFIRM
from marketplace.queries.leaders import left_to_board
from marketplace.queries.order_lists import interests_of
from marketplace.queries.organising import roll_of
from marketplace.states import ParticipationState
from people.models import Party

_T = ParticipationState


@dataclass(frozen=True, kw_only=True)
class Roll:
    """Everybody on the list of a shift, as somebody looks at it who may confirm hours of some of them."""

    shift: Shift
    mine: list[Participation] = field(default_factory=list)  # whose hours they can confirm
    others: list[Participation] = field(default_factory=list)  # somebody else does
    settled: list[Participation] = field(default_factory=list)
    waiting: list[Participation] = field(default_factory=list)
    gone: list[Participation] = field(default_factory=list)

    @property
    def open(self) -> list[Participation]:
        """Who comes or came, and whose hours nobody confirmed yet, by name."""
        return sorted([*self.mine, *self.others], key=lambda one: one.person.display_name.casefold())

    @property
    def came(self) -> int:
        """How many of all who have a place are known to have been there."""
        return sum(1 for one in (*self.mine, *self.others, *self.settled) if one.checked_in_at)

    @property
    def expected(self) -> int:
        return len(self.mine) + len(self.others) + len(self.settled)


def roll(shift: Shift, viewer: Party, on: date, *, for_board: bool = False) -> Roll:
    """The list of a shift before its organiser, or before a board member who has no stake in it. The permission asks
    once more about each of them when hours are confirmed: this is what the page offers."""
    rows = roll_of(shift)
    close = interests_of(viewer, on)
    organiser = shift.activity.organiser
    board_only = left_to_board([organiser], on)[organiser.pk]
    found = Roll(shift=shift)
    for one in rows:
        if one.state == _T.WITHDRAWN:
            found.gone.append(one)
        elif one.state == _T.WAITING:
            found.waiting.append(one)
        elif one.state not in TO_CONFIRM:
            found.settled.append(one)
        elif one.person_id in close or not _is_theirs(shift, one, board_only, for_board):
            found.others.append(one)
        else:
            found.mine.append(one)
    return found


def _is_theirs(shift: Shift, one: Participation, board_only: set[int], for_board: bool) -> bool:
    if for_board:
        return shift.escalated_at is not None or one.person.canonical_id in board_only
    return one.person.canonical_id not in board_only


def can_confirm(found: Roll, now: datetime) -> list[Participation]:
    """Whose hours can be confirmed now: of everybody once the shift is over, before that of who told theirs."""
    if now >= found.shift.ends_at:
        return found.mine
    return [one for one in found.mine if one.state == _T.CLAIMED]


def in_turn(waiting: Sequence[Participation]) -> list[Participation]:
    """Who waits for a place, the first one first."""
    return sorted(waiting, key=lambda one: (one.signed_up_at, one.pk))


def confirmed(request: HttpRequest, form: GroupForm, **by: Any) -> bool:
    """Whether the list was confirmed as it was sent. Not when it pays another sum than the button named: then the page
    comes back with the new sum, and nothing has happened yet."""
    if not form.is_valid():
        return False
    if not form.people:
        messages.info(request, _("These hours were confirmed already."))
        return True
    if request.POST.get("expected") != str(form.total):
        return False
    shift = form.people[0].shift
    _say(request, confirm_group(shift=shift, lines=form.lines, **by))
    return True


def _say(request: HttpRequest, outcomes: Sequence[Outcome]) -> None:
    """What came of it, in one message, and a sentence for each who was refused."""
    done = [one.participation for one in outcomes if one.refusal is None]
    told = [*_paid([one for one in done if one.state == _T.PAID])]
    later = [one for one in done if one.state in {_T.CONFIRMED, _T.BLOCKED_BY_CAP}]
    contested = [one for one in done if one.state == _T.DISPUTED]
    missed = [one for one in done if one.state == _T.NO_SHOW]
    if later:
        words = ngettext("%(number)s person is paid later.", "%(number)s people are paid later.", len(later))
        told.append(words % {"number": len(later)})
    if contested:
        words = ngettext(
            "%(number)s person hears that you saw fewer hours, and answers.",
            "%(number)s people hear that you saw fewer hours, and answer.",
            len(contested),
        )
        told.append(words % {"number": len(contested)})
    if missed:
        words = ngettext("%(number)s person was not there.", "%(number)s people were not there.", len(missed))
        told.append(words % {"number": len(missed)})
    if told:
        messages.success(request, " ".join(told))
    for one in outcomes:
        if one.refusal is not None:
            name = one.participation.person.display_name
            messages.warning(request, f"{name}: {one.refusal}")


def _paid(paid: Sequence[Participation]) -> list[str]:
    if not paid:
        return []
    amount = format_amount(sum(one.reward or 0 for one in paid), get_language() or "")
    words = ngettext(
        "Paid: %(amount)s to %(number)s person.", "Paid: %(amount)s to %(number)s people.", len(paid)
    )
    return [words % {"amount": amount, "number": len(paid)}]
