"""Casting at the desk and under two numbers, and what is logged of it."""

from __future__ import annotations

import logging

import pytest

from core.actor import Actor
from core.refusals import NotAllowed
from neighbourhoods.models import Ballot, Channel, Neighbourhood, RollEntry
from neighbourhoods.operations import ballots
from neighbourhoods.operations.ballots import (
    AlreadyVoted,
    NotOnRoll,
)
from neighbourhoods.permissions import OwnMatter
from people.models import Party, Role, User
from tests.factories.democracy import VOTING, box
from tests.factories.people import mandate, person
from tests.factories.residency import second_login
from tests.neighbourhoods.ballots.stage import (
    NO,
    channel_of,
    choices_in,
    help_vote,
    how_many,
    paper,
    vote,
)


def test_an_officer_helps_somebody_vote_and_is_named_on_the_roll(
    molenwijk: Neighbourhood, ann: User, olga: User
) -> None:
    urn = box(molenwijk, [ann])

    help_vote(urn, olga, ann, NO)

    entry = RollEntry.objects.get(roll=urn.roll, person=ann.person)
    assert (entry.channel, entry.marked_by) == (Channel.ASSISTED, olga.person)
    assert choices_in(urn) == [NO]


def test_whoever_got_a_ballot_on_paper_does_not_vote_on_the_site_nor_the_other_way_round(
    molenwijk: Neighbourhood, ann: User, ben: User, olga: User
) -> None:
    urn = box(molenwijk, [ann, ben])
    paper(urn, olga, ann)
    vote(urn, ben)

    with pytest.raises(AlreadyVoted):
        vote(urn, ann)
    with pytest.raises(AlreadyVoted) as refused:
        paper(urn, olga, ben)

    assert str(refused.value) == "This person has already voted. A secret vote cannot be changed."
    assert (channel_of(urn, ann), channel_of(urn, ben)) == (Channel.PAPER, Channel.ONLINE)
    assert how_many(urn) == (1, 2)


def test_an_officer_does_not_help_themself(molenwijk: Neighbourhood, olga: User) -> None:
    """Also not through a second login."""
    urn = box(molenwijk, [olga])
    again = second_login(olga)
    mandate(person=again, principal=molenwijk.party, role=Role.POLLING)

    for who in (olga, again):
        with pytest.raises(OwnMatter):
            help_vote(urn, who, olga)
        with pytest.raises(OwnMatter):
            paper(urn, who, olga)

    vote(urn, olga)
    assert how_many(urn) == (1, 1)


def test_nobody_but_an_officer_marks_or_helps(molenwijk: Neighbourhood, ann: User, ben: User) -> None:
    urn = box(molenwijk, [ann, ben])
    root = person("Root", is_staff=True, is_superuser=True)

    for who in (ben, root):
        with pytest.raises(NotAllowed):
            help_vote(urn, who, ann)
        with pytest.raises(NotAllowed):
            paper(urn, who, ann)
    with pytest.raises(NotAllowed):
        ballots.mark_paper(box=urn, voter=ann.person, actor=Actor.system(), at=VOTING)


# --- One person, whatever the number ----------------------------------------------------------------------------------


def test_a_person_with_two_numbers_votes_once(molenwijk: Neighbourhood, ann: User) -> None:
    urn = box(molenwijk, [ann])
    twin = second_login(ann)

    vote(urn, twin)

    with pytest.raises(AlreadyVoted):
        vote(urn, ann)
    assert how_many(urn) == (1, 1)


@pytest.mark.parametrize("first", [0, 1])
def test_two_entries_of_people_who_turn_out_to_be_one_carry_one_vote(
    molenwijk: Neighbourhood, ann: User, ben: User, first: int
) -> None:
    urn = box(molenwijk, [ann, ben])
    vote(urn, [ann, ben][first])
    Party.objects.filter(pk=ben.person_id).update(same_person_as=ann.person_id)

    for who in (ann, ben):
        with pytest.raises(AlreadyVoted):
            vote(urn, User.objects.get(pk=who.pk))

    assert how_many(urn) == (1, 1)


def test_who_was_linked_after_the_page_about_them_was_opened_votes_once_all_the_same(
    molenwijk: Neighbourhood, ann: User, ben: User, olga: User
) -> None:
    """The person that the page knows still has a number of its own; the row no longer has."""
    urn = box(molenwijk, [ann, ben])
    vote(urn, ann)
    Party.objects.filter(pk=ben.person_id).update(same_person_as=ann.person_id)
    assert ben.person.same_person_as_id is None

    with pytest.raises(AlreadyVoted):
        help_vote(urn, olga, ben)
    with pytest.raises(NotAllowed):
        vote(urn, ben)

    assert how_many(urn) == (1, 1)


def test_of_two_linked_entries_the_entitled_one_counts(
    molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    urn = box(molenwijk, [ben], left_out=[ann])
    Party.objects.filter(pk=ben.person_id).update(same_person_as=ann.person_id)

    vote(urn, ann)

    assert (channel_of(urn, ann), channel_of(urn, ben)) == ("", Channel.ONLINE)


# --- What is logged ---------------------------------------------------------------------------------------------------


def test_a_refused_cast_is_logged_with_the_box_and_the_reason_alone(
    molenwijk: Neighbourhood, ann: User, cas: User, caplog: pytest.LogCaptureFixture
) -> None:
    urn = box(molenwijk, [ann], left_out=[])

    with caplog.at_level(logging.DEBUG, logger="neighbourhoods"), pytest.raises(NotOnRoll):
        vote(urn, cas, NO)

    lines = [one.getMessage() for one in caplog.records if one.name == "neighbourhoods.ballots"]
    assert lines == [f"cast refused box={urn.ref} code=not_on_roll"]
    assert Ballot.objects.count() == 0


def test_a_cast_that_is_taken_is_not_logged_at_all(
    molenwijk: Neighbourhood, ann: User, caplog: pytest.LogCaptureFixture
) -> None:
    urn = box(molenwijk, [ann])

    with caplog.at_level(logging.DEBUG, logger="neighbourhoods"):
        vote(urn, ann)

    assert [one for one in caplog.records if one.name.startswith("neighbourhoods")] == []
