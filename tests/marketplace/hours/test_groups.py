"""A whole shift is confirmed in one go, with exceptions; each participant on their own."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.actor import Actor
from core.refusals import NotAllowed
from ledger.kinds import Label
from marketplace.models import Participation
from marketplace.operations.hours import Line, Outcome, confirm_group
from people.models import Role, User
from tests.factories.activities import Season, born, confirm_year, season, takes_part
from tests.factories.people import actor, mandate, person
from tests.factories.wallet import open_for
from tests.marketplace.hours.scene import (
    OVER,
    balance,
    check_books,
    events,
    fresh,
    home_of,
    shift_that_is_over,
    told,
)


def people(there: Season, number: int) -> list[User]:
    """Residents with a wallet each."""
    made = [person(f"Vol{index}", email=f"vol{index}@molenwijk.example") for index in range(number)]
    for one in made:
        born(one.person)
        open_for(there.neighbourhood, one.person)
    return made


def group(there: Season, *lines: Line, by: User | None = None) -> list[Outcome]:
    shift = lines[0].participation.shift
    return confirm_group(shift=shift, lines=lines, actor=actor(by or there.olaf), at=OVER)


def codes(outcomes: list[Outcome]) -> list[str]:
    """What came of each line: the state, or what it was refused with."""
    return [one.refusal.code if one.refusal else one.participation.state for one in outcomes]


def test_everybody_of_a_shift_is_paid_in_one_go(there: Season) -> None:
    shift = shift_that_is_over(there)
    parts = [takes_part(shift, one.person, "CLAIMED") for one in people(there, 5)]

    outcomes = group(there, *[Line(participation=part) for part in parts])

    assert codes(outcomes) == ["PAID"] * 5
    assert all(one.is_paid for one in outcomes)
    assert balance(there.pot) == 500_00 - 5 * 18_00
    assert [part.state for part in parts] == ["PAID"] * 5  # what was given is brought up to date
    check_books()


def test_the_exceptions_go_their_own_way(there: Season) -> None:
    shift = shift_that_is_over(there)
    came, short, long, missed, said, also = (one.person for one in people(there, 6))
    signed_up = {name: takes_part(shift, name) for name in (came, missed, short)}
    claims = {name: takes_part(shift, name, "CLAIMED", minutes=120) for name in (long, said, also)}

    outcomes = group(
        there,
        Line(participation=signed_up[came]),
        Line(participation=signed_up[missed], is_absent=True),
        Line(participation=signed_up[short], minutes=60),
        Line(participation=claims[long], minutes=180),
        Line(participation=claims[said], minutes=60, reason="Left early."),
        Line(participation=claims[also], is_absent=True, reason="Was not there."),
    )

    assert codes(outcomes) == ["PAID", "NO_SHOW", "PAID", "PAID", "DISPUTED", "DISPUTED"]
    rewards = [fresh(one.participation).reward for one in outcomes]
    assert rewards == [18_00, None, 6_00, 18_00, None, None]
    assert [claims[name].dispute.offered for name in (said, also)] == [60, 0]
    check_books()


def test_less_than_was_told_needs_a_reason(there: Season) -> None:
    shift = shift_that_is_over(there)
    ann, ben = (takes_part(shift, one.person, "CLAIMED") for one in (there.ann, there.ben))

    outcomes = group(
        there, Line(participation=ann, minutes=60, reason="  "), Line(participation=ben, is_absent=True)
    )

    assert codes(outcomes) == ["hours_less_than_told"] * 2
    assert (fresh(ann).state, fresh(ben).state) == ("CLAIMED", "CLAIMED")


def test_a_pot_that_runs_dry_in_the_middle_hinders_nobody_before_it(there: Season) -> None:
    shift = shift_that_is_over(there, of={"label": Label.EXPENSES})
    parts = [takes_part(shift, one.person, "CLAIMED", value=60_00) for one in people(there, 4)]

    outcomes = group(there, *[Line(participation=part) for part in parts])

    assert codes(outcomes) == ["PAID", "PAID", "CONFIRMED", "CONFIRMED"]
    assert [one.participation.held for one in outcomes] == ["", "", "POT", "POT"]
    assert balance(there.pot) == 140_00
    check_books()


def test_a_smaller_reward_further_on_is_still_paid_from_what_is_left(there: Season) -> None:
    shift = shift_that_is_over(there, of={"label": Label.EXPENSES})
    first, second, third = people(there, 3)
    parts = [
        takes_part(shift, first.person, "CLAIMED", value=160_00),
        takes_part(shift, second.person, "CLAIMED", value=60_00),
        takes_part(shift, third.person, "CLAIMED", value=5_00),
    ]

    outcomes = group(there, *[Line(participation=part) for part in parts])

    assert codes(outcomes) == ["PAID", "CONFIRMED", "PAID"]
    check_books()


def test_who_is_at_the_maximum_waits_and_the_others_are_paid(there: Season) -> None:
    confirm_year(there.municipality, version=2, per_hour=None, per_month=20_00)
    before = takes_part(shift_that_is_over(there), there.ann.person, "CLAIMED")
    group(there, Line(participation=before))
    shift = shift_that_is_over(there)
    parts = [takes_part(shift, one.person, "CLAIMED") for one in (there.ann, there.ben)]

    outcomes = group(there, *[Line(participation=part) for part in parts])

    assert codes(outcomes) == ["BLOCKED_BY_CAP", "PAID"]


def test_the_confirmer_among_them_is_refused_and_the_others_are_paid(there: Season) -> None:
    mandate(person=there.ann, principal=there.club, role=Role.ORGANISER)
    shift = shift_that_is_over(there)
    parts = [takes_part(shift, one.person, "CLAIMED") for one in (there.ann, there.ben)]

    outcomes = group(there, *[Line(participation=part) for part in parts], by=there.ann)

    assert codes(outcomes) == ["hours_own", "PAID"]
    assert events(parts[0]) == []


def test_housemates_and_owners_among_them_are_left_to_others(there: Season) -> None:
    vic = person("Vic")
    mandate(person=vic, principal=there.club, role=Role.ORGANISER)
    home_of(vic, there.ben)
    shift = shift_that_is_over(there)
    parts = [takes_part(shift, one.person, "CLAIMED") for one in (there.ann, there.ben, there.olaf)]

    outcomes = group(there, *[Line(participation=part) for part in parts], by=vic)

    assert codes(outcomes) == ["PAID", "hours_own", "hours_for_the_board"]


def test_sent_again_it_pays_nobody_again(there: Season) -> None:
    shift = shift_that_is_over(there)
    parts = [takes_part(shift, one.person) for one in (there.ann, there.ben)]
    lines = [Line(participation=part) for part in parts]
    group(there, *lines)

    assert codes(group(there, *lines)) == ["move_refused"] * 2
    assert (balance(there.place.ann), balance(there.place.ben)) == (18_00, 18_00)


def test_a_line_that_stands_there_twice_is_paid_once(there: Season) -> None:
    part = told(there, there.ann)

    assert codes(group(there, Line(participation=part), Line(participation=part))) == ["PAID", "move_refused"]
    assert balance(there.place.ann) == 18_00


def test_somebody_of_another_shift_is_not_of_this_one(there: Season) -> None:
    mine, other = told(there, there.ann), told(there, there.ben)

    outcomes = group(there, Line(participation=mine), Line(participation=other))

    assert codes(outcomes) == ["PAID", "not_allowed"]
    assert fresh(other).state == "CLAIMED"


def test_a_line_that_is_refused_leaves_nothing_behind(there: Season) -> None:
    other = season("Eikenhof", "NL02ABNA0123456789")
    shift = shift_that_is_over(there, of={"pot": other.pot})  # of another coin: the last that is found out
    parts = [takes_part(shift, one.person) for one in (there.ann, there.ben)]

    outcomes = group(there, *[Line(participation=part) for part in parts])

    assert codes(outcomes) == ["coin_mismatch"] * 2
    for part in parts:
        assert (part.state, part.minutes, part.checked_in_at, part.confirmed) == (
            "SIGNED_UP",
            None,
            None,
            None,
        )
        assert events(part) == []


def test_the_system_confirms_no_group(there: Season) -> None:
    part = told(there, there.ann)

    with pytest.raises(NotAllowed):
        confirm_group(shift=part.shift, lines=[Line(participation=part)], actor=Actor.system(), at=OVER)


def test_the_board_deals_with_a_shift_that_was_brought_to_it(there: Season) -> None:
    shift = shift_that_is_over(there, escalated_at=OVER)
    parts = [takes_part(shift, one.person) for one in (there.ann, there.ben)]

    outcomes = group(
        there, Line(participation=parts[0]), Line(participation=parts[1], is_absent=True), by=there.bea
    )

    assert codes(outcomes) == ["PAID", "NO_SHOW"]
    assert Participation.objects.get(pk=parts[0].pk).confirmed_by == there.bea.person


def test_each_participant_more_asks_as_much_more(there: Season) -> None:
    confirm_year(there.municipality, version=2, per_hour=None)
    crowd = people(there, 6)
    asked = []
    for number in (1, 2, 3):
        shift = shift_that_is_over(there)
        lines = [Line(participation=takes_part(shift, one.person, "CLAIMED")) for one in crowd[:number]]
        with CaptureQueriesContext(connection) as context:
            group(there, *lines)
        asked.append(len(context))

    assert asked[2] - asked[1] == asked[1] - asked[0] <= EACH


EACH = 45  # of which ten are for the mail, which a worker of its own writes elsewhere
