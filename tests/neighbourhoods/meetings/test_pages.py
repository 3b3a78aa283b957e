"""The pages of the boardroom, as members and others see them."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from neighbourhoods.models import Meeting, Neighbourhood, Proposal, Seat
from neighbourhoods.operations import meetings, motions
from neighbourhoods.operations.meetings import fingerprint
from neighbourhoods.queries.meetings import agenda_of
from people.models import User
from tests.factories.people import actor
from tests.factories.residency import DAY, NOON, TODAY
from tests.neighbourhoods.meetings.making import BEGINS, planned, proposed, votes
from tests.neighbourhoods.meetings.visiting import SignIn, at, html

# --- Who comes in ---------------------------------------------------------------------------------------------------


def test_only_members_of_this_board_find_the_room(
    browser: SignIn, ann: User, cas: User, eva: User, molenwijk: Neighbourhood
) -> None:
    assert browser(ann).get(at("boardroom")).status_code == 200
    for login in (cas, eva):
        assert browser(login).get(at("boardroom")).status_code == 404
    asked = Client().get(at("boardroom"))
    assert (asked.status_code, asked.headers["Location"].startswith("/en/account/login/")) == (302, True)


def test_a_member_finds_the_way_to_the_room_on_their_own_page_and_nobody_else_does(
    browser: SignIn, ben: User, eva: User, molenwijk: Neighbourhood
) -> None:
    door = at("boardroom")

    shown = [door in browser(login).get(reverse("account")).content.decode() for login in (ben, eva)]

    assert shown == [True, False]


def test_whose_term_ended_yesterday_finds_no_room_today(
    browser: SignIn, ann: User, molenwijk: Neighbourhood
) -> None:
    Seat.objects.update(from_on=TODAY - 9 * DAY, until_on=TODAY - DAY)

    assert browser(ann).get(at("boardroom")).status_code == 404


ROOMS = ("boardroom", "board_meetings", "meeting_plan", "board_motions", "motion_propose", "board_interests")
OF_MEETING = (
    "meeting_change", "meeting_invite", "meeting_cancel", "meeting_hold", "agenda_add", "minutes_write",
    "minutes_publish", "minutes_approve",
)  # fmt: skip
OF_MOTION = (
    "motion_vote", "motion_step_aside", "motion_change", "motion_agenda", "motion_withdraw", "motion_open",
    "motion_round", "motion_close",
)  # fmt: skip


def test_behind_every_door_of_the_room_there_is_nothing_for_others(
    browser: SignIn, cas: User, eva: User, written_round: Proposal, meeting: Meeting
) -> None:
    item = agenda_of(meeting)[0].pk
    doors: list[tuple[Any, ...]] = [(name,) for name in (*ROOMS, "board_offices")]
    doors += [(name, meeting.ref) for name in OF_MEETING]
    doors += [(name, written_round.ref) for name in OF_MOTION]
    doors += [
        ("agenda_change", meeting.ref, item),
        ("agenda_move", meeting.ref, item, "up"),
        ("agenda_remove", meeting.ref, item),
        ("board_interest_end", 1),
        ("board_office", 1),
    ]

    for login in (cas, eva):
        client = browser(login)
        answers = {name: client.post(at(name, *args)).status_code for name, *args in doors}
        assert answers == dict.fromkeys(answers, 404)
    assert agenda_of(meeting).count() == 1


# --- What everybody sees --------------------------------------------------------------------------------------------


def test_a_meeting_in_preparation_exists_for_its_board_alone(
    browser: SignIn, meeting: Meeting, ben: User, cas: User, eva: User
) -> None:
    assert "Being prepared" in html(browser(ben), "meeting", meeting.ref)

    for client in (browser(cas), browser(eva), Client()):
        assert client.get(at("meeting", meeting.ref)).status_code == 404


def test_after_the_invitation_everybody_sees_the_agenda(
    browser: SignIn, invited: Meeting, molenwijk: Neighbourhood
) -> None:
    shown = html(Client(), "meeting", invited.ref)

    assert "Punt 1" in shown
    assert "Call it off" not in shown


def test_a_meeting_of_elsewhere_is_not_found_here(
    browser: SignIn, invited: Meeting, ann: User, sluiskade: Neighbourhood
) -> None:
    assert Client().get(at("meeting", invited.ref, slug="sluiskade")).status_code == 404
    assert Client().get(at("meeting", uuid.uuid4())).status_code == 404


def test_a_draft_of_minutes_is_the_boards_own_until_it_is_published(
    browser: SignIn, held: Meeting, ann: User, ben: User, eva: User
) -> None:
    minutes = meetings.write_minutes(
        meeting=held,
        text="Ann opent.",
        others_present=3,
        based_on=fingerprint(""),
        actor=actor(ben),
        at=BEGINS,
    )
    assert "Ann opent." in html(browser(ben), "meeting", held.ref)
    for client in (Client(), browser(eva)):
        assert "Ann opent." not in html(client, "meeting", held.ref)

    meetings.publish_minutes(minutes=minutes, actor=actor(ann), at=BEGINS)

    shown = html(Client(), "meeting", held.ref)
    assert "Ann opent." in shown
    assert "Published, not approved yet" in shown


def test_a_proposal_that_nobody_was_invited_to_exists_for_its_board_alone(
    browser: SignIn, ann: User, ben: User, eva: User, molenwijk: Neighbourhood
) -> None:
    made = proposed(molenwijk, ben)

    assert browser(ann).get(at("motion", made.ref)).status_code == 200
    for client in (browser(eva), Client()):
        assert client.get(at("motion", made.ref)).status_code == 404


def test_how_members_vote_is_shown_to_nobody_before_the_vote_is_over(
    browser: SignIn, voting: Proposal, ann: User, ben: User, eva: User
) -> None:
    votes(voting, ben, "no", "Veel te duur")

    for client in (Client(), browser(eva), browser(ann)):
        shown = html(client, "motion", voting.ref)
        assert "Veel te duur" not in shown
        assert "2 members have still to vote." in shown
    own = html(browser(ben), "motion", voting.ref)
    assert ("You voted: Against" in own, "Veel te duur" in own) == (True, True)


def test_everybody_reads_who_voted_what_when_it_is_over(
    browser: SignIn, voting: Proposal, ann: User, ben: User, dirk: User
) -> None:
    votes(voting, ann, "yes", "Mooi plan")
    votes(voting, ben, "no")
    votes(voting, ben, "yes")
    motions.close_vote(proposal=voting, actor=actor(ann), at=BEGINS)
    assert voting.meeting is not None

    shown = html(Client(), "motion", voting.ref)
    of_meeting = html(Client(), "meeting", voting.meeting.ref)

    assert "Adopted: 2 for, 0 against." in shown
    for words in (
        "Ann de Vries",
        "Mooi plan",
        "voted before: Against",
        "Did not vote",
        "2 of 3 members voted.",
    ):
        assert words in shown
    assert ("2 for, 0 against" in of_meeting, "Ann de Vries, Ben de Vries" in of_meeting) == (True, True)


# --- Lists ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_the_room_costs_the_same_however_much_lies_there(
    rows: int,
    browser: SignIn,
    ann: User,
    ben: User,
    molenwijk: Neighbourhood,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        meeting = planned(molenwijk, ann, title=f"Vergadering {number}")
        proposed(molenwijk, ben, f"Voorstel {number}", meeting=meeting)
        vote = proposed(molenwijk, ann if number else ben, f"Stemming {number}")
        motions.open_vote(proposal=vote, in_writing=True, actor=actor(ann), at=NOON)
        done = proposed(molenwijk, ann if number else ben, f"Besluit {number}")
        motions.open_vote(proposal=done, in_writing=True, actor=actor(ann), at=NOON)
        for login in (ann, ben):
            votes(done, login, "yes", at=NOON)
        motions.close_vote(proposal=done, actor=actor(ann), at=NOON)
    client = browser(ann)
    html(client, "boardroom")

    with django_assert_num_queries(27):
        html(client, "boardroom")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_meeting_costs_the_same_however_much_was_decided(
    rows: int,
    ann: User,
    ben: User,
    molenwijk: Neighbourhood,
    noon: time_machine.Traveller,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    meeting = planned(molenwijk, ann, items=rows)
    made = [proposed(molenwijk, ann if number else ben, meeting=meeting) for number in range(rows)]
    meetings.invite(meeting=meeting, actor=actor(ann), at=NOON)
    for one in made:
        motions.open_vote(proposal=one, in_writing=False, actor=actor(ann), at=BEGINS)
        votes(one, ann, "yes")
        votes(one, ben, "no")
        motions.close_vote(proposal=one, actor=actor(ann), at=BEGINS)
    html(Client(), "meeting", meeting.ref)

    with django_assert_num_queries(10):
        html(Client(), "meeting", meeting.ref)
