"""Attempts on transfers: to rewrite history, or to write what cannot have happened."""

from __future__ import annotations

from typing import Any

from ledger.models import Account, BankEntry, Transfer
from tests.factories.ledger import AT, key
from tests.ledger.attempts.attempt import Attempt, Attempts, change_all
from tests.ledger.busy import Busy
from tests.ledger.tampering import sql


def insert(**changes: Any) -> Attempt:
    """One more payment from Ann to Ben, right in all but what is changed."""

    def attempt(busy: Busy) -> object:
        ann, ben = (Account.objects.get(pk=one.pk) for one in (busy.town.ann, busy.town.ben))
        words = {
            "coin_id": ann.coin_id, "payer_id": ann.pk, "payee_id": ben.pk, "amount": 1, "kind": "PAYMENT",
            "payer_no": ann.last_no + 1, "payee_no": ben.last_no + 1, "payer_balance": ann.balance - 1,
            "payee_balance": ben.balance + 1, "key": key("one more"), "made_at": AT, "booked_on": AT.date(),
        }  # fmt: skip
        told = {name: value(busy) if callable(value) else value for name, value in changes.items()}
        return Transfer.objects.bulk_create([Transfer(**{**words, **told})])

    return attempt


def overwrite(busy: Busy) -> object:
    busy.payment.amount = 1
    return Transfer.objects.bulk_create(
        [busy.payment], update_conflicts=True, update_fields=["amount"], unique_fields=["id"]
    )


def book_a_bank_line(**changes: Any) -> Attempt:
    """One more line of the bank, for two transfers that have none."""

    def attempt(busy: Busy) -> object:
        words = {"reference": "new", "euro_leg_id": busy.payment.pk, "coin_leg_id": busy.last.pk}
        told = {name: value(busy) for name, value in changes.items()}
        return BankEntry.objects.bulk_create([BankEntry(**{**words, **told})])

    return attempt


ATTEMPTS: Attempts = {
    "change the amount of a transfer": (change_all("ledger_transfer", "amount = amount + 1"), "append-only"),
    "change the day of a transfer": (change_all("ledger_transfer", "booked_on = '2026-01-01'"), "append-only"),
    "change a transfer by its model": (
        lambda busy: Transfer.objects.filter(pk=busy.payment.pk).update(amount=1), "append-only",
    ),
    "overwrite a transfer": (overwrite, "append-only"),
    "delete a transfer": (lambda busy: sql("DELETE FROM ledger_transfer WHERE id = %s", busy.last.pk), "append-only"),
    "change a bank line": (change_all("ledger_bankentry", "reference = 'x'"), "append-only"),
    "exchange the coins of a bank line": (change_all("ledger_bankentry", "coin_leg_id = 1"), "append-only"),
    "delete a bank line": (lambda _busy: sql("DELETE FROM ledger_bankentry"), "append-only"),
    "pay nothing": (insert(amount=0), "ledger_transfer_amount"),
    "pay less than nothing": (insert(amount=-1), "ledger_transfer_amount"),
    "pay oneself": (insert(payee_id=lambda busy: busy.town.ann.pk), "ledger_transfer_two_accounts"),
    "reward without a label": (insert(kind="REWARD"), "ledger_transfer_labelled"),
    "charge back nothing": (insert(kind="CHARGEBACK"), "ledger_transfer_chargeback"),
    "undo by a payment": (insert(reverses_id=lambda busy: busy.last.pk), "ledger_transfer_chargeback"),
    "repeat the number of the payer": (
        insert(payer_no=lambda busy: busy.last.payer_no), r"ledger_transfer_payer_no|ledger_transfer.payer_id",
    ),
    "repeat the number of the payee": (
        insert(payee_no=lambda busy: busy.last.payee_no), r"ledger_transfer_payee_no|ledger_transfer.payee_id",
    ),
    "repeat a key": (insert(key=lambda busy: busy.last.key), r"ledger_transfer.key"),
    "book a bank line again": (
        book_a_bank_line(reference=lambda busy: busy.redemption.reference), r"ledger_bankentry.reference",
    ),
    "book euros for two bank lines": (
        book_a_bank_line(euro_leg_id=lambda busy: busy.redemption.euro_leg_id), r"ledger_bankentry.euro_leg",
    ),
    "book coins for two bank lines": (
        book_a_bank_line(coin_leg_id=lambda busy: busy.redemption.coin_leg_id), r"ledger_bankentry.coin_leg",
    ),
}  # fmt: skip
