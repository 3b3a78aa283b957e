"""From what was decided to what holds: the guideline, cover, and the day on which a value begins."""

from __future__ import annotations

import pytest

from core.refusals import NotAllowed
from core.states import MoveRefused
from neighbourhoods.models import (
    DecisionPolicy,
    Neighbourhood,
    ValuedItem,
    ValueVersion,
)
from neighbourhoods.operations import values
from neighbourhoods.operations.elections.freezing import NotYet
from neighbourhoods.operations.values import AnotherToday
from neighbourhoods.operations.values.consenting import answer_cover, answer_guideline
from neighbourhoods.queries.cover import CoverShort, VolumeMissing
from neighbourhoods.queries.items import value_on, valued_on
from people.models import Role, User
from tests.factories import pots
from tests.factories import values as make
from tests.factories.people import actor, mandate, person
from tests.neighbourhoods.values import deciding
from tests.neighbourhoods.values.deciding import (
    APPEALED,
    CLOSED,
    DAY,
    HOUR,
    IN_FORCE,
    NOW,
    begins,
    guideline,
)

SECOND = HOUR / 3600


@pytest.fixture(autouse=True)
def residents_decide(molenwijk: Neighbourhood, policy: DecisionPolicy) -> None:
    deciding.rules(molenwijk)


@pytest.fixture
def gerda(molenwijk: Neighbourhood) -> User:
    """Answers for the municipality."""
    login = person("Gerda")
    mandate(person=login, principal=molenwijk.municipality, role=Role.FINANCE)
    return login


# --- The guideline ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "state"),
    [(450, "AWAITING_CONSENT"), (500, "APPEAL"), (1000, "APPEAL"), (1050, "AWAITING_CONSENT")],
)
def test_what_lies_outside_the_guideline_waits_for_the_municipality(
    reading: ValuedItem, dirk: User, amount: int, state: str
) -> None:
    guideline(reading, 500, 1000)

    decision = deciding.decided(reading, amount, dirk)

    assert (decision.state, decision.decided, decision.decided_at) == (state, amount, CLOSED)
    assert (decision.appeals_until is None) == (state == "AWAITING_CONSENT")


def test_the_guideline_of_the_wider_category_holds_too_and_one_for_another_unit_does_not(
    molenwijk: Neighbourhood, dirk: User
) -> None:
    care = make.category("zorg")
    reading = make.item(molenwijk, "Voorlezen", of=make.category("voorlezen", parent=care))
    guideline(reading, 100, 200, unit="PIECE")
    assert deciding.decided(reading, 900, dirk).state == "APPEAL"

    soup = make.item(molenwijk, "Soep koken", of=make.category("koken", parent=care))
    guideline(soup, 100, 200, category=care)
    assert deciding.decided(soup, 900, dirk).state == "AWAITING_CONSENT"


def test_without_consent_it_never_comes_into_force(reading: ValuedItem, dirk: User, gerda: User) -> None:
    guideline(reading, 500, 1000)
    make.worth(reading, 800)
    decision = deciding.decided(reading, 1050, dirk)

    for moment in (CLOSED, IN_FORCE, CLOSED + 89 * DAY):
        deciding.advance(moment)
        with pytest.raises(MoveRefused):
            begins(decision, moment)

    assert (deciding.state(decision), value_on(reading, (CLOSED + 89 * DAY).date())) == (
        "AWAITING_CONSENT",
        800,
    )
    answer_guideline(decision=decision, consents=False, reason="Te veel.", actor=actor(gerda), at=CLOSED)
    assert deciding.state(decision) == "REJECTED"


def test_with_consent_appeals_begin_on_that_day(reading: ValuedItem, dirk: User, gerda: User) -> None:
    guideline(reading, 500, 1000)
    decision = deciding.decided(reading, 1050, dirk)

    answer_guideline(
        decision=decision, consents=True, reason="Dit is nodig.", actor=actor(gerda), at=CLOSED + 40 * DAY
    )

    decision = deciding.again(decision)
    assert (decision.state, decision.appeals_until) == ("APPEAL", CLOSED + 54 * DAY)
    begins(decision, CLOSED + 55 * DAY)
    assert value_on(reading, (CLOSED + 55 * DAY).date()) == 1050


def test_what_holds_already_is_asked_of_nobody(reading: ValuedItem, dirk: User) -> None:
    guideline(reading, 500, 1000)
    make.worth(reading, 1200)

    assert deciding.decided(reading, 1200, dirk).state == "APPEAL"


def test_that_something_has_no_value_any_more_needs_no_consent(reading: ValuedItem, dirk: User) -> None:
    guideline(reading, 500, 1000)
    make.worth(reading, 800)
    decision = deciding.heard(reading, is_ending=True)
    deciding.chooses(deciding.opened(decision), dirk, {"1": "yes"})

    assert deciding.closed(decision).state == "APPEAL"


# --- The day ----------------------------------------------------------------------------------------------------------


