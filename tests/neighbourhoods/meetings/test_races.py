"""Members who act at the same moment, in processes of their own."""

from __future__ import annotations

import uuid

from neighbourhoods.models import (
    AgendaItem,
    BallotBox,
    Meeting,
    Neighbourhood,
    Proposal,
    Roll,
    SeatOffice,
    Subject,
)
from neighbourhoods.operations import meetings, motions
from people.models import User
from tests.factories import democracy
from tests.factories.people import actor, person
from tests.factories.residency import NOON, municipality, place, resident, seated
from tests.neighbourhoods.meetings.making import planned, proposed, values
from tests.plugins.data import RealCommits

KEY = "6c8c7a52-0a4e-4c39-8a0e-2a5b7e0f0004"


def board(*names: str) -> tuple[Neighbourhood, list[User]]:
    molenwijk = place("Molenwijk", of=municipality())
    democracy.policy(molenwijk, Subject.MOTION)
    members = [person(name) for name in names]
    for login in members:
        resident(login, molenwijk)
        seated(login, molenwijk, office=SeatOffice.MEMBER)
    return molenwijk, members


def open_a_round(login: int, proposal: int) -> str:
    motions.open_vote(
        proposal=Proposal.objects.get(pk=proposal),
        in_writing=True,
        actor=actor(User.objects.get(pk=login)),
        at=NOON,
    )
    return "opened"


def plan(login: int) -> int:
    return meetings.plan_meeting(
        neighbourhood=Neighbourhood.objects.get(), values=values(), key=uuid.UUID(KEY),
        actor=actor(User.objects.get(pk=login)), at=NOON,
    ).pk  # fmt: skip


def add(login: int, title: str) -> int:
    meeting = Meeting.objects.get()
    return meetings.add_item(
        meeting=meeting, title=title, text="", actor=actor(User.objects.get(pk=login)), at=NOON
    ).position


def invite(login: int) -> str:
    meetings.invite(meeting=Meeting.objects.get(), actor=actor(User.objects.get(pk=login)), at=NOON)
    return "invited"


def put_on(login: int, proposal: int) -> str:
    motions.put_on_agenda(
        proposal=Proposal.objects.get(pk=proposal), meeting=Meeting.objects.get(),
        actor=actor(User.objects.get(pk=login)), at=NOON,
    )  # fmt: skip
    return "put on"


def test_of_two_who_open_a_vote_one_is_refused_and_there_is_one_box(real_commits: RealCommits) -> None:
    molenwijk, members = board("Ann", "Ben")
    made = proposed(molenwijk, members[0])

    outcomes = real_commits.race(open_a_round, [{"login": one.pk, "proposal": made.pk} for one in members])

    assert sorted(str(one.refused) for one in outcomes) == ["None", "move_refused"]
    assert (BallotBox.objects.count(), Roll.objects.count()) == (1, 1)


def test_a_form_that_is_sent_twice_at_once_plans_one_meeting(real_commits: RealCommits) -> None:
    _molenwijk, members = board("Ann")

    outcomes = real_commits.race(plan, [{"login": members[0].pk}] * 4)

    assert {one.result for one in outcomes} == {Meeting.objects.get().pk}


def test_points_that_are_added_at_once_get_numbers_of_their_own(real_commits: RealCommits) -> None:
    molenwijk, members = board("Ann", "Ben", "Dirk")
    planned(molenwijk, members[0], items=0)

    outcomes = real_commits.race(add, [{"login": one.pk, "title": f"Punt {one.pk}"} for one in members])

    assert sorted(one.result for one in outcomes) == [1, 2, 3]
    assert AgendaItem.objects.count() == 3


def test_a_proposal_gets_on_the_agenda_before_the_invitation_or_not_at_all(real_commits: RealCommits) -> None:
    molenwijk, members = board("Ann", "Ben")
    planned(molenwijk, members[0])
    made = proposed(molenwijk, members[1])

    sent, moved = real_commits.race_between(
        [
            (invite, {"login": members[0].pk}),
            (put_on, {"login": members[1].pk, "proposal": made.pk}),
        ]
    )

    made.refresh_from_db()
    assert sent.result == "invited"
    assert (moved.refused, made.meeting is None) in {(None, False), ("agenda_fixed", True)}
