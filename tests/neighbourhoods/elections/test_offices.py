from __future__ import annotations

from datetime import datetime

import pytest

from core.models import AuditEntry
from core.refusals import NotAllowed
from neighbourhoods.models import Neighbourhood, Seat
from neighbourhoods.operations.meetings.doors import LeadersOnly
from neighbourhoods.operations.offices_of_board import NoSuchOffice, SeatOver, assign_office
from neighbourhoods.operations.seats import OfficeTaken
from neighbourhoods.permissions import OwnMatter
from people.models import User
from tests.factories.people import actor, person
from tests.factories.residency import (
    DAY,
    NOON,
    SYSTEM,
    TODAY,
    clerk,
    municipality,
    place,
    resident,
    seated,
    second_login,
)
from tests.neighbourhoods.elections import stage
from tests.plugins.data import RealCommits


def give(seat: Seat, office: str, by: User, *, at: datetime = NOON) -> str:
    assign_office(seat=seat, office=office, actor=actor(by), at=at)
    return str(Seat.objects.get(pk=seat.pk).office)


def test_members_give_each_other_the_offices(molenwijk: Neighbourhood, ann: User, ben: User) -> None:
    anns, bens = seated(ann, molenwijk), seated(ben, molenwijk)

    assert (give(anns, "CHAIR", ben), give(bens, "TREASURER", ann)) == ("CHAIR", "TREASURER")

    lines = AuditEntry.objects.filter(event="seat.office").order_by("pk")
    assert [(line.before, line.after, line.about.get().party) for line in lines] == [
        ("MEMBER", "CHAIR", ann.person), ("MEMBER", "TREASURER", ben.person),
    ]  # fmt: skip


def test_nobody_gives_an_office_to_themself_also_not_through_a_second_login(
    molenwijk: Neighbourhood, ann: User
) -> None:
    seat = seated(ann, molenwijk)

    for who in (ann, second_login(ann)):
        with pytest.raises(OwnMatter):
            give(seat, "CHAIR", who)


def test_only_who_sits_there_today_divides_the_offices(
    molenwijk: Neighbourhood, ann: User, ben: User, cas: User, olga: User
) -> None:
    seat = seated(ann, molenwijk)
    ended = seated(ben, molenwijk, until_on=TODAY)
    sluiskade = place("Sluiskade", of=municipality("Veenstad"))
    eva = person("Eva")
    resident(eva, sluiskade)
    seated(eva, sluiskade)

    for who in (cas, olga, eva, clerk("Clara", molenwijk.municipality)):
        with pytest.raises(NotAllowed):
            give(seat, "CHAIR", who)
    with pytest.raises(NotAllowed):
        assign_office(seat=seat, office="CHAIR", actor=SYSTEM, at=NOON)
    assert give(seat, "CHAIR", ben) == "CHAIR"
    with pytest.raises(NotAllowed):  # the day after his last
        give(seat, "MEMBER", ben, at=NOON + DAY)
    with pytest.raises(SeatOver):
        give(ended, "SECRETARY", ann, at=NOON + DAY)


@pytest.mark.parametrize("office", ["CHAIR", "SECRETARY", "TREASURER"])
def test_there_is_one_of_each_until_it_is_handed_over(
    molenwijk: Neighbourhood, ann: User, ben: User, cas: User, office: str
) -> None:
    anns, bens, _cass = (seated(who, molenwijk) for who in (ann, ben, cas))
    give(anns, office, ben)

    with pytest.raises(OfficeTaken):
        give(bens, office, cas)
    assert give(anns, office, ben) == office
    give(anns, "MEMBER", ann)

    assert give(bens, office, cas) == office


def test_no_member_alone_takes_an_office_away_and_so_comes_to_lead(
    molenwijk: Neighbourhood, ann: User, ben: User, cas: User
) -> None:
    anns, bens, _cass = (seated(who, molenwijk) for who in (ann, ben, cas))
    give(anns, "CHAIR", ben)
    give(bens, "TREASURER", cas)

    for office in ("MEMBER", "SECRETARY"):
        with pytest.raises(LeadersOnly):
            give(anns, office, cas)
    with pytest.raises(LeadersOnly):
        give(bens, "MEMBER", cas)

    assert give(bens, "MEMBER", ann) == "MEMBER"  # the chair does
    assert give(anns, "MEMBER", ann) == "MEMBER"  # and lays down their own


def test_there_is_no_other_office(molenwijk: Neighbourhood, ann: User, ben: User) -> None:
    seat = seated(ann, molenwijk)
    seated(ben, molenwijk)

    with pytest.raises(NoSuchOffice):
        give(seat, "EMPEROR", ben)


def giving(seat: int, office: str, by: int) -> str:
    login = User.objects.select_related("person").get(pk=by)
    return give(Seat.objects.get(pk=seat), office, login)


def test_of_two_who_give_one_office_to_two_others_at_the_same_moment_one_does(
    real_commits: RealCommits,
) -> None:
    molenwijk = stage.a_place()
    ann, ben, cas = stage.residents(molenwijk, "Ann", "Ben", "Cas")
    anns, bens = (seated(who, molenwijk) for who in (ann, ben))
    seated(cas, molenwijk)

    outcomes = real_commits.race(
        giving, [{"seat": seat.pk, "office": "CHAIR", "by": cas.pk} for seat in (anns, bens)]
    )

    assert sorted(str(one.refused) for one in outcomes) == ["None", "office_taken"]
    assert Seat.objects.filter(office="CHAIR").count() == 1
