"""Past the model and past every operation: what the database itself refuses."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from neighbourhoods.models import (
    Ballot,
    BallotBox,
    Neighbourhood,
    PaperCount,
    RecordedVote,
    Result,
    RollEntry,
)
from neighbourhoods.states import BoxState
from people.models import User
from tests.factories.democracy import AFTER, CLOSES, VOTING, box, policy
from tests.neighbourhoods.ballots.stage import choices_in, close, counted, how_many, many, vote

LATER = [state for state in BoxState.values if state not in {BoxState.OPEN, BoxState.MIXING}]


def refused(sql: str, values: list[Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def put_in(urn: BallotBox, verb: str = "INSERT", number: uuid.UUID | None = None) -> tuple[str, list[Any]]:
    key = number or uuid.uuid4()
    pk = key if connection.vendor == "postgresql" else key.hex
    sql = f"{verb} INTO neighbourhoods_ballot (id, box_id, choice) VALUES (%s, %s, %s)"
    return sql, [pk, urn.pk, '{"1":"no"}']


@pytest.mark.parametrize("state", LATER)
def test_no_ballot_goes_into_a_box_that_is_not_open(molenwijk: Neighbourhood, ann: User, state: str) -> None:
    urn = box(molenwijk, [ann], state=state)

    refused(*put_in(urn))

    assert how_many(urn) == (0, 0)


def test_no_secret_ballot_goes_into_a_box_of_votes_with_names(molenwijk: Neighbourhood, ann: User) -> None:
    refused(*put_in(box(molenwijk, [ann], of=policy(molenwijk, "MOTION"))))


@pytest.mark.parametrize("state", BoxState.values)
def test_a_ballot_is_never_changed(molenwijk: Neighbourhood, ann: User, state: str) -> None:
    urn = box(molenwijk, [ann])
    vote(urn, ann)
    BallotBox.objects.filter(pk=urn.pk).update(state=state)

    for column, value in (("choice", '{"1":"no"}'), ("receipt", "AAAA"), ("box_id", urn.pk)):
        refused(f"UPDATE neighbourhoods_ballot SET {column} = %s WHERE box_id = %s", [value, urn.pk])

    assert choices_in(urn) == [{"1": "yes"}]


@pytest.mark.parametrize("state", [state for state in BoxState.values if state != BoxState.MIXING])
def test_a_ballot_goes_only_while_it_is_written_anew(molenwijk: Neighbourhood, ann: User, state: str) -> None:
    urn = box(molenwijk, [ann])
    vote(urn, ann)
    BallotBox.objects.filter(pk=urn.pk).update(state=state)

    refused("DELETE FROM neighbourhoods_ballot WHERE box_id = %s", [urn.pk])
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.filter(box=urn).delete()

    assert how_many(urn) == (1, 1)


@pytest.mark.once
def test_a_ballot_is_not_replaced_on_sqlite(molenwijk: Neighbourhood, ann: User) -> None:
    urn = box(molenwijk, [ann])
    vote(urn, ann)
    ballot = urn.ballots.get()

    refused(*put_in(urn, "INSERT OR REPLACE", ballot.pk))

    assert choices_in(urn) == [{"1": "yes"}]


@pytest.mark.once("postgres")
def test_no_table_of_a_vote_is_emptied_on_postgresql(molenwijk: Neighbourhood, ann: User) -> None:
    for table in ("ballot", "rollentry", "recordedvote", "result", "papercount", "ballotbox"):
        refused(f"TRUNCATE neighbourhoods_{table} CASCADE", [])


MARKS = [
    ("channel = ''", "the mark taken away"),
    ("channel = 'PAPER'", "another channel"),
    ("marked_by_id = person_id", "somebody else marked it"),
    ("is_included = (is_included IS NOT TRUE)", "no longer entitled"),
]


@pytest.mark.parametrize(("change", "_what"), MARKS)
def test_a_mark_is_written_once(molenwijk: Neighbourhood, ann: User, change: str, _what: str) -> None:
    urn = box(molenwijk, [ann])
    vote(urn, ann)

    refused(f"UPDATE neighbourhoods_rollentry SET {change} WHERE roll_id = %s", [urn.roll_id])

    assert how_many(urn) == (1, 1)


def test_whoever_was_left_out_is_not_marked_nor_added_nor_taken_off(
    molenwijk: Neighbourhood, ann: User, cas: User
) -> None:
    urn = box(molenwijk, [ann], left_out=[cas])

    refused("UPDATE neighbourhoods_rollentry SET channel = 'ONLINE' WHERE person_id = %s", [cas.person_id])
    refused("DELETE FROM neighbourhoods_rollentry WHERE person_id = %s", [ann.person_id])
    with pytest.raises(IntegrityError), transaction.atomic():
        RollEntry.objects.bulk_create([
            RollEntry(
                roll=urn.roll, person=many(1)[0].person, is_included=True, basis="ALL", salt="00", position=9
            )
        ])  # fmt: skip


FIXED = [
    ("options", '["1","2"]'),
    ("method", "STV"),
    ("secrecy", "RECORDED"),
    ("opens_at", VOTING),
    ("seats", 3),
    ("low", 1),
]


@pytest.mark.parametrize(("column", "value"), FIXED)
def test_what_is_asked_in_a_box_is_never_changed(
    molenwijk: Neighbourhood, ann: User, column: str, value: Any
) -> None:
    urn = box(molenwijk, [ann])

    refused(f"UPDATE neighbourhoods_ballotbox SET {column} = %s WHERE id = %s", [value, urn.pk])
    refused("DELETE FROM neighbourhoods_ballotbox WHERE id = %s", [urn.pk])


def test_results_paper_counts_and_votes_with_names_stay(
    molenwijk: Neighbourhood, ann: User, olga: User
) -> None:
    urn = box(molenwijk, [ann])
    counted(urn)
    PaperCount.objects.create(box=urn, entered_by=olga.person, ballots=1, digest="x", at=AFTER)
    RecordedVote.objects.create(box=urn, person=ann.person, number=1, choice="{}", at=CLOSES)

    for table, column in (
        ("result", "sheet"),
        ("result", "input_hash"),
        ("papercount", "digest"),
        ("recordedvote", "choice"),
    ):
        refused(f"UPDATE neighbourhoods_{table} SET {column} = 'y'", [])
        refused(f"DELETE FROM neighbourhoods_{table}", [])

    assert Result.objects.count() == PaperCount.objects.count() == RecordedVote.objects.count() == 1


def test_a_receipt_code_stands_in_a_box_once(molenwijk: Neighbourhood, ann: User) -> None:
    urn = box(molenwijk, many(2))
    Ballot.objects.create(box=urn, choice="{}", receipt="AAAA")

    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(box=urn, choice="{}", receipt="AAAA")
    Ballot.objects.create(box=urn, choice="{}")
    Ballot.objects.create(box=urn, choice="{}")  # none is not a code


def test_a_vote_and_its_mark_happen_together_or_not_at_all(
    molenwijk: Neighbourhood, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    urn = box(molenwijk, [ann])

    def breaks(**_values: Any) -> Ballot:
        raise OSError("The disk is full.")

    monkeypatch.setattr(Ballot.objects, "create", breaks)
    with pytest.raises(OSError, match="disk"):
        vote(urn, ann)
    assert how_many(urn) == (0, 0)

    monkeypatch.undo()
    vote(urn, ann)
    close(urn)
    assert how_many(urn) == (1, 1)
