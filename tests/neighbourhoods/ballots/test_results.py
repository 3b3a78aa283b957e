"""What a vote came to: nothing for anybody before the count, afterwards the same for everybody."""

from __future__ import annotations

import csv
import io
import json
import random
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from core.refusals import NotAllowed
from core.states import MoveRefused
from neighbourhoods.counting import canonical, count, input_hash
from neighbourhoods.models import BallotBox, Neighbourhood, Result
from neighbourhoods.operations import ballots
from neighbourhoods.operations.ballots import NotClosedYet, NotCounted, UrnDoesNotAddUp
from neighbourhoods.queries.ballots import form_hash, labels_of, turnout
from neighbourhoods.queries.results import (
    as_csv,
    find_receipt,
    is_secret_few,
    paper_of,
    published,
    sheet_of,
)
from people.models import Party, User
from tests.factories.democracy import AFTER, ROOT, VOTING, box, election_in_voting, policy
from tests.factories.people import actor, person
from tests.neighbourhoods.ballots.stage import (
    BLANK,
    NO,
    SYSTEM,
    YES,
    close,
    counted,
    enter,
    everybody_votes,
    help_vote,
    many,
    paper,
    vote,
)


def stv(molenwijk: Neighbourhood, voters: int = 9, *, receipts: bool = False) -> tuple[BallotBox, list[str]]:
    """A counted election of three among Ann, Ben and two more, with the receipts that were given."""
    names = [person(name) for name in ("Ada", "Bob", "Cor", "Dee")]
    electorate = many(voters)
    election = election_in_voting(molenwijk, names, electorate)
    assert election.box is not None
    chance = random.Random(3)
    codes = []
    for who in electorate:
        ranking = chance.sample(["1", "2", "3", "4"], chance.randint(1, 4))
        codes.append(vote(election.box, who, ranking, receipt=receipts))
    counted(election.box)
    return BallotBox.objects.get(pk=election.box.pk), codes


# --- Before the count -------------------------------------------------------------------------------------------------


def test_before_closing_nobody_gets_a_count_whoever_they_are(
    molenwijk: Neighbourhood, ann: User, olga: User
) -> None:
    urn = box(molenwijk, [ann])
    vote(urn, ann)
    root = person("Root", is_staff=True, is_superuser=True)

    for who in (actor(ann), actor(olga), actor(root), SYSTEM):
        with pytest.raises(NotClosedYet) as refused:
            ballots.count_box(box=urn, actor=who, at=AFTER)
    with pytest.raises(NotClosedYet):
        paper_of(urn)
    urn.state = "CLOSED"  # who changes the object has changed nothing
    with pytest.raises(NotClosedYet):
        paper_of(urn)
    for ask in (sheet_of, published, as_csv, is_secret_few):
        with pytest.raises(NotCounted):
            ask(urn)
    with pytest.raises(NotCounted):
        find_receipt(urn, "K3M4-N5P6-Q7R8")

    assert str(refused.value) == "Voting is not over yet. Nobody can see votes before it is."
    assert turnout(urn) == 1
    assert Result.objects.count() == 0


def test_after_closing_the_polling_office_counts_and_nobody_else(
    molenwijk: Neighbourhood, ann: User, olga: User
) -> None:
    urn = box(molenwijk, [ann])
    close(urn)
    with pytest.raises(NotAllowed):
        ballots.count_box(box=urn, actor=actor(ann), at=AFTER)

    ballots.count_box(box=urn, actor=actor(olga), at=AFTER)

    with pytest.raises(MoveRefused):
        ballots.count_box(box=urn, actor=actor(olga), at=AFTER)
    assert Result.objects.count() == 1


def test_a_box_into_which_a_ballot_was_smuggled_is_not_counted(molenwijk: Neighbourhood, ann: User) -> None:
    from neighbourhoods.models import Ballot

    urn = box(molenwijk, [ann])
    close(urn)
    BallotBox.objects.filter(pk=urn.pk).update(state="MIXING")
    Ballot.objects.create(box=urn, choice='{"1":"yes"}')
    BallotBox.objects.filter(pk=urn.pk).update(state="CLOSED")

    with pytest.raises(UrnDoesNotAddUp):
        ballots.count_box(box=urn, actor=SYSTEM, at=AFTER)


# --- After it ---------------------------------------------------------------------------------------------------------


def test_the_sheet_recomputes_bit_for_bit_from_what_is_published(molenwijk: Neighbourhood) -> None:
    urn, _codes = stv(molenwijk)

    found = json.loads(json.dumps(published(urn)))

    assert canonical(count(found["input"])) == canonical(found["sheet"]) == urn.result.sheet
    assert input_hash(found["input"]) == urn.result.input_hash
    assert found["input"]["seed"] == ROOT
    assert found["labels"] == {
        "1": "Ada de Vries",
        "2": "Bob de Vries",
        "3": "Cor de Vries",
        "4": "Dee de Vries",
    }


