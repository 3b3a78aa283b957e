"""The pages of the boardroom, as members use them."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from neighbourhoods.models import (
    Attendance,
    Indication,
    Meeting,
    Minutes,
    Neighbourhood,
    Proposal,
    Seat,
    Subject,
)
from neighbourhoods.operations import meetings
from neighbourhoods.operations.meetings import fingerprint
from neighbourhoods.queries.meetings import agenda_of
from neighbourhoods.queries.values import has_interest
from people.models import User
from tests.factories import values
from tests.factories.democracy import policy
from tests.factories.people import actor, organisation
from tests.factories.residency import DAY, NOON, TODAY
from tests.neighbourhoods.meetings.making import box_of, planned, proposed
from tests.neighbourhoods.meetings.visiting import KEY, SignIn, at, html, post

# --- A meeting from plan to approved minutes ------------------------------------------------------------------------

PLAN = {
    "key": KEY, "kind": "BOARD", "title": "Bestuursvergadering", "on": "2026-11-28", "begins": "19:30",
    "place": "De Wiek", "notice": "",
}  # fmt: skip


def test_a_member_plans_a_meeting_once_however_often_the_form_is_sent(
    browser: SignIn, ben: User, molenwijk: Neighbourhood
) -> None:
    client = browser(ben)

    for _time in range(2):
        sent = post(client, "meeting_plan", **PLAN)

    made = Meeting.objects.get()
    assert sent.headers["Location"] == at("meeting", made.ref)
    assert made.starts_at.isoformat() == "2026-11-28T18:30:00+00:00"


def test_a_form_that_is_refused_keeps_what_was_filled_in(
    browser: SignIn, ben: User, molenwijk: Neighbourhood
) -> None:
    sent = post(browser(ben), "meeting_plan", **{**PLAN, "on": "2026-11-01"})
    shown = sent.content.decode()

    assert (sent.status_code, Meeting.objects.count()) == (200, 0)
    assert "This moment has passed. Choose a later one." in shown
    assert 'value="Bestuursvergadering"' in shown


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31", "gisteren"])
def test_a_day_that_is_none_is_a_slip_and_no_fault(
    on: str, browser: SignIn, ben: User, molenwijk: Neighbourhood
) -> None:
    sent = post(browser(ben), "meeting_plan", **{**PLAN, "on": on})

    assert (sent.status_code, "Enter a date" in sent.content.decode()) == (200, True)


def test_the_chair_takes_a_meeting_from_its_plan_to_approved_minutes(
    browser: SignIn, noon: time_machine.Traveller, ann: User, ben: User, molenwijk: Neighbourhood
) -> None:
    client = browser(ann)
    post(client, "meeting_plan", **PLAN)
    ref = Meeting.objects.get().ref

    post(client, "agenda_add", ref, title="Het plein", text="")
    post(client, "agenda_add", ref, title="Opening", text="")
    last = agenda_of(Meeting.objects.get())[1]
    post(client, "agenda_move", ref, last.pk, "up")
    post(client, "agenda_change", ref, last.pk, title="Welkom", text="")
    assert [item.title for item in agenda_of(Meeting.objects.get())] == ["Welkom", "Het plein"]
    post(client, "meeting_change", ref, **{**PLAN, "place": "Bij Ann"})
    post(client, "meeting_invite", ref)
    assert (Meeting.objects.get().state, Meeting.objects.get().place) == ("INVITED", "Bij Ann")

    noon.move_to(NOON + 8 * DAY)
    assert "Write down who is there" in html(client, "boardroom")
    told = {f"member_{ann.person_id}": "PRESENT", f"member_{ben.person_id}": "ABSENT"}
    post(client, "meeting_hold", ref, **told)
    assert (Meeting.objects.get().state, Attendance.objects.count()) == ("HELD", 2)

    draft = {"text": "Ann opent.\r\n\r\nHet plein.", "others_present": "4", "based_on": fingerprint("")}
    post(client, "minutes_write", ref, **draft)
    assert Minutes.objects.get().text == "Ann opent.\n\nHet plein."
    post(client, "minutes_publish", ref)
    assert "There has been no meeting since" in html(client, "minutes_approve", ref)

    later = planned(molenwijk, ann, at=NOON + 9 * DAY, starts_at=NOON + 20 * DAY)
    Meeting.objects.filter(pk=later.pk).update(state="HELD")
    post(client, "minutes_approve", ref, meeting=later.pk)
    assert Minutes.objects.get().state == "APPROVED"


def test_a_second_draft_over_a_colleagues_is_refused_with_the_words_kept(
    browser: SignIn, held: Meeting, ann: User, ben: User
) -> None:
    opened = fingerprint("")
    post(browser(ann), "minutes_write", held.ref, text="Van Ann.", others_present="0", based_on=opened)

    sent = post(browser(ben), "minutes_write", held.ref, text="Van Ben.", others_present="0", based_on=opened)

    shown = sent.content.decode()
    assert ("Somebody else changed the minutes" in shown, "Van Ben." in shown) == (True, True)
    assert Minutes.objects.get().text == "Van Ann."


def test_a_point_is_taken_off_once(browser: SignIn, meeting: Meeting, ann: User) -> None:
    client = browser(ann)
    item = agenda_of(meeting)[0]

    sent = client.post(at("agenda_remove", meeting.ref, item.pk), follow=True)

    assert "“Punt 1” is off the agenda." in sent.content.decode()
    assert agenda_of(meeting).count() == 0
    assert post(client, "agenda_remove", meeting.ref, item.pk).status_code == 404


def test_what_a_single_button_was_refused_is_said_on_the_next_page(
    browser: SignIn, invited: Meeting, ben: User
) -> None:
    item = agenda_of(invited)[0]

    sent = browser(ben).post(at("agenda_move", invited.ref, item.pk, "down"), follow=True)

    assert "The invitation has gone out. The agenda stays as it is." in sent.content.decode()


def test_a_member_who_is_no_chair_sees_no_button_to_invite_and_is_refused(
    browser: SignIn, meeting: Meeting, ben: User
) -> None:
    client = browser(ben)

    assert at("meeting_invite", meeting.ref) not in html(client, "meeting", meeting.ref)
    refused = post(client, "meeting_invite", meeting.ref).content.decode()

    assert "Ask the chair or the secretary to do this." in refused
    assert Meeting.objects.get().state == "PLANNED"


def test_a_meeting_is_called_off_with_a_reason(browser: SignIn, invited: Meeting, ann: User) -> None:
    client = browser(ann)

    assert "Write down why." in post(client, "meeting_cancel", invited.ref, reason="").content.decode()
    post(client, "meeting_cancel", invited.ref, reason="De Wiek is dicht.")

    assert Meeting.objects.get().state == "CANCELLED"
    assert "Cancelled" in html(Client(), "meeting", invited.ref)


# --- A proposal from words to a decision ----------------------------------------------------------------------------


def test_a_member_proposes_and_the_board_decides_in_writing(
    browser: SignIn, ann: User, ben: User, molenwijk: Neighbourhood
) -> None:
    chair, member = browser(ann), browser(ben)
    words = {"key": KEY, "title": "Een bank", "text": "Om te zitten.", "meeting": ""}
    for _time in range(2):
        sent = post(member, "motion_propose", **words)
    made = Proposal.objects.get()
    assert sent.headers["Location"] == at("motion", made.ref)

    post(member, "motion_change", made.ref, title="Twee banken", text="Om te zitten.")
    post(chair, "motion_round", made.ref)
    assert "Vote on this proposal" in html(member, "boardroom")
    post(member, "motion_vote", made.ref, choice="yes", reason="Graag")
    assert "Vote on this proposal" not in html(member, "boardroom")
    refused = post(chair, "motion_close", made.ref).content.decode()
    assert "Not everybody has voted yet. A written round ends early" in refused
    post(chair, "motion_vote", made.ref, choice="yes", reason="")
    post(chair, "motion_close", made.ref)

    made.refresh_from_db()
    assert (made.state, made.title) == ("ADOPTED", "Twee banken")


def test_a_written_round_promises_the_days_of_the_rules_that_hold_when_it_begins(
    browser: SignIn, ann: User, ben: User, molenwijk: Neighbourhood
) -> None:
    post(browser(ben), "motion_propose", key=KEY, title="Een bank", text="Om te zitten.", meeting="")
    made = Proposal.objects.get()
    policy(molenwijk, Subject.MOTION, voting_days=12)

    assert "can vote for 12 days" in html(browser(ann), "motion_round", made.ref)


def test_a_vote_without_a_choice_is_a_slip_and_keeps_the_words(
    browser: SignIn, written_round: Proposal, ben: User
) -> None:
    sent = post(browser(ben), "motion_vote", written_round.ref, choice="", reason="Omdat het moet")

    shown = sent.content.decode()
    assert ("Choose for, against or blank." in shown, "Omdat het moet" in shown) == (True, True)
    assert box_of(written_round).recorded_votes.count() == 0


@pytest.mark.parametrize("choice", ["maybe", "RECUSED", "INVALID"])
def test_nobody_votes_what_the_ballot_does_not_offer(
    choice: str, browser: SignIn, written_round: Proposal, ben: User
) -> None:
    sent = post(browser(ben), "motion_vote", written_round.ref, choice=choice, reason="")

    assert (sent.status_code, box_of(written_round).recorded_votes.count()) == (200, 0)


def test_who_steps_aside_finds_no_vote_any_more_and_is_refused_one(
    browser: SignIn, written_round: Proposal, ben: User
) -> None:
    client = browser(ben)
    post(client, "motion_step_aside", written_round.ref, reason="Mijn bedrijf levert de bank.")

    shown = html(client, "motion", written_round.ref)
    assert ("You stepped aside" in shown, at("motion_vote", written_round.ref) in shown) == (True, False)
    sent = post(client, "motion_vote", written_round.ref, choice="yes", reason="")
    assert "You stepped aside in this vote" in sent.content.decode()


def test_own_interests_stand_beside_the_vote(
    browser: SignIn, written_round: Proposal, ben: User, dirk: User, molenwijk: Neighbourhood
) -> None:
    meetings.declare_interest(neighbourhood=molenwijk, text="Verkoopt banken", actor=actor(ben), at=NOON)

    assert "Verkoopt banken" in html(browser(ben), "motion", written_round.ref)
    assert "Verkoopt banken" not in html(browser(dirk), "motion", written_round.ref)


def test_a_member_who_came_later_reads_and_does_not_vote(
    browser: SignIn, written_round: Proposal, eva: User, molenwijk: Neighbourhood
) -> None:
    Seat.objects.create(
        person=eva.person, neighbourhood=molenwijk, kind="APPOINTED", from_on=TODAY, until_on=TODAY + DAY
    )
    client = browser(eva)

    assert at("motion_vote", written_round.ref) not in html(client, "motion", written_round.ref)
    sent = post(client, "motion_vote", written_round.ref, choice="yes", reason="")
    assert "You are not on the electoral roll of this vote" in sent.content.decode()


def test_a_proposal_is_put_on_an_agenda_and_taken_back(
    browser: SignIn, meeting: Meeting, ben: User, molenwijk: Neighbourhood
) -> None:
    made = proposed(molenwijk, ben)
    client = browser(ben)

    post(client, "motion_agenda", made.ref, meeting=meeting.pk)
    assert made.title in html(client, "meeting", meeting.ref)
    post(client, "motion_withdraw", made.ref)

    made.refresh_from_db()
    assert made.state == "WITHDRAWN"
    assert made.title not in html(client, "meeting", meeting.ref)


def test_interests_are_declared_and_ended(browser: SignIn, ben: User, molenwijk: Neighbourhood) -> None:
    client = browser(ben)
    post(client, "board_interests", text="Werkt bij de bakker")
    assert "Werkt bij de bakker" in html(client, "board_interests")

    number = ben.person.interests.get().pk
    assert browser(ben).post(at("board_interest_end", number + 1)).status_code == 404
    client.post(at("board_interest_end", number))

    assert "Werkt bij de bakker" not in html(client, "board_interests")


def test_an_interest_in_an_organisation_that_values_here_concern_names_it(
    browser: SignIn, ben: User, molenwijk: Neighbourhood
) -> None:
    """So that the site knows whom a vote concerns: words alone it cannot read."""
    club, stranger = organisation("Leesclub"), organisation("Elders")
    item = values.item(molenwijk)
    Indication.objects.create(
        item=item, organisation=club, amount=900, grounds="Reizen.", language="nl", made_by=ben.person, made_at=NOON
    )  # fmt: skip
    asked = values.value_decision(item)
    client = browser(ben)
    assert "Leesclub" in html(client, "board_interests")
    assert "Elders" not in html(client, "board_interests")

    post(client, "board_interests", text="Zit in het bestuur", party=stranger.uuid)
    assert not ben.person.interests.exists()
    post(client, "board_interests", text="Zit in het bestuur", party=club.uuid)

    assert ben.person.interests.get().party == club
    assert has_interest(asked, ben.person, TODAY)


def test_the_interest_of_another_is_ended_by_nobody(
    browser: SignIn, ann: User, ben: User, molenwijk: Neighbourhood
) -> None:
    made = meetings.declare_interest(neighbourhood=molenwijk, text="Bakker", actor=actor(ben), at=NOON)

    assert browser(ann).post(at("board_interest_end", made.pk)).status_code == 404
    assert ben.person.interests.count() == 1


def test_a_member_gives_an_office_to_another_and_none_to_themself(
    browser: SignIn, ann: User, ben: User, molenwijk: Neighbourhood
) -> None:
    own, other = Seat.objects.get(person=ann.person), Seat.objects.get(person=ben.person)
    client = browser(ann)

    post(client, "board_office", other.pk, office="TREASURER")
    refused = post(client, "board_office", own.pk, office="SECRETARY")

    assert (Seat.objects.get(pk=other.pk).office, Seat.objects.get(pk=own.pk).office) == (
        "TREASURER",
        "CHAIR",
    )
    assert "This is about yourself." in refused.content.decode()
