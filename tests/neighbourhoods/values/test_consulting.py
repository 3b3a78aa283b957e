from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.refusals import Refusal
from core.states import MoveRefused
from neighbourhoods.models import (
    Decider,
    DemandFigure,
    Indication,
    ItemKind,
    Neighbourhood,
    ValueDecision,
    ValuedItem,
    ValueGuideline,
)
from neighbourhoods.operations import values
from neighbourhoods.operations.meetings.doors import BoardOnly, LeadersOnly
from neighbourhoods.operations.values import Terms
from neighbourhoods.operations.values.consulting import (
    BoundsMissing,
    BoundsRefused,
    EndingHasNoAmount,
    NoBoundsHere,
    OutsideBounds,
    ProposedMissing,
    VolumeKnown,
    VolumeNotSaid,
)
from neighbourhoods.operations.values.items import LARGEST, AmountRefused
from neighbourhoods.operations.values.proposing import VolumeRefused
from neighbourhoods.queries.demand import monday_of
from neighbourhoods.queries.values import default_terms
from neighbourhoods.states import ValueState
from people.models import User
from tests.factories import values as make
from tests.factories.people import actor, organisation
from tests.factories.residency import DAY, NOON, SYSTEM, TODAY
from tests.neighbourhoods.values.making import lines

TERMS = Terms(proposed=900, volume=40, low=500, high=1500, step=50, wanted_on=TODAY + 60 * DAY)
YES_OR_NO = Terms(proposed=900, volume=40)


@pytest.fixture
def of_the_board(molenwijk: Neighbourhood, dirk: User) -> ValueDecision:
    """On the agenda of a board that decides values itself."""
    rules = make.value_policy(molenwijk, Decider.BOARD)
    return make.value_decision(
        make.item(molenwijk, "Koffie"), state=ValueState.ADMITTED, by=dirk, policy=rules
    )


@pytest.fixture
def ending(reading: ValuedItem, dirk: User) -> ValueDecision:
    make.worth(reading, 800)
    return make.value_decision(reading, state=ValueState.ADMITTED, by=dirk, is_ending=True)


def consult(decision: ValueDecision, by: User, terms: Terms = TERMS, **more: Any) -> None:
    values.consult(decision=decision, terms=terms, **{"actor": actor(by), "at": NOON, **more})


def change(decision: ValueDecision, by: User, terms: Terms = TERMS, **more: Any) -> None:
    values.change_terms(decision=decision, terms=terms, **{"actor": actor(by), "at": NOON, **more})


def terms_of(decision: ValueDecision) -> Terms:
    found = ValueDecision.objects.get(pk=decision.pk)
    return Terms(
        proposed=found.proposed, volume=found.volume, low=found.low, high=found.high, step=found.step,
        wanted_on=found.wanted_on,
    )  # fmt: skip


# --- Before everybody -----------------------------------------------------------------------------------------------


def test_who_leads_the_board_puts_the_terms_before_everybody(on_agenda: ValueDecision, ann: User) -> None:
    consult(on_agenda, ann)

    assert (on_agenda.state, on_agenda.consulted_until) == ("CONSULTATION", NOON + 14 * DAY)
    assert terms_of(on_agenda) == TERMS


def test_for_as_long_as_the_policy_that_was_pinned_says(
    reading: ValuedItem, molenwijk: Neighbourhood, ann: User
) -> None:
    pinned = make.value_policy(molenwijk, consultation_days=5)
    made = make.value_decision(reading, state=ValueState.ADMITTED, policy=pinned)
    make.value_policy(molenwijk, consultation_days=30)

    consult(made, ann)

    assert made.consulted_until == NOON + 5 * DAY


def test_the_clock_does_so_when_no_board_does(on_agenda: ValueDecision, dirk: User) -> None:
    consult(on_agenda, dirk, default_terms(on_agenda, TODAY), actor=SYSTEM)

    assert (on_agenda.state, terms_of(on_agenda)) == (
        "CONSULTATION", Terms(proposed=900, low=50, high=1800, step=50),
    )  # fmt: skip


def test_nobody_else_does(on_agenda: ValueDecision, ann: User, ben: User, dirk: User, cas: User) -> None:
    for who, refusal in ((ben, LeadersOnly), (dirk, BoardOnly), (cas, BoardOnly)):
        with pytest.raises(refusal):
            consult(on_agenda, who)
        with pytest.raises(refusal):
            change(on_agenda, who)
    with pytest.raises(BoardOnly):
        change(on_agenda, ann, actor=SYSTEM)

    assert on_agenda.state == "ADMITTED"