def test_a_channel_that_few_took_does_not_stand_alone_on_the_sheet(
    molenwijk: Neighbourhood, ann: User, ben: User, olga: User, piet: User
) -> None:
    voters = many(4)
    rules = policy(molenwijk, method="YES_NO", max_proxies=1, turnout_quorum="1/2")
    urn = box(molenwijk, [ann, ben, *voters], of=rules)
    everybody_votes(urn, voters[:2], NO)
    help_vote(urn, olga, voters[2])
    paper(urn, olga, voters[3])
    ballots.give_proxy(roll=urn.roll, giver=ann.person, holder=ben.person, actor=actor(ann), at=VOTING)
    vote(urn, ben, BLANK, on_behalf_of=ann.person)
    close(urn)
    for who in (olga, piet):
        enter(urn, who, ["INVALID"])
    ballots.count_box(box=urn, actor=SYSTEM, at=AFTER)

    found = published(urn)
    sheet = found["sheet"]

    # One ballot is not valid, which paper alone can be: nobody may read here that one person voted on paper.
    assert sheet["channels"] == found["input"]["roll"]["channels"] == {"OTHER": 5}
    assert [row["figure"] for row in rows(as_csv(urn)) if row["part"] == "channels"] == ["OTHER"]
    assert canonical(count(found["input"])) == urn.result.sheet
    assert (sheet["roll_size"], sheet["cast"], sheet["blank"], sheet["invalid"]) == (6, 5, 1, 1)
    assert sheet["quorums"]["turnout"]["is_reached"] is True


@pytest.mark.parametrize(
    ("helped", "published_channels"),
    [
        (0, {"ONLINE": 6, "ASSISTED": 0, "PAPER": 0, "PROXY": 0}),
        (1, {"OTHER": 7}),
        (5, {"ONLINE": 6, "ASSISTED": 5, "PAPER": 0, "PROXY": 0}),
    ],
)
def test_a_channel_stands_on_the_sheet_when_at_least_five_took_it(
    molenwijk: Neighbourhood, olga: User, helped: int, published_channels: dict[str, int]
) -> None:
    voters = many(6 + helped)
    urn = box(molenwijk, voters)
    everybody_votes(urn, voters[:6])
    for who in voters[6:]:
        help_vote(urn, olga, who)
    counted(urn)

    assert published(urn)["sheet"]["channels"] == published_channels


@pytest.mark.parametrize(("number", "is_few"), [(0, True), (4, True), (5, False)])
def test_of_fewer_than_five_secret_ballots_the_outcome_alone_is_published(
    molenwijk: Neighbourhood, number: int, is_few: bool
) -> None:
    voters = many(6)
    urn = box(molenwijk, voters)
    codes = [vote(urn, who, receipt=True) for who in voters[:number]]
    counted(urn)

    found = published(urn)

    assert is_secret_few(urn) is is_few
    assert sorted(found) == (["labels", "outcome", "roll_size"] if is_few else ["input", "labels", "sheet"])
    if is_few:
        assert found["roll_size"] == 6
        assert "cast" not in as_csv(urn)
        assert all(code not in as_csv(urn) + json.dumps(found) for code in codes)
        # Who has a code hears that it was counted, but not as what: another may be asking.
        assert all(find_receipt(urn, code).is_counted for code in codes)
        assert not any(find_receipt(urn, code).is_shown for code in codes)


def test_each_receipt_stands_exactly_once_in_what_is_published(molenwijk: Neighbourhood) -> None:
    urn, codes = stv(molenwijk, receipts=True)

    text = json.dumps(published(urn))

    assert [text.count(code) for code in codes] == [1] * len(codes)
    found = find_receipt(urn, codes[0].lower().replace("-", " "))
    assert (found.is_counted, found.is_shown) == (True, True)
    assert [found.choice, codes[0]] in published(urn)["input"]["ballots"]


@pytest.mark.parametrize("forged", ["AAAA-BBBB-CCCC", "", "-", "'; DROP TABLE", "ſſſſ", "K3M4"])
def test_a_forged_receipt_is_on_no_ballot(molenwijk: Neighbourhood, forged: str) -> None:
    urn, _codes = stv(molenwijk)

    assert find_receipt(urn, forged).is_counted is False


def test_a_receipt_of_another_vote_is_on_no_ballot_here(molenwijk: Neighbourhood, ann: User) -> None:
    urn, other = box(molenwijk, [ann]), box(molenwijk, [ann])
    code = vote(urn, ann, receipt=True)
    counted(urn)
    counted(other)

    assert find_receipt(urn, code).is_counted is True
    assert find_receipt(other, code).is_counted is False


def test_a_candidate_who_was_erased_stays_in_the_count_without_a_name(
    molenwijk: Neighbourhood,
) -> None:
    urn, _codes = stv(molenwijk)
    before = published(urn)
    Party.objects.filter(nominations__number=2).update(erased_at=AFTER)

    found = published(BallotBox.objects.get(pk=urn.pk))

    assert found["labels"]["2"] == "former participant"
    assert (found["input"], found["sheet"]) == (before["input"], before["sheet"])


