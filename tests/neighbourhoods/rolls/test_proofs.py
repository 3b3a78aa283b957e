from __future__ import annotations

import copy
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from neighbourhoods.models import Neighbourhood, Roll, RollEntry
from neighbourhoods.operations.rolls import build_roll, freeze_roll, verify_roll_proof
from neighbourhoods.queries.rolls import NotFrozenYet, entry_of, explain, proof_of
from neighbourhoods.roll_proofs import hash_of, leaf_of, make_proof
from people.models import PersonDetails, User
from tests.factories import democracy as make
from tests.factories.people import person
from tests.factories.residency import DAY, NOON, SYSTEM, TODAY, resident, seated


def frozen(molenwijk: Neighbourhood, *rules: tuple[str, int | None]) -> Roll:
    policy = make.policy(molenwijk, rules=rules)
    roll = build_roll(neighbourhood=molenwijk, policy=policy, reference_on=TODAY, actor=SYSTEM, at=NOON)
    freeze_roll(roll=roll, actor=SYSTEM, at=NOON)
    return roll


@pytest.fixture
def roll(ann: User, ben: User, molenwijk: Neighbourhood) -> Roll:
    """Seven are on it; Ben is too young."""
    for name in ("Dirk", "Els", "Fien", "Gijs", "Hans", "Ine"):
        resident(person(name), molenwijk)
    resident(ann, molenwijk)
    resident(ben, molenwijk)
    PersonDetails.objects.filter(party=ben.person).update(born_on="2020-01-01")
    return frozen(molenwijk, ("LIVES_HERE", None), ("AGE", 16))


def proof(roll: Roll, who: User) -> dict[str, Any]:
    entry = entry_of(roll, who.person)
    assert entry is not None
    made: dict[str, Any] = json.loads(json.dumps(proof_of(entry)))
    return made


def test_everybody_can_show_that_they_are_on_the_roll_and_who_is_not_that_they_were_left_out(
    roll: Roll, ann: User, ben: User
) -> None:
    on_it, left_out = proof(roll, ann), proof(roll, ben)

    assert verify_roll_proof(on_it)
    assert verify_roll_proof(left_out)
    assert on_it["root"] == left_out["root"] == Roll.objects.get(pk=roll.pk).root
    assert (on_it["size"], roll.size) == (8, 7)
    assert on_it["leaf"] == {
        "roll": roll.pk, "person": str(ann.person.uuid), "is_included": True, "basis": "ALL",
        "salt": RollEntry.objects.get(roll=roll, person=ann.person).salt,
    }  # fmt: skip
    assert (left_out["leaf"]["is_included"], left_out["leaf"]["basis"]) == (False, "AGE")


def test_every_entry_of_the_roll_is_proven(roll: Roll) -> None:
    entries = RollEntry.objects.filter(roll=roll).select_related("roll", "person")

    assert [verify_roll_proof(proof_of(entry)) for entry in entries] == [True] * 8


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("leaf", "is_included"), True),
        (("leaf", "is_included"), 0),
        (("leaf", "basis"), "ALL"),
        (("leaf", "salt"), "00" * 16),
        (("leaf", "roll"), True),
        (("leaf", "person"), "somebody else"),
        (("position",), 99),
        (("position",), -1),
        (("position",), "0"),
        (("size",), 9),
        (("size",), 0),
        (("size",), 10**30),
        (("path",), []),
        (("path",), ["00" * 32] * 3),
        (("path",), "no list"),
        (("root",), "00" * 32),
        (("root",), "not a hash"),
        (("format",), "another"),
        (("leaf",), []),
    ],
)
def test_whatever_is_changed_in_a_proof_it_proves_nothing(
    roll: Roll, ben: User, where: tuple[str, ...], value: Any
) -> None:
    changed = proof(roll, ben)
    inner = changed
    for name in where[:-1]:
        inner = inner[name]
    inner[where[-1]] = value

    assert not verify_roll_proof(changed)


@pytest.mark.parametrize("thing", [None, [], "proof", 1, {}, {"format": "socialcoin-roll-proof-1"}])
def test_what_is_no_proof_proves_nothing(thing: object) -> None:
    assert not verify_roll_proof(thing)


def test_a_name_more_or_less_makes_it_no_proof(roll: Roll, ann: User) -> None:
    made = proof(roll, ann)

    for part in (made, made["leaf"]):
        for name in list(part):
            less = copy.deepcopy(made)
            del (less if part is made else less["leaf"])[name]
            assert not verify_roll_proof(less)
    made["leaf"]["name"] = "Ann"
    assert not verify_roll_proof(made)


@given(size=st.integers(1, 70), data=st.data())
def test_proofs_of_rolls_of_any_size_hold(size: int, data: st.DataObject) -> None:
    leaves = [
        leaf_of(roll=1, person=str(number), is_included=True, basis="ALL", salt="0") for number in range(size)
    ]
    hashes = [hash_of(leaf) for leaf in leaves]
    position = data.draw(st.integers(0, size - 1))

    made = make_proof(leaves[position], position, hashes)

    assert verify_roll_proof(made)
    assert verify_roll_proof({**made, "leaf": leaves[position - 1]}) is (size == 1)


