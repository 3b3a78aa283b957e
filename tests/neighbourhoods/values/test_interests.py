"""Members of the board with an interest: out of the vote and out of its sums, under whichever login."""

from __future__ import annotations

import pytest

from neighbourhoods.models import (
    Decider,
    DecisionPolicy,
    Indication,
    Interest,
    Neighbourhood,
    PotRule,
    RecordedVote,
    ValueDecision,
    ValuedItem,
    ValueVote,
)
from neighbourhoods.operations import ballots
from neighbourhoods.operations.ballots import HasInterest, SteppedAside
from neighbourhoods.queries.ballots import RECUSED, last_votes, turnout
from neighbourhoods.queries.motions import everybody_voted, votes_of
from neighbourhoods.queries.results import published
from people.models import Party, Role, User
from tests.factories import pots
from tests.factories.people import actor, mandate, organisation, person
from tests.factories.residency import TODAY, resident, seated, second_login
from tests.neighbourhoods.values import deciding
from tests.neighbourhoods.values.deciding import DAY, NOW


@pytest.fixture(autouse=True)
def board_decides(molenwijk: Neighbourhood, policy: DecisionPolicy) -> None:
    """All of the board must vote."""
    deciding.rules(molenwijk, Decider.BOARD, turnout_quorum="1")


@pytest.fixture
def school(db: None) -> Party:
    return organisation("De Regenboog")


@pytest.fixture
def decision(reading: ValuedItem, school: Party, ann: User, ben: User) -> ValueDecision:
    """The school asks for it. Ann and Ben are on the board."""
    return deciding.heard(reading, proposed_for=school)


def declared(who: User, party: Party, **more: object) -> Interest:
    return Interest.objects.create(
        person=who.person, neighbourhood=Neighbourhood.objects.get(slug="molenwijk"), party=party,
        **{"text": "Mijn zus werkt er.", "from_on": TODAY - 30 * DAY, **more},
    )  # fmt: skip


def aside(vote: ValueVote) -> list[Party]:
    return [one.person for one in last_votes(vote.box).filter(choice=RECUSED).select_related("person")]


def test_who_declared_an_interest_steps_aside_when_the_vote_opens(
    decision: ValueDecision, school: Party, ann: User, ben: User
) -> None:
    declared(ben, school)

    vote = deciding.opened(decision)

    assert aside(vote) == [ben.person]
    (line,) = RecordedVote.objects.all()
    assert (line.number, line.at) == (1, NOW)
    assert "De Regenboog" in line.reason
    with pytest.raises(HasInterest):
        deciding.says(vote, ben, "yes")


@pytest.mark.parametrize("role", [Role.OWNER, Role.ORGANISER, Role.FINANCE, Role.HELPER])
def test_who_works_for_the_organisation_steps_aside_and_nobody_reads_for_whom(
    decision: ValueDecision, school: Party, ben: User, role: str
) -> None:
    mandate(person=ben, principal=school, role=role)

    vote = deciding.opened(decision)

    assert aside(vote) == [ben.person]
    assert "Regenboog" not in RecordedVote.objects.get().reason


def test_who_indicated_a_value_is_concerned_and_whom_a_pot_names_for_it(
    molenwijk: Neighbourhood, reading: ValuedItem, decision: ValueDecision, ann: User, ben: User
) -> None:
    library, choir = organisation("Bibliotheek", owner=ann), organisation("Koor", owner=ben)
    Indication.objects.create(
        item=reading, organisation=library, amount=700, grounds="Zo doen wij het.", language="nl",
        made_by=ann.person, made_at=NOW,
    )  # fmt: skip
    pot = pots.pot(molenwijk)
    PotRule.objects.create(pot=pot, item=reading, made_at=NOW)
    PotRule.objects.create(pot=pot, organiser=choir, made_at=NOW)

    assert aside(deciding.opened(decision)) == [ann.person, ben.person]


def test_an_interest_that_is_over_or_in_something_else_keeps_nobody_out(
    decision: ValueDecision, school: Party, ann: User, ben: User
) -> None:
    declared(ben, school, until_on=TODAY - DAY)
    declared(ben, organisation("Bakkerij"))
    mandate(person=ann, principal=school, until_on=TODAY - DAY)

    vote = deciding.opened(decision)

    assert aside(vote) == []
    deciding.says(vote, ben, "yes")


