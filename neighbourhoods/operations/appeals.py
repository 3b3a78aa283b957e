"""Appeals about a vote: made in time by somebody it concerns, ruled on by a panel that had no part in it.

What a vote was about is told by the thing that the box belongs to (`queries.appeals.owners`); what happens when an
appeal about it is upheld is registered here by that thing's module, with `when_upheld`.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, Protocol

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from core.states import transition
from neighbourhoods.models import Appeal, BallotBox
from neighbourhoods.operations.residency import FormUsed
from neighbourhoods.permissions import acting_person, check, check_not_own, is_self, may_rule
from neighbourhoods.queries.appeals import Owner, has_standing, is_involved, open_appeals, owner_of, owners
from neighbourhoods.states import APPEAL
from people.models import Party
from people.queries import canonical, numbers_of

__all__ = ["admit_appeal", "file_appeal", "hear_appeal", "owners", "rule_on_appeal", "turn_away_appeal",
           "when_upheld", "withdraw_appeal"]  # fmt: skip

LONGEST: Final = 4000


class Consequence(Protocol):
    """What an upheld appeal does to the thing that was voted on. The appeal's ruling is its reason."""

    def __call__(self, thing: Any, *, appeal: Appeal, actor: Actor, at: datetime) -> None: ...


class NoAppealNow(Refusal):
    """There is no provisional result: the vote is not over yet, or the result is final."""

    code = "no_appeal_now"
    sentence = _("You can appeal once the result is known, and until it is final. That is not now.")


class AppealTooLate(Refusal):
    """The time to appeal has passed."""

    code = "appeal_too_late"
    sentence = _("The time to appeal is over.")


class NoStanding(Refusal):
    """The vote is not about this person, and they could not have voted in it."""

    code = "no_standing"
    sentence = _("Only somebody on the roll, left out of it, a candidate or a board member can appeal.")


class AlreadyAppealed(Refusal):
    """One at a time, also under a second number."""

    code = "already_appealed"
    sentence = _("You already appealed. Wait for the ruling, or withdraw it first.")


class GroundsMissing(Refusal):
    """An appeal says what went wrong."""

    code = "grounds_missing"
    sentence = _("Write down what went wrong, in no more than 4000 characters.")
    field = "grounds"


class RulingMissing(Refusal):
    """A ruling has reasons, and everybody can read them."""

    code = "ruling_missing"
    sentence = _("Write down why you rule so, in no more than 4000 characters and without names.")
    field = "ruling"


class Involved(Refusal):
    """Whoever stood, ran the vote or sits on the board does not rule on it."""

    code = "involved_in_vote"
    sentence = _("You had a part in this vote yourself. Somebody else of the panel must rule on it.")


def file_appeal(
    *, box: BallotBox, person: Party, grounds: str, language: str, key: uuid.UUID, actor: Actor, at: datetime
) -> Appeal:
    """Say that a vote did not go as it should. The same key again returns the appeal that it made.

    :raises NotAllowed: for anybody but oneself.
    :raises GroundsMissing: without grounds, or with too many words.
    :raises NoAppealNow: while there is no provisional result.
    :raises AppealTooLate: from the moment at which the time to appeal ends.
    :raises NoStanding: to whom the vote does not concern.
    :raises AlreadyAppealed: while another one waits.
    :raises FormUsed: when the form was another person's.
    """
    check(is_self(actor, person))
    words = _words(grounds, GroundsMissing())
    with transaction.atomic():
        deadline = _locked_deadline(box)
        mine = canonical(Party.objects.get(pk=person.pk))
        made = Appeal.objects.filter(key=key).first()
        if made:
            return _own(made, box, mine)
        _check_time(deadline, at)
        _check_person(box, mine, at)
        appeal = Appeal.objects.create(
            box=box, appellant=mine, grounds=words, language=language, filed_at=at, key=key
        )
        record("appeal.file", subject=appeal, actor=actor, at=at, about=[mine], after=appeal.state)
    return appeal


def withdraw_appeal(*, appeal: Appeal, actor: Actor, at: datetime) -> None:
    """Whoever appealed leaves it at that. Not any more once it was heard.

    :raises NotAllowed: to anybody else.
    :raises MoveRefused: when it was heard or decided.
    """
    check(is_self(actor, appeal.appellant))
    transition(appeal, "withdraw", actor=actor, at=at, about=(appeal.appellant,))


def admit_appeal(*, appeal: Appeal, actor: Actor, at: datetime) -> None:
    """The panel takes it up.

    :raises NotAllowed: to anybody but the panel.
    :raises OwnMatter, Involved: to who appealed or had a part in the vote.
    :raises MoveRefused: when it was dealt with already.
    """
    _move(appeal, "admit", actor=actor, at=at)


