from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from core.models import AuditEntry, AuditNote
from core.refusals import NotAllowed
from core.states import MoveRefused
from neighbourhoods.models import (
    Attendance,
    BallotBox,
    Meeting,
    MeetingKind,
    Minutes,
    Neighbourhood,
    Presence,
    Seat,
)
from neighbourhoods.operations import meetings, motions
from neighbourhoods.operations.meetings import fingerprint
from neighbourhoods.states import ElectionState, MinutesState
from people.models import PersonDetails, User
from tests.factories import democracy
from tests.factories.people import actor
from tests.factories.residency import DAY, NOON, TODAY, second_login
from tests.neighbourhoods.meetings.making import BEGINS, planned, proposed

PRESENT, EXCUSED, ABSENT = Presence.PRESENT, Presence.EXCUSED, Presence.ABSENT


# --- Mail -----------------------------------------------------------------------------------------------------------


def test_the_board_is_invited_by_mail_each_in_their_own_language(
    meeting: Meeting, ann: User, ben: User, cas: User, eva: User
) -> None:
    PersonDetails.objects.filter(party=ben.person).update(language="en")

    meetings.invite(meeting=meeting, actor=actor(ann), at=NOON)

    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert sorted(letters) == ["ann@example.org", "ben@example.org"]
    english = letters["ben@example.org"]
    assert english.subject == "Molenwijk: Bestuursvergadering, 28 November 2026"
    assert "You are invited to a meeting of the board of Molenwijk." in english.body
    assert f"/en/vote/board/molenwijk/meetings/{meeting.ref}/" in english.body
    assert "1. Punt 1" in english.body
    assert f"/nl/vote/board/molenwijk/meetings/{meeting.ref}/" in letters["ann@example.org"].body


def test_all_residents_are_invited_to_a_general_meeting_and_nobody_from_elsewhere(
    ann: User, ben: User, cas: User, eva: User, molenwijk: Neighbourhood
) -> None:
    twin = second_login(eva)
    meeting = planned(molenwijk, ann, kind=MeetingKind.GENERAL, starts_at=NOON + 8 * DAY)

    meetings.invite(meeting=meeting, actor=actor(ann), at=NOON)

    written_to = sorted(letter.to[0] for letter in mail.outbox)
    assert written_to == ["ann@example.org", "ben@example.org", "eva@example.org", twin.email]


def test_who_was_invited_hears_that_a_meeting_is_called_off_and_why(
    invited: Meeting, ann: User, ben: User
) -> None:
    mail.outbox.clear()

    meetings.cancel(meeting=invited, reason="De Wiek is dicht.", actor=actor(ann), at=NOON)

    assert invited.state == "CANCELLED"
    assert sorted(letter.to[0] for letter in mail.outbox) == ["ann@example.org", "ben@example.org"]
    assert all("De Wiek is dicht." in letter.body for letter in mail.outbox)
    assert AuditNote.objects.get(entry__event="meeting.cancel").text == "De Wiek is dicht."


def test_a_plan_that_nobody_heard_of_is_called_off_without_a_word(meeting: Meeting, ann: User) -> None:
    meetings.cancel(meeting=meeting, reason="Toch niet.", actor=actor(ann), at=NOON)

    assert (meeting.state, mail.outbox) == ("CANCELLED", [])


def test_a_refused_invitation_writes_to_nobody(meeting: Meeting, ann: User) -> None:
    with pytest.raises(meetings.TooLateToInvite):
        meetings.invite(meeting=meeting, actor=actor(ann), at=BEGINS - DAY)

    assert mail.outbox == []


def test_nobody_is_invited_twice(invited: Meeting, ann: User) -> None:
    mail.outbox.clear()

    with pytest.raises(MoveRefused):
        meetings.invite(meeting=invited, actor=actor(ann), at=NOON)

    assert mail.outbox == []


# --- Calling off, and being there -----------------------------------------------------------------------------------


def test_a_meeting_that_an_election_needs_is_not_called_off(
    invited: Meeting, ann: User, molenwijk: Neighbourhood
) -> None:
    election = democracy.election(molenwijk, state=ElectionState.VOTING, meeting=invited)

    with pytest.raises(meetings.MeetingIsNeeded):
        meetings.cancel(meeting=invited, reason="Regen", actor=actor(ann), at=NOON)

    type(election).objects.update(state=ElectionState.FINAL)
    meetings.cancel(meeting=invited, reason="Regen", actor=actor(ann), at=NOON)
    assert invited.state == "CANCELLED"


def test_nor_while_a_vote_goes_on_in_it(meeting: Meeting, ann: User, molenwijk: Neighbourhood) -> None:
    motion = proposed(molenwijk, ann, meeting=meeting)
    meetings.invite(meeting=meeting, actor=actor(ann), at=NOON)
    motions.open_vote(proposal=motion, in_writing=False, actor=actor(ann), at=BEGINS)

    with pytest.raises(meetings.MeetingIsNeeded):
        meetings.cancel(meeting=meeting, reason="Te laat", actor=actor(ann), at=BEGINS)
    assert BallotBox.objects.get().state == "OPEN"


