"""Faults of transfers: history was written anew. Each gives the account that has to be named."""

from __future__ import annotations

from ledger.models import Account
from tests.ledger.busy import Busy
from tests.ledger.faults.fault import NOBODY, Plant
from tests.ledger.tampering import tamper


def a_transfer_made_larger(busy: Busy) -> Account:
    tamper("UPDATE ledger_transfer SET amount = amount + 1 WHERE id = %s", busy.small_payment.pk)
    return busy.town.ben


def a_transfer_made_negative(busy: Busy) -> Account:
    """As if the other had paid less than nothing: everything still adds up."""
    tamper(
        "UPDATE ledger_transfer SET amount = -amount, payer_id = payee_id, payee_id = payer_id, payer_no = payee_no, "
        "payee_no = payer_no, payer_balance = payee_balance, payee_balance = payer_balance WHERE id = %s",
        busy.small_payment.pk,
    )
    return busy.town.ann


def a_transfer_removed(busy: Busy) -> Account:
    tamper("DELETE FROM ledger_transfer WHERE id = %s", busy.last.pk)
    return busy.town.ann


def another_balance_on_a_receipt(busy: Busy) -> Account:
    tamper("UPDATE ledger_transfer SET payee_balance = payee_balance + 1 WHERE id = %s", busy.payment.pk)
    return busy.town.ben


def a_number_left_out(busy: Busy) -> Account:
    tamper("UPDATE ledger_transfer SET payer_no = payer_no + 1 WHERE id = %s", busy.last.pk)
    return busy.town.ann


def a_number_twice_over_both_roles(busy: Busy) -> Account:
    """The shop was paid under its last number but one, and paid under its last."""
    shop = busy.town.shop
    tamper(
        "UPDATE ledger_transfer SET payer_no = payer_no - 1 WHERE payer_id = %s AND kind = 'REDEEM'", shop.pk
    )
    return shop


def more_charged_back_than_was_paid(busy: Busy) -> Account:
    tamper(
        "UPDATE ledger_transfer SET reverses_id = %s WHERE id = %s", busy.small_payment.pk, busy.chargeback.pk
    )
    return busy.town.ben


def a_chargeback_of_anothers_payment(busy: Busy) -> Account:
    tamper(
        "UPDATE ledger_transfer SET reverses_id = %s WHERE id = %s",
        busy.captured.pk,
        busy.chargeback.pk,
    )
    return busy.town.ben


def a_chargeback_that_undoes_nothing(busy: Busy) -> Account:
    tamper("UPDATE ledger_transfer SET reverses_id = NULL WHERE id = %s", busy.chargeback.pk)
    return busy.town.ben


def a_reward_without_a_label(busy: Busy) -> Account:
    tamper("UPDATE ledger_transfer SET label = '' WHERE id = %s", busy.reward.pk)
    return busy.town.ann


def a_transfer_in_another_coin(busy: Busy) -> Account:
    tamper("UPDATE ledger_transfer SET coin_id = %s WHERE id = %s", busy.neighbour.coin.pk, busy.last.pk)
    return busy.town.ben


def a_transfer_in_no_coin(busy: Busy) -> Account:
    tamper("UPDATE ledger_transfer SET coin_id = %s WHERE id = %s", NOBODY, busy.last.pk)
    return busy.town.ann


def a_transfer_by_nobody(busy: Busy) -> Account:
    tamper("UPDATE ledger_transfer SET acted_by_id = %s WHERE id = %s", NOBODY, busy.last.pk)
    return busy.town.ben


def a_transfer_on_another_day(busy: Busy) -> Account:
    tamper("UPDATE ledger_transfer SET booked_on = '2026-11-23' WHERE id = %s", busy.last.pk)
    return busy.town.ben


def the_day_of_greenwich(busy: Busy) -> Account:
    """Half past eleven in the evening there is the next day here."""
    tamper("UPDATE ledger_transfer SET booked_on = '2026-11-22' WHERE id = %s", busy.shopping.pk)
    return busy.town.shop


def kinds_that_do_not_fit(busy: Busy) -> Account:
    tamper("UPDATE ledger_transfer SET kind = 'CLEARING' WHERE id = %s", busy.last.pk)
    return busy.town.ann


def two_chargebacks_that_are_too_much_together(busy: Busy) -> Account:
    tamper(
        "UPDATE ledger_transfer SET reverses_id = %s WHERE id = %s", busy.payment.pk, busy.other_chargeback.pk
    )
    return busy.town.ben


def a_chargeback_to_somebody_else(busy: Busy) -> Account:
    """What the pot paid to Ben goes back to Ann."""
    of = "(SELECT MIN(id) FROM ledger_transfer WHERE reservation_id = %s)"
    tamper(f"UPDATE ledger_transfer SET reverses_id = {of} WHERE id = %s", busy.done.pk, busy.chargeback.pk)
    return busy.town.ann


def a_chargeback_in_another_coin(busy: Busy) -> Account:
    tamper(
        "UPDATE ledger_transfer SET coin_id = %s WHERE id = %s", busy.neighbour.coin.pk, busy.chargeback.pk
    )
    return busy.town.ann


def a_chargeback_called_a_payment(busy: Busy) -> Account:
    tamper("UPDATE ledger_transfer SET kind = 'PAYMENT' WHERE id = %s", busy.chargeback.pk)
    return busy.town.ben


def a_chargeback_of_what_cannot_be_charged_back(busy: Busy) -> Account:
    tamper("UPDATE ledger_transfer SET kind = 'OPENING' WHERE id = %s", busy.payment.pk)
    return busy.town.ann


def a_transfer_of_nothing(busy: Busy) -> Account:
    tamper("UPDATE ledger_transfer SET amount = 0 WHERE id = %s", busy.last.pk)
    return busy.town.ann


FAULTS: dict[Plant, set[str]] = {
    a_transfer_made_larger: {"balances", "running balances"},
    a_transfer_made_negative: {"amounts"},
    a_transfer_removed: {"balances", "last numbers"},
    another_balance_on_a_receipt: {"running balances"},
    a_number_left_out: {"running numbers"},
    a_number_twice_over_both_roles: {"running numbers"},
    more_charged_back_than_was_paid: {"chargebacks"},
    a_chargeback_of_anothers_payment: {"mirrors"},
    a_chargeback_that_undoes_nothing: {"mirrors"},
    a_reward_without_a_label: {"labels", "tallies"},
    a_transfer_in_another_coin: {"coins"},
    a_transfer_in_no_coin: {"coins", "references"},
    a_transfer_by_nobody: {"references"},
    a_transfer_on_another_day: {"days"},
    the_day_of_greenwich: {"days"},
    kinds_that_do_not_fit: {"kinds"},
    two_chargebacks_that_are_too_much_together: {"chargebacks"},
    a_chargeback_to_somebody_else: {"mirrors", "tallies"},
    a_chargeback_in_another_coin: {"coins", "mirrors"},
    a_chargeback_called_a_payment: {"mirrors"},
    a_chargeback_of_what_cannot_be_charged_back: {"kinds", "mirrors"},
    a_transfer_of_nothing: {"amounts", "balances", "running balances"},
}