def turn_away_appeal(*, appeal: Appeal, ruling: str, actor: Actor, at: datetime) -> None:
    """The panel does not take it up, and says why: it is about something else, or says nothing that can be looked into.

    :raises RulingMissing: without reasons.
    :raises NotAllowed, OwnMatter, Involved, MoveRefused: as `admit_appeal`.
    """
    _rule(appeal, "turn_away", ruling=ruling, actor=actor, at=at)


def hear_appeal(*, appeal: Appeal, actor: Actor, at: datetime) -> None:
    """The panel has heard who appealed and who ran the vote.

    :raises NotAllowed, OwnMatter, Involved, MoveRefused: as `admit_appeal`.
    """
    _move(appeal, "hear", actor=actor, at=at)


def rule_on_appeal(*, appeal: Appeal, upheld: bool, ruling: str, actor: Actor, at: datetime) -> None:
    """The panel rules, with reasons that everybody can read. Upheld: the result does not stand.

    When another appeal undid the result already, this one is upheld without anything more to undo.

    :raises RulingMissing: without reasons.
    :raises NotAllowed, OwnMatter, Involved, MoveRefused: as `admit_appeal`.
    """
    with transaction.atomic():
        deadline = _locked_deadline(appeal.box)
        _rule(appeal, "uphold" if upheld else "dismiss", ruling=ruling, actor=actor, at=at)
        found = _owner(appeal.box)
        if upheld and found and deadline is not None:
            _CONSEQUENCES[found[0].name](found[1], appeal=appeal, actor=actor, at=at)


@APPEAL.guard("admit")
@APPEAL.guard("turn_away")
@APPEAL.guard("hear")
@APPEAL.guard("uphold")
@APPEAL.guard("dismiss")
def not_the_appellant(appeal: Appeal, actor: Actor) -> None:
    """Nobody of the panel rules on their own appeal, whichever login they use."""
    check_not_own(actor, appeal.appellant)


def _move(
    appeal: Appeal, event: str, *, actor: Actor, at: datetime, along: Mapping[str, Any] | None = None
) -> None:
    check(may_rule(actor, appeal.box.neighbourhood, day_of(at)))
    not_the_appellant(appeal, actor)
    member = acting_person(actor)
    if member is None or is_involved(appeal.box, member, day_of(at)):
        raise Involved
    transition(appeal, event, actor=actor, at=at, about=(appeal.appellant,), along=along)


def _rule(appeal: Appeal, event: str, *, ruling: str, actor: Actor, at: datetime) -> None:
    reasons = _words(ruling, RulingMissing())
    member = acting_person(actor)
    by = member.canonical_id if member else None
    _move(appeal, event, actor=actor, at=at, along={"ruling": reasons, "ruled_by_id": by, "ruled_at": at})


# --- The thing that was voted on --------------------------------------------------------------------------------------


def when_upheld(name: str) -> Callable[[Consequence], Consequence]:
    """Have a function called when an appeal is upheld about a box that belongs to a thing of this name."""

    def add(function: Consequence) -> Consequence:
        if name not in owners or name in _CONSEQUENCES:
            raise ValueError(f"{name} takes no appeals, or says twice what they lead to.")
        _CONSEQUENCES[name] = function
        return function

    return add


_CONSEQUENCES: dict[str, Consequence] = {}


@when_upheld("election")
def hold_it_again(thing: Any, *, appeal: Appeal, actor: Actor, at: datetime) -> None:
    """The result does not stand: a new election is drafted in its place."""
    from neighbourhoods.operations.elections import annul  # which asks for open appeals itself

    annul(election=thing, reason=appeal.ruling, actor=actor, at=at)


def _owner(box: BallotBox) -> tuple[Owner, Any] | None:
    """Read anew: the caller's copy may be older than the lock."""
    return owner_of(BallotBox.objects.get(pk=box.pk))


def _locked_deadline(box: BallotBox) -> datetime | None:
    """Until when appeals can be made, with the thing locked: making its result final waits, and sees what was filed."""
    found = _owner(box)
    if found is None:
        return None
    owner, thing = found
    locked = type(thing)._base_manager.select_for_update(no_key=True).get(pk=thing.pk)
    return owner.deadline(locked)


# --- Checks -----------------------------------------------------------------------------------------------------------


def _check_time(deadline: datetime | None, at: datetime) -> None:
    if deadline is None:
        raise NoAppealNow
    if at >= deadline:
        raise AppealTooLate


def _check_person(box: BallotBox, person: Party, at: datetime) -> None:
    if not has_standing(box, person, day_of(at)):
        raise NoStanding
    if open_appeals(box).filter(appellant__in=numbers_of(person)).exists():
        raise AlreadyAppealed


def _own(made: Appeal, box: BallotBox, person: Party) -> Appeal:
    if made.box_id != box.pk or made.appellant_id != person.pk:
        raise FormUsed
    return made


def _words(text: str, refusal: Refusal) -> str:
    words = text.strip()
    if not 0 < len(words) <= LONGEST:
        raise refusal
    return words
