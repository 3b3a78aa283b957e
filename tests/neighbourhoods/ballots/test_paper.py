"""Ballots on paper: two people enter the same, and nothing of it lies about meanwhile."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import check_password
from pytest_django import Settings

from core.refusals import NotAllowed
from neighbourhoods.counting import canonical
from neighbourhoods.models import BallotBox, Neighbourhood, PaperCount
from neighbourhoods.operations import ballots
from neighbourhoods.operations.ballots import (
    BadBallot,
    EnteredAlready,
    NoPaper,
    NotClosedYet,
    PaperDiffers,
    PaperMissing,
    WrongNumber,
)
from neighbourhoods.queries.ballots import waits_for_paper
from neighbourhoods.states import BoxState
from people.models import Role, User
from tests.factories.democracy import AFTER, box
from tests.factories.people import actor, mandate, person
from tests.factories.residency import second_login
from tests.neighbourhoods.ballots.stage import (
    BLANK,
    NO,
    SYSTEM,
    YES,
    choices_in,
    close,
    enter,
    how_many,
    many,
    officer_of,
    paper,
    vote,
)

ENTERED = [NO, "INVALID", BLANK]


@pytest.fixture
def urn(molenwijk: Neighbourhood, olga: User) -> BallotBox:
    """Closed; three voted on the site and three on paper."""
    voters = many(7)
    made = box(molenwijk, voters)
    for who in voters[:3]:
        vote(made, who)
    for who in voters[3:6]:
        paper(made, olga, who)
    close(made)
    return made


def test_after_two_entered_the_same_in_whichever_order_the_ballots_are_in(
    urn: BallotBox, olga: User, piet: User
) -> None:
    assert waits_for_paper(urn) == 3

    assert enter(urn, olga, ENTERED) is False
    assert (how_many(urn), urn.state) == ((3, 6), BoxState.CLOSED)
    before = set(urn.ballots.values_list("pk", flat=True))
    assert enter(urn, piet, ENTERED[::-1]) is True

    assert choices_in(urn) == sorted([YES] * 3 + ENTERED, key=str)
    assert before.isdisjoint(urn.ballots.values_list("pk", flat=True))
    assert (waits_for_paper(urn), urn.state) == (0, BoxState.CLOSED)
    assert ballots.count_box(box=urn, actor=SYSTEM, at=AFTER).sheet.count('"invalid":1') == 1


def test_of_the_first_entry_only_a_number_and_a_slow_hash_are_kept(
    urn: BallotBox, olga: User, ben: User
) -> None:
    other = officer_of(urn.neighbourhood, "Quint")
    enter(urn, olga, ENTERED)
    kept = PaperCount.objects.get()

    assert (kept.ballots, kept.entered_by) == (3, olga.person)
    assert kept.digest is not None
    assert "INVALID" not in kept.digest
    assert "$" in kept.digest
    enter(urn, other, ENTERED)
    assert set(PaperCount.objects.values_list("digest", flat=True)) == {
        None
    }  # of both, once the ballots are in


def test_whoever_has_the_database_alone_cannot_try_what_was_entered(
    urn: BallotBox, olga: User, settings: Settings
) -> None:
    """Of one ballot with one question there are four possible ones. The key of the site stands between."""
    enter(urn, olga, ENTERED)
    digest = PaperCount.objects.get().digest or ""

    guess = canonical(sorted(canonical(choice) for choice in ENTERED))
    assert not any(check_password(text, digest) for text in (guess, canonical([str(urn.ref), guess])))
    settings.SECRET_KEY = "of somebody else"
    with pytest.raises(PaperDiffers):
        enter(urn, officer_of(urn.neighbourhood, "Quint"), ENTERED)


def test_one_person_does_not_enter_twice_also_not_under_a_second_number(
    molenwijk: Neighbourhood, urn: BallotBox, olga: User
) -> None:
    again = second_login(olga)
    mandate(person=again, principal=molenwijk.party, role=Role.POLLING)
    enter(urn, olga, ENTERED)

    for who in (olga, again):
        with pytest.raises(EnteredAlready):
            enter(urn, who, ENTERED)

    assert how_many(urn) == (3, 6)


def test_a_second_entry_that_differs_is_refused_and_can_be_mended(
    urn: BallotBox, olga: User, piet: User
) -> None:
    enter(urn, olga, ENTERED)

    with pytest.raises(PaperDiffers):
        enter(urn, piet, [NO, NO, BLANK])
    assert PaperCount.objects.count() == 1

    assert enter(urn, piet, ENTERED) is True


def test_when_the_first_was_wrong_a_third_person_decides(urn: BallotBox, olga: User, piet: User) -> None:
    rik = officer_of(urn.neighbourhood, "Rik")
    enter(urn, olga, [YES, YES, YES])
    with pytest.raises(PaperDiffers):
        enter(urn, piet, ENTERED, is_sure=True)
    assert (PaperCount.objects.count(), how_many(urn)) == (2, (3, 6))

    assert enter(urn, rik, ENTERED) is True

    assert choices_in(urn) == sorted([YES] * 3 + ENTERED, key=str)


def test_as_many_as_were_handed_out(urn: BallotBox, olga: User) -> None:
    for wrong in (ENTERED[:2], [*ENTERED, YES]):
        with pytest.raises(WrongNumber):
            enter(urn, olga, wrong)

    with pytest.raises(BadBallot):
        enter(urn, olga, [NO, NO, {"9": "yes"}])
    assert PaperCount.objects.count() == 0


def test_nobody_but_officers_enters(urn: BallotBox, cas: User) -> None:
    for who in (actor(cas), actor(person("Root", is_staff=True, is_superuser=True)), SYSTEM):
        with pytest.raises(NotAllowed):
            ballots.enter_paper(box=urn, choices=ENTERED, actor=who, at=AFTER)


def test_nothing_is_entered_before_closing_nor_once_it_is_in(
    molenwijk: Neighbourhood, urn: BallotBox, olga: User, piet: User, ann: User
) -> None:
    running = box(molenwijk, [ann])
    paper(running, olga, ann)
    with pytest.raises(NotClosedYet):
        enter(running, olga, [YES])

    enter(urn, olga, ENTERED)
    enter(urn, piet, ENTERED)
    with pytest.raises(NoPaper):
        enter(urn, officer_of(molenwijk, "Rik"), ENTERED)


def test_a_vote_without_paper_has_none_to_enter(molenwijk: Neighbourhood, ann: User, olga: User) -> None:
    urn = box(molenwijk, [ann])
    close(urn)

    with pytest.raises(NoPaper):
        enter(urn, olga, [])


def test_nothing_is_counted_while_paper_is_missing(urn: BallotBox, olga: User) -> None:
    enter(urn, olga, ENTERED)

    with pytest.raises(PaperMissing) as refused:
        ballots.count_box(box=urn, actor=SYSTEM, at=AFTER)

    assert str(refused.value) == "The ballots on paper (3) must be entered first, by two people."
