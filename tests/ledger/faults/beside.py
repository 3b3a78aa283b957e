"""Faults beside the transfers: of reservations and tallies. Each gives the account that has to be named."""

from __future__ import annotations

from datetime import date

from ledger.models import Account, Tally
from tests.ledger.busy import Busy
from tests.ledger.faults.fault import NOBODY, Plant
from tests.ledger.tampering import tamper


def a_reservation_let_go_without_a_word(busy: Busy) -> Account:
    tamper("UPDATE ledger_reservation SET state = 'RELEASED' WHERE id = %s", busy.open.pk)
    return busy.town.ann


def a_capture_forgotten(busy: Busy) -> Account:
    tamper("UPDATE ledger_reservation SET captured = captured - 1 WHERE id = %s", busy.released.pk)
    return busy.town.cas


def a_reservation_done_before_its_end(busy: Busy) -> Account:
    tamper("UPDATE ledger_reservation SET state = 'DONE' WHERE id = %s", busy.released.pk)
    return busy.town.cas


def a_capture_of_another_kind(busy: Busy) -> Account:
    tamper("UPDATE ledger_reservation SET kind = 'SERVICE' WHERE id = %s", busy.released.pk)
    return busy.town.cas


def a_tally_too_low(busy: Busy) -> Account:
    tamper(
        "UPDATE ledger_tally SET amount = amount - 1 WHERE holder_id = %s AND label = 'VOLUNTEER_ALLOWANCE'",
        busy.town.ann.holder_id,
    )
    return busy.town.ann


def a_tally_removed(busy: Busy) -> Account:
    tamper("DELETE FROM ledger_tally WHERE holder_id = %s", busy.town.shop.holder_id)
    return busy.town.shop


def a_tally_of_nothing(busy: Busy) -> Account:
    Tally.objects.create(
        holder=busy.town.cas.holder, currency=busy.town.euro, label="GIFT", month=date(2026, 11, 1), amount=1
    )
    return busy.town.cas


def a_tally_in_another_month(busy: Busy) -> Account:
    tamper(
        "UPDATE ledger_tally SET month = '2026-12-01' WHERE holder_id = %s AND label = 'EXPENSES'",
        busy.town.ben.holder_id,
    )
    return busy.town.ben


def a_tally_of_another_currency(busy: Busy) -> Account:
    tamper(
        "UPDATE ledger_tally SET currency_id = %s WHERE holder_id = %s",
        busy.town.coin.pk,
        busy.town.shop.holder_id,
    )
    return busy.town.shop


def a_reservation_in_another_coin(busy: Busy) -> Account:
    tamper("UPDATE ledger_reservation SET coin_id = %s WHERE id = %s", busy.neighbour.coin.pk, busy.open.pk)
    return busy.town.ann


def a_reservation_on_another_day(busy: Busy) -> Account:
    tamper("UPDATE ledger_reservation SET booked_on = '2026-11-21' WHERE id = %s", busy.open.pk)
    return busy.town.ann


def a_reservation_in_no_coin(busy: Busy) -> Account:
    tamper("UPDATE ledger_reservation SET coin_id = %s WHERE id = %s", NOBODY, busy.open.pk)
    return busy.town.shop


def a_tally_in_no_currency(busy: Busy) -> Account:
    tamper("UPDATE ledger_tally SET currency_id = %s WHERE holder_id = %s", NOBODY, busy.town.shop.holder_id)
    return busy.town.shop


def a_capture_made_up(busy: Busy) -> Account:
    tamper("UPDATE ledger_reservation SET captured = amount WHERE id = %s", busy.released.pk)
    return busy.town.cas


def more_captured_than_promised(busy: Busy) -> Account:
    tamper("UPDATE ledger_reservation SET captured = amount + 1 WHERE id = %s", busy.released.pk)
    return busy.town.ann


def a_capture_from_somebody_else(busy: Busy) -> Account:
    tamper("UPDATE ledger_reservation SET payer_id = %s WHERE id = %s", busy.town.ben.pk, busy.released.pk)
    return busy.town.ann


def a_capture_for_somebody_else(busy: Busy) -> Account:
    tamper("UPDATE ledger_reservation SET payee_id = %s WHERE id = %s", busy.town.ben.pk, busy.released.pk)
    return busy.town.cas


def a_capture_under_another_label(busy: Busy) -> Account:
    tamper("UPDATE ledger_reservation SET label = 'GIFT' WHERE id = %s", busy.released.pk)
    return busy.town.cas


FAULTS: dict[Plant, set[str]] = {
    a_reservation_let_go_without_a_word: {"reserved"},
    a_capture_forgotten: {"captured"},
    a_reservation_done_before_its_end: {"states of reservations"},
    a_capture_of_another_kind: {"captures"},
    a_tally_too_low: {"tallies"},
    a_tally_removed: {"tallies"},
    a_tally_of_nothing: {"tallies"},
    a_tally_in_another_month: {"tallies"},
    a_tally_of_another_currency: {"tallies"},
    a_reservation_in_another_coin: {"coins"},
    a_reservation_on_another_day: {"days"},
    a_reservation_in_no_coin: {"coins", "references"},
    a_tally_in_no_currency: {"references", "tallies"},
    a_capture_made_up: {"captured", "states of reservations"},
    more_captured_than_promised: {"captured", "states of reservations"},
    a_capture_from_somebody_else: {"captures"},
    a_capture_for_somebody_else: {"captures"},
    a_capture_under_another_label: {"captures"},
}
