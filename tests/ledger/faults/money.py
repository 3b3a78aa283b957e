"""Faults of fundings and bank lines. Each gives the account that has to be named."""

from __future__ import annotations

from ledger.models import Account
from tests.ledger.busy import Busy
from tests.ledger.faults.fault import Plant
from tests.ledger.tampering import tamper


def coins_from_nowhere(busy: Busy) -> Account:
    """Ann's funding was never received, says the bank; her coins are there."""
    tamper(
        "UPDATE ledger_funding SET state = 'ANNOUNCED', issued_id = NULL, received = NULL WHERE id = %s",
        busy.anns_funding.pk,
    )
    tamper("DELETE FROM ledger_bankentry WHERE id = %s", busy.anns_funding.issued_id)
    return busy.town.ann


def euros_out_without_a_bank_line(busy: Busy) -> Account:
    tamper("DELETE FROM ledger_bankentry WHERE id = %s", busy.redemption.pk)
    return busy.town.shop


def a_bank_line_without_its_funding(busy: Busy) -> Account:
    tamper(
        "UPDATE ledger_funding SET state = 'EXPIRED', issued_id = NULL, received = NULL WHERE id = %s",
        busy.anns_funding.pk,
    )
    return busy.town.ann


def more_received_than_issued(busy: Busy) -> Account:
    tamper("UPDATE ledger_funding SET received = received + 1 WHERE id = %s", busy.pots_funding.pk)
    return busy.town.pot


def a_funding_that_says_it_was_paid_back(busy: Busy) -> Account:
    tamper("UPDATE ledger_funding SET state = 'RETURNED' WHERE id = %s", busy.pots_funding.pk)
    return busy.town.pot


def two_bank_lines_exchanged(busy: Busy) -> Account:
    """The euros of one funding stand beside the coins of another."""
    one, other = busy.anns_funding.issued, busy.pots_funding.issued
    assert one
    assert other
    for leg, entry in ((-1, one), (one.euro_leg_id, other), (other.euro_leg_id, one)):
        tamper("UPDATE ledger_bankentry SET euro_leg_id = %s WHERE id = %s", leg, entry.pk)
    return busy.town.pot


def euros_of_a_redemption_called_a_chargeback(busy: Busy) -> Account:
    tamper("UPDATE ledger_transfer SET kind = 'CHARGEBACK' WHERE id = %s", busy.redemption.euro_leg_id)
    return busy.town.bank


def a_funding_in_another_coin(busy: Busy) -> Account:
    tamper(
        "UPDATE ledger_funding SET coin_id = %s WHERE id = %s", busy.neighbour.coin.pk, busy.pots_funding.pk
    )
    return busy.town.pot


def a_funding_announced_in_another_coin(busy: Busy) -> Account:
    tamper("UPDATE ledger_funding SET coin_id = %s WHERE id = %s", busy.neighbour.coin.pk, busy.announced.pk)
    return busy.town.pot


def a_funding_for_somebody_else(busy: Busy) -> Account:
    tamper("UPDATE ledger_funding SET payee_id = %s WHERE id = %s", busy.town.ben.pk, busy.pots_funding.pk)
    return busy.town.ben


def a_funding_received_before_it_came(busy: Busy) -> Account:
    tamper("UPDATE ledger_funding SET received = 1 WHERE id = %s", busy.announced.pk)
    return busy.town.pot


def a_funding_issued_before_it_came(busy: Busy) -> Account:
    tamper("UPDATE ledger_funding SET state = 'ISSUED' WHERE id = %s", busy.announced.pk)
    return busy.town.pot


def a_funding_that_lapsed_and_was_issued(busy: Busy) -> Account:
    tamper("UPDATE ledger_funding SET state = 'EXPIRED' WHERE id = %s", busy.anns_funding.pk)
    return busy.town.ann


def a_redemption_called_a_funding(busy: Busy) -> Account:
    tamper(
        "UPDATE ledger_funding SET state = 'ISSUED', received = 200, issued_id = %s WHERE id = %s",
        busy.redemption.pk,
        busy.announced.pk,
    )
    return busy.town.shop


def the_wrong_coins_paid_back(busy: Busy) -> Account:
    """The funding of the pot was returned, and the coins are said to be those that Ann got."""
    assert busy.returned.returned
    assert busy.anns_funding.issued
    tamper(
        "UPDATE ledger_transfer SET reverses_id = %s WHERE id = %s",
        busy.anns_funding.issued.coin_leg_id,
        busy.returned.returned.coin_leg_id,
    )
    return busy.town.pot


def the_wrong_euros_paid_back(busy: Busy) -> Account:
    assert busy.returned.returned
    assert busy.anns_funding.issued
    tamper(
        "UPDATE ledger_transfer SET reverses_id = %s WHERE id = %s",
        busy.anns_funding.issued.euro_leg_id,
        busy.returned.returned.euro_leg_id,
    )
    return busy.town.pot


FAULTS: dict[Plant, set[str]] = {
    coins_from_nowhere: {"issues and redemptions"},
    euros_out_without_a_bank_line: {"issues and redemptions"},
    a_bank_line_without_its_funding: {"owners of bank lines"},
    more_received_than_issued: {"fundings"},
    a_funding_that_says_it_was_paid_back: {"fundings", "states of fundings"},
    two_bank_lines_exchanged: {"bank lines"},
    euros_of_a_redemption_called_a_chargeback: {"bank lines", "mirrors"},
    a_funding_in_another_coin: {"coins", "fundings"},
    a_funding_announced_in_another_coin: {"coins"},
    a_funding_for_somebody_else: {"fundings"},
    a_funding_received_before_it_came: {"states of fundings"},
    a_funding_issued_before_it_came: {"fundings", "states of fundings"},
    a_funding_that_lapsed_and_was_issued: {"states of fundings"},
    a_redemption_called_a_funding: {"fundings", "owners of bank lines"},
    the_wrong_coins_paid_back: {"fundings", "mirrors"},
    the_wrong_euros_paid_back: {"fundings"},
}