def test_a_value_begins_after_the_appeals_or_on_the_day_that_was_wanted(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    wanted = (IN_FORCE + 30 * DAY).date()
    soup = make.item(molenwijk, "Soep koken")
    too_soon = make.item(molenwijk, "Fietsen maken")
    found = {}
    for item, day in ((reading, None), (soup, wanted), (too_soon, NOW.date())):
        decision = deciding.heard(item, wanted_on=day)
        deciding.chooses(deciding.opened(decision), dirk, 900)
        found[item] = deciding.closed(decision).effective_on

    assert found == {reading: IN_FORCE.date(), soup: wanted, too_soon: IN_FORCE.date()}


def test_nothing_begins_before_its_day_nor_while_appeals_can_be_made(reading: ValuedItem, dirk: User) -> None:
    decision = deciding.decided(reading, 900, dirk)

    for moment in (CLOSED, APPEALED - SECOND, APPEALED):  # the day after the appeals has not begun
        with pytest.raises(NotYet):
            begins(decision, moment)

    version = begins(decision)
    assert (version.amount, version.effective_on, version.made_on) == (900, IN_FORCE.date(), IN_FORCE.date())
    assert deciding.state(decision) == "IN_FORCE"


def test_nobody_makes_a_value_begin_but_the_clock(reading: ValuedItem, ann: User, dirk: User) -> None:
    decision = deciding.decided(reading, 900, dirk)

    with pytest.raises(NotAllowed):
        values.take_effect(decision=decision, actor=actor(ann), at=IN_FORCE)


def test_the_value_before_it_holds_until_the_day_before(reading: ValuedItem, dirk: User) -> None:
    former = make.worth(reading, 800)
    decision = deciding.decided(reading, 900, dirk)

    begins(decision)

    today = IN_FORCE.date()
    assert [value_on(reading, day) for day in (make.BEFORE, today - DAY, today, today + 900 * DAY)] == [
        800, 800, 900, 900,
    ]  # fmt: skip
    former.decision.refresh_from_db()
    assert (former.decision.state, deciding.state(decision)) == ("SUPERSEDED", "IN_FORCE")
    with pytest.raises(MoveRefused):
        begins(decision, IN_FORCE + DAY)


def test_what_has_no_value_any_more_is_gone_from_the_list_and_its_history_stays(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    make.worth(reading, 800)
    decision = deciding.heard(reading, is_ending=True)
    deciding.chooses(deciding.opened(decision), dirk, {"1": "yes"})

    begins(deciding.closed(decision))

    assert list(valued_on(molenwijk, IN_FORCE.date())) == []
    assert list(valued_on(molenwijk, IN_FORCE.date() - DAY)) == [reading]


def test_a_value_that_was_kept_waiting_begins_today_and_never_in_the_past(
    reading: ValuedItem, dirk: User
) -> None:
    make.worth(reading, 800)
    decision = deciding.decided(reading, 900, dirk)
    late = IN_FORCE + 100 * DAY

    deciding.advance(late)

    decision = deciding.again(decision)
    assert (decision.state, decision.effective_on) == ("IN_FORCE", late.date())
    assert (value_on(reading, late.date() - DAY), value_on(reading, late.date())) == (800, 900)


def test_of_two_decisions_about_one_thing_the_second_waits_until_tomorrow(
    reading: ValuedItem, dirk: User, eva: User
) -> None:
    begins(deciding.decided(reading, 900, dirk))
    second = make.value_decision(
        reading, state="APPEAL", at=CLOSED, decided=950, appeals_until=APPEALED, effective_on=IN_FORCE.date()
    )

    with pytest.raises(AnotherToday):
        begins(second)
    assert deciding.advance(IN_FORCE + HOUR).waiting == [f"value decision {second.pk}: another_value_today"]
    assert (value_on(reading, IN_FORCE.date()), deciding.state(second)) == (900, "APPEAL")

    deciding.advance(IN_FORCE + DAY)
    assert value_on(reading, (IN_FORCE + DAY).date()) == 950
    assert [str(one.effective_on) for one in reading.versions.order_by("pk")] == ["2026-12-16", "2026-12-17"]


def test_a_clock_that_was_set_back_slips_no_value_in_before_another(reading: ValuedItem, dirk: User) -> None:
    begins(deciding.decided(reading, 900, dirk), IN_FORCE + 50 * DAY)
    second = make.value_decision(
        reading, state="APPEAL", at=CLOSED, decided=950, appeals_until=APPEALED, effective_on=IN_FORCE.date()
    )

    with pytest.raises(AnotherToday):
        begins(second, IN_FORCE + 10 * DAY)


# --- Cover ------------------------------------------------------------------------------------------------------------


def test_when_the_pots_hold_too_little_it_waits_until_they_do(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    deciding.rules(molenwijk, cover_months=3)
    decision = deciding.decided(reading, 900, dirk)  # 10 hours a month: 270.00
    pot = pots.pot(molenwijk, amount=269_00)

    with pytest.raises(CoverShort):
        begins(decision)
    assert deciding.advance(IN_FORCE).waiting == [f"value decision {decision.pk}: cover_short"]
    assert (deciding.state(decision), ValueVersion.objects.count()) == ("APPEAL", 0)
    pots.fill(pot, 1_00)
    deciding.advance(IN_FORCE + 9 * DAY)

    assert ValueVersion.objects.get().effective_on == (IN_FORCE + 9 * DAY).date()


def test_without_a_volume_nobody_knows_what_it_costs_so_the_municipality_says(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User, gerda: User
) -> None:
    deciding.rules(molenwijk, cover_months=3)
    decision = deciding.heard(reading, volume=None)
    deciding.chooses(deciding.opened(decision), dirk, 900)
    decision = deciding.closed(decision)
    with pytest.raises(VolumeMissing):
        begins(decision)

    answer_cover(decision=decision, consents=True, reason="Dat mag.", actor=actor(gerda), at=CLOSED)

    assert begins(decision).amount == 900


def test_of_two_that_need_the_same_money_the_second_waits(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    deciding.rules(molenwijk, cover_months=3)
    pots.pot(molenwijk, amount=300_00)
    one = deciding.decided(reading, 900, dirk)
    other = deciding.decided(make.item(molenwijk, "Soep koken"), 900, dirk)

    done = deciding.advance(IN_FORCE)

    assert (deciding.state(one), deciding.state(other)) == ("IN_FORCE", "APPEAL")
    assert done.waiting == [f"value decision {other.pk}: cover_short"]
