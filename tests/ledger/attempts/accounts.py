"""Attempts on accounts: coins from nothing, and accounts that become something else."""

from __future__ import annotations

from typing import Any

from ledger.address import new_address
from ledger.models import Account
from tests.factories.ledger import AT, key
from tests.ledger.attempts.attempt import Attempt, Attempts, change, change_all
from tests.ledger.busy import Busy
from tests.ledger.tampering import sql


def insert(**changes: Any) -> Attempt:
    """One more account of Ann, right in all but what is changed."""

    def attempt(busy: Busy) -> object:
        words = {
            "coin": busy.town.coin, "kind": "HOLDER", "holder_id": busy.town.ann.holder_id, "holder_kind": "PERSON",
            "address": new_address(), "key": key("one more"), "opened_at": AT,
        }  # fmt: skip
        told = {name: value(busy) if callable(value) else value for name, value in changes.items()}
        return Account.objects.bulk_create([Account(**{**words, **told})])

    return attempt


ATTEMPTS: Attempts = {
    "spend what is not there": (change("ben", "balance = -1"), "ledger_account_floor"),
    "spend what is reserved": (change("ann", "balance = reserved - 1"), "ledger_account_floor"),
    "reserve what is not there": (change("ben", "reserved = balance + 1"), "ledger_account_floor"),
    "raise a floor above what there is": (change("ben", "floor = balance + 1"), "ledger_account_floor"),
    "reserve less than nothing": (change("ben", "reserved = -1"), "ledger_account_reserved"),
    "take away the floor of a person": (change("ann", "floor = NULL"), "ledger_account_floor_by_kind"),
    "give the issue a floor": (change("issue", "floor = -100000"), "ledger_account_floor_by_kind"),
    "let the reserve owe": (change("reserve", "floor = -100"), "ledger_account_reserve_floor"),
    "take one cent out of the reserve": (change("reserve", "balance = balance - 1"), "not backed"),
    "issue one cent more than there are euros": (change("issue", "balance = balance - 1"), "not backed"),
    "empty the reserve": (change("reserve", "balance = 0"), "not backed"),
    "bring the issue above nought": (change("issue", "balance = 1"), "ledger_account_issue_owes"),
    "close an account with coins": (change("ben", "state = 'CLOSED'"), "ledger_account_closed_is_empty"),
    "open an account with coins on it": (insert(balance=1), "begins empty"),
    "open an account with a number that was never given": (insert(last_no=1), "begins empty"),
    "open an account with something reserved": (insert(balance=1, reserved=1), "begins empty"),
    "change the coin of an account": (
        lambda busy: sql(
            "UPDATE ledger_account SET coin_id = %s WHERE id = %s", busy.neighbour.coin.pk, busy.town.ann.pk
        ),
        "permanent",
    ),
    "change the kind of an account": (change("ann", "kind = 'CLEARING'"), "permanent"),
    "change the holder of an account": (
        lambda busy: sql(
            "UPDATE ledger_account SET holder_id = %s WHERE id = %s", busy.town.ben.holder_id, busy.town.ann.pk
        ),
        "permanent",
    ),
    "change the address of an account": (change("ann", "address = '222222222222'"), "permanent"),
    "change what a reserve backs": (
        lambda busy: sql(
            "UPDATE ledger_account SET backs_id = %s WHERE id = %s", busy.town.euro.pk, busy.neighbour.reserve.pk
        ),
        "permanent",
    ),
    "change the funder of a pot": (
        lambda busy: sql(
            "UPDATE ledger_account SET funder_id = %s WHERE id = %s", busy.town.ben.holder_id, busy.town.pot.pk
        ),
        "permanent",
    ),
    "change the key of an account": (
        lambda busy: Account.objects.filter(pk=busy.town.ann.pk).update(key=key("another")), "permanent",
    ),
    "change when an account was opened": (change("ann", "opened_at = '2020-01-01 00:00:00'"), "permanent"),
    "delete an account": (
        lambda busy: sql("DELETE FROM ledger_account WHERE id = %s", busy.neighbour.ben.pk), "permanent",
    ),
    "delete an account by its model": (
        lambda busy: Account.objects.filter(pk=busy.neighbour.ben.pk).delete(), "permanent",
    ),
    "change the code of a coin": (change_all("ledger_coin", "code = code || 'X'"), "permanent"),
    "change the decimals of a coin": (
        change_all("ledger_coin", "decimals = 3"), r"permanent|ledger_coin_two_decimals",
    ),
    "change what a coin is worth": (change_all("ledger_coin", "pegged_to_id = NULL"), "permanent"),
    "delete a coin": (lambda _busy: sql("DELETE FROM ledger_coin"), "permanent"),
    "issue a coin twice": (
        insert(kind="ISSUE", floor=None, holder_id=lambda busy: busy.town.issue.holder_id),
        r"ledger_account_issue_once|ledger_account.coin_id",
    ),
    "back a coin twice": (
        insert(kind="RESERVE", coin=lambda busy: busy.town.euro, backs=lambda busy: busy.town.coin),
        r"ledger_account_reserve_once|ledger_account.backs_id",
    ),
    "have two banks": (
        insert(
            kind="BANK",
            floor=None,
            coin=lambda busy: busy.town.euro,
            holder_id=lambda busy: busy.town.bank.holder_id,
        ),
        r"ledger_account_bank_once|ledger_account.coin_id, ledger_account.holder_id",
    ),
    "have a reserve that backs nothing": (insert(kind="RESERVE"), "ledger_account_reserve_backs"),
    "have a person back a coin": (insert(backs=lambda busy: busy.town.euro), "ledger_account_reserve_backs"),
    "have a pot without a funder": (insert(kind="POT"), "ledger_account_pot_has_funder"),
    "have a person's account end": (insert(ends_on=AT.date()), "ledger_account_only_pots_end"),
    "let a clearing account redeem": (insert(kind="CLEARING", may_redeem=True), "ledger_account_redeemer"),
    "open with an address that another has": (
        insert(address=lambda busy: busy.town.ben.address), r"ledger_account.address",
    ),
    "open twice with one key": (insert(key=lambda busy: busy.town.ben.key), r"ledger_account.key"),
}  # fmt: skip
