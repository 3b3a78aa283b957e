"""Appeals about a value that was decided: who makes one and when, who rules on it, and what comes of it."""

from __future__ import annotations

import uuid
from datetime import datetime

import pytest

from core.models import AuditEntry
from core.refusals import NotAllowed
from core.states import transition
from neighbourhoods.models import (
    Appeal,
    Decider,
    DecisionPolicy,
    Neighbourhood,
    ValueDecision,
    ValuedItem,
)
from neighbourhoods.operations import appeals, values
from neighbourhoods.operations.appeals import Involved, NoAppealNow, NoStanding
from neighbourhoods.operations.elections.outcome import AppealsOpen, NoUpheldAppeal
from neighbourhoods.queries.items import value_on
from people.models import Role, User
from tests.factories import values as make
from tests.factories.people import actor, mandate, organisation, person
from tests.neighbourhoods.values import deciding
from tests.neighbourhoods.values.deciding import (
    APPEALED,
    CLOSED,
    DAY,
    IN_FORCE,
    SYSTEM,
    begins,
    guideline,
)


@pytest.fixture(autouse=True)
def residents_decide(molenwijk: Neighbourhood, policy: DecisionPolicy) -> None:
    deciding.rules(molenwijk)


@pytest.fixture
def pia(molenwijk: Neighbourhood) -> User:
    """On the appeals panel of the municipality."""
    login = person("Pia")
    mandate(person=login, principal=molenwijk.municipality, role=Role.APPEALS)
    return login


def appeal(decision: ValueDecision, by: User, at: datetime = CLOSED) -> Appeal:
    return appeals.file_appeal(
        box=deciding.box_of(decision), person=by.person, grounds="Ik kreeg geen stembiljet.", language="nl",
        key=uuid.uuid4(), actor=actor(by), at=at,
    )  # fmt: skip


def ruled(found: Appeal, by: User, *, upheld: bool, at: datetime = CLOSED) -> None:
    appeals.admit_appeal(appeal=found, actor=actor(by), at=at)
    appeals.hear_appeal(appeal=found, actor=actor(by), at=at)
    appeals.rule_on_appeal(appeal=found, upheld=upheld, ruling="Dat klopt.", actor=actor(by), at=at)


def test_an_upheld_appeal_undoes_it_and_what_held_goes_on(reading: ValuedItem, dirk: User, pia: User) -> None:
    make.worth(reading, 800)
    decision = deciding.decided(reading, 900, dirk)

    ruled(appeal(decision, dirk), pia, upheld=True)

    assert deciding.state(decision) == "ANNULLED"
    assert AuditEntry.objects.get(event="value_decision.annul").note.text == "Dat klopt."
    deciding.advance(IN_FORCE)
    assert value_on(reading, (IN_FORCE + DAY).date()) == 800


def test_nothing_begins_while_an_appeal_waits_and_one_that_is_dismissed_lets_it(
    reading: ValuedItem, dirk: User, pia: User
) -> None:
    decision = deciding.decided(reading, 900, dirk)
    found = appeal(decision, dirk)

    with pytest.raises(AppealsOpen):
        begins(decision)
    assert deciding.advance(IN_FORCE).waiting == [f"value decision {decision.pk}: appeals_open"]
    ruled(found, pia, upheld=False, at=IN_FORCE)

    assert begins(decision, IN_FORCE + DAY).amount == 900


def test_what_waits_for_money_does_not_end_while_an_appeal_waits(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User, pia: User
) -> None:
    deciding.rules(molenwijk, cover_months=3)
    decision = deciding.decided(reading, 900, dirk)
    found = appeal(decision, dirk)
    late = IN_FORCE + 200 * DAY

    with pytest.raises(AppealsOpen):
        values.lapse(decision=decision, actor=SYSTEM, at=late)
    deciding.advance(late)
    assert deciding.state(decision) == "APPEAL"
    ruled(found, pia, upheld=False, at=late)
    deciding.advance(late)

    assert deciding.state(decision) == "REJECTED"


def test_an_appeal_about_the_first_of_two_votes_counts_as_much(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User, pia: User
) -> None:
    deciding.rules(molenwijk, Decider.BOTH)
    decision = deciding.before_the_board(reading, {dirk: 900})
    first = deciding.box_of(decision)
    values.stay_silent(decision=decision, actor=SYSTEM, at=CLOSED + 10 * DAY)
    appeals.file_appeal(
        box=first, person=dirk.person, grounds="Nee.", language="nl", key=uuid.uuid4(), actor=actor(dirk),
        at=CLOSED + 10 * DAY,
    )  # fmt: skip

    with pytest.raises(AppealsOpen):
        begins(decision, CLOSED + 40 * DAY)


def test_who_lives_there_can_appeal_also_when_the_board_decided(
    molenwijk: Neighbourhood, reading: ValuedItem, ann: User, ben: User, dirk: User, cas: User
) -> None:
    deciding.rules(molenwijk, Decider.BOARD)
    decision = deciding.heard(
        reading, by=cas, proposed_for=organisation("De Regenboog", owner=person("Gijs"))
    )
    deciding.says(deciding.opened(decision), ann, "yes")
    decision = deciding.closed(decision)

    for who in (dirk, ann, cas):  # a resident, a member of the board, and who proposed it
        assert appeal(decision, who).appellant == who.person
    with pytest.raises(NoStanding):
        appeal(decision, person("Zoë"))


@pytest.mark.parametrize("is_proposer", [True, False])
def test_nobody_rules_on_what_they_proposed_or_on_an_organisation_of_their_own(
    reading: ValuedItem, dirk: User, pia: User, is_proposer: bool
) -> None:
    school = organisation("De Regenboog", owner=dirk if is_proposer else pia)
    decision = deciding.heard(reading, by=pia if is_proposer else dirk, proposed_for=school)
    deciding.chooses(deciding.opened(decision), dirk, 900)
    found = appeal(deciding.closed(decision), dirk)

    with pytest.raises(Involved):
        appeals.admit_appeal(appeal=found, actor=actor(pia), at=CLOSED)


def test_appeals_are_made_while_it_is_decided_and_not_in_force(
    reading: ValuedItem, dirk: User, eva: User, pia: User
) -> None:
    guideline(reading, 100, 200)
    waiting = deciding.decided(reading, 900, dirk)
    with pytest.raises(NoAppealNow):
        appeal(waiting, dirk)
    ValueDecision.objects.filter(pk=waiting.pk).update(
        state="APPEAL", appeals_until=APPEALED, effective_on=IN_FORCE.date()
    )
    with pytest.raises(appeals.AppealTooLate):
        appeal(waiting, dirk, APPEALED)
    begins(waiting)

    with pytest.raises(NoAppealNow):
        appeal(waiting, eva, IN_FORCE)


def test_neither_the_board_nor_the_panel_undoes_a_decision_that_nobody_appealed_against(
    reading: ValuedItem, ann: User, dirk: User, pia: User
) -> None:
    decision = deciding.decided(reading, 900, dirk)
    found = appeal(decision, dirk)
    with pytest.raises(NotAllowed):
        values.annul(decision=decision, appeal=found, actor=actor(ann), at=CLOSED)
    with pytest.raises(NoUpheldAppeal):
        values.annul(decision=decision, appeal=found, actor=actor(pia), at=CLOSED)
    with pytest.raises(NoUpheldAppeal):
        transition(decision, "annul", actor=SYSTEM, at=CLOSED)

    assert deciding.state(decision) == "APPEAL"
