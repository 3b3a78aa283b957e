from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core.actor import Actor
from core.models import AuditEntry
from neighbourhoods.models import AgendaItem, Meeting, MeetingKind, Neighbourhood, Seat, SeatOffice
from neighbourhoods.operations import meetings
from neighbourhoods.operations.meetings.agenda import MOST_ITEMS
from neighbourhoods.queries.meetings import agenda_of
from people.models import User
from tests.factories.people import actor
from tests.factories.residency import DAY, NOON, TODAY
from tests.neighbourhoods.meetings.making import BEGINS, planned, values


def titles(meeting: Meeting) -> list[tuple[int, str]]:
    return list(agenda_of(meeting).values_list("position", "title"))


def test_any_board_member_plans_a_meeting(ben: User, molenwijk: Neighbourhood) -> None:
    made = planned(molenwijk, ben, items=0)

    assert (made.state, made.title, made.starts_at) == ("PLANNED", "Bestuursvergadering", BEGINS)
    assert AuditEntry.objects.get(event="meeting.plan").acted_by_id == ben.person_id


def test_nobody_else_plans_one_and_the_system_neither(cas: User, eva: User, molenwijk: Neighbourhood) -> None:
    for nobody in (actor(cas), actor(eva), Actor.system()):
        with pytest.raises(meetings.BoardOnly):
            meetings.plan_meeting(
                neighbourhood=molenwijk, values=values(), key=uuid.uuid4(), actor=nobody, at=NOON
            )

    assert Meeting.objects.count() == 0


def test_whose_term_ended_yesterday_plans_nothing_today(ben: User, molenwijk: Neighbourhood) -> None:
    Seat.objects.update(from_on=TODAY - 9 * DAY, until_on=TODAY - DAY)

    with pytest.raises(meetings.BoardOnly, match="on the board today"):
        planned(molenwijk, ben)


def test_the_same_form_again_plans_no_second_meeting(ben: User, molenwijk: Neighbourhood) -> None:
    key = uuid.uuid4()

    made = {
        meetings.plan_meeting(neighbourhood=molenwijk, values=values(), key=key, actor=actor(ben), at=NOON).pk
        for _time in range(2)
    }

    assert (len(made), AuditEntry.objects.filter(event="meeting.plan").count()) == (1, 1)


def test_a_meeting_begins_in_the_future(ben: User, molenwijk: Neighbourhood) -> None:
    with pytest.raises(meetings.BeginsInThePast):
        planned(molenwijk, ben, starts_at=NOON)


def test_a_plan_changes_until_the_invitation_has_gone_out(meeting: Meeting, ann: User, ben: User) -> None:
    meetings.change_meeting(meeting=meeting, values=values(place="Bij Ann thuis"), actor=actor(ben), at=NOON)
    assert meeting.place == "Bij Ann thuis"

    meetings.invite(meeting=meeting, actor=actor(ann), at=NOON)
    with pytest.raises(meetings.AgendaFixed):
        meetings.change_meeting(meeting=meeting, values=values(place="Ergens"), actor=actor(ben), at=NOON)
    meeting.refresh_from_db()
    assert meeting.place == "Bij Ann thuis"


def test_points_of_the_agenda_are_numbered_from_one_without_a_gap(
    ann: User, molenwijk: Neighbourhood
) -> None:
    meeting = planned(molenwijk, ann, items=4)
    second = agenda_of(meeting)[1]

    meetings.remove_item(item=second, actor=actor(ann), at=NOON)

    assert titles(meeting) == [(1, "Punt 1"), (2, "Punt 3"), (3, "Punt 4")]


def test_a_point_changes_places_with_its_neighbour(ann: User, molenwijk: Neighbourhood) -> None:
    meeting = planned(molenwijk, ann, items=3)
    first, _second, third = agenda_of(meeting)

    meetings.move_item(item=third, is_up=True, actor=actor(ann), at=NOON)
    assert [title for _n, title in titles(meeting)] == ["Punt 1", "Punt 3", "Punt 2"]

    meetings.move_item(item=first, is_up=False, actor=actor(ann), at=NOON)
    assert titles(meeting) == [(1, "Punt 3"), (2, "Punt 1"), (3, "Punt 2")]


def test_the_first_point_moves_no_further_up_nor_the_last_further_down(
    ann: User, molenwijk: Neighbourhood
) -> None:
    meeting = planned(molenwijk, ann, items=2)
    first, last = agenda_of(meeting)

    meetings.move_item(item=first, is_up=True, actor=actor(ann), at=NOON)
    meetings.move_item(item=last, is_up=False, actor=actor(ann), at=NOON)

    assert titles(meeting) == [(1, "Punt 1"), (2, "Punt 2")]


