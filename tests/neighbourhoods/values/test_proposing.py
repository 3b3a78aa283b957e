from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core.models import AuditEntry
from core.refusals import NotAllowed, Refusal
from core.states import MoveRefused
from neighbourhoods.models import (
    Category,
    DemandSignal,
    ItemKind,
    Measure,
    Neighbourhood,
    Unit,
    ValueDecision,
    ValuedItem,
)
from neighbourhoods.models.value_decision import RUNNING
from neighbourhoods.operations import values
from neighbourhoods.operations.elections.drafting import NeedsReason
from neighbourhoods.operations.meetings.doors import BoardOnly, LeadersOnly
from neighbourhoods.operations.residency import FormUsed
from neighbourhoods.operations.values.items import AmountRefused
from neighbourhoods.operations.values.proposing import (
    EvidenceTooLong,
    NothingToEnd,
    NotYourProposal,
    SameValue,
    TextMissing,
    VolumeRefused,
    VotedOn,
)
from neighbourhoods.queries.policies import NoPolicy
from neighbourhoods.queries.values import decision_at, running_on
from neighbourhoods.states import ValueState
from people.models import PartyKind, Role, User
from tests.factories import democracy
from tests.factories import values as make
from tests.factories.people import actor, mandate, organisation, person
from tests.factories.residency import DAY, NOON, SYSTEM, TODAY, municipality, place, second_login
from tests.neighbourhoods.values.making import drafted, leaves_the_board, lines, proposed
from tests.plugins.data import RealCommits

KEY = uuid.UUID("6c8c7a52-0a4e-4c39-8a0e-2a5b7e0f0005")


def new(name: str = "Koffie schenken", *, of: Category | None = None, **more: Any) -> values.NewItem:
    return values.NewItem(
        **{
            "kind": ItemKind.ACTIVITY,
            "unit": Unit.HOUR,
            "category": of or make.category(),
            "name": name,
            **more,
        }
    )


# --- Proposing ------------------------------------------------------------------------------------------------------


def test_anybody_signed_in_proposes_what_something_is_worth(
    molenwijk: Neighbourhood, reading: ValuedItem, cas: User
) -> None:
    made = proposed(molenwijk, reading, cas, evidence="De school vroeg erom.", volume=40)

    assert (made.state, made.proposed, made.is_ending, made.volume) == ("PROPOSED", 850, False, 40)
    assert (made.proposed_by, made.proposed_for, made.proposed_at) == (cas.person, None, NOON)
    assert (made.text, made.evidence) == ("Er zijn te weinig lezers.", "De school vroeg erom.")
    assert [(line.before, line.after) for line in lines("value_decision.propose")] == [("", "PROPOSED")]


