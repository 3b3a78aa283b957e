"""Faults of accounts: what stands on them is not what went over them. Each gives the account that has to be named."""

from __future__ import annotations

from ledger.models import Account
from tests.ledger.busy import Busy
from tests.ledger.faults.fault import Plant
from tests.ledger.tampering import tamper


def a_balance_too_high(busy: Busy) -> Account:
    tamper("UPDATE ledger_account SET balance = balance + 1 WHERE id = %s", busy.town.ann.pk)
    return busy.town.ann


def coins_moved_without_a_transfer(busy: Busy) -> Account:
    tamper("UPDATE ledger_account SET balance = balance + 1 WHERE id = %s", busy.town.ann.pk)
    tamper("UPDATE ledger_account SET balance = balance - 1 WHERE id = %s", busy.town.ben.pk)
    return busy.town.ben


def a_last_number_too_high(busy: Busy) -> Account:
    tamper("UPDATE ledger_account SET last_no = last_no + 1 WHERE id = %s", busy.town.cas.pk)
    return busy.town.cas


def a_floor_above_what_there_is(busy: Busy) -> Account:
    tamper("UPDATE ledger_account SET floor = balance - reserved + 1 WHERE id = %s", busy.town.ann.pk)
    return busy.town.ann


def more_reserved_than_there_is(busy: Busy) -> Account:
    tamper("UPDATE ledger_account SET reserved = balance + 1 WHERE id = %s", busy.town.ben.pk)
    return busy.town.ben


def less_reserved_than_was_promised(busy: Busy) -> Account:
    tamper("UPDATE ledger_account SET reserved = reserved - 1 WHERE id = %s", busy.town.ann.pk)
    return busy.town.ann


def an_issue_above_nought(busy: Busy) -> Account:
    tamper("UPDATE ledger_account SET balance = 1 WHERE id = %s", busy.neighbour.issue.pk)
    return busy.neighbour.issue


def euros_taken_from_the_reserve(busy: Busy) -> Account:
    tamper("UPDATE ledger_account SET balance = balance - 1 WHERE id = %s", busy.town.reserve.pk)
    tamper("UPDATE ledger_account SET balance = balance + 1 WHERE id = %s", busy.town.bank.pk)
    return busy.town.reserve


def a_reserve_for_a_national_currency(busy: Busy) -> Account:
    tamper(
        "UPDATE ledger_account SET backs_id = %s WHERE id = %s", busy.town.euro.pk, busy.neighbour.reserve.pk
    )
    return busy.neighbour.reserve


def a_closed_account_with_coins(busy: Busy) -> Account:
    tamper("UPDATE ledger_account SET state = 'CLOSED' WHERE id = %s", busy.town.ben.pk)
    return busy.town.ben


def an_account_moved_to_another_coin(busy: Busy) -> Account:
    tamper("UPDATE ledger_account SET coin_id = %s WHERE id = %s", busy.neighbour.coin.pk, busy.town.cas.pk)
    return busy.town.cas


def two_reserves_exchanged(busy: Busy) -> Account:
    """The euros of one coin are said to cover another."""
    reserves = {busy.town.reserve.pk: busy.neighbour.coin.pk, busy.neighbour.reserve.pk: busy.town.coin.pk}
    for reserve in reserves:
        tamper("UPDATE ledger_account SET backs_id = NULL WHERE id = %s", reserve)
    for reserve, coin in reserves.items():
        tamper("UPDATE ledger_account SET backs_id = %s WHERE id = %s", coin, reserve)
    return busy.neighbour.reserve


def a_balance_too_low(busy: Busy) -> Account:
    tamper("UPDATE ledger_account SET balance = balance - 1 WHERE id = %s", busy.town.shop.pk)
    return busy.town.shop


def a_closed_account_with_coins_reserved(busy: Busy) -> Account:
    tamper("UPDATE ledger_account SET state = 'CLOSED', reserved = 1 WHERE id = %s", busy.neighbour.ben.pk)
    return busy.neighbour.ben


def a_coin_that_is_worth_one_of_another(busy: Busy) -> Account:
    tamper(
        "UPDATE ledger_coin SET pegged_to_id = %s WHERE id = %s", busy.town.coin.pk, busy.neighbour.coin.pk
    )
    return busy.neighbour.reserve


def a_person_who_may_owe_without_end(busy: Busy) -> Account:
    tamper("UPDATE ledger_account SET floor = NULL WHERE id = %s", busy.town.cas.pk)
    return busy.town.cas


def a_bank_with_a_floor(busy: Busy) -> Account:
    tamper("UPDATE ledger_account SET floor = -1000000 WHERE id = %s", busy.town.bank.pk)
    return busy.town.bank


FAULTS: dict[Plant, set[str]] = {
    a_balance_too_high: {"balances", "zero sums"},
    coins_moved_without_a_transfer: {"balances"},
    a_last_number_too_high: {"last numbers"},
    a_floor_above_what_there_is: {"floors"},
    more_reserved_than_there_is: {"floors", "reserved"},
    less_reserved_than_was_promised: {"reserved"},
    an_issue_above_nought: {"issued coins", "balances", "zero sums"},
    euros_taken_from_the_reserve: {"balances", "backing"},
    a_reserve_for_a_national_currency: {"coins of reserves"},
    a_closed_account_with_coins: {"closed accounts"},
    an_account_moved_to_another_coin: {"coins", "zero sums"},
    two_reserves_exchanged: {"backing", "bank lines"},
    a_balance_too_low: {"balances", "zero sums"},
    a_closed_account_with_coins_reserved: {"closed accounts", "floors", "reserved"},
    a_coin_that_is_worth_one_of_another: {"coins of reserves"},
    a_person_who_may_owe_without_end: {"floors"},
    a_bank_with_a_floor: {"floors"},
}
