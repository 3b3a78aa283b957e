from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core.models import AuditAbout, AuditEntry
from core.refusals import NotAllowed
from core.states import MoveRefused
from neighbourhoods.models import Election, Neighbourhood, Proposal, Seat, Subject, Support
from neighbourhoods.operations import elections, recalls
from neighbourhoods.operations.policies import set_policy, values_of
from neighbourhoods.queries.elections import needed_support, support_until
from neighbourhoods.queries.policies import policy_for
from neighbourhoods.queries.support import supporters
from neighbourhoods.states import ProposalState
from people.models import Party, User
from tests.factories.people import actor, person
from tests.factories.residency import (
    DAY,
    NOON,
    SYSTEM,
    TODAY,
    municipality,
    place,
    resident,
    seated,
    second_login,
)
from tests.neighbourhoods.elections import stage
from tests.plugins.data import RealCommits

SECOND = timedelta(seconds=1)


@pytest.fixture
def others(molenwijk: Neighbourhood, cas: User) -> list[User]:
    """Nine more residents; with Cas, who sits on the board, and Ann and Ben there are twelve. A fifth is three."""
    seated(cas, molenwijk, until_on=TODAY + 900 * DAY)
    return stage.residents(molenwijk, *(f"Buur{number}" for number in range(9)))


def start(neighbourhood: Neighbourhood, who: User, **more: Any) -> Proposal:
    return recalls.start(
        neighbourhood=neighbourhood, person=who.person,
        **{"title": "Kies een nieuw bestuur", "text": "Er gebeurt niets.", "key": uuid.uuid4(), "actor": actor(who),
           "at": NOON, **more},
    )  # fmt: skip


def support(call: Proposal, who: User, *, at: Any = NOON) -> bool:
    return recalls.support(proposal=call, person=who.person, actor=actor(who), at=at)


def test_enough_residents_call_an_election_and_the_board_stays_until_it_is_final(
    molenwijk: Neighbourhood, ann: User, ben: User, others: list[User]
) -> None:
    call = start(molenwijk, ann)
    assert support(call, ben) is False
    assert (supporters(call), Election.objects.count()) == (2, 0)

    assert support(call, others[0]) is True

    call.refresh_from_db()
    election = Election.objects.get()
    assert (call.state, election.called_by, election.state) == (ProposalState.CALLED, call, "ANNOUNCED")
    assert (election.seats, str(election.term_from_on)) == (1, "2027-01-02")
    assert Seat.objects.in_force(TODAY).count() == 1


def test_a_board_that_plans_no_meeting_stops_no_call(
    molenwijk: Neighbourhood, ann: User, ben: User, others: list[User]
) -> None:
    rules = replace(values_of(policy_for(molenwijk, Subject.ELECTION)), days_before_meeting=30)
    set_policy(neighbourhood=molenwijk, subject=Subject.ELECTION, values=rules, actor=SYSTEM, at=NOON)
    call = start(molenwijk, ann)
    support(call, ben)

    assert support(call, others[0]) is True


def test_a_board_larger_than_can_be_counted_is_replaced_by_the_largest_that_can(
    molenwijk: Neighbourhood, ann: User, ben: User, others: list[User]
) -> None:
    for member in stage.residents(molenwijk, *(f"Lid{number}" for number in range(15))):
        seated(member, molenwijk, until_on=TODAY + 900 * DAY)
    call = start(molenwijk, ann)

    assert [support(call, who) for who in (ben, *others[:4])] == [False] * 4 + [True]

    assert (Seat.objects.in_force(TODAY).count(), Election.objects.get().seats) == (16, 15)


def test_the_election_that_was_called_runs_by_the_clock_and_replaces_the_board(
    molenwijk: Neighbourhood, ann: User, ben: User, cas: User, others: list[User]
) -> None:
    call = start(molenwijk, ann)
    for who in (ben, others[0]):
        support(call, who)
    election = Election.objects.get()

    stage.advance(election.nominations_from)
    stage.standing(election, [ben, cas])
    for moment in (stage.FREEZES, election.opens_at):
        stage.advance(moment)
    stage.ranks(election, ann, ben)
    stage.advance(stage.CLOSED)
    stage.advance(stage.FINAL)

    assert [(seat.person, seat.kind) for seat in Seat.objects.in_force(TODAY + 60 * DAY)] == [
        (ben.person, "ELECTED")
    ]


