"""Votes for tests, as plain rows: policies, rolls, boxes, elections, meetings.

`policy(molenwijk)` gives the policy for an election; `frozen_roll(molenwijk, [ann, ben])` a roll on which they stand;
`box(molenwijk, [ann, ben], method=…)` a ballot box that is open at `VOTING`. They write rows and ask nobody, so that a
test of casting needs no election. The operations have their own tests.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from neighbourhoods.counting import Method
from neighbourhoods.models import (
    BallotBox,
    Decider,
    DecisionPolicy,
    Election,
    EligibilityRule,
    Meeting,
    MeetingKind,
    Neighbourhood,
    Nomination,
    Roll,
    RollEntry,
    RuleKind,
    Secrecy,
    Subject,
)
from neighbourhoods.states import BoxState, ElectionState, NominationState, RollState
from people.models import Party, User

OPENS = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
VOTING = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)  # a moment while a box of this factory is open
CLOSES = datetime(2026, 11, 26, 20, 0, tzinfo=UTC)
AFTER = CLOSES + timedelta(hours=1)
DAY = timedelta(days=1)
ROOT = "ab" * 32

Who = User | Party


def party(who: Who) -> Party:
    return who.person if isinstance(who, User) else who


def policy(
    neighbourhood: Neighbourhood,
    subject: str = Subject.ELECTION,
    *,
    rules: Sequence[tuple[str, int | None]] = (),
    **more: Any,
) -> DecisionPolicy:
    """A new version of the policy for a subject: secret STV of the residents unless said otherwise."""
    last = DecisionPolicy.objects.filter(neighbourhood=neighbourhood, subject=subject).count()
    by_board = subject == Subject.MOTION
    made = DecisionPolicy.objects.create(
        neighbourhood=neighbourhood,
        subject=subject,
        version=last + 1,
        made_at=OPENS - 100 * DAY,
        **{
            "decider": Decider.BOARD if by_board else Decider.RESIDENTS,
            "method": Method.STV if subject == Subject.ELECTION else Method.YES_NO,
            "secrecy": Secrecy.RECORDED if by_board else Secrecy.SECRET,
            **more,
        },
    )
    for position, (kind, number) in enumerate(
        rules or [(RuleKind.HAS_SEAT if by_board else RuleKind.LIVES_HERE, None)]
    ):
        EligibilityRule.objects.create(policy=made, position=position, kind=kind, number=number)
    return made


def frozen_roll(
    neighbourhood: Neighbourhood,
    voters: Iterable[Who],
    *,
    of: DecisionPolicy | None = None,
    left_out: Iterable[Who] = (),
) -> Roll:
    """A frozen roll with these people on it."""
    roll = Roll.objects.create(
        neighbourhood=neighbourhood, policy=of or policy(neighbourhood), reference_on=date(2026, 11, 1),
        built_at=OPENS - 20 * DAY,
    )  # fmt: skip
    everybody = [(one, True) for one in voters] + [(one, False) for one in left_out]
    for position, (one, is_included) in enumerate(everybody):
        RollEntry.objects.create(
            roll=roll, person_id=party(one).canonical_id, is_included=is_included, position=position,
            basis="ALL" if is_included else RuleKind.LIVES_HERE, salt=secrets.token_hex(16),
        )  # fmt: skip
    size = sum(is_included for _one, is_included in everybody)
    Roll.objects.filter(pk=roll.pk).update(
        state=RollState.FROZEN, frozen_at=OPENS - DAY, size=size, root=ROOT
    )
    roll.refresh_from_db()
    return roll


def box(
    neighbourhood: Neighbourhood,
    voters: Iterable[Who],
    *,
    method: str = Method.YES_NO,
    options: Sequence[str] = ("1",),
    state: str = BoxState.OPEN,
    of: DecisionPolicy | None = None,
    left_out: Iterable[Who] = (),
    **more: Any,
) -> BallotBox:
    """A ballot box, open at VOTING unless another state is asked for."""
    rules = of or policy(neighbourhood, Subject.ELECTION, method=method)
    return BallotBox.objects.create(
        neighbourhood=neighbourhood,
        policy=rules,
        roll=frozen_roll(neighbourhood, voters, of=rules, left_out=left_out),
        **{
            "method": method,
            "secrecy": rules.secrecy,
            "options": list(options),
            "opens_at": OPENS,
            "closes_at": CLOSES,
            "state": state,
            **more,
        },
    )


def election(
    neighbourhood: Neighbourhood, *, state: str = ElectionState.NOMINATIONS, **more: Any
) -> Election:
    """An election for three seats in which nominations run at VOTING unless other moments are given."""
    return Election.objects.create(
        neighbourhood=neighbourhood,
        state=state,
        key=uuid.uuid4(),
        **{
            "policy": more.pop("policy", None) or policy(neighbourhood),
            "title": "Bestuursverkiezing 2026",
            "seats": 3,
            "term_from_on": date(2027, 1, 1),
            "term_until_on": date(2029, 12, 31),
            "nominations_from": VOTING - 2 * DAY,
            "nominations_until": VOTING + 12 * DAY,
            "freezes_at": VOTING + 14 * DAY,
            "opens_at": VOTING + 15 * DAY,
            "closes_at": VOTING + 25 * DAY,
            **more,
        },
    )


def election_in_voting(
    neighbourhood: Neighbourhood,
    candidates: Sequence[Who],
    voters: Iterable[Who],
    *,
    seats: int = 3,
    **more: Any,
) -> Election:
    """An STV election that is open at VOTING; the candidates are numbered "1", "2", … in this order."""
    rules = policy(neighbourhood)
    options = [str(number + 1) for number in range(len(candidates))]
    urn = box(neighbourhood, voters, method=Method.STV, options=options, of=rules, seats=seats)
    made = election(
        neighbourhood, state=ElectionState.VOTING, policy=rules, seats=seats, box=urn, roll=urn.roll,
        nominations_from=OPENS - 30 * DAY, nominations_until=OPENS - 10 * DAY, freezes_at=OPENS - DAY, opens_at=OPENS,
        closes_at=CLOSES, **more,
    )  # fmt: skip
    for number, candidate in enumerate(candidates, start=1):
        nomination(made, candidate, state=NominationState.ON_BALLOT, number=number)
    return made


def nomination(
    of: Election, candidate: Who, *, state: str = NominationState.ACCEPTED, **more: Any
) -> Nomination:
    """Somebody who put themself forward and accepted."""
    is_accepted = state in {NominationState.ACCEPTED, NominationState.ON_BALLOT}
    return Nomination.objects.create(
        election=of,
        candidate=party(candidate),
        state=state,
        **{
            "proposed_by": party(candidate),
            "statement": "Ik wil dat iedereen mee kan doen.",
            "has_no_interests": True,
            "language": "nl",
            "proposed_at": OPENS - 20 * DAY,
            "accepted_at": OPENS - 20 * DAY if is_accepted else None,
            **more,
        },
    )


def meeting(neighbourhood: Neighbourhood, *, kind: str = MeetingKind.BOARD, **more: Any) -> Meeting:
    """A meeting of the board, the day after VOTING."""
    return Meeting.objects.create(
        neighbourhood=neighbourhood,
        kind=kind,
        key=uuid.uuid4(),
        **{
            "title": "Bestuursvergadering november",
            "starts_at": VOTING + DAY,
            "place": "Buurthuis De Wiek",
            "language": "nl",
            **more,
        },
    )