@pytest.mark.parametrize("state", ["DRAFT", "PROPOSED", "CONSULTATION", "VOTING", "REJECTED"])
def test_it_begins_once_and_from_the_agenda_alone(reading: ValuedItem, ann: User, state: str) -> None:
    with pytest.raises(MoveRefused):
        consult(make.value_decision(reading, state=ValueState(state)), ann)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"low": None}, BoundsMissing),
        ({"step": None}, BoundsMissing),
        ({"low": None, "high": None, "step": None}, BoundsMissing),
        ({"step": 0}, BoundsRefused),
        ({"step": -50}, BoundsRefused),
        ({"step": 300}, BoundsRefused),
        ({"step": 500}, BoundsRefused),
        ({"low": 0}, BoundsRefused),
        ({"low": 1500}, BoundsRefused),
        ({"high": LARGEST + 50}, BoundsRefused),
        ({"proposed": 450}, OutsideBounds),
        ({"proposed": 1550}, OutsideBounds),
        ({"proposed": 925}, OutsideBounds),
        ({"proposed": 0}, AmountRefused),
        ({"proposed": None}, ProposedMissing),
        ({"volume": 0}, VolumeRefused),
    ],
)
def test_terms_that_make_no_vote_are_refused_whoever_gives_them(
    on_agenda: ValueDecision, ann: User, more: dict[str, Any], refusal: type[Refusal]
) -> None:
    for by in (actor(ann), SYSTEM):
        with pytest.raises(refusal):
            consult(on_agenda, ann, replace(TERMS, **more), actor=by)

    assert (on_agenda.state, terms_of(on_agenda).low) == ("ADMITTED", None)


@pytest.mark.parametrize("proposed", [500, 950, 1500])
def test_what_is_proposed_can_be_chosen(on_agenda: ValueDecision, ann: User, proposed: int) -> None:
    consult(on_agenda, ann, replace(TERMS, proposed=proposed))

    assert on_agenda.proposed == proposed


def test_what_demand_brought_up_needs_no_amount_when_residents_name_theirs(
    reading: ValuedItem, ann: User
) -> None:
    made = make.value_decision(reading, state=ValueState.ADMITTED, proposed=None)

    consult(made, ann, replace(TERMS, proposed=None))

    assert (made.state, made.proposed) == ("CONSULTATION", None)


def test_a_board_says_yes_or_no_to_an_amount(of_the_board: ValueDecision, ann: User) -> None:
    with pytest.raises(NoBoundsHere):
        consult(of_the_board, ann)
    with pytest.raises(ProposedMissing):
        consult(of_the_board, ann, Terms())
    consult(of_the_board, ann, YES_OR_NO)

    assert terms_of(of_the_board) == YES_OR_NO


def test_an_end_has_no_amounts(ending: ValueDecision, ann: User) -> None:
    with pytest.raises(EndingHasNoAmount):
        consult(ending, ann, YES_OR_NO)
    with pytest.raises(NoBoundsHere):
        consult(ending, ann, replace(TERMS, proposed=None))
    consult(ending, ann, Terms(volume=40))

    assert ending.state == "CONSULTATION"


def test_a_board_says_how_often_it_expects_what_residents_earn(
    on_agenda: ValueDecision, ann: User, dirk: User
) -> None:
    with pytest.raises(VolumeNotSaid) as refused:
        consult(on_agenda, ann, replace(TERMS, volume=None))
    assert (refused.value.field, on_agenda.state) == ("volume", "ADMITTED")
    consult(on_agenda, ann)

    with pytest.raises(VolumeNotSaid):
        change(on_agenda, ann, replace(TERMS, volume=None))
    assert terms_of(on_agenda).volume == 40


def test_what_residents_pay_themselves_can_be_put_to_the_vote_without(
    molenwijk: Neighbourhood, reading: ValuedItem, ann: User
) -> None:
    hall = make.value_decision(make.item(molenwijk, "Zaal", kind=ItemKind.FEE), state=ValueState.ADMITTED)

    consult(hall, ann, replace(TERMS, volume=None))

    assert hall.state == "CONSULTATION"


def test_who_leads_the_board_says_once_how_often_when_nobody_did_before_the_vote(
    reading: ValuedItem, ann: User, ben: User
) -> None:
    made = make.value_decision(reading, state=ValueState.APPEAL)
    with pytest.raises(LeadersOnly):
        values.name_volume(decision=made, volume=12, actor=actor(ben), at=NOON)
    with pytest.raises(BoardOnly):
        values.name_volume(decision=made, volume=12, actor=SYSTEM, at=NOON)
    with pytest.raises(VolumeRefused):
        values.name_volume(decision=made, volume=0, actor=actor(ann), at=NOON)

    values.name_volume(decision=made, volume=12, actor=actor(ann), at=NOON)

    with pytest.raises(VolumeKnown):
        values.name_volume(decision=made, volume=1, actor=actor(ann), at=NOON)
    assert (made.volume, len(lines("value_decision.change"))) == (12, 1)


@pytest.mark.parametrize("state", ["CONSULTATION", "VOTING", "AWAITING_CONSENT", "IN_FORCE", "REJECTED"])
def test_it_is_said_afterwards_only_while_it_waits_to_begin(
    reading: ValuedItem, ann: User, state: str
) -> None:
    made = make.value_decision(reading, state=ValueState(state))

    with pytest.raises(MoveRefused):
        values.name_volume(decision=made, volume=12, actor=actor(ann), at=NOON)


# --- When nobody says otherwise -------------------------------------------------------------------------------------