def test_who_was_there_is_written_down_of_every_member(held: Meeting, ann: User, ben: User) -> None:
    told = {(one.person_id, one.presence) for one in Attendance.objects.filter(meeting=held)}

    assert (held.state, told) == ("HELD", {(ann.person_id, PRESENT), (ben.person_id, EXCUSED)})
    entry = AuditEntry.objects.get(event="meeting.hold")
    assert {about.party_id for about in entry.about.all()} == {ann.person_id, ben.person_id}


def test_of_every_member_and_of_nobody_else(
    invited: Meeting, ann: User, ben: User, dirk: User, eva: User
) -> None:
    everybody = {ann.person: PRESENT, ben.person: PRESENT, dirk.person: ABSENT}
    missing = {ann.person: PRESENT, ben.person: PRESENT}
    stranger = {**missing, eva.person: PRESENT}
    forged = {**everybody, dirk.person: "ASLEEP"}

    for told in (missing, stranger, forged, {**everybody, eva.person: PRESENT}):
        with pytest.raises(meetings.WhoWasThere):
            meetings.hold(meeting=invited, presences=told, actor=actor(ann), at=BEGINS)
    assert Attendance.objects.count() == 0

    meetings.hold(meeting=invited, presences=everybody, actor=actor(ann), at=BEGINS)
    assert Attendance.objects.count() == 3


def test_a_meeting_is_not_held_before_it_begins(invited: Meeting, ann: User, ben: User) -> None:
    told = {ann.person: PRESENT, ben.person: PRESENT}

    with pytest.raises(meetings.NotBegunYet):
        meetings.hold(meeting=invited, presences=told, actor=actor(ann), at=NOON)


def test_a_meeting_to_which_nobody_was_invited_was_no_meeting(meeting: Meeting, ann: User, ben: User) -> None:
    with pytest.raises(MoveRefused):
        meetings.hold(
            meeting=meeting, presences={ann.person: PRESENT, ben.person: PRESENT}, actor=actor(ann), at=BEGINS
        )

    assert Attendance.objects.count() == 0


