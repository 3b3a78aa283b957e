from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from core.models import AuditEntry
from core.refusals import NotAllowed
from neighbourhoods.models import Neighbourhood, Seat, SeatKind
from neighbourhoods.operations.seats import (
    AlreadyOnBoard,
    BoardIsElected,
    EndsEarlier,
    NotAResident,
    OfficeTaken,
    TermRefused,
    appoint_seat,
    end_seat,
)
from neighbourhoods.permissions import ElectedByResidents, OwnMatter
from neighbourhoods.queries.seats import board_of
from people.models import Party, Role, User
from tests.factories.people import actor, mandate, person
from tests.factories.residency import (
    DAY,
    NOON,
    SYSTEM,
    TODAY,
    ask,
    at_the_desk,
    municipality,
    place,
    resident,
    seated,
    second_login,
)
from tests.neighbourhoods.residency.pages import html_of
from tests.plugins.data import RealCommits

YEAR = 365 * DAY


@pytest.fixture
def editors(molenwijk: Neighbourhood) -> Group:
    """The group that may edit the pages of Molenwijk."""
    molenwijk.editors = Group.objects.create(name="editors of Molenwijk")
    molenwijk.save()
    return molenwijk.editors


def test_a_seat_opens_the_pages_through_its_last_day(
    ann: User, molenwijk: Neighbourhood, editors: Group
) -> None:
    resident(ann, molenwijk)

    seat = seated(ann, molenwijk)

    assert (seat.kind, seat.office, seat.person_id) == (SeatKind.APPOINTED, "MEMBER", ann.person_id)
    assert list(ann.groups.all()) == [editors]
    assert list(board_of(molenwijk, TODAY)) == [seat]
    assert list(board_of(molenwijk, seat.until_on)) == [seat]
    assert list(board_of(molenwijk, seat.until_on + DAY)) == []
    assert AuditEntry.objects.get(event="seat.appoint").about.get().party_id == ann.person_id