def test_the_paper_is_the_same_in_whatever_order_ballots_came_in(molenwijk: Neighbourhood) -> None:
    voters, choices = many(6), [YES, NO, BLANK, YES, NO, YES]
    one, other = box(molenwijk, voters), box(molenwijk, voters)
    for who, choice in zip(voters, choices, strict=True):
        vote(one, who, choice)
    for who, choice in zip(voters, choices[::-1], strict=True):
        vote(other, who, choice)

    assert counted(one).input_hash == counted(other).input_hash


# --- The file for spreadsheets ----------------------------------------------------------------------------------------


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_csv_says_what_the_sheet_says(molenwijk: Neighbourhood) -> None:
    urn, _codes = stv(molenwijk)
    sheet = published(urn)["sheet"]

    found = rows(as_csv(urn))

    def values(**wanted: str) -> list[str]:
        return [row["value"] for row in found if all(row[key] == value for key, value in wanted.items())]

    assert values(part="totals", figure="input_hash") == [sheet["input_hash"]]
    assert values(part="totals", figure="cast") == [str(sheet["cast"])]
    assert values(part="outcome", figure="elected") == ["1", "2", "3"]
    assert [row["option"] for row in found if row["figure"] == "elected" and row["part"] == "outcome"] == (
        sheet["outcome"]["elected"]
    )
    for one in sheet["rounds"]:
        for option, votes in one["votes"].items():
            assert values(part="rounds", stage=str(one["stage"]), option=option, figure="votes.exact") == [
                votes["exact"]
            ]
    assert {row["name"] for row in found if row["option"] == "1"} == {"Ada de Vries"}


def test_the_csv_has_every_amount_of_a_median(molenwijk: Neighbourhood) -> None:
    voters = many(5)
    urn = box(
        molenwijk, voters, method="MEDIAN", options=[], low=-100, high=500, step=50, present=100, seats=None,
        of=policy(molenwijk, method="MEDIAN"),
    )  # fmt: skip
    for who, amount in zip(voters, [-50, 100, 100, 300], strict=False):
        vote(urn, who, amount)
    vote_blank(urn, voters[4])
    counted(urn)

    found = rows(as_csv(urn))

    votes = {
        row["option"]: row["value"] for row in found if (row["part"], row["figure"]) == ("options", "votes")
    }
    assert votes == {"-50": "1", "100": "2", "300": "1"}
    assert [row["value"] for row in found if row["part"] == "outcome" and row["figure"] == "amount"] == [
        "100"
    ]


def vote_blank(urn: BallotBox, who: User) -> None:
    ballots.cast(
        box=urn, person=who.person, choice=None, wants_receipt=False, form_hash=form_hash(urn),
        actor=actor(who), at=VOTING,
    )  # fmt: skip


def test_no_name_in_the_csv_is_a_formula(molenwijk: Neighbourhood) -> None:
    rogue = person("=HYPERLINK(0)")
    voters = many(5)
    election = election_in_voting(molenwijk, [rogue], voters)
    assert election.box is not None
    everybody_votes(election.box, voters, ["1"])
    counted(election.box)

    names = {row["name"] for row in rows(as_csv(BallotBox.objects.get(pk=election.box.pk)))}

    assert "'=HYPERLINK(0) de Vries" in names


# --- Queries ----------------------------------------------------------------------------------------------------------

QUERIES_OF_A_RESULT = 7
QUERIES_OF_A_CAST = 10


@pytest.mark.parametrize("number", [1, 3])
def test_the_queries_of_a_result_do_not_grow_with_ballots_or_candidates(
    molenwijk: Neighbourhood, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    voters = many(5 * number)
    election = election_in_voting(molenwijk, [person(f"C{one}") for one in range(number)], voters)
    assert election.box is not None
    everybody_votes(election.box, voters, ["1"])
    counted(election.box)
    urn = BallotBox.objects.select_related("roll", "policy").get(pk=election.box.pk)

    with django_assert_num_queries(QUERIES_OF_A_RESULT):
        published(urn)


@pytest.mark.parametrize("number", [1, 3])
def test_the_queries_of_a_cast_do_not_grow_with_the_roll(
    molenwijk: Neighbourhood, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    voters = many(2 * number)
    urn = box(molenwijk, voters)
    everybody_votes(urn, voters[1:])
    last: dict[str, Any] = {"form_hash": form_hash(urn), "actor": actor(voters[0])}

    with django_assert_num_queries(QUERIES_OF_A_CAST + (connection.vendor == "postgresql")):
        vote(urn, voters[0], **last)


def test_a_box_that_stands_alone_names_its_options_by_their_keys(molenwijk: Neighbourhood) -> None:
    urn = box(molenwijk, [], options=("1", "2"))

    assert labels_of(urn) == {"1": "1", "2": "2"}