def test_the_database_knows_nobody_twice_at_a_meeting(held: Meeting, ann: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(meeting=held, person=ann.person, presence=ABSENT)


# --- Minutes --------------------------------------------------------------------------------------------------------


def written(held: Meeting, by: User, text: str = "Ann opent.", *, based_on: str = "") -> Minutes:
    return meetings.write_minutes(
        meeting=held, text=text, others_present=3, based_on=fingerprint(based_on), actor=actor(by), at=BEGINS
    )


def test_any_member_drafts_the_minutes_of_what_took_place(held: Meeting, ben: User) -> None:
    minutes = written(held, ben)

    assert (minutes.state, minutes.text, minutes.others_present) == (MinutesState.DRAFT, "Ann opent.", 3)


def test_there_are_no_minutes_of_what_did_not_take_place(invited: Meeting, ben: User) -> None:
    with pytest.raises(meetings.NotHeld):
        written(invited, ben)


def test_nobody_outside_the_board_writes_them(held: Meeting, eva: User, cas: User) -> None:
    for login in (eva, cas):
        with pytest.raises(meetings.BoardOnly):
            written(held, login)

    assert Minutes.objects.count() == 0


def test_what_a_colleague_saved_meanwhile_is_not_lost(held: Meeting, ann: User, ben: User) -> None:
    written(held, ann, "Van Ann.")

    with pytest.raises(meetings.ChangedMeanwhile):
        written(held, ben, "Van Ben.")
    assert Minutes.objects.get().text == "Van Ann."

    written(held, ben, "Van Ann en Ben.", based_on="Van Ann.")
    assert Minutes.objects.get().text == "Van Ann en Ben."


def test_the_same_draft_sent_twice_is_fine(held: Meeting, ann: User) -> None:
    assert written(held, ann).pk == written(held, ann).pk
    assert AuditEntry.objects.filter(event="minutes.write").count() == 1


def test_the_chair_publishes_and_then_the_words_stay(held: Meeting, ann: User, ben: User) -> None:
    minutes = written(held, ben)
    with pytest.raises(meetings.LeadersOnly):
        meetings.publish_minutes(minutes=minutes, actor=actor(ben), at=BEGINS)

    meetings.publish_minutes(minutes=minutes, actor=actor(ann), at=BEGINS)

    assert (minutes.state, minutes.published_at) == (MinutesState.PUBLISHED, BEGINS)
    with pytest.raises(meetings.MinutesFixed):
        written(held, ann, "Anders.", based_on="Ann opent.")


def test_empty_minutes_are_not_published(held: Meeting, ann: User) -> None:
    minutes = written(held, ann, "  ")

    with pytest.raises(meetings.EmptyMinutes):
        meetings.publish_minutes(minutes=minutes, actor=actor(ann), at=BEGINS)


def later(meeting: Meeting, **more: Any) -> Meeting:
    return democracy.meeting(
        meeting.neighbourhood, **{"state": "HELD", "starts_at": BEGINS + 30 * DAY, **more}
    )


def test_minutes_are_approved_at_a_later_meeting(held: Meeting, ann: User) -> None:
    minutes = written(held, ann)
    meetings.publish_minutes(minutes=minutes, actor=actor(ann), at=BEGINS)
    next_one = later(held)

    meetings.approve_minutes(minutes=minutes, meeting=next_one, actor=actor(ann), at=BEGINS + 31 * DAY)

    minutes.refresh_from_db()
    assert (minutes.state, minutes.approved_in) == (MinutesState.APPROVED, next_one)


def test_and_at_no_other(held: Meeting, ann: User, sluiskade: Neighbourhood) -> None:
    minutes = written(held, ann)
    meetings.publish_minutes(minutes=minutes, actor=actor(ann), at=BEGINS)
    elsewhere = democracy.meeting(sluiskade, state="HELD", starts_at=BEGINS + 30 * DAY)

    for wrong in (held, later(held, starts_at=BEGINS - DAY), later(held, state="INVITED"), elsewhere):
        with pytest.raises(meetings.NotALaterMeeting):
            meetings.approve_minutes(minutes=minutes, meeting=wrong, actor=actor(ann), at=BEGINS + 31 * DAY)

    minutes.refresh_from_db()
    assert minutes.state == MinutesState.PUBLISHED


def test_a_draft_is_approved_by_nobody(held: Meeting, ann: User) -> None:
    minutes = written(held, ann)

    with pytest.raises(MoveRefused):
        meetings.approve_minutes(minutes=minutes, meeting=later(held), actor=actor(ann), at=BEGINS + 31 * DAY)


def test_the_database_knows_no_approval_without_a_meeting(held: Meeting, ann: User) -> None:
    written(held, ann)

    with pytest.raises(IntegrityError), transaction.atomic():
        Minutes.objects.update(state=MinutesState.APPROVED)


# --- Interests ------------------------------------------------------------------------------------------------------


def test_a_member_declares_an_interest_of_their_own(ben: User, molenwijk: Neighbourhood) -> None:
    made = meetings.declare_interest(
        neighbourhood=molenwijk, text="Werkt bij de bakker", actor=actor(ben), at=NOON
    )

    assert (made.person_id, made.from_on, made.until_on) == (ben.person_id, TODAY, None)
    assert AuditEntry.objects.get(event="interest.declare").about.get().party_id == ben.person_id


def test_the_same_words_are_declared_once(ben: User, molenwijk: Neighbourhood) -> None:
    meetings.declare_interest(neighbourhood=molenwijk, text="Bakker", actor=actor(ben), at=NOON)

    with pytest.raises(meetings.AlreadyDeclared):
        meetings.declare_interest(neighbourhood=molenwijk, text="Bakker", actor=actor(ben), at=NOON)


def test_an_interest_that_ends_stays_known_of_the_days_on_which_it_held(
    ben: User, molenwijk: Neighbourhood
) -> None:
    made = meetings.declare_interest(neighbourhood=molenwijk, text="Bakker", actor=actor(ben), at=NOON)

    for _time in range(2):
        meetings.end_interest(interest=made, actor=actor(ben), at=NOON + 10 * DAY)

    made.refresh_from_db()
    assert made.until_on == TODAY + 9 * DAY
    assert AuditEntry.objects.filter(event="interest.end").count() == 1


def test_nobody_ends_the_interest_of_somebody_else(ann: User, ben: User, molenwijk: Neighbourhood) -> None:
    made = meetings.declare_interest(neighbourhood=molenwijk, text="Bakker", actor=actor(ben), at=NOON)

    with pytest.raises(NotAllowed):
        meetings.end_interest(interest=made, actor=actor(ann), at=NOON + DAY)


def test_whoever_is_not_on_the_board_declares_nothing(eva: User, molenwijk: Neighbourhood) -> None:
    with pytest.raises(meetings.BoardOnly):
        meetings.declare_interest(neighbourhood=molenwijk, text="Bakker", actor=actor(eva), at=NOON)


def test_an_expired_seat_invites_nobody(meeting: Meeting, ann: User) -> None:
    Seat.objects.filter(person=ann.person).update(until_on=TODAY)

    with pytest.raises(meetings.BoardOnly):
        meetings.invite(meeting=meeting, actor=actor(ann), at=NOON + DAY)
