from __future__ import annotations

import uuid
from collections.abc import Iterator
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from core.models import AuditAbout, AuditEntry
from core.refusals import NotAllowed
from core.states import MoveRefused, transition
from neighbourhoods.models import (
    Decider,
    DecisionPolicy,
    Neighbourhood,
    Residency,
    ValueDecision,
    ValuedItem,
    ValueSupport,
)
from neighbourhoods.operations import values
from neighbourhoods.operations.elections.drafting import NeedsReason
from neighbourhoods.operations.elections.freezing import NotYet
from neighbourhoods.operations.meetings.doors import BoardOnly, LeadersOnly
from neighbourhoods.operations.recalls import AlreadySupported, NotSupported, OnlyResidents
from neighbourhoods.operations.residency import end_residency
from neighbourhoods.operations.values.admitting import NotWaitingForSupport, SupportRunning
from neighbourhoods.operations.values.proposing import EvidenceTooLong
from neighbourhoods.queries.policies import NoPolicy
from neighbourhoods.queries.support import supporters
from neighbourhoods.queries.values import needed, support_until, supports
from neighbourhoods.states import ValueState
from people.models import Party, User
from tests.factories import values as make
from tests.factories.people import actor, child
from tests.factories.residency import DAY, NOON, SYSTEM, TODAY, second_login
from tests.neighbourhoods.values.making import lines, proposed, supported


@pytest.fixture
def half(molenwijk: Neighbourhood, ann: User, ben: User, dirk: User, eva: User) -> DecisionPolicy:
    """Of the four who live there two must support it."""
    return make.value_policy(molenwijk, support_needed=Fraction(1, 2))


@pytest.fixture
def waiting(half: DecisionPolicy, reading: ValuedItem, dirk: User) -> ValueDecision:
    return make.value_decision(reading, by=dirk, policy=half, at=NOON)


@pytest.fixture
def told() -> Iterator[list[tuple[str, bool]]]:
    """What whoever listens is told when a decision comes on the agenda: its state, and whether it says since when."""
    heard: list[tuple[str, bool]] = []

    def listen(decision: ValueDecision) -> None:
        heard.append((decision.state, decision.admitted_at is not None))

    values.on_admitted.append(listen)
    yield heard
    values.on_admitted.remove(listen)


# --- Support --------------------------------------------------------------------------------------------------------


def test_enough_residents_put_it_on_the_agenda(
    waiting: ValueDecision, dirk: User, eva: User, told: list[tuple[str, bool]]
) -> None:
    assert (supported(waiting, dirk), supporters(waiting), waiting.state) == (False, 1, "PROPOSED")

    assert supported(waiting, eva) is True

    assert (waiting.state, waiting.admitted_at, supporters(waiting)) == ("ADMITTED", NOON, 2)
    assert told == [("ADMITTED", True)]


