"""What is kept about persons in this app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.privacy import Kept, OnErasure, keeps
from ledger.privacy import BOOKS_STAY

WHO_DID_IT = _(
    "What somebody did for a neighbourhood or an organisation must be checked later. Your name goes."
)


def register_all() -> None:
    """Called when the app is ready."""
    keeps(
        Kept(
            model="wallet.PaymentRequest", paths=("payee__holder", "payer__holder", "asked_by"),
            what=_("Payments that you asked for, or that were asked of you"),
            why=_("So that you can pay them, and see what came of them."), on_erasure=OnErasure.EMPTY,
            empty=(("text", ""),), stays=BOOKS_STAY, secret=("key",),
        ),
        Kept(
            model="wallet.Till", paths=("opened_by", "account__holder"), what=_("Tills that you opened"),
            why=_("To know who takes payments for an organisation."), on_erasure=OnErasure.KEEP, stays=WHO_DID_IT,
            secret=("key",),
        ),
        Kept(
            model="wallet.Payout", paths=("account__holder", "payee", "requested_by", "approved_by"),
            what=_("Payouts in euros that you asked for or approved"),
            why=_("To pay out coins in euros, to whom they belong."), on_erasure=OnErasure.KEEP, stays=BOOKS_STAY,
            secret=("key",),
        ),
        Kept(
            model="wallet.PayoutRun", paths=("made_by", "sent_by"), what=_("Files for the bank that you made or sent"),
            why=_("To know who had money paid out."), on_erasure=OnErasure.KEEP, stays=WHO_DID_IT, secret=("key",),
        ),
        Kept(
            model="wallet.MonthlyPayout", paths=("set_by", "account__holder"),
            what=_("Payouts that are asked for by themselves"), why=_("To pay out coins each month."),
            on_erasure=OnErasure.KEEP, stays=WHO_DID_IT,
        ),
        Kept(
            model="wallet.BankStatement", paths=("uploaded_by",), what=_("Bank statements that you uploaded"),
            why=_("To know who brought in which line of the bank."), on_erasure=OnErasure.KEEP, stays=WHO_DID_IT,
            secret=("digest",),
        ),
        Kept(
            model="wallet.BankLine", paths=("settled_by", "funding__funder", "payout__payee"),
            what=_("Lines of the bank that you worked off, or that belong to you"),
            why=_("So that a payment at the bank is booked once."), on_erasure=OnErasure.KEEP, stays=BOOKS_STAY,
        ),
        Kept(
            model="wallet.HandMatch",
            paths=("proposed_by", "decided_by", "funding__funder", "funding__payee__holder", "payout__payee"),
            what=_("Lines of the bank that were matched by hand, and why"), why=_("To know who decided about money."),
            on_erasure=OnErasure.EMPTY, empty=(("reason", ""),), stays=BOOKS_STAY, secret=("key",),
        ),
        Kept(
            model="wallet.ChargebackCase",
            paths=("proposed_by", "decided_by", "transfer__payer__holder", "transfer__payee__holder"),
            what=_("Payments that were undone, and why"), why=_("To know who decided about money."),
            on_erasure=OnErasure.EMPTY, empty=(("reason", ""),), stays=BOOKS_STAY, secret=("key",),
        ),
    )  # fmt: skip