def test_what_nobody_put_a_value_on_yet_is_made_along_with_it(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    made = proposed(molenwijk, new(tags=("koffie",)), dirk)

    assert (made.item.unit, made.item.neighbourhood, list(made.item.tags.names())) == (
        "HOUR", molenwijk, ["koffie"],
    )  # fmt: skip


def test_what_is_there_under_another_number_is_found_and_nothing_is_made(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    with pytest.raises(values.ItemKnown) as refused:
        proposed(molenwijk, new("voorlezen op school"), dirk)

    assert refused.value.details["ref"] == reading.ref
    assert (ValuedItem.objects.count(), ValueDecision.objects.count()) == (1, 0)


def test_a_new_thing_that_cannot_be_proposed_is_not_added_either(
    molenwijk: Neighbourhood, dirk: User
) -> None:
    with pytest.raises(NoPolicy):
        proposed(molenwijk, new(), dirk)

    assert ValuedItem.objects.count() == 0


def test_the_same_form_twice_proposes_once_also_through_a_second_login(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User, eva: User
) -> None:
    first = proposed(molenwijk, new(), dirk, key=KEY)

    assert proposed(molenwijk, new(), dirk, key=KEY) == first
    assert proposed(molenwijk, new(), second_login(dirk), key=KEY) == first
    with pytest.raises(FormUsed):
        proposed(molenwijk, new(), eva, key=KEY)
    assert len(lines("value_decision.propose")) == 1


def test_a_person_known_twice_proposes_as_one(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    assert proposed(molenwijk, reading, second_login(dirk)).proposed_by == dirk.person


def test_who_acts_for_an_organisation_proposes_in_its_name(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    shop = organisation("Winkel", owner=dirk)

    made = proposed(molenwijk, reading, dirk, actor=actor(dirk, principal=shop))

    assert (made.proposed_by, made.proposed_for) == (dirk.person, shop)


def test_nobody_proposes_in_the_name_of_others(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User, eva: User
) -> None:
    shop = organisation("Winkel")
    mandate(person=dirk, principal=shop, role=Role.FINANCE)
    mandate(person=dirk, principal=eva.person, role=Role.HELPER)

    for principal in (shop, eva.person):
        with pytest.raises(NotAllowed):
            proposed(molenwijk, reading, dirk, actor=actor(dirk, principal=principal))
    with pytest.raises(NotAllowed):
        proposed(molenwijk, reading, dirk, actor=SYSTEM)


def test_an_office_that_has_ended_speaks_for_nobody(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    club = organisation("Club", kind=PartyKind.ASSOCIATION, owner=dirk)
    club.mandates_given.update(until_on=TODAY - DAY)

    with pytest.raises(NotAllowed):
        proposed(molenwijk, reading, dirk, actor=actor(dirk, principal=club))


def test_one_proposes_nothing_about_what_is_of_another_neighbourhood(
    sluiskade: Neighbourhood, reading: ValuedItem, cas: User
) -> None:
    make.value_policy(sluiskade)

    with pytest.raises(NotAllowed):
        proposed(sluiskade, reading, cas)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"text": " \n"}, TextMissing),
        ({"text": "a" * 2001}, TextMissing),
        ({"evidence": "a" * 1001}, EvidenceTooLong),
        ({"volume": 0}, VolumeRefused),
        ({"volume": 1_000_001}, VolumeRefused),
        ({"amount": 0}, AmountRefused),
        ({"amount": -5}, AmountRefused),
        ({"amount": None}, NothingToEnd),
    ],
)
def test_what_others_could_not_judge_is_not_proposed(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User, more: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        proposed(molenwijk, reading, dirk, **more)

    assert ValueDecision.objects.count() == 0


# --- Policy ---------------------------------------------------------------------------------------------------------


def test_the_policy_of_its_category_is_pinned_and_a_newer_one_changes_nothing(
    molenwijk: Neighbourhood, dirk: User
) -> None:
    make.value_policy(molenwijk)
    care = make.category("zorg")
    own = make.value_policy(molenwijk, category=care, voting_days=5)
    made = proposed(molenwijk, make.item(molenwijk, of=make.category("lezen", parent=care)), dirk)

    make.value_policy(molenwijk, category=care, voting_days=3)

    made.refresh_from_db()
    assert made.policy == own


# --- One at a time --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", RUNNING)
def test_while_one_runs_there_is_no_second(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User, state: str
) -> None:
    running = make.value_decision(reading, state=ValueState(state))

    with pytest.raises(values.AlreadyRunning) as refused:
        proposed(molenwijk, reading, dirk)

    assert refused.value.details == {"name": "Voorlezen op school", "ref": running.ref}


def test_nor_does_the_database_take_a_second_one(reading: ValuedItem) -> None:
    make.value_decision(reading)

    with pytest.raises(IntegrityError), transaction.atomic():
        make.value_decision(reading, state=ValueState.VOTING)


@pytest.mark.parametrize("state", ["REJECTED", "NO_QUORUM", "WITHDRAWN", "ANNULLED", "DRAFT"])
def test_what_is_over_or_no_proposal_yet_keeps_nobody_from_proposing(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User, state: str
) -> None:
    make.value_decision(reading, state=ValueState(state))

    assert running_on(reading) is None
    assert proposed(molenwijk, reading, dirk).state == "PROPOSED"


def test_a_person_has_three_that_wait_for_support_under_whichever_number(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User, eva: User
) -> None:
    twin = second_login(dirk)
    first = proposed(molenwijk, reading, dirk)
    for who, name in ((twin, "Koffie"), (dirk, "Thee")):
        proposed(molenwijk, new(name), who)

    for who in (dirk, twin):
        with pytest.raises(values.TooManyProposals):
            proposed(molenwijk, new("Soep"), who)
    proposed(molenwijk, new("Soep"), eva)
    values.withdraw(decision=first, reason="Vergissing.", actor=actor(dirk), at=NOON)
    proposed(molenwijk, new("Taart"), dirk)


def test_three_in_one_neighbourhood_leave_room_in_another(
    molenwijk: Neighbourhood, sluiskade: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    make.value_policy(sluiskade)
    for name in ("Koffie", "Thee", "Soep"):
        proposed(molenwijk, new(name), dirk)

    assert proposed(sluiskade, new("Koffie"), dirk).neighbourhood == sluiskade


# --- Too soon -------------------------------------------------------------------------------------------------------


@pytest.fixture
def worth_since_ten_days(reading: ValuedItem) -> ValuedItem:
    make.worth(reading, 800, on=TODAY - 10 * DAY)
    return reading


def signal(item: ValuedItem, until_on: date) -> DemandSignal:
    return DemandSignal.objects.create(
        item=item, measure=Measure.WAITING, from_on=until_on - 55 * DAY, until_on=until_on, number=12, limit=10,
        decision=make.value_decision(item, state=ValueState.REJECTED), at=NOON,
    )  # fmt: skip


def test_a_new_value_stays_for_the_days_of_the_policy(
    molenwijk: Neighbourhood, worth_since_ten_days: ValuedItem, dirk: User, ann: User, ben: User
) -> None:
    for who in (dirk, ben):
        with pytest.raises(values.TooSoon) as refused:
            proposed(molenwijk, worth_since_ten_days, who)
        assert refused.value.details["on"] == TODAY + 80 * DAY

    assert str(refused.value).endswith("9 februari 2027.")
    assert proposed(molenwijk, worth_since_ten_days, dirk, at=NOON + 80 * DAY).state == "PROPOSED"


def test_who_leads_the_board_need_not_wait(
    molenwijk: Neighbourhood, worth_since_ten_days: ValuedItem, ann: User
) -> None:
    assert proposed(molenwijk, worth_since_ten_days, ann).state == "PROPOSED"


@pytest.mark.parametrize(("days_after", "is_enough"), [(-1, False), (0, True), (5, True)])
def test_nor_does_anybody_when_demand_asks_for_it_since_then(
    molenwijk: Neighbourhood, worth_since_ten_days: ValuedItem, dirk: User, days_after: int, is_enough: bool
) -> None:
    signal(worth_since_ten_days, TODAY - 10 * DAY + days_after * DAY)

    if is_enough:
        assert proposed(molenwijk, worth_since_ten_days, dirk).state == "PROPOSED"
    else:
        with pytest.raises(values.TooSoon):
            proposed(molenwijk, worth_since_ten_days, dirk)


def test_one_proposes_an_amount_that_it_is_not_worth_yet(
    molenwijk: Neighbourhood, worth_since_ten_days: ValuedItem, dirk: User, ann: User
) -> None:
    with pytest.raises(SameValue):
        proposed(molenwijk, worth_since_ten_days, ann, amount=800)


def test_that_something_has_no_value_any_more_is_proposed_without_an_amount(
    molenwijk: Neighbourhood, worth_since_ten_days: ValuedItem, ann: User
) -> None:
    made = proposed(molenwijk, worth_since_ten_days, ann, amount=None)

    assert (made.is_ending, made.proposed) == (True, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        ValueDecision.objects.filter(pk=made.pk).update(proposed=100)


def test_what_has_no_value_any_more_has_nothing_to_end(
    molenwijk: Neighbourhood, worth_since_ten_days: ValuedItem, ann: User
) -> None:
    make.worth(worth_since_ten_days, None, on=TODAY - 2 * DAY)

    with pytest.raises(NothingToEnd):
        proposed(molenwijk, worth_since_ten_days, ann, amount=None)


# --- Drafts ---------------------------------------------------------------------------------------------------------


def draft_proposed(decision: ValueDecision, by: User, **more: Any) -> None:
    values.propose_draft(
        decision=decision,
        **{"amount": 900, "volume": 20, "evidence": "De school.", "wanted_on": TODAY + 60 * DAY,
           "actor": actor(by), "at": NOON + DAY, **more},
    )  # fmt: skip


def test_a_member_of_the_board_drafts_and_another_proposes_it(
    molenwijk: Neighbourhood, reading: ValuedItem, ann: User, ben: User
) -> None:
    made = drafted(molenwijk, reading, ben)
    assert (made.state, running_on(reading)) == ("DRAFT", None)
    newer = make.value_policy(molenwijk)

    draft_proposed(made, ann, text="De school zoekt lezers.")

    found = decision_at(made.ref)
    assert found is not None
    assert (found.state, found.proposed, found.volume, found.wanted_on) == (
        "PROPOSED", 900, 20, TODAY + 60 * DAY,
    )  # fmt: skip
    assert (found.policy, found.proposed_at, found.proposed_by) == (newer, NOON + DAY, ben.person)
    assert found.text == "De school zoekt lezers."


def test_only_the_board_drafts_and_proposes_drafts(
    molenwijk: Neighbourhood, reading: ValuedItem, ben: User, dirk: User, cas: User
) -> None:
    made = drafted(molenwijk, reading, ben)

    for by in (actor(dirk), actor(cas), SYSTEM):
        with pytest.raises(BoardOnly):
            drafted(molenwijk, reading, dirk, actor=by)
        with pytest.raises(BoardOnly):
            draft_proposed(made, dirk, actor=by)


def test_of_two_drafts_about_one_thing_the_second_is_not_proposed(
    molenwijk: Neighbourhood, reading: ValuedItem, ann: User, ben: User
) -> None:
    first, second = (drafted(molenwijk, reading, who) for who in (ann, ben))
    draft_proposed(first, ann)

    with pytest.raises(values.AlreadyRunning) as refused:
        draft_proposed(second, ben)

    assert refused.value.details["ref"] == first.ref


def test_a_draft_is_proposed_once(molenwijk: Neighbourhood, reading: ValuedItem, ann: User) -> None:
    made = drafted(molenwijk, reading, ann)
    draft_proposed(made, ann)

    with pytest.raises(MoveRefused):
        draft_proposed(made, ann)


def test_a_member_who_leads_nothing_waits_with_a_draft_as_everybody_does(
    molenwijk: Neighbourhood, worth_since_ten_days: ValuedItem, ann: User, ben: User
) -> None:
    made = drafted(molenwijk, worth_since_ten_days, ben)

    with pytest.raises(values.TooSoon):
        draft_proposed(made, ben)
    draft_proposed(made, ann)


# --- Taking it back -------------------------------------------------------------------------------------------------


def take_back(decision: ValueDecision, by: User, **more: Any) -> None:
    values.withdraw(
        decision=decision,
        **{"reason": "Ik heb me vergist.", "actor": actor(by), "at": NOON, **more},
    )


@pytest.mark.parametrize("state", ["PROPOSED", "ADMITTED", "CONSULTATION"])
def test_whoever_proposed_it_takes_it_back_before_the_vote_with_a_reason(
    reading: ValuedItem, dirk: User, state: str
) -> None:
    made = make.value_decision(reading, state=ValueState(state), by=dirk)

    with pytest.raises(NeedsReason):
        take_back(made, dirk, reason=" ")
    take_back(made, second_login(dirk))

    assert made.state == "WITHDRAWN"
    assert [line.note.text for line in lines("value_decision.withdraw")] == ["Ik heb me vergist."]


@pytest.mark.parametrize("state", ["VOTING", "AWAITING_BOARD", "APPEAL", "IN_FORCE", "REJECTED"])
def test_not_after_it(reading: ValuedItem, dirk: User, state: str) -> None:
    made = make.value_decision(reading, state=ValueState(state), by=dirk)

    with pytest.raises(MoveRefused):
        take_back(made, dirk)


def test_nor_when_the_board_sent_back_what_residents_chose(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    made = make.value_decision(reading, state=ValueState.CONSULTATION, by=dirk)
    made.votes.create(number=1, decider="RESIDENTS", box=democracy.box(molenwijk, [dirk]))

    with pytest.raises(VotedOn):
        take_back(made, dirk)


def test_nobody_takes_back_what_is_anothers(
    reading: ValuedItem, ann: User, dirk: User, eva: User, cas: User
) -> None:
    made = make.value_decision(reading, by=dirk)

    for by in (actor(ann), actor(eva), actor(cas), SYSTEM):
        with pytest.raises(NotYourProposal):
            take_back(made, dirk, actor=by)


def test_a_draft_is_taken_back_by_any_member_of_the_board_and_needs_no_reason(
    molenwijk: Neighbourhood, reading: ValuedItem, ann: User, ben: User, dirk: User
) -> None:
    made = drafted(molenwijk, reading, ann)

    with pytest.raises(BoardOnly):
        take_back(made, dirk)
    take_back(made, ben, reason="")

    assert made.state == "WITHDRAWN"


def test_what_demand_brought_up_is_taken_back_by_who_leads_the_board(
    reading: ValuedItem, ann: User, ben: User, dirk: User
) -> None:
    made = make.value_decision(reading, state=ValueState.ADMITTED)

    with pytest.raises(BoardOnly):
        take_back(made, dirk)
    with pytest.raises(LeadersOnly):
        take_back(made, ben)
    take_back(made, ann)

    assert made.state == "WITHDRAWN"


def test_whose_seat_has_ended_leads_nothing_any_more(reading: ValuedItem, ann: User, ben: User) -> None:
    made = make.value_decision(reading, state=ValueState.ADMITTED)
    leaves_the_board(ann)

    with pytest.raises(BoardOnly):
        take_back(made, ann)


# --- The database ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"ref": KEY}, {"key": KEY}, {"item": None}, {"proposed": 0}, {"proposed": -1}, {"is_ending": True},
        {"low": 200, "high": 100, "step": 50}, {"low": 0, "high": 100, "step": 50},
        {"state": "APPEAL"},
    ],
)  # fmt: skip
def test_the_database_refuses_what_no_decision_can_be(reading: ValuedItem, change: dict[str, Any]) -> None:
    made = make.value_decision(reading)

    with pytest.raises(IntegrityError), transaction.atomic():
        ValueDecision.objects.filter(pk=made.pk).update(**change)


def test_no_decision_is_thrown_away(reading: ValuedItem) -> None:
    make.value_decision(reading)

    with pytest.raises(IntegrityError), transaction.atomic():
        ValueDecision.objects.all()._raw_delete("default")


# --- At the same moment ---------------------------------------------------------------------------------------------


def propose_in_a_process(login: int, item: int, key: str) -> int:
    found = ValuedItem.objects.select_related("neighbourhood").get(pk=item)
    return proposed(found.neighbourhood, found, User.objects.get(pk=login), key=uuid.UUID(key)).pk


@pytest.fixture
def raced(real_commits: RealCommits) -> Callable[[list[str], list[str]], list[str]]:
    """What came of it when these people propose a value for one thing at once, with these keys."""

    def race(names: list[str], keys: list[str]) -> list[str]:
        molenwijk = place("Molenwijk", of=municipality())
        make.value_policy(molenwijk)
        item, logins = make.item(molenwijk), {name: person(name) for name in set(names)}
        calls = [
            {"login": logins[name].pk, "item": item.pk, "key": key}
            for name, key in zip(names, keys, strict=True)
        ]
        return sorted(str(one.refused) for one in real_commits.race(propose_in_a_process, calls))

    return race


def test_of_those_who_propose_about_one_thing_at_once_one_does(
    raced: Callable[[list[str], list[str]], list[str]],
) -> None:
    outcomes = raced(["Ann", "Ben", "Dirk"], [str(uuid.uuid4()) for _who in range(3)])

    assert outcomes == ["None", "value_already_running", "value_already_running"]
    assert ValueDecision.objects.count() == 1


def test_a_form_that_is_sent_many_times_at_once_proposes_once(
    raced: Callable[[list[str], list[str]], list[str]],
) -> None:
    assert raced(["Ann"] * 4, [str(KEY)] * 4) == ["None"] * 4

    assert ValueDecision.objects.count() == 1
    assert AuditEntry.objects.filter(event="value_decision.propose").count() == 1
