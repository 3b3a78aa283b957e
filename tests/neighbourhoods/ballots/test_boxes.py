"""Opening, extending and closing: by the clock, by who may, and never the other way round."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.models import AuditEntry, AuditNote
from core.refusals import NotAllowed
from core.states import MoveRefused
from neighbourhoods.models import Neighbourhood, RollEntry
from neighbourhoods.operations import ballots
from neighbourhoods.operations.ballots import (
    NotLater,
    NotTheTime,
    ReasonMissing,
    RollNotFrozen,
    TooEarly,
    TooLate,
    TooMuchLater,
    UrnDoesNotAddUp,
)
from neighbourhoods.states import BoxState, RollState
from people.models import User
from tests.factories.democracy import (
    AFTER,
    CLOSES,
    OPENS,
    VOTING,
    box,
    election_in_voting,
    policy,
)
from tests.factories.people import actor, person
from tests.factories.residency import seated
from tests.neighbourhoods.ballots.stage import (
    NO,
    SYSTEM,
    YES,
    choices_in,
    close,
    how_many,
    many,
    paper,
    record,
    vote,
)

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
REASON = "The site could not be reached on Monday."


def test_a_box_opens_at_its_moment(molenwijk: Neighbourhood, ann: User) -> None:
    urn = box(molenwijk, [ann], state=BoxState.READY)

    with pytest.raises(NotTheTime):
        ballots.open_box(box=urn, actor=SYSTEM, at=OPENS - SECOND)
    ballots.open_box(box=urn, actor=SYSTEM, at=OPENS)

    assert urn.state == BoxState.OPEN
    vote(urn, ann, at=OPENS)
    assert how_many(urn) == (1, 1)


def test_a_box_does_not_open_twice_nor_again_after_closing(molenwijk: Neighbourhood, ann: User) -> None:
    urn = box(molenwijk, [ann])
    close(urn)

    with pytest.raises(MoveRefused):
        ballots.open_box(box=urn, actor=SYSTEM, at=VOTING)


def test_a_box_does_not_open_while_its_roll_can_change(molenwijk: Neighbourhood, ann: User) -> None:
    from neighbourhoods.models import BallotBox, Roll

    rules = policy(molenwijk)
    roll = Roll.objects.create(
        neighbourhood=molenwijk,
        policy=rules,
        reference_on=OPENS.date(),
        built_at=OPENS,
        state=RollState.BUILT,
    )
    urn = BallotBox.objects.create(
        neighbourhood=molenwijk, policy=rules, roll=roll, method="STV", secrecy="SECRET", options=["1"],
        seats=1, opens_at=OPENS, closes_at=CLOSES,
    )  # fmt: skip

    with pytest.raises(RollNotFrozen):
        ballots.open_box(box=urn, actor=SYSTEM, at=OPENS)


def test_nobody_but_the_polling_office_and_the_clock_opens_or_closes(
    molenwijk: Neighbourhood, ann: User, olga: User
) -> None:
    urn, other = box(molenwijk, [ann], state=BoxState.READY), box(molenwijk, [ann])
    root = person("Root", is_staff=True, is_superuser=True)
    for who in (ann, root):
        with pytest.raises(NotAllowed):
            ballots.open_box(box=urn, actor=actor(who), at=OPENS)
        with pytest.raises(NotAllowed):
            ballots.close_box(box=other, actor=actor(who), at=AFTER)

    ballots.open_box(box=urn, actor=actor(olga), at=OPENS)
    ballots.close_box(box=other, actor=actor(olga), at=AFTER)

    assert (urn.state, other.state) == (BoxState.OPEN, BoxState.CLOSED)


def test_a_secret_vote_is_not_closed_before_its_time(molenwijk: Neighbourhood, ann: User) -> None:
    urn = box(molenwijk, [ann])

    with pytest.raises(NotTheTime):
        close(urn, at=CLOSES - SECOND)

    vote(urn, ann)
    assert how_many(urn) == (1, 1)


def test_closing_keeps_every_choice_and_changes_every_number(molenwijk: Neighbourhood) -> None:
    voters = many(12)
    urn = box(molenwijk, voters)
    codes = {vote(urn, who, NO if place % 3 else YES, receipt=True) for place, who in enumerate(voters)}
    before, chosen = set(urn.ballots.values_list("pk", flat=True)), choices_in(urn)
    kept = dict(urn.ballots.values_list("receipt", "choice"))

    close(urn)

    assert urn.state == BoxState.CLOSED
    assert choices_in(urn) == chosen
    assert before.isdisjoint(urn.ballots.values_list("pk", flat=True))
    assert dict(urn.ballots.values_list("receipt", "choice")) == kept
    assert set(kept) == codes


def test_what_is_closed_stays_closed(molenwijk: Neighbourhood, ann: User) -> None:
    urn = box(molenwijk, [ann])
    close(urn)

    for moment in (VOTING, AFTER):
        with pytest.raises(MoveRefused):
            close(urn, at=moment)
        with pytest.raises(TooLate):
            vote(urn, ann, at=moment)


def test_a_box_with_fewer_ballots_than_marks_is_not_closed(
    molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    urn = box(molenwijk, [ann, ben])
    vote(urn, ann)
    RollEntry.objects.filter(roll=urn.roll, person=ben.person).update(channel="ONLINE")

    with pytest.raises(UrnDoesNotAddUp) as refused:
        close(urn)

    assert str(refused.value).startswith("There are 1 ballots, but 2 people are marked as having voted.")
    urn.refresh_from_db()
    assert (urn.state, how_many(urn)) == (BoxState.OPEN, (1, 2))


def test_ballots_that_nobody_was_marked_for_keep_a_box_from_being_closed(
    molenwijk: Neighbourhood, ann: User, olga: User
) -> None:
    from neighbourhoods.models import Ballot

    urn = box(molenwijk, [ann])
    paper(urn, olga, ann)  # a mark for paper stands for no ballot in the box yet
    Ballot.objects.create(box=urn, choice='{"1":"yes"}')

    with pytest.raises(UrnDoesNotAddUp):
        close(urn)


# --- Making it longer -------------------------------------------------------------------------------------------------


def test_voting_is_made_longer_with_a_reason_that_can_be_read(
    molenwijk: Neighbourhood, ann: User, ben: User, olga: User
) -> None:
    election = election_in_voting(molenwijk, [ben], [ann])
    urn = election.box
    assert urn is not None

    ballots.extend_box(
        box=urn, closes_at=CLOSES + DAY, reason=f"  {REASON} ", actor=actor(olga), at=CLOSES - SECOND
    )

    vote(urn, ann, ["1"], at=CLOSES + SECOND)
    election.refresh_from_db()
    assert (urn.closes_at, election.closes_at) == (CLOSES + DAY, CLOSES + DAY)
    line = AuditEntry.objects.get(event="ballot_box.extend")
    assert (line.before, line.after) == (CLOSES.isoformat(), (CLOSES + DAY).isoformat())
    assert AuditNote.objects.get(entry=line).text == REASON


def test_voting_is_made_longer_only_before_it_ends(molenwijk: Neighbourhood, ann: User) -> None:
    urn, closed = box(molenwijk, [ann]), box(molenwijk, [ann])
    close(closed)

    for one, moment in ((urn, CLOSES), (closed, VOTING)):
        with pytest.raises(TooLate):
            ballots.extend_box(box=one, closes_at=AFTER + DAY, reason=REASON, actor=SYSTEM, at=moment)


def test_voting_is_never_made_shorter_nor_longer_without_a_reason_or_by_anybody(
    molenwijk: Neighbourhood, ann: User
) -> None:
    urn = box(molenwijk, [ann])

    for moment in (CLOSES, CLOSES - DAY):
        with pytest.raises(NotLater):
            ballots.extend_box(box=urn, closes_at=moment, reason=REASON, actor=SYSTEM, at=VOTING)
    latest = CLOSES + urn.policy.voting_days * DAY
    with pytest.raises(TooMuchLater, match="6 December 2026, 21:00"):
        ballots.extend_box(box=urn, closes_at=latest + SECOND, reason=REASON, actor=SYSTEM, at=VOTING)
    with pytest.raises(ReasonMissing):
        ballots.extend_box(box=urn, closes_at=AFTER, reason="  ", actor=SYSTEM, at=VOTING)
    with pytest.raises(NotAllowed):
        ballots.extend_box(box=urn, closes_at=AFTER, reason=REASON, actor=actor(ann), at=VOTING)

    urn.refresh_from_db()
    assert urn.closes_at == CLOSES
    ballots.extend_box(box=urn, closes_at=latest, reason=REASON, actor=SYSTEM, at=VOTING)
    assert urn.closes_at == latest


def test_a_box_that_never_opened_can_be_called_off_and_no_other(
    molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    ready, opened = box(molenwijk, [ann], state=BoxState.READY), box(molenwijk, [ben])

    ballots.void_box(box=ready, reason="No candidates.", actor=SYSTEM, at=VOTING)
    with pytest.raises(MoveRefused):
        ballots.void_box(box=opened, reason="I do not like it.", actor=SYSTEM, at=VOTING)

    with pytest.raises(TooLate):
        vote(ready, ann)
    vote(opened, ben)


# --- With names -------------------------------------------------------------------------------------------------------


def test_the_board_closes_its_own_vote_when_all_have_voted(
    molenwijk: Neighbourhood, ann: User, ben: User, cas: User
) -> None:
    from tests.factories.residency import resident

    for who in (ann, ben):
        resident(who, molenwijk)
        seated(who, molenwijk)
    urn = box(molenwijk, [ann, ben], of=policy(molenwijk, "MOTION"), state=BoxState.READY)
    with pytest.raises(TooEarly):
        record(urn, ann)
    ballots.open_box(box=urn, actor=actor(ann), at=VOTING)
    record(urn, ann)
    record(urn, ben, NO)

    with pytest.raises(NotAllowed):
        ballots.close_box(box=urn, actor=actor(cas), at=VOTING)
    ballots.close_box(box=urn, actor=actor(ann), at=VOTING)
    result = ballots.count_box(box=urn, actor=actor(ann), at=VOTING)

    assert urn.state == BoxState.COUNTED
    assert '"adopted":[]' in result.sheet