def test_only_an_attested_resident_of_that_neighbourhood_gets_a_seat(
    ann: User, ben: User, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    ask(ann, molenwijk)
    resident(ben, sluiskade)

    for login in (ann, ben):
        with pytest.raises(NotAResident, match="Molenwijk"):
            seated(login, molenwijk)

    assert Seat.objects.count() == 0


def test_a_person_known_twice_has_one_seat(ann: User, molenwijk: Neighbourhood) -> None:
    twin = second_login(ann)
    resident(ann, molenwijk)

    seat = seated(twin, molenwijk)

    assert seat.person_id == ann.person_id
    with pytest.raises(AlreadyOnBoard):
        seated(ann, molenwijk, office="CHAIR")


def test_the_same_appointment_again_is_the_same_seat(ann: User, molenwijk: Neighbourhood) -> None:
    resident(ann, molenwijk)

    assert seated(ann, molenwijk).pk == seated(ann, molenwijk).pk
    assert AuditEntry.objects.filter(event="seat.appoint").count() == 1


@pytest.mark.parametrize("office", ["CHAIR", "SECRETARY", "TREASURER"])
def test_there_is_one_chair_secretary_and_treasurer_on_any_day(
    ann: User, ben: User, molenwijk: Neighbourhood, sluiskade: Neighbourhood, office: str
) -> None:
    resident(ann, molenwijk)
    resident(ben, molenwijk)
    seat = seated(ann, molenwijk, office=office)

    with pytest.raises(OfficeTaken):
        seated(ben, molenwijk, office=office, from_on=seat.until_on, until_on=seat.until_on + YEAR)

    after = seated(ben, molenwijk, office=office, from_on=seat.until_on + DAY, until_on=seat.until_on + YEAR)
    assert after.office == office


def test_two_may_be_members_at_a_time(ann: User, ben: User, molenwijk: Neighbourhood) -> None:
    for login in (ann, ben):
        resident(login, molenwijk)
        seated(login, molenwijk)

    assert board_of(molenwijk, TODAY).count() == 2


def test_a_term_that_ends_before_it_begins_is_refused(ann: User, molenwijk: Neighbourhood) -> None:
    resident(ann, molenwijk)

    with pytest.raises(TermRefused):
        seated(ann, molenwijk, from_on=TODAY, until_on=TODAY - DAY)
    assert seated(ann, molenwijk, from_on=TODAY, until_on=TODAY).until_on == TODAY


def test_the_municipalitys_clerks_and_owners_appoint_and_nobody_else(
    ann: User, ben: User, cas: User, clara: User, dijkstad: Party, molenwijk: Neighbourhood
) -> None:
    owner = person("Olga")
    mandate(person=owner, principal=dijkstad, role=Role.OWNER)
    editor = person("Ed")
    mandate(person=editor, principal=dijkstad, role=Role.EDITOR)
    resident(ann, molenwijk)
    term: dict[str, Any] = {"office": "MEMBER", "from_on": TODAY, "until_on": TODAY + YEAR, "at": NOON}

    for other in (ben, cas, editor):
        with pytest.raises(NotAllowed):
            appoint_seat(person=ann.person, neighbourhood=molenwijk, actor=actor(other), **term)
    assert Seat.objects.count() == 0
    for allowed in (clara, owner):
        appoint_seat(person=ann.person, neighbourhood=molenwijk, actor=at_the_desk(allowed, dijkstad), **term)
    assert Seat.objects.count() == 1


def test_a_clerk_appoints_herself_in_no_way(clara: User, dijkstad: Party, molenwijk: Neighbourhood) -> None:
    twin = second_login(clara)
    resident(clara, molenwijk)

    for login in (clara, twin):
        with pytest.raises(OwnMatter):
            appoint_seat(
                person=clara.person, neighbourhood=molenwijk, office="CHAIR", from_on=TODAY, until_on=TODAY + YEAR,
                actor=at_the_desk(login, dijkstad), at=NOON,
            )  # fmt: skip


def test_whoever_gives_up_a_seat_loses_the_pages_the_day_after(
    ann: User, molenwijk: Neighbourhood, editors: Group
) -> None:
    resident(ann, molenwijk)
    seat = seated(ann, molenwijk)

    end_seat(seat=seat, on=TODAY + DAY, actor=actor(ann), at=NOON, reason="No time")
    assert list(ann.groups.all()) == [editors]
    end_seat(seat=seat, on=TODAY, actor=actor(ann), at=NOON + DAY, reason="No time at all")

    seat.refresh_from_db()
    assert (seat.until_on, list(ann.groups.all())) == (TODAY, [])
    assert [line.note.text for line in AuditEntry.objects.filter(event="seat.end").order_by("pk")] == [
        "No time",
        "No time at all",
    ]


def test_a_seat_that_begins_later_is_taken_away(ann: User, molenwijk: Neighbourhood) -> None:
    resident(ann, molenwijk)
    seat = seated(ann, molenwijk, from_on=TODAY + DAY)

    end_seat(seat=seat, on=TODAY, actor=SYSTEM, at=NOON, reason="Changed our mind")

    assert Seat.objects.count() == 0
    assert AuditEntry.objects.get(event="seat.cancel").about.get().party_id == ann.person_id


def test_a_seat_is_never_made_longer_by_ending_it(ann: User, molenwijk: Neighbourhood) -> None:
    resident(ann, molenwijk)
    seat = seated(ann, molenwijk)

    with pytest.raises(EndsEarlier):
        end_seat(seat=seat, on=seat.until_on + DAY, actor=SYSTEM, at=NOON, reason="Stay")

    seat.refresh_from_db()
    assert seat.until_on == TODAY + YEAR


def test_nobody_else_ends_the_seat_of_ann(ann: User, ben: User, cas: User, molenwijk: Neighbourhood) -> None:
    resident(ann, molenwijk)
    seat = seated(ann, molenwijk)

    for other in (ben, cas):
        with pytest.raises(NotAllowed):
            end_seat(seat=seat, on=TODAY, actor=actor(other), at=NOON, reason="Go away")


def take_the_chair(login: int, neighbourhood: int) -> int:
    return seated(User.objects.get(pk=login), Neighbourhood.objects.get(pk=neighbourhood), office="CHAIR").pk


def test_of_two_appointed_chair_at_the_same_moment_one_is_refused(real_commits: RealCommits) -> None:
    molenwijk = place("Molenwijk", of=municipality())
    both = [person("Ann"), person("Ben")]
    for login in both:
        resident(login, molenwijk)

    outcomes = real_commits.race(
        take_the_chair, [{"login": one.pk, "neighbourhood": molenwijk.pk} for one in both]
    )

    assert sorted(str(outcome.refused) for outcome in outcomes) == ["None", "office_taken"]
    assert Seat.objects.count() == 1


# --- The seat that the residents gave -------------------------------------------------------------------------------


def elected(login: User, neighbourhood: Neighbourhood) -> Seat:
    resident(login, neighbourhood)
    seat = seated(login, neighbourhood)
    Seat.objects.filter(pk=seat.pk).update(kind=SeatKind.ELECTED)
    seat.refresh_from_db()
    return seat


def test_the_municipality_sends_away_nobody_whom_the_residents_chose(
    ann: User, clara: User, cas: User, dijkstad: Party, molenwijk: Neighbourhood
) -> None:
    seat = elected(ann, molenwijk)
    owner = person("Olga")
    mandate(person=owner, principal=dijkstad, role=Role.OWNER)

    for login in (clara, owner):
        with pytest.raises(ElectedByResidents):
            end_seat(seat=seat, on=TODAY, actor=at_the_desk(login, dijkstad), at=NOON, reason="Go away")
    with pytest.raises(NotAllowed):
        end_seat(seat=seat, on=TODAY, actor=actor(cas), at=NOON, reason="Go away")
    seat.refresh_from_db()
    assert seat.until_on == TODAY + YEAR

    end_seat(seat=seat, on=TODAY, actor=actor(ann), at=NOON, reason="")
    seat.refresh_from_db()
    assert seat.until_on == TODAY


def test_the_desk_offers_no_end_to_an_elected_seat_and_says_why_when_asked(
    at_desk: Client, ann: User, ben: User, molenwijk: Neighbourhood
) -> None:
    resident(ben, molenwijk)
    appointed = seated(ben, molenwijk)
    seat = elected(ann, molenwijk)
    address = reverse("desk_seat_end", args=[seat.pk])

    shown = html_of(at_desk, "desk_board") + html_of(at_desk, "desk_person", ann.person.uuid)
    sent = at_desk.post(address, {"on": "2026-11-21", "reason": "Go away"})

    assert (address in shown, reverse("desk_seat_end", args=[appointed.pk]) in shown) == (False, True)
    assert (sent.status_code, "The residents chose this person." in sent.content.decode()) == (200, True)


def test_beside_an_elected_board_the_municipality_appoints_nobody(
    ann: User, ben: User, molenwijk: Neighbourhood
) -> None:
    elected(ann, molenwijk)
    resident(ben, molenwijk)

    with pytest.raises(BoardIsElected, match="The residents chose this board"):
        seated(ben, molenwijk)

    seated(ben, molenwijk, from_on=TODAY + YEAR + DAY, until_on=TODAY + 2 * YEAR)
    assert [seat.kind for seat in Seat.objects.order_by("from_on")] == [SeatKind.ELECTED, SeatKind.APPOINTED]


@pytest.mark.parametrize("kind", [SeatKind.APPOINTED, SeatKind.ELECTED])
def test_ann_gives_up_her_seat_herself_after_she_was_asked_whether_she_is_sure(
    as_ann: Client, ann: User, molenwijk: Neighbourhood, kind: str
) -> None:
    seat = elected(ann, molenwijk)
    Seat.objects.filter(pk=seat.pk).update(kind=kind)
    address = reverse("seat_give_up", args=[seat.pk])

    assert address in html_of(as_ann, "residency")
    assert "Are you leaving the board of Molenwijk?" in html_of(as_ann, "seat_give_up", seat.pk)
    seat.refresh_from_db()
    assert seat.until_on == TODAY + YEAR

    for _time in range(2):
        sent = as_ann.post(address)
        assert (sent.status_code, sent.headers["Location"]) == (302, reverse("residency"))
    seat.refresh_from_db()
    assert (seat.until_on, AuditEntry.objects.filter(event="seat.end").count()) == (TODAY, 1)
    assert address not in html_of(as_ann, "residency")


def test_a_seat_that_has_not_begun_is_given_up_at_once(
    as_ann: Client, ann: User, molenwijk: Neighbourhood
) -> None:
    resident(ann, molenwijk)
    seat = seated(ann, molenwijk, from_on=TODAY + DAY)

    assert "Your seat goes at once." in html_of(as_ann, "seat_give_up", seat.pk)
    as_ann.post(reverse("seat_give_up", args=[seat.pk]))

    assert Seat.objects.count() == 0


def test_the_seat_of_somebody_else_does_not_exist_for_ann(
    as_ann: Client, ben: User, molenwijk: Neighbourhood
) -> None:
    seat = elected(ben, molenwijk)

    assert as_ann.get(reverse("seat_give_up", args=[seat.pk])).status_code == 404
    assert as_ann.post(reverse("seat_give_up", args=[seat.pk])).status_code == 404
    seat.refresh_from_db()
    assert seat.until_on == TODAY + YEAR