def test_a_second_login_is_no_way_round(decision: ValueDecision, school: Party, ann: User, ben: User) -> None:
    """Ben's other number works for the school; Ben himself has the seat. Ann's interest was told under her own number,
    and she tries it with another."""
    mandate(person=second_login(ben, "Ben2"), principal=school, role=Role.ORGANISER)
    declared(ann, school)
    twins = [second_login(ann, "Ann2"), second_login(ben, "Ben3")]

    vote = deciding.opened(decision)

    assert aside(vote) == [ann.person, ben.person]
    for who in (ann, ben, *twins):
        with pytest.raises(HasInterest):
            deciding.says(vote, who, "yes")
        with pytest.raises(SteppedAside):
            ballots.recuse(box=vote.box, person=who.person, reason="", actor=actor(who), at=NOW)
    assert RecordedVote.objects.count() == 2


def test_two_numbers_that_turn_out_to_be_one_person_are_kept_out_together(
    molenwijk: Neighbourhood, decision: ValueDecision, school: Party, ann: User, ben: User
) -> None:
    """Both have a seat and both are on the roll. Ben is linked to Dora, who works for the school, while they vote."""
    dora = person("Dora")
    resident(dora, molenwijk)
    seated(dora, molenwijk)
    mandate(person=dora, principal=school)
    vote = deciding.opened(decision)
    assert aside(vote) == [dora.person]
    deciding.says(vote, ben, "yes")
    Party.objects.filter(pk=ben.person_id).update(same_person_as=dora.person_id)

    with pytest.raises(HasInterest):
        deciding.says(vote, User.objects.get(pk=ben.pk), "no")
    deciding.says(vote, ann, "yes")
    decision = deciding.closed(decision)

    assert {one.pk for one in aside(vote)} == {ben.person_id, dora.person_id}
    assert published(deciding.box_of(decision))["sheet"]["roll_size"] == 1
    assert (decision.state, decision.decided) == ("APPEAL", 900)


def test_whoever_steps_aside_is_left_out_of_the_quorum(
    decision: ValueDecision, school: Party, ann: User, ben: User
) -> None:
    declared(ben, school)
    vote = deciding.opened(decision)
    deciding.says(vote, ann, "yes")
    assert (turnout(vote.box), everybody_voted(vote.box)) == (1, True)

    decision = deciding.closed(decision, by=ann, at=NOW + DAY)

    box = deciding.box_of(decision)
    assert decision.state == "APPEAL"
    assert published(box)["sheet"]["quorums"]["turnout"] == {
        "cast": 1, "roll": 1, "quorum": [1, 1], "needed": 1, "is_reached": True,
    }  # fmt: skip
    assert [(one.person, one.choice) for one in votes_of(box)] == [(ann.person, "yes"), (ben.person, RECUSED)]


def test_an_interest_that_comes_up_while_they_vote_undoes_the_vote_at_closing(
    decision: ValueDecision, school: Party, ann: User, ben: User
) -> None:
    vote = deciding.opened(decision)
    deciding.says(vote, ann, "no")
    deciding.says(vote, ben, "yes")
    declared(ben, school, from_on=TODAY)
    with pytest.raises(HasInterest):
        deciding.says(vote, ben, "no")

    decision = deciding.closed(decision)

    assert (decision.state, aside(vote)) == ("REJECTED", [ben.person])
    assert [line.number for line in RecordedVote.objects.filter(person=ben.person).order_by("number")] == [
        1,
        2,
    ]
    assert votes_of(deciding.box_of(decision))[1].earlier == ["yes"]


def test_an_interest_that_is_taken_back_brings_nobody_back(
    decision: ValueDecision, school: Party, ann: User, ben: User
) -> None:
    told = declared(ben, school)
    vote = deciding.opened(decision)
    told.delete()

    with pytest.raises(SteppedAside):
        deciding.says(vote, ben, "yes")

    deciding.closed(decision)
    assert RecordedVote.objects.filter(person=ben.person).count() == 1


def test_when_all_have_an_interest_nothing_is_decided(
    decision: ValueDecision, school: Party, ann: User, ben: User
) -> None:
    for who in (ann, ben):
        declared(who, school)
    deciding.opened(decision)

    assert deciding.closed(decision).state == "NO_QUORUM"


def test_in_a_vote_of_the_residents_everybody_has_their_interests_and_votes(
    molenwijk: Neighbourhood, reading: ValuedItem, school: Party, ann: User
) -> None:
    deciding.rules(molenwijk)
    declared(ann, school)
    vote = deciding.opened(deciding.heard(reading, proposed_for=school))

    deciding.chooses(vote, ann, 800)

    assert RecordedVote.objects.count() == 0
    assert deciding.closed(vote.decision).decided == 800