def test_before_freezing_there_is_nothing_to_prove(ann: User, molenwijk: Neighbourhood) -> None:
    resident(ann, molenwijk)
    roll = build_roll(
        neighbourhood=molenwijk, policy=make.policy(molenwijk), reference_on=TODAY, actor=SYSTEM, at=NOON
    )

    with pytest.raises(NotFrozenYet):
        proof(roll, ann)


def test_a_roll_that_was_changed_behind_our_back_no_longer_leads_to_its_root(
    roll: Roll, ann: User, ben: User
) -> None:
    before = proof(roll, ann)
    with connection.cursor() as cursor:
        is_postgres = connection.vendor == "postgresql"
        name = "neighbourhoods_rollentry_guard" if is_postgres else "neighbourhoods_rollentry_changed"
        cursor.execute(f"DROP TRIGGER {name}" + (" ON neighbourhoods_rollentry" if is_postgres else ""))
    RollEntry.objects.filter(roll=roll, person=ben.person).update(is_included=True, basis="ALL")

    after = proof(roll, ann)

    assert after["root"] != Roll.objects.get(pk=roll.pk).root == before["root"]


# --- In words ---------------------------------------------------------------------------------------------------------


def test_everybody_reads_why(ann: User, ben: User, cas: User, molenwijk: Neighbourhood) -> None:
    resident(ann, molenwijk, on=TODAY - 40 * DAY)
    resident(ben, molenwijk, on=TODAY - 10 * DAY)
    resident(cas, molenwijk, on=TODAY + DAY)
    PersonDetails.objects.filter(party=ann.person).update(born_on="2015-01-01")
    old = frozen(molenwijk, ("LIVES_HERE", None), ("LIVES_HERE_DAYS", 30), ("AGE", 16))

    def why(who: User) -> str:
        return explain(entry_of(old, who.person))

    assert why(ann) == "You may not vote here: on 21 November 2026 you were not 16 years old yet."
    assert (
        why(ben)
        == "You may not vote here: on 21 November 2026 you had not lived in Molenwijk for 30 days yet."
    )
    assert why(cas) == "You may not vote here: on 21 November 2026 you did not live in Molenwijk."
    assert why(person("Dirk")) == "You are not on this roll: as far as we know you may not vote here."


def test_every_basis_has_words(roll: Roll, ann: User) -> None:
    entry = entry_of(roll, ann.person)
    assert entry is not None

    for basis in ("LIVES_HERE", "LIVES_HERE_DAYS", "AGE", "HAS_SEAT", "OBJECTION", "KNOWN_TWICE"):
        entry.is_included, entry.basis = False, basis
        assert explain(entry).endswith(".")
        assert "%(" not in explain(entry)


def test_a_board_member_of_tomorrow_reads_why(ann: User, molenwijk: Neighbourhood) -> None:
    resident(ann, molenwijk)
    seated(ann, molenwijk, from_on=TODAY + DAY)

    entry = entry_of(frozen(molenwijk, ("HAS_SEAT", None)), ann.person)

    assert (
        explain(entry)
        == "You may not vote here: on 21 November 2026 you had no seat on the board of Molenwijk."
    )


# --- The command ------------------------------------------------------------------------------------------------------


def checked(path: Path, *words: str) -> tuple[int, str]:
    """What the command ends with and what it says."""
    out = StringIO()
    try:
        call_command("verify_roll_proof", str(path), *words, stdout=out)
    except CommandError as error:
        return error.returncode, str(error)
    return 0, out.getvalue()


def test_the_command_says_whether_a_file_proves_something(
    roll: Roll, ann: User, ben: User, tmp_path: Path
) -> None:
    path = tmp_path / "roll.json"
    path.write_text(json.dumps(proof(roll, ben)))

    code, words = checked(path)

    assert code == 0
    assert (
        f"{ben.person.uuid} stands on electoral roll {roll.pk} and may not vote (AGE), among 8 entries."
        in words
    )
    assert f"Compare the root with the published one: {roll.root}." in words
    assert checked(path, "--root", roll.root.upper())[0] == 0
    assert checked(path, "--root", "00" * 32) == (1, f"This file belongs to another root: {roll.root}.")


def test_the_command_ends_with_1_for_a_forged_file_and_with_2_for_what_is_none(
    roll: Roll, ben: User, tmp_path: Path
) -> None:
    path = tmp_path / "roll.json"
    forged = proof(roll, ben)
    forged["leaf"]["is_included"] = True
    path.write_text(json.dumps(forged))
    assert checked(path) == (1, "The path in this file does not lead to its root: it proves NOTHING.")

    for text in (
        "",
        "{",
        "[]",
        '{"format": "another"}',
        '{"size": 1, "size": 2}',
        json.dumps({**forged, "size": float("nan")}),
    ):
        path.write_text(text)
        assert checked(path)[0] == 2
    assert checked(tmp_path / "nothing.json")[0] == 2


def test_the_command_needs_no_database(
    roll: Roll, ann: User, tmp_path: Path, django_assert_num_queries: Any
) -> None:
    path = tmp_path / "roll.json"
    path.write_text(json.dumps(proof(roll, ann)))

    with django_assert_num_queries(0):
        assert checked(path)[0] == 0