def test_who_proposes_it_does_not_support_it_by_that(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    made = proposed(molenwijk, reading, dirk)

    assert (supporters(made), supports(made, dirk.person)) == (0, False)


def test_whose_support_made_it_enough_stands_nowhere(waiting: ValueDecision, eva: User, dirk: User) -> None:
    lines_before = (AuditEntry.objects.count(), AuditAbout.objects.count())
    supported(waiting, eva)
    assert (AuditEntry.objects.count(), AuditAbout.objects.count()) == lines_before

    supported(waiting, dirk)

    assert [line.acted_by_id for line in lines("value_decision.admit")] == [None]
    about = AuditAbout.objects.filter(entry__event="value_decision.admit").values_list("party", flat=True)
    assert list(about) == [waiting.proposed_by_id]


def test_only_who_lives_there_supports_it(waiting: ValueDecision, cas: User) -> None:
    with pytest.raises(OnlyResidents):
        supported(waiting, cas)
    with pytest.raises(NotAllowed):
        supported(waiting, cas, actor=SYSTEM)

    assert ValueSupport.objects.count() == 0


def test_nobody_counts_twice_not_through_a_second_login_either(waiting: ValueDecision, eva: User) -> None:
    twin = second_login(eva)
    supported(waiting, eva)

    for who in (eva, twin):
        with pytest.raises(AlreadySupported):
            supported(waiting, who)
        assert supports(waiting, who.person)
    assert supporters(waiting) == 1


def test_two_who_turn_out_to_be_one_count_once(waiting: ValueDecision, eva: User, dirk: User) -> None:
    for who in (eva, dirk):
        ValueSupport.objects.create(decision=waiting, person=who.person)
    assert supporters(waiting) == 2

    Party.objects.filter(pk=dirk.person_id).update(same_person_as=eva.person_id)

    assert supporters(waiting) == 1


def test_who_gets_another_number_that_counts_goes_on_supporting(waiting: ValueDecision, eva: User) -> None:
    supported(waiting, eva)
    same = child("Eva")
    Party.objects.filter(pk=eva.person_id).update(same_person_as=same)
    Residency.objects.filter(person=eva.person).update(person=same)

    assert supporters(waiting) == 1


def test_nor_does_the_database_take_support_twice(waiting: ValueDecision, eva: User) -> None:
    supported(waiting, eva)

    with pytest.raises(IntegrityError), transaction.atomic():
        ValueSupport.objects.bulk_create([ValueSupport(decision=waiting, person=eva.person)])


def test_who_moves_away_counts_no_more_neither_here_nor_there(
    waiting: ValueDecision, eva: User, dirk: User
) -> None:
    supported(waiting, eva)
    residency = Residency.objects.get(person=eva.person)
    end_residency(residency=residency, on=TODAY, actor=SYSTEM, at=NOON)

    assert (supporters(waiting), needed(waiting)) == (0, 2)  # three live there now; half of them, rounded up
    assert supported(waiting, dirk) is False


@pytest.mark.parametrize(
    ("share", "number"), [((0, 1), 1), ((1, 50), 1), ((1, 4), 1), ((1, 3), 2), ((1, 1), 4)]
)
def test_the_share_is_of_those_who_live_there_rounded_up(
    half: DecisionPolicy, reading: ValuedItem, molenwijk: Neighbourhood, share: tuple[int, int], number: int
) -> None:
    rules = make.value_policy(molenwijk, support_needed=Fraction(*share))

    assert needed(make.value_decision(reading, policy=rules)) == number


def test_support_is_taken_back_while_it_waits_under_whichever_number(
    waiting: ValueDecision, eva: User, dirk: User
) -> None:
    supported(waiting, eva)
    twin = second_login(eva)

    values.take_back_support(decision=waiting, actor=actor(twin), at=NOON)

    assert supporters(waiting) == 0
    with pytest.raises(NotSupported):
        values.take_back_support(decision=waiting, actor=actor(eva), at=NOON)
    assert supported(waiting, eva) is False


@pytest.mark.parametrize("state", ["DRAFT", "ADMITTED", "CONSULTATION", "VOTING", "REJECTED", "WITHDRAWN"])
def test_there_is_nothing_to_support_before_and_after(reading: ValuedItem, eva: User, state: str) -> None:
    made = make.value_decision(reading, state=ValueState(state))

    with pytest.raises(NotWaitingForSupport):
        supported(made, eva)
    with pytest.raises(NotWaitingForSupport):
        values.take_back_support(decision=made, actor=actor(eva), at=NOON)


# --- Its time is over -----------------------------------------------------------------------------------------------


def test_what_finds_too_little_support_in_time_is_over_for_a_reason(
    waiting: ValueDecision, eva: User
) -> None:
    over = support_until(waiting)
    assert over == NOON + 60 * DAY
    with pytest.raises(SupportRunning):
        values.expire(decision=waiting, at=over - DAY)
    with pytest.raises(NotWaitingForSupport):
        supported(waiting, eva, at=over)

    values.expire(decision=waiting, at=over)

    assert waiting.state == "REJECTED"
    assert [line.note.text != "" for line in lines("value_decision.expire")] == [True]
    with pytest.raises(MoveRefused):
        values.expire(decision=waiting, at=over)


def test_what_came_on_the_agenda_does_not_expire(waiting: ValueDecision, dirk: User, eva: User) -> None:
    for who in (dirk, eva):
        supported(waiting, who)

    with pytest.raises(MoveRefused):
        values.expire(decision=waiting, at=support_until(waiting))


def test_where_a_board_votes_and_nobody_named_an_amount_it_ends_after_two_weeks_with_the_reason(
    molenwijk: Neighbourhood, reading: ValuedItem
) -> None:
    board = make.value_policy(molenwijk, Decider.BOARD)
    made = make.value_decision(
        reading, state=ValueState.ADMITTED, proposed=None, admitted_at=NOON, policy=board
    )
    with pytest.raises(NotYet):
        values.expire(decision=made, at=NOON + 13 * DAY)

    values.expire(decision=made, at=NOON + 14 * DAY)

    assert made.state == "REJECTED"
    assert lines("value_decision.expire")[0].note.text != ""


def test_support_that_is_enough_by_now_puts_it_on_the_agenda_when_its_time_is_over(
    waiting: ValueDecision, dirk: User, eva: User, ben: User, told: list[tuple[str, bool]]
) -> None:
    """Two of four had to support it; one did, and two moved away."""
    supported(waiting, eva)
    for who in (dirk, ben):
        residency = Residency.objects.get(person=who.person)
        end_residency(residency=residency, on=TODAY, actor=SYSTEM, at=NOON)
    over = support_until(waiting)

    with pytest.raises(SupportRunning):
        values.expire(decision=waiting, at=over - DAY)
    values.expire(decision=waiting, at=over)

    assert (waiting.state, waiting.admitted_at, told) == ("ADMITTED", over, [("ADMITTED", True)])
    assert lines("value_decision.expire") == []


# --- The board ------------------------------------------------------------------------------------------------------


def test_who_leads_the_board_puts_on_the_agenda_what_somebody_asks_for(
    reading: ValuedItem, ann: User, told: list[tuple[str, bool]]
) -> None:
    made = make.value_decision(reading, evidence="De school zoekt vijf lezers.")

    values.admit(decision=made, actor=actor(ann), at=NOON)

    assert (made.state, made.admitted_at, len(told)) == ("ADMITTED", NOON, 1)


def test_not_without_saying_who_asks_for_it(reading: ValuedItem, ann: User) -> None:
    made = make.value_decision(reading)

    for words in ("", " \n"):
        with pytest.raises(values.EvidenceMissing):
            values.admit(decision=made, actor=actor(ann), at=NOON, evidence=words)
    with pytest.raises(values.EvidenceMissing):
        transition(made, "admit", actor=actor(ann), at=NOON, along={"admitted_at": NOON})
    values.admit(decision=made, actor=actor(ann), at=NOON, evidence="De school vroeg het.")

    made.refresh_from_db()
    assert (made.state, made.evidence) == ("ADMITTED", "De school vroeg het.")


def test_what_the_board_knows_stands_behind_what_the_proposer_wrote(reading: ValuedItem, ann: User) -> None:
    made = make.value_decision(reading, evidence="Mijn buurman vraagt erom.")

    with pytest.raises(EvidenceTooLong):
        values.admit(decision=made, actor=actor(ann), at=NOON, evidence="a" * 980)
    values.admit(decision=made, actor=actor(ann), at=NOON, evidence="De school ook.")

    made.refresh_from_db()
    assert made.evidence == "Mijn buurman vraagt erom.\n\nDe school ook."


def test_nobody_else_admits_or_turns_away(
    reading: ValuedItem, ann: User, ben: User, dirk: User, cas: User
) -> None:
    made = make.value_decision(reading, evidence="De school.")

    for who, refusal in ((ben, LeadersOnly), (dirk, BoardOnly), (cas, BoardOnly)):
        with pytest.raises(refusal):
            values.admit(decision=made, actor=actor(who), at=NOON)
        with pytest.raises(refusal):
            values.turn_away(decision=made, reason="Nee.", actor=actor(who), at=NOON)
    with pytest.raises(BoardOnly):
        values.turn_away(decision=made, reason="Nee.", actor=SYSTEM, at=NOON)


def test_the_board_turns_away_with_a_reason(reading: ValuedItem, ann: User, dirk: User) -> None:
    made = make.value_decision(reading, by=dirk)

    with pytest.raises(NeedsReason):
        values.turn_away(decision=made, reason=" ", actor=actor(ann), at=NOON)
    values.turn_away(decision=made, reason="Dit doet de gemeente al.", actor=actor(ann), at=NOON)

    assert made.state == "REJECTED"
    assert [line.note.text for line in lines("value_decision.turn_away")] == ["Dit doet de gemeente al."]


@pytest.mark.parametrize("state", ["DRAFT", "ADMITTED", "CONSULTATION", "VOTING", "REJECTED"])
def test_only_what_was_proposed_is_admitted_or_turned_away(
    reading: ValuedItem, ann: User, state: str
) -> None:
    made = make.value_decision(reading, state=ValueState(state), evidence="De school.")

    with pytest.raises(MoveRefused):
        values.admit(decision=made, actor=actor(ann), at=NOON)
    with pytest.raises(MoveRefused):
        values.turn_away(decision=made, reason="Nee.", actor=actor(ann), at=NOON)


def test_what_fails_while_a_page_is_made_leaves_it_where_it_was(
    waiting: ValueDecision, dirk: User, eva: User
) -> None:
    def fall_over(_decision: ValueDecision) -> None:
        raise RuntimeError

    supported(waiting, eva)
    values.on_admitted.append(fall_over)
    try:
        with pytest.raises(RuntimeError):
            supported(waiting, dirk)
    finally:
        values.on_admitted.remove(fall_over)

    waiting.refresh_from_db()
    assert (waiting.state, supporters(waiting)) == ("PROPOSED", 1)


# --- Demand ---------------------------------------------------------------------------------------------------------


def test_demand_puts_something_on_the_agenda_without_a_proposer_and_without_an_amount(
    reading: ValuedItem, told: list[tuple[str, bool]]
) -> None:
    key = uuid.uuid4()

    made = values.take_up(item=reading, evidence="12 wachten.", key=key, at=NOON)

    assert (made.state, made.proposed_by, made.proposed, made.is_ending) == ("ADMITTED", None, None, False)
    assert values.take_up(item=reading, evidence="12 wachten.", key=key, at=NOON) == made
    assert told == [("ADMITTED", True)]
    assert [line.event for line in AuditEntry.objects.filter(event__startswith="value_").order_by("pk")] == [
        "value_decision.propose", "value_decision.admit",
    ]  # fmt: skip


def test_not_while_a_decision_about_it_runs(reading: ValuedItem) -> None:
    running = make.value_decision(reading)

    with pytest.raises(values.AlreadyRunning) as refused:
        values.take_up(item=reading, evidence="12 wachten.", key=uuid.uuid4(), at=NOON)

    assert refused.value.details["ref"] == running.ref


def test_nor_where_nobody_said_how_values_are_decided(sluiskade: Neighbourhood) -> None:
    with pytest.raises(NoPolicy):
        values.take_up(item=make.item(sluiskade), evidence="12 wachten.", key=uuid.uuid4(), at=NOON)


def test_a_signal_admits_what_waits_for_support_without_more_evidence(reading: ValuedItem) -> None:
    made = make.value_decision(reading)

    values.admit(decision=made, actor=SYSTEM, at=NOON)

    assert made.state == "ADMITTED"
