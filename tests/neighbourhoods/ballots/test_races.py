"""Real processes at one moment: one person leaves one ballot; a box that closes takes a vote whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from neighbourhoods.models import Ballot, BallotBox, Neighbourhood, PaperCount, Proxy, RecordedVote, Result
from neighbourhoods.operations.ballots import close_box
from neighbourhoods.states import BoxState
from people.models import Party, User
from tests.factories.democracy import AFTER, box, policy
from tests.factories.people import person
from tests.factories.residency import municipality, place, resident, seated, second_login
from tests.neighbourhoods.ballots import racers
from tests.neighbourhoods.ballots.stage import SYSTEM, choices_in, how_many, many, officer_of, paper
from tests.plugins.data import Outcome, RealCommits
from tests.races import Call

AT_ONCE = 50

Deed = tuple[Callable[..., Any], Call]


@pytest.fixture
def molen(real_commits: RealCommits) -> Neighbourhood:
    return place("Molenwijk", of=municipality("Dijkstad"))


def tally(outcomes: list[Outcome]) -> Counter[str]:
    return Counter(one.refused or str(one.result) for one in outcomes)


def test_fifty_casts_of_one_person_at_once_leave_one_ballot_and_one_mark(
    real_commits: RealCommits, molen: Neighbourhood
) -> None:
    ann = person("Ann")
    urn = box(molen, [ann, person("Ben")])

    outcomes = real_commits.race(racers.cast, [{"box": urn.pk, "login": ann.pk}] * AT_ONCE)

    assert tally(outcomes) == {racers.DONE: 1, "already_voted": AT_ONCE - 1}
    assert how_many(urn) == (1, 1)


def test_a_person_with_two_numbers_and_two_entries_votes_once_from_many_devices(
    real_commits: RealCommits, molen: Neighbourhood
) -> None:
    ann, ben = person("Ann"), person("Ben")
    urn = box(molen, [ann, ben])
    Party.objects.filter(pk=ben.person_id).update(same_person_as=ann.person_id)
    third = second_login(ann)
    calls: list[Call] = [{"box": urn.pk, "login": who.pk} for who in (ann, ben, third) * 4]

    outcomes = real_commits.race(racers.cast, calls)

    assert tally(outcomes) == {racers.DONE: 1, "already_voted": 11}
    assert how_many(urn) == (1, 1)


def test_different_people_vote_at_once_and_nobody_waits_for_nothing(
    real_commits: RealCommits, molen: Neighbourhood
) -> None:
    voters = many(20)
    urn = box(molen, voters)

    outcomes = real_commits.race(racers.cast, [{"box": urn.pk, "login": who.pk} for who in voters])

    assert tally(outcomes) == {racers.DONE: 20}
    assert how_many(urn) == (20, 20)


@pytest.mark.parametrize("turn", range(3))
def test_casting_while_the_box_is_closed_is_whole_or_refused(
    real_commits: RealCommits, molen: Neighbourhood, turn: int
) -> None:
    voters, olga = many(16), officer_of(molen, "Olga")
    urn = box(molen, voters)
    casts: list[Deed] = [(racers.cast, {"box": urn.pk, "login": who.pk}) for who in voters]
    deeds: list[Deed] = [
        *casts[: 4 * turn + 2],
        (racers.close, {"box": urn.pk, "officer": olga.pk}),
        *casts[4 * turn + 2 :],
    ]

    outcomes = tally(real_commits.race_between(deeds))

    urn.refresh_from_db()
    assert urn.state == BoxState.CLOSED
    assert set(outcomes) <= {racers.DONE, "too_late"}
    assert how_many(urn) == (outcomes[racers.DONE] - 1, outcomes[racers.DONE] - 1)
    assert outcomes.total() == len(voters) + 1


def test_two_officers_who_close_at_once_close_once(real_commits: RealCommits, molen: Neighbourhood) -> None:
    voters = many(3)
    urn = box(molen, voters)
    real_commits.race(racers.cast, [{"box": urn.pk, "login": who.pk} for who in voters])
    calls: list[Call] = [
        {"box": urn.pk, "officer": officer_of(molen, name).pk} for name in ("Olga", "Piet", "Quint")
    ]

    outcomes = real_commits.race(racers.close, calls)

    assert tally(outcomes) == {racers.DONE: 1, "move_refused": 2}
    assert (how_many(urn), len(choices_in(urn))) == ((3, 3), 3)


def test_of_making_it_longer_and_closing_at_once_one_wins(
    real_commits: RealCommits, molen: Neighbourhood
) -> None:
    olga, piet = officer_of(molen, "Olga"), officer_of(molen, "Piet")
    urn = box(molen, many(1))

    outcomes = tally(
        real_commits.race_between(
            [
                (racers.close, {"box": urn.pk, "officer": olga.pk}),
                (racers.extend, {"box": urn.pk, "officer": piet.pk}),
            ]
        )
    )

    urn.refresh_from_db()
    is_longer = urn.closes_at > AFTER
    assert outcomes == {racers.DONE: 1, "not_the_time" if is_longer else "too_late": 1}
    assert urn.state == (BoxState.OPEN if is_longer else BoxState.CLOSED)


def test_somebody_who_is_handed_paper_and_votes_at_that_moment_voted_once(
    real_commits: RealCommits, molen: Neighbourhood
) -> None:
    ann, olga = person("Ann"), officer_of(molen, "Olga")
    urn = box(molen, [ann])
    deeds: list[Deed] = [
        (racers.cast, {"box": urn.pk, "login": ann.pk}),
        (racers.mark, {"box": urn.pk, "officer": olga.pk, "voter": ann.pk}),
    ] * 4

    outcomes = tally(real_commits.race_between(deeds))

    ballots, marks = how_many(urn)
    assert outcomes == {racers.DONE: 1, "already_voted": 7}
    assert (ballots in {0, 1}, marks) == (True, 1)


def test_two_officers_who_enter_paper_at_once_enter_it_once(
    real_commits: RealCommits, molen: Neighbourhood
) -> None:
    voters, olga, piet = many(3), officer_of(molen, "Olga"), officer_of(molen, "Piet")
    urn = box(molen, voters)
    for who in voters[:2]:
        paper(urn, olga, who)
    close_box(box=urn, actor=SYSTEM, at=AFTER)
    calls: list[Call] = [{"box": urn.pk, "officer": who.pk} for who in (olga, piet) * 3]

    outcomes = tally(real_commits.race(racers.enter_paper, calls))

    assert (outcomes["False"], outcomes["True"]) == (1, 1)
    assert set(outcomes) <= {"False", "True", "entered_already", "no_paper"}
    assert (PaperCount.objects.count(), how_many(urn)) == (2, (2, 2))


def test_two_who_count_at_once_make_one_result(real_commits: RealCommits, molen: Neighbourhood) -> None:
    urn = box(molen, many(2))
    close_box(box=urn, actor=SYSTEM, at=AFTER)

    outcomes = tally(real_commits.race(racers.count, [{"box": urn.pk}] * 4))

    assert outcomes == {racers.DONE: 1, "move_refused": 3}
    assert Result.objects.count() == 1


def with_proxies(molen: Neighbourhood, voters: list[User]) -> BallotBox:
    return box(molen, voters, of=policy(molen, method="YES_NO", max_proxies=1))


def test_a_giver_and_a_holder_who_vote_at_once_leave_one_ballot(
    real_commits: RealCommits, molen: Neighbourhood
) -> None:
    ann, ben = person("Ann"), person("Ben")
    urn = with_proxies(molen, [ann, ben])
    racers.give(urn.roll_id, ann.pk, ben.person_id)
    deeds: list[Deed] = [
        (racers.cast, {"box": urn.pk, "login": ann.pk}),
        (racers.cast, {"box": urn.pk, "login": ben.pk, "behalf": ann.person_id}),
        (racers.take_back, {"roll": urn.roll_id, "giver": ann.pk}),
    ] * 4

    outcomes = tally(real_commits.race_between(deeds))

    assert how_many(urn) == (1, 1)
    assert outcomes[racers.DONE] in {1, 2}  # taken back before the giver voted
    assert set(outcomes) <= {racers.DONE, "already_voted", "no_proxy", "no_proxy_given"}


def test_two_who_give_the_same_person_a_proxy_at_once_where_one_is_allowed(
    real_commits: RealCommits, molen: Neighbourhood
) -> None:
    voters, ann = many(4), person("Ann")
    urn = with_proxies(molen, [*voters, ann])
    calls: list[Call] = [{"roll": urn.roll_id, "giver": who.pk, "holder": ann.person_id} for who in voters]

    outcomes = tally(real_commits.race(racers.give, calls))

    assert outcomes == {racers.DONE: 1, "too_many_proxies": 3}
    assert Proxy.objects.count() == 1


def test_votes_with_a_name_of_one_person_at_once_are_numbered_one_after_the_other(
    real_commits: RealCommits, molen: Neighbourhood
) -> None:
    ann = person("Ann")
    resident(ann, molen)
    seated(ann, molen)
    urn = box(molen, [ann], of=policy(molen, "MOTION"))
    calls: list[Call] = [
        {"box": urn.pk, "login": ann.pk, "choice": choice} for choice in ('{"1":"yes"}', '{"1":"no"}') * 4
    ]

    outcomes = real_commits.race(racers.vote_with_name, calls)

    assert sorted(one.result for one in outcomes) == list(range(1, 9))
    assert RecordedVote.objects.count() == 8
    assert Ballot.objects.count() == 0
