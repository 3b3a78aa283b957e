from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command

from core.refusals import NotAllowed
from core.states import MoveRefused
from neighbourhoods.models import Neighbourhood, Residency, Seat
from neighbourhoods.operations.residency import (
    attest_at_desk,
    end_residency,
    expire_residencies,
)
from neighbourhoods.permissions import OwnMatter
from neighbourhoods.queries.residency import (
    neighbourhood_of,
    residents_count,
)
from people.models import Party, User
from tests.factories.people import actor
from tests.factories.residency import (
    DAY,
    NOON,
    SYSTEM,
    TODAY,
    ask,
    at_the_desk,
    resident,
    seated,
)


def address_of(residency: Residency) -> list[str]:
    residency.refresh_from_db()
    return [residency.street, residency.house_number, residency.postcode, residency.town, residency.code_hash]


def test_whoever_moves_lives_in_one_place_at_any_moment(
    ann: User, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    old = resident(ann, molenwijk, on=TODAY - 9 * DAY)

    new = resident(ann, sluiskade, on=TODAY)

    old.refresh_from_db()
    assert (old.state, old.until_on) == ("ENDED", TODAY)
    assert address_of(old) == ["", "", "", "", ""]
    assert (new.state, neighbourhood_of(ann.person)) == ("ATTESTED", sluiskade)
    assert [residents_count(molenwijk), residents_count(sluiskade)] == [0, 1]


def test_a_move_that_is_refused_leaves_the_old_residency(
    clara: User, dijkstad: Party, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    old = resident(clara, molenwijk)
    asked = ask(clara, sluiskade)

    with pytest.raises(OwnMatter):
        attest_at_desk(residency=asked, actor=at_the_desk(clara, dijkstad), at=NOON, on=TODAY)

    old.refresh_from_db()
    assert (old.state, old.street) == ("ATTESTED", "Molenweg")


def test_attesting_twice_is_refused_and_changes_nothing(ann: User, molenwijk: Neighbourhood) -> None:
    lives = resident(ann, molenwijk)

    with pytest.raises(MoveRefused):
        attest_at_desk(residency=lives, actor=SYSTEM, at=NOON + DAY, on=TODAY + DAY)

    lives.refresh_from_db()
    assert (lives.state, lives.attested_on) == ("ATTESTED", TODAY)


def test_ann_moves_away(ann: User, molenwijk: Neighbourhood) -> None:
    lives = resident(ann, molenwijk)

    end_residency(residency=lives, on=TODAY + DAY, actor=actor(ann), at=NOON + DAY)

    assert (lives.state, lives.until_on) == ("ENDED", TODAY + DAY)
    assert address_of(lives) == ["", "", "", "", ""]
    assert neighbourhood_of(ann.person) is None


def test_nobody_else_ends_where_ann_lives(ann: User, ben: User, cas: User, molenwijk: Neighbourhood) -> None:
    lives = resident(ann, molenwijk)

    for other in (ben, cas):
        with pytest.raises(NotAllowed):
            end_residency(residency=lives, on=TODAY, actor=actor(other), at=NOON)

    lives.refresh_from_db()
    assert lives.state == "ATTESTED"


def test_moving_away_leaves_the_board_but_renewing_does_not(
    ann: User, ben: User, molenwijk: Neighbourhood
) -> None:
    lives = resident(ann, molenwijk, on=TODAY - 700 * DAY)
    seat, later = (
        seated(ann, molenwijk),
        seated(ann, molenwijk, from_on=TODAY + 400 * DAY, until_on=TODAY + 500 * DAY),
    )

    renewed = resident(ann, molenwijk, on=TODAY)
    seat.refresh_from_db()
    assert seat.until_on == TODAY + 365 * DAY

    end_residency(residency=renewed, on=TODAY + DAY, actor=actor(ann), at=NOON + DAY)
    seat.refresh_from_db()
    lives.refresh_from_db()
    assert (lives.state, seat.until_on) == ("ENDED", TODAY + DAY)
    assert not Seat.objects.filter(pk=later.pk).exists()


def test_a_residency_holds_through_its_last_day_and_expires_the_day_after(
    ann: User, molenwijk: Neighbourhood
) -> None:
    lives = resident(ann, molenwijk)
    last = date(2028, 11, 21)

    assert expire_residencies(on=last, at=NOON) == 0
    assert neighbourhood_of(ann.person) == molenwijk
    assert expire_residencies(on=last + DAY, at=NOON) == 1
    assert expire_residencies(on=last + DAY, at=NOON) == 0

    lives.refresh_from_db()
    assert (lives.state, lives.until_on) == ("EXPIRED", last)
    assert address_of(lives) == ["", "", "", "", ""]
    assert neighbourhood_of(ann.person) is None


def test_the_nightly_command_says_how_many_expired(
    ann: User, molenwijk: Neighbourhood, capsys: pytest.CaptureFixture[str]
) -> None:
    lives = resident(ann, molenwijk, on=date(2020, 1, 1))

    call_command("expire_residencies")

    lives.refresh_from_db()
    assert (lives.state, capsys.readouterr().out) == ("EXPIRED", "1 residencies expired.\n")
