"""Casting: who is on the roll votes once, in time, with the form of this vote. All else is refused with a sentence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from core.actor import Actor
from core.refusals import NotAllowed
from neighbourhoods.models import Channel, Neighbourhood, Nomination
from neighbourhoods.operations import ballots
from neighbourhoods.operations.ballots import (
    AlreadyVoted,
    BadBallot,
    ChangedForm,
    LeftOut,
    NotOnRoll,
    NotSecret,
    TooEarly,
    TooLate,
)
from neighbourhoods.queries.ballots import form_hash, turnout
from neighbourhoods.states import BoxState
from people.models import Party, Role, User
from tests.factories.democracy import CLOSES, OPENS, VOTING, box, election_in_voting, policy
from tests.factories.people import actor, mandate, person
from tests.neighbourhoods.ballots.stage import (
    BLANK,
    NO,
    YES,
    channel_of,
    choices_in,
    help_vote,
    how_many,
    paper,
    vote,
)

SECOND = timedelta(seconds=1)


def test_a_vote_is_a_mark_on_the_roll_and_a_ballot(molenwijk: Neighbourhood, ann: User, ben: User) -> None:
    urn = box(molenwijk, [ann, ben])

    receipt = vote(urn, ann, NO)

    assert receipt == ""
    assert (channel_of(urn, ann), channel_of(urn, ben)) == (Channel.ONLINE, "")
    assert choices_in(urn) == [NO]
    assert turnout(urn) == 1


def test_a_receipt_is_given_to_who_asks_for_it(molenwijk: Neighbourhood, ann: User, ben: User) -> None:
    urn = box(molenwijk, [ann, ben])

    codes = {vote(urn, ann, receipt=True), vote(urn, ben, receipt=True)}

    assert set(urn.ballots.values_list("receipt", flat=True)) == codes
    assert all(len(code) == 14 and code.count("-") == 2 for code in codes)


def test_a_choice_is_kept_in_one_form_whatever_its_order(
    molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    urn = box(molenwijk, [ann, ben], options=("1", "2"))

    vote(urn, ann, {"2": "yes", "1": "no"})
    vote(urn, ben, {"1": "no", "2": "yes"})

    assert set(urn.ballots.values_list("choice", flat=True)) == {'{"1":"no","2":"yes"}'}


@pytest.mark.parametrize("state", [BoxState.OPEN, BoxState.READY])
def test_before_it_begins_nobody_votes(molenwijk: Neighbourhood, ann: User, state: str) -> None:
    urn = box(molenwijk, [ann], state=state)

    with pytest.raises(TooEarly) as refused:
        vote(urn, ann, at=OPENS - SECOND)

    assert str(refused.value) == "Voting has not begun yet. Come back when it has."
    assert how_many(urn) == (0, 0)


def test_a_box_that_was_not_opened_takes_nothing_though_it_is_time(
    molenwijk: Neighbourhood, ann: User
) -> None:
    urn = box(molenwijk, [ann], state=BoxState.READY)

    with pytest.raises(TooEarly):
        vote(urn, ann)


def test_from_its_last_moment_on_nobody_votes(molenwijk: Neighbourhood, ann: User, ben: User) -> None:
    urn = box(molenwijk, [ann, ben])
    vote(urn, ben, at=CLOSES - SECOND)

    with pytest.raises(TooLate) as refused:
        vote(urn, ann, at=CLOSES)

    assert str(refused.value) == "Voting is over. This is no longer possible."
    assert how_many(urn) == (1, 1)


@pytest.mark.parametrize("state", [BoxState.MIXING, BoxState.CLOSED, BoxState.COUNTED, BoxState.VOID])
def test_a_clock_that_jumps_back_opens_nothing_that_was_closed(
    molenwijk: Neighbourhood, ann: User, state: str
) -> None:
    urn = box(molenwijk, [ann], state=state)

    with pytest.raises(TooLate):
        vote(urn, ann, at=VOTING)

    assert how_many(urn) == (0, 0)


def test_a_form_that_was_opened_before_closing_is_refused_after_it(
    molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    """The page holds the box as it was: what counts is the row."""
    urn = box(molenwijk, [ann, ben])
    ballots.close_box(box=urn, actor=Actor.system(), at=CLOSES)
    urn.state = BoxState.OPEN

    with pytest.raises(TooLate):
        vote(urn, ann, at=VOTING)


def test_nobody_votes_twice(molenwijk: Neighbourhood, ann: User) -> None:
    urn = box(molenwijk, [ann])
    vote(urn, ann, YES)

    with pytest.raises(AlreadyVoted) as refused:
        vote(urn, ann, NO)

    assert str(refused.value) == (
        "You have already voted. A secret vote cannot be changed, because nobody can find it again."
    )
    assert choices_in(urn) == [YES]


def test_whoever_is_not_on_the_roll_does_not_vote(molenwijk: Neighbourhood, ann: User, cas: User) -> None:
    urn = box(molenwijk, [ann])

    with pytest.raises(NotOnRoll) as refused:
        vote(urn, cas)

    assert str(refused.value) == "You are not on the electoral roll of this vote, so you cannot vote in it."
    assert how_many(urn) == (0, 0)


def test_whoever_was_left_out_hears_which_rule_decided(
    molenwijk: Neighbourhood, ann: User, cas: User
) -> None:
    urn = box(molenwijk, [ann], left_out=[cas])

    with pytest.raises(LeftOut) as refused:
        vote(urn, cas)

    assert str(refused.value).startswith("You cannot vote in this one. ")
    assert len(refused.value.details["why"]) > 10
    assert how_many(urn) == (0, 0)


@pytest.mark.parametrize("role", [Role.OWNER, Role.POLLING, Role.CLERK, Role.APPEALS])
def test_no_office_carries_a_vote(
    dijkstad: Party, molenwijk: Neighbourhood, ann: User, cas: User, role: str
) -> None:
    urn = box(molenwijk, [ann])
    for principal in (molenwijk.party, dijkstad):
        mandate(person=cas, principal=principal, role=role)

    with pytest.raises(NotOnRoll):
        vote(urn, cas)


def test_an_administrator_votes_neither_for_themself_nor_for_others(
    molenwijk: Neighbourhood, ann: User
) -> None:
    urn = box(molenwijk, [ann])
    root = person("Root", is_staff=True, is_superuser=True)

    with pytest.raises(NotOnRoll):
        vote(urn, root)
    with pytest.raises(NotAllowed):
        vote(urn, ann, actor=actor(root))
    with pytest.raises(NotAllowed):
        vote(urn, ann, actor=Actor.system())

    assert how_many(urn) == (0, 0)


def test_the_form_of_another_vote_is_refused(molenwijk: Neighbourhood, ann: User) -> None:
    urn, other = box(molenwijk, [ann]), box(molenwijk, [ann])

    with pytest.raises(ChangedForm):
        vote(urn, ann, form_hash=form_hash(other))
    with pytest.raises(ChangedForm):
        vote(urn, ann, form_hash="")

    assert how_many(urn) == (0, 0)


def test_a_form_on_which_a_number_meant_another_candidate_is_refused(
    molenwijk: Neighbourhood, ann: User, ben: User, cas: User
) -> None:
    election = election_in_voting(molenwijk, [ben, cas], [ann])
    assert election.box is not None
    before = form_hash(election.box)
    Nomination.objects.filter(candidate=ben.person).update(number=None)
    Nomination.objects.filter(candidate=cas.person).update(number=1)
    Nomination.objects.filter(candidate=ben.person).update(number=2)

    with pytest.raises(ChangedForm):
        vote(election.box, ann, ["1", "2"], form_hash=before)


def test_the_form_stays_the_same_when_a_candidate_changes_their_name(
    molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    election = election_in_voting(molenwijk, [ben], [ann])
    assert election.box is not None
    before = form_hash(election.box)
    ben.person.person_details.given_name = "Benjamin"
    ben.person.person_details.save()

    vote(election.box, ann, ["1"], form_hash=before)

    assert how_many(election.box) == (1, 1)


BAD = [
    ("YES_NO", {"1": "maybe"}, "Answer with yes, no or blank."),
    ("YES_NO", {}, "Answer every question: yes, no or blank."),
    (
        "YES_NO",
        {"1": "yes", "9": "yes"},
        "Something stands on this ballot that cannot be chosen. Open the page again.",
    ),
    ("YES_NO", "INVALID", "This ballot cannot be read. Open the page again and fill it in anew."),
    ("STV", ["1", "1"], "You gave the same choice two places. Give each choice one place."),
    ("STV", ["9"], "Something stands on this ballot that cannot be chosen. Open the page again."),
    ("APPROVAL", [1], "This ballot cannot be read. Open the page again and fill it in anew."),
    ("MEDIAN", 99, "This amount is lower or higher than is allowed."),
    ("MEDIAN", 130, "This amount lies between two steps. Choose one of the steps."),
]


@pytest.mark.parametrize(("method", "choice", "sentence"), BAD)
def test_a_choice_that_does_not_fit_is_refused_with_what_to_do(
    molenwijk: Neighbourhood, ann: User, method: str, choice: Any, sentence: str
) -> None:
    amounts: dict[str, Any] = {"low": 100, "high": 500, "step": 50} if method == "MEDIAN" else {}
    urn = box(molenwijk, [ann], method=method, options=[] if amounts else ("1",), seats=None, **amounts)

    with pytest.raises(BadBallot) as refused:
        vote(urn, ann, choice)

    assert str(refused.value) == sentence
    assert how_many(urn) == (0, 0)


@pytest.mark.parametrize(("method", "choice"), [("YES_NO", BLANK), ("STV", []), ("APPROVAL", [])])
def test_a_blank_vote_is_a_vote(molenwijk: Neighbourhood, ann: User, method: str, choice: Any) -> None:
    urn = box(molenwijk, [ann], method=method)

    vote(urn, ann, choice)

    assert choices_in(urn) == [choice]


def test_a_vote_with_names_takes_no_secret_ballot(molenwijk: Neighbourhood, ann: User, olga: User) -> None:
    rules = policy(molenwijk, "MOTION")
    urn = box(molenwijk, [ann], of=rules)

    for deed in (lambda: vote(urn, ann), lambda: help_vote(urn, olga, ann), lambda: paper(urn, olga, ann)):
        with pytest.raises(NotSecret):
            deed()

    assert how_many(urn) == (0, 0)
