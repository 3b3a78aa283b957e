"""Past the models, by rows and raw SQL: the database itself refuses what the ledger promises."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from ledger.models import Account
from tests.factories.ledger import town
from tests.ledger.attempts import ATTEMPTS, Attempt
from tests.ledger.busy import Busy, busy_town
from tests.ledger.tampering import sql

GROWING = ["ledger_transfer", "ledger_bankentry", "ledger_limitrule"]
STAYING = ["ledger_coin", "ledger_account", "ledger_reservation", "ledger_funding"]


@pytest.fixture
def busy(db: None) -> Busy:
    return busy_town()


def everything() -> list[tuple[Any, ...]]:
    """Every row of every table of the ledger."""
    return [
        row
        for model in apps.get_app_config("ledger").get_models()
        for row in model._default_manager.order_by("pk").values_list()
    ]


def outcome(busy: Busy, attempt: Attempt) -> str:
    """What the database says to an attempt."""
    try:
        with transaction.atomic():
            attempt(busy)
    except IntegrityError as refusal:
        return str(refusal)
    return "let pass"


@pytest.mark.parametrize("theme", ATTEMPTS)
def test_the_database_refuses_what_the_ledger_promises(busy: Busy, theme: str) -> None:
    before = everything()
    otherwise = {}

    for name, (attempt, what_it_says) in ATTEMPTS[theme].items():
        said = outcome(busy, attempt)
        if not re.search(what_it_says, said) or everything() != before:
            otherwise[name] = said

    assert otherwise == {}


@pytest.mark.django_db
def test_coins_come_about_when_their_euros_are_there() -> None:
    """The other side of the refusal: what is backed to the cent is let pass, and the next cent is not."""
    molen = town()

    sql("UPDATE ledger_account SET balance = 500 WHERE id = %s", molen.reserve.pk)
    sql("UPDATE ledger_account SET balance = -500 WHERE id = %s", molen.issue.pk)

    with pytest.raises(IntegrityError, match="not backed"), transaction.atomic():
        sql("UPDATE ledger_account SET balance = -501 WHERE id = %s", molen.issue.pk)
    with pytest.raises(IntegrityError, match="not backed"), transaction.atomic():
        sql("UPDATE ledger_account SET balance = 499 WHERE id = %s", molen.reserve.pk)
    assert Account.objects.get(pk=molen.issue.pk).balance == -500


@pytest.mark.django_db
def test_the_reserve_of_one_coin_does_not_back_another() -> None:
    molen, sluis = town(), town("SLUIS", "Sluismunt")
    sql("UPDATE ledger_account SET balance = 500 WHERE id = %s", molen.reserve.pk)

    with pytest.raises(IntegrityError, match="not backed"), transaction.atomic():
        sql("UPDATE ledger_account SET balance = -1 WHERE id = %s", sluis.issue.pk)


@pytest.mark.once("sqlite")
@pytest.mark.parametrize("table", [*GROWING, *STAYING])
def test_insert_or_replace_does_not_take_the_place_of_a_row(busy: Busy, table: str) -> None:
    before = everything()

    with pytest.raises(IntegrityError, match=r"append-only|permanent|begins empty"), transaction.atomic():
        sql(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} ORDER BY id LIMIT 1")

    assert everything() == before


@pytest.mark.once("sqlite")
def test_nor_does_an_account_with_the_address_of_another(busy: Busy) -> None:
    """REPLACE takes away whatever is in the way of a unique value, under any id."""
    own = {"id", "key", "balance", "reserved", "last_no"}
    names = ", ".join(str(field.column) for field in Account._meta.concrete_fields if field.column not in own)

    with pytest.raises(IntegrityError, match="permanent"), transaction.atomic():
        sql(
            f"INSERT OR REPLACE INTO ledger_account (id, key, balance, reserved, last_no, {names}) "
            f"SELECT 999999, 'another', 0, 0, 0, {names} FROM ledger_account WHERE id = %s",
            busy.town.ann.pk,
        )


@pytest.mark.once("postgres")
@pytest.mark.parametrize("table", GROWING)
def test_truncate_is_refused(busy: Busy, table: str) -> None:
    before = everything()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        sql("SET CONSTRAINTS ALL IMMEDIATE")  # else it would be refused for what has still to be checked
        sql(f"TRUNCATE {table} CASCADE")

    assert everything() == before


@pytest.mark.once("postgres")
@pytest.mark.parametrize("table", ["ledger_coin", "ledger_account", "ledger_reservation"])
def test_truncate_is_refused_for_what_transfers_hang_on(busy: Busy, table: str) -> None:
    before = everything()

    with pytest.raises(IntegrityError, match=r"append-only|permanent"), transaction.atomic():
        sql("SET CONSTRAINTS ALL IMMEDIATE")
        sql(f"TRUNCATE {table} CASCADE")

    assert everything() == before


def test_no_constraint_was_left_out() -> None:
    """Every check and every unique value that the models state has an attempt that it refuses."""
    said = "\n".join(words for theme in ATTEMPTS.values() for _attempt, words in theme.values())
    named = {
        str(constraint.name)
        for model in apps.get_app_config("ledger").get_models()
        for constraint in model._meta.constraints
        if not str(constraint.name).startswith("ledger_coin_")  # tests/ledger/test_coin.py
    }

    assert sorted(name for name in named if name not in said) == []