def guideline(item: ValuedItem, low: int | None, high: int | None, **more: Any) -> None:
    place = item.neighbourhood
    ValueGuideline.objects.create(
        municipality=place.municipality, low=low, high=high, made_at=NOON,
        **{"category": item.category, "unit": item.unit, "version": 1, "from_on": TODAY, **more},
    )  # fmt: skip


def indicated(item: ValuedItem, name: str, *amounts: int) -> None:
    party = organisation(name)
    for day, amount in enumerate(amounts):
        Indication.objects.create(
            item=item, organisation=party, amount=amount, grounds="Zo veel.", language="nl",
            made_by=party, made_at=NOON + day * DAY,
        )  # fmt: skip


def bounds(decision: ValueDecision) -> tuple[int | None, int | None, int | None]:
    found = default_terms(decision, TODAY)
    return found.low, found.high, found.step


def test_without_a_guideline_residents_choose_up_to_twice_what_was_proposed_or_holds(
    on_agenda: ValueDecision, reading: ValuedItem
) -> None:
    assert bounds(on_agenda) == (50, 1800, 50)

    indicated(reading, "School", 2000, LARGEST)
    assert bounds(on_agenda) == (50, 1800, 50)  # what an organisation indicates decides nothing

    make.worth(reading, 1300)
    assert bounds(on_agenda) == (50, 2600, 50)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (600, 1200, (600, 1200, 50)),
        (610, 1190, (650, 1150, 50)),
        (1000, 1200, (900, 1200, 50)),
        (100, 700, (100, 900, 50)),
        (900, 910, (900, 1050, 50)),
        (0, 1000, (50, 1000, 50)),
        (None, None, (50, 1800, 50)),
    ],
)
def test_a_guideline_bounds_the_choice_but_never_leaves_out_what_was_proposed(
    on_agenda: ValueDecision,
    reading: ValuedItem,
    low: int | None,
    high: int | None,
    expected: tuple[int, int, int],
) -> None:
    guideline(reading, low, high)

    assert bounds(on_agenda) == expected


def test_a_guideline_of_another_unit_or_day_bounds_nothing(
    on_agenda: ValueDecision, reading: ValuedItem
) -> None:
    guideline(reading, 600, 1200, unit="PIECE")
    guideline(reading, 600, 1200, from_on=TODAY + DAY)

    assert bounds(on_agenda) == (50, 1800, 50)


@pytest.mark.parametrize(
    ("proposed", "expected"),
    [
        (3, (1, 6, 1)),
        (20, (5, 40, 5)),
        (50, (10, 100, 10)),
        (100, (25, 200, 25)),
        (200, (50, 400, 50)),
        (825, (25, 1650, 25)),
        (833, (1, 1666, 1)),
        (None, (50, 2000, 50)),  # nobody named an amount
    ],
)
def test_steps_are_as_small_as_the_proposal_needs(
    reading: ValuedItem, ann: User, proposed: int | None, expected: tuple[int, int, int]
) -> None:
    made = make.value_decision(reading, state=ValueState.ADMITTED, proposed=proposed)

    assert bounds(made) == expected


@pytest.mark.parametrize(
    "proposed", [1, 20, 35, 99, 825, 833, 900, 12_345, 99_999, 6_000_000_00, LARGEST - 1, LARGEST, None]
)
@pytest.mark.parametrize("band", [None, (1, 2), (10, 40), (610, 1190), (5000, 9000), (LARGEST - 1, LARGEST)])
def test_default_terms_are_always_terms_that_make_a_vote(
    reading: ValuedItem, dirk: User, proposed: int | None, band: tuple[int, int] | None
) -> None:
    if band:
        guideline(reading, *band)
    indicated(reading, "School", LARGEST)
    made = make.value_decision(reading, state=ValueState.ADMITTED, proposed=proposed)

    consult(made, dirk, default_terms(made, TODAY), actor=SYSTEM)

    assert made.state == "CONSULTATION"


def test_a_board_gets_the_proposal_and_no_bounds_and_never_what_was_indicated(
    of_the_board: ValueDecision,
) -> None:
    indicated(of_the_board.item, "School", 700)
    assert default_terms(of_the_board, TODAY) == Terms(proposed=900)

    of_the_board.proposed = None
    assert default_terms(of_the_board, TODAY) == Terms()


def test_how_often_is_taken_from_what_holds_now_else_from_the_places_of_eight_weeks(
    on_agenda: ValueDecision, reading: ValuedItem
) -> None:
    assert default_terms(on_agenda, TODAY).volume is None

    for weeks, taken in ((0, 6), (7, 3), (8, 1000)):
        DemandFigure.objects.create(
            item=reading,
            week_on=monday_of(TODAY) - weeks * 7 * DAY,
            sign_ups=taken,
            open_places=2,
            waiting=50,
        )
    assert default_terms(on_agenda, TODAY).volume == 8  # 13 places in 8 weeks, of which a month has 4 1/3

    make.worth(reading, 800, volume=25)
    assert default_terms(on_agenda, TODAY).volume == 25

    on_agenda.volume = 40
    assert default_terms(on_agenda, TODAY).volume == 40


def test_an_end_gets_neither(ending: ValueDecision, ann: User) -> None:
    ending.volume = 12

    assert default_terms(ending, TODAY) == Terms(volume=12)