def test_words_of_a_point_change(meeting: Meeting, ben: User) -> None:
    item = agenda_of(meeting)[0]

    meetings.change_item(item=item, title="Het plein", text="Met tekening", actor=actor(ben), at=NOON)

    item.refresh_from_db()
    assert (item.title, item.text) == ("Het plein", "Met tekening")


def test_the_agenda_is_fixed_once_the_invitation_has_gone_out(invited: Meeting, ann: User) -> None:
    item = agenda_of(invited)[0]
    who: dict[str, Any] = {"actor": actor(ann), "at": NOON}

    for deed in (
        lambda: meetings.add_item(meeting=invited, title="Nog iets", text="", **who),
        lambda: meetings.change_item(item=item, title="Anders", text="", **who),
        lambda: meetings.move_item(item=item, is_up=True, **who),
        lambda: meetings.remove_item(item=item, **who),
    ):
        with pytest.raises(meetings.AgendaFixed):
            deed()

    assert titles(invited) == [(1, "Punt 1")]


def test_the_agenda_is_the_boards_own_work(meeting: Meeting, cas: User, eva: User) -> None:
    item = agenda_of(meeting)[0]

    for login in (cas, eva):
        who: dict[str, Any] = {"actor": actor(login), "at": NOON}
        for deed in (
            lambda who=who: meetings.add_item(meeting=meeting, title="Nog iets", text="", **who),
            lambda who=who: meetings.change_item(item=item, title="Anders", text="", **who),
            lambda who=who: meetings.move_item(item=item, is_up=True, **who),
            lambda who=who: meetings.remove_item(item=item, **who),
        ):
            with pytest.raises(meetings.BoardOnly):
                deed()

    assert titles(meeting) == [(1, "Punt 1")]


def test_a_point_that_a_colleague_took_off_is_gone(meeting: Meeting, ann: User, ben: User) -> None:
    item = agenda_of(meeting)[0]
    meetings.remove_item(item=AgendaItem.objects.get(pk=item.pk), actor=actor(ann), at=NOON)

    with pytest.raises(meetings.GoneFromAgenda):
        meetings.change_item(item=item, title="Anders", text="", actor=actor(ben), at=NOON)
    with pytest.raises(meetings.GoneFromAgenda):
        meetings.remove_item(item=item, actor=actor(ben), at=NOON)


def test_an_agenda_has_an_end(meeting: Meeting, ann: User) -> None:
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=number, title="Punt") for number in range(2, MOST_ITEMS + 1)
    )

    with pytest.raises(meetings.AgendaFull, match="50"):
        meetings.add_item(meeting=meeting, title="Nog iets", text="", actor=actor(ann), at=NOON)


def test_the_database_takes_no_number_twice(meeting: Meeting) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.bulk_create([AgendaItem(meeting=meeting, position=1, title="Ook één")])


def test_the_chair_invites_or_the_secretary_and_no_other_member(
    meeting: Meeting, ann: User, ben: User, dirk: User
) -> None:
    with pytest.raises(meetings.LeadersOnly):
        meetings.invite(meeting=meeting, actor=actor(ben), at=NOON)

    Seat.objects.filter(person=dirk.person).update(office=SeatOffice.SECRETARY)
    meetings.invite(meeting=meeting, actor=actor(dirk), at=NOON)

    assert (meeting.state, meeting.invited_at) == ("INVITED", NOON)


def test_without_chair_and_secretary_any_member_invites(meeting: Meeting, ben: User) -> None:
    Seat.objects.update(office=SeatOffice.MEMBER)

    meetings.invite(meeting=meeting, actor=actor(ben), at=NOON)

    assert meeting.state == "INVITED"


def test_nobody_is_invited_to_nothing(ann: User, molenwijk: Neighbourhood) -> None:
    meeting = planned(molenwijk, ann, items=0)

    with pytest.raises(meetings.EmptyAgenda):
        meetings.invite(meeting=meeting, actor=actor(ann), at=NOON)


@pytest.mark.parametrize(("kind", "days"), [(MeetingKind.BOARD, 3), (MeetingKind.GENERAL, 7)])
def test_people_get_days_to_prepare(kind: str, days: int, ann: User, molenwijk: Neighbourhood) -> None:
    meeting = planned(molenwijk, ann, kind=kind, starts_at=NOON + days * DAY - timedelta(hours=5))
    late = NOON + DAY

    with pytest.raises(meetings.TooLateToInvite, match=f"{days} days"):
        meetings.invite(meeting=meeting, actor=actor(ann), at=late)
    meetings.invite(meeting=meeting, actor=actor(ann), at=NOON)

    assert meeting.state == "INVITED"