@pytest.mark.parametrize(
    ("residents", "share", "needed"), [(10, "1/5", 2), (11, "1/5", 3), (4, "1/5", 1), (7, "1", 7)]
)
def test_the_share_is_of_those_who_live_there_at_that_moment_rounded_up(
    molenwijk: Neighbourhood, residents: int, share: str, needed: int
) -> None:
    rules = values_of(policy_for(molenwijk, Subject.RECALL))
    policy = set_policy(
        neighbourhood=molenwijk, subject=Subject.RECALL, values=replace(rules, support_needed=share), actor=SYSTEM,
        at=NOON,
    )  # fmt: skip

    assert needed_support(policy.support_needed, residents) == needed


def test_the_same_form_twice_makes_one_call_and_there_is_one_at_a_time(
    molenwijk: Neighbourhood, ann: User, ben: User, others: list[User]
) -> None:
    key = uuid.uuid4()

    assert start(molenwijk, ann, key=key) == start(molenwijk, ann, key=key)
    with pytest.raises(recalls.RecallRunning):
        start(molenwijk, ben)

    call = Proposal.objects.get()
    twin = {
        name: getattr(call, name)
        for name in (
            "neighbourhood",
            "policy",
            "kind",
            "title",
            "text",
            "language",
            "proposed_by",
            "proposed_at",
        )
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(**twin, key=uuid.uuid4())


def test_only_residents_call_and_support_and_only_for_themselves(
    molenwijk: Neighbourhood, ann: User, ben: User, others: list[User]
) -> None:
    eva = person("Eva")
    resident(eva, place("Sluiskade", of=municipality("Veenstad")))

    with pytest.raises(recalls.OnlyResidents):
        start(molenwijk, eva)
    with pytest.raises(NotAllowed):
        start(molenwijk, ann, actor=actor(ben))
    call = start(molenwijk, ann)
    with pytest.raises(recalls.OnlyResidents):
        support(call, eva)
    for other in (actor(ann), SYSTEM):
        with pytest.raises(NotAllowed):
            recalls.support(proposal=call, person=ben.person, actor=other, at=NOON)
        with pytest.raises(NotAllowed):
            recalls.take_back_support(proposal=call, person=ben.person, actor=other, at=NOON)

    assert supporters(call) == 1


def test_everybody_counts_once_under_whichever_number(
    molenwijk: Neighbourhood, ann: User, ben: User, others: list[User]
) -> None:
    call = start(molenwijk, ann)

    for who in (ann, second_login(ann)):
        with pytest.raises(recalls.AlreadySupported):
            support(call, who)
    support(call, ben)
    Party.objects.filter(pk=ben.person_id).update(same_person_as=ann.person)

    assert (Support.objects.count(), supporters(call)) == (2, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Support.objects.create(proposal=call, person=ann.person)


def test_who_moved_away_no_longer_counts(
    molenwijk: Neighbourhood, ann: User, ben: User, others: list[User]
) -> None:
    call = start(molenwijk, ann)
    support(call, ben)
    ben.person.residencies.update(state="ENDED")

    assert support(call, others[0]) is False

    assert supporters(call) == 2


def test_support_is_taken_back_without_a_trace(
    molenwijk: Neighbourhood, ann: User, ben: User, others: list[User]
) -> None:
    call = start(molenwijk, ann)
    lines = (AuditEntry.objects.count(), AuditAbout.objects.count())

    support(call, ben)
    recalls.take_back_support(proposal=call, person=ben.person, actor=actor(ben), at=NOON)

    assert (AuditEntry.objects.count(), AuditAbout.objects.count()) == lines
    assert list(Support.objects.values_list("person", flat=True)) == [ann.person_id]
    with pytest.raises(recalls.NotSupported):
        recalls.take_back_support(proposal=call, person=ben.person, actor=actor(ben), at=NOON)


def test_whose_support_made_it_enough_stands_nowhere(
    molenwijk: Neighbourhood, ann: User, ben: User, others: list[User]
) -> None:
    call = start(molenwijk, ann)
    for who in (ben, others[0]):
        support(call, who)

    supporters_of_it = {ben.person_id, others[0].person_id}
    assert not AuditEntry.objects.filter(
        event__startswith="election.", acted_by__in=supporters_of_it
    ).exists()
    assert not AuditEntry.objects.filter(event="proposal.call", acted_by__isnull=False).exists()


def test_after_its_days_a_call_is_over(
    molenwijk: Neighbourhood, ann: User, ben: User, others: list[User]
) -> None:
    call = start(molenwijk, ann)
    over = support_until(call)

    assert stage.advance(over - SECOND).steps == 0
    with pytest.raises(recalls.CallOver):
        support(call, ben, at=over)
    assert stage.advance(over).steps == 1

    call.refresh_from_db()
    assert call.state == ProposalState.EXPIRED
    start(molenwijk, ben, at=over + DAY)


def test_whoever_began_it_takes_it_back_and_nobody_else(
    molenwijk: Neighbourhood, ann: User, ben: User, olga: User, others: list[User]
) -> None:
    call = start(molenwijk, ann)

    for who in (actor(ben), actor(olga), SYSTEM):
        with pytest.raises(recalls.NotYourCall):
            recalls.withdraw(proposal=call, actor=who, at=NOON)
    recalls.withdraw(proposal=call, actor=actor(ann), at=NOON)
    with pytest.raises(MoveRefused):
        recalls.withdraw(proposal=call, actor=actor(ann), at=NOON)
    with pytest.raises(recalls.CallOver):
        support(call, ben)


def test_without_a_board_or_with_an_election_coming_there_is_nothing_to_call_for(
    molenwijk: Neighbourhood, ann: User, cas: User
) -> None:
    with pytest.raises(recalls.NoBoard):
        start(molenwijk, ann)
    seated(cas, molenwijk)
    stage.announced(molenwijk)
    with pytest.raises(recalls.ElectionComing):
        start(molenwijk, ann)


@pytest.mark.parametrize(
    "words", [{"title": " "}, {"text": "\n"}, {"title": "a" * 151}, {"text": "a" * 4001}]
)
def test_a_call_says_what_and_why(
    molenwijk: Neighbourhood, ann: User, others: list[User], words: dict[str, str]
) -> None:
    with pytest.raises(recalls.NeedsWords):
        start(molenwijk, ann, **words)


def test_an_election_that_was_announced_meanwhile_is_not_called_a_second_time(
    molenwijk: Neighbourhood, ann: User, ben: User, others: list[User]
) -> None:
    call = start(molenwijk, ann)
    support(call, ben)
    election = stage.announced(molenwijk)

    assert support(call, others[0]) is False
    elections.cancel(election=election, reason="Vergissing.", actor=SYSTEM, at=NOON)
    assert support(call, others[1]) is True

    assert Election.objects.filter(called_by=call).count() == 1


def supporting(call: int, who: int) -> bool:
    login = User.objects.select_related("person").get(pk=who)
    return recalls.support(
        proposal=Proposal.objects.get(pk=call), person=login.person, actor=actor(login), at=NOON
    )


def race_place(names: Iterable[str]) -> tuple[Neighbourhood, list[User]]:
    molenwijk = stage.a_place()
    logins = stage.residents(molenwijk, *names)
    seated(logins[0], molenwijk)
    return molenwijk, logins


def test_who_support_at_the_same_moment_call_one_election(real_commits: RealCommits) -> None:
    molenwijk, logins = race_place(["Ann", *(f"Buur{number}" for number in range(9))])
    call = start(molenwijk, logins[0])

    outcomes = real_commits.race(supporting, [{"call": call.pk, "who": who.pk} for who in logins[1:6]])

    assert [one.result for one in outcomes].count(True) == 1
    assert {one.refused for one in outcomes} <= {None, "call_over"}
    assert Election.objects.filter(called_by=call).count() == 1


def test_one_persons_support_sent_many_times_at_once_counts_once(real_commits: RealCommits) -> None:
    molenwijk, logins = race_place(["Ann", *(f"Buur{number}" for number in range(19))])
    call = start(molenwijk, logins[0])

    outcomes = real_commits.race(supporting, [{"call": call.pk, "who": logins[1].pk}] * 4)

    assert sorted(str(one.refused) for one in outcomes) == ["None", *["already_supported"] * 3]
    assert supporters(call) == 2
