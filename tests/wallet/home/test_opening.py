"""Accounts come by themselves: with the residency, and once."""

from __future__ import annotations

from typing import Any

import pytest

from core.models import AuditEntry
from core.refusals import NotAllowed
from ledger.kinds import AccountKind, AccountState
from ledger.operations import close_account
from ledger.queries import accounts_of
from neighbourhoods.models import Attestation, Neighbourhood, Residency
from neighbourhoods.operations.accounts import NotResident, open_account_of_resident
from neighbourhoods.operations.residency import attest_at_desk, attest_by_code, end_residency
from people.models import Party, User
from people.operations.links import link_same_person
from tests.factories.people import actor, child, person
from tests.factories.residency import (
    DAY,
    NOON,
    SYSTEM,
    TODAY,
    ask,
    clerk,
    letter,
    municipality,
    place,
    resident,
    second_login,
)
from tests.plugins.data import RealCommits


@pytest.fixture
def molenwijk(db: None) -> Neighbourhood:
    return place("Molenwijk", of=municipality("Dijkstad"))


@pytest.fixture
def ann(db: None) -> User:
    return person("Ann")


def held_by(party: Party) -> list[tuple[str, str, str]]:
    return [(one.coin.code, one.kind, one.state) for one in accounts_of(party)]


OPEN = ("MOLENWIJK", AccountKind.HOLDER, AccountState.OPEN)


def test_whoever_is_attested_at_the_desk_has_an_account(ann: User, molenwijk: Neighbourhood) -> None:
    clara = clerk("Clara", molenwijk.municipality)
    asked = ask(ann, molenwijk, by=Attestation.CLERK)

    attest_at_desk(residency=asked, actor=actor(clara, principal=molenwijk.municipality), at=NOON, on=TODAY)

    assert held_by(ann.person) == [OPEN]
    opened = AuditEntry.objects.get(event="account.open", acted_by=clara.person)
    assert [line.party_id for line in opened.about.all()] == [ann.person.pk]


def test_whoever_types_the_code_has_an_account_that_can_be_paid(ann: User, molenwijk: Neighbourhood) -> None:
    asked = ask(ann, molenwijk)

    attest_by_code(residency=asked, code=letter(asked), actor=actor(ann), at=NOON, on=TODAY)

    (account,) = accounts_of(ann.person)
    assert (account.holder_kind, account.in_area, account.may_redeem, account.balance) == (
        "PERSON",
        True,
        False,
        0,
    )
    assert held_by(ann.person) == [OPEN]


def test_a_renewal_opens_no_second_account(ann: User, molenwijk: Neighbourhood) -> None:
    lives = resident(ann, molenwijk)
    Residency.objects.filter(pk=lives.pk).update(until_on=TODAY + 30 * DAY)

    resident(ann, molenwijk, on=TODAY + DAY)

    assert held_by(ann.person) == [OPEN]


def test_whoever_leaves_keeps_the_account_and_finds_it_when_they_come_back(
    ann: User, molenwijk: Neighbourhood
) -> None:
    lives = resident(ann, molenwijk)
    before = accounts_of(ann.person).get()

    end_residency(residency=lives, on=TODAY, actor=actor(ann), at=NOON)
    assert held_by(ann.person) == [OPEN]
    resident(ann, molenwijk, on=TODAY + DAY)

    assert accounts_of(ann.person).get() == before


def test_whoever_moves_has_an_account_in_both_coins(ann: User, molenwijk: Neighbourhood) -> None:
    resident(ann, molenwijk)

    resident(ann, place("Sluiskade", of=molenwijk.municipality), on=TODAY + DAY)

    assert [code for code, _kind, _state in held_by(ann.person)] == ["MOLENWIJK", "SLUISKADE"]


def test_a_person_who_is_known_twice_has_one_account_for_the_number_that_counts(
    ann: User, molenwijk: Neighbourhood
) -> None:
    second = second_login(ann)
    lives = resident(second, molenwijk)

    again = open_account_of_resident(residency=lives, actor=actor(second), at=NOON)

    assert held_by(ann.person) == [OPEN]
    assert held_by(second.person) == []
    assert again.holder == ann.person


def test_an_account_under_the_other_number_is_found_and_no_second_one_opened(
    ann: User, molenwijk: Neighbourhood
) -> None:
    second = child("Annie")
    lives = resident(second, molenwijk)
    link_same_person(duplicate=second, same_as=ann.person, reason="Twice.", actor=SYSTEM, at=NOON)
    lives.refresh_from_db()

    found = open_account_of_resident(residency=lives, actor=actor(ann), at=NOON)

    assert found.holder == second
    assert held_by(ann.person) == []


def test_in_place_of_a_closed_account_a_resident_gets_another(ann: User, molenwijk: Neighbourhood) -> None:
    lives = resident(ann, molenwijk)
    closed = accounts_of(ann.person).get()
    close_account(account=closed, actor=SYSTEM, at=NOON)

    new = open_account_of_resident(residency=lives, actor=actor(ann), at=NOON)
    same = open_account_of_resident(residency=lives, actor=actor(ann), at=NOON)

    assert new == same != closed
    assert [state for _code, _kind, state in held_by(ann.person)] == [AccountState.OPEN, AccountState.CLOSED]


def test_nobody_opens_one_for_somebody_else(ann: User, molenwijk: Neighbourhood) -> None:
    lives = resident(ann, molenwijk)

    for other in (person("Cas"), clerk("Eva", municipality("Elders"))):
        with pytest.raises(NotAllowed):
            open_account_of_resident(residency=lives, actor=actor(other), at=NOON)


def test_whoever_does_not_live_there_gets_none(ann: User, molenwijk: Neighbourhood) -> None:
    asked = ask(ann, molenwijk)
    with pytest.raises(NotResident):
        open_account_of_resident(residency=asked, actor=actor(ann), at=NOON)

    left = resident(child("Ben"), molenwijk)
    end_residency(residency=left, on=TODAY, actor=SYSTEM, at=NOON)
    with pytest.raises(NotResident):
        open_account_of_resident(residency=left, actor=SYSTEM, at=NOON)

    assert held_by(ann.person) == []


def open_it(residency: int) -> int:
    """In a process of its own."""
    found = Residency.objects.get(pk=residency)
    return int(open_account_of_resident(residency=found, actor=SYSTEM, at=NOON).pk)


def test_opened_twice_at_once_it_is_one(real_commits: RealCommits) -> None:
    lives = resident(person("Ann"), place("Molenwijk", of=municipality("Dijkstad")))
    close_account(account=accounts_of(lives.person).get(), actor=SYSTEM, at=NOON)
    deeds: list[Any] = [(open_it, {"residency": lives.pk})] * 4

    opened = {outcome.result for outcome in real_commits.race_between(deeds)}

    assert len(opened) == 1
    assert accounts_of(lives.person).count() == 2
