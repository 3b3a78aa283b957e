"""The state machines of the wallet, as data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.states import StateTable


class RequestState(models.TextChoices):
    OPEN = "OPEN", _("open")
    PAID = "PAID", _("paid")
    DECLINED = "DECLINED", _("declined")
    CANCELLED = "CANCELLED", _("taken back")
    EXPIRED = "EXPIRED", _("expired")


class BankLineState(models.TextChoices):
    NEW = "NEW", _("to be worked off")
    MATCHED = "MATCHED", _("booked")
    IGNORED = "IGNORED", _("left aside")


class SecondLookState(models.TextChoices):
    PROPOSED = "PROPOSED", _("waits for a second person")
    APPROVED = "APPROVED", _("approved")
    REJECTED = "REJECTED", _("rejected")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")


class PayoutState(models.TextChoices):
    REQUESTED = "REQUESTED", _("asked for")
    APPROVED = "APPROVED", _("approved")
    EXPORTED = "EXPORTED", _("in a file for the bank")
    PAID = "PAID", _("paid")
    FAILED = "FAILED", _("failed, the coins came back")
    CANCELLED = "CANCELLED", _("cancelled")


PAYMENT_REQUEST = StateTable(
    name="payment_request",
    start=RequestState.OPEN,
    moves={
        (RequestState.OPEN, "pay"): RequestState.PAID,
        (RequestState.OPEN, "decline"): RequestState.DECLINED,
        (RequestState.OPEN, "cancel"): RequestState.CANCELLED,
        (RequestState.OPEN, "expire"): RequestState.EXPIRED,
    },
    ends=frozenset({RequestState.PAID, RequestState.DECLINED, RequestState.CANCELLED, RequestState.EXPIRED}),
)

BANK_LINE = StateTable(
    name="bank_line",
    start=BankLineState.NEW,
    moves={
        (BankLineState.NEW, "match"): BankLineState.MATCHED,
        (BankLineState.NEW, "ignore"): BankLineState.IGNORED,
    },
    ends=frozenset({BankLineState.MATCHED, BankLineState.IGNORED}),
)

# What one person proposes and another decides: a match by hand, a large chargeback.
SECOND_LOOK = StateTable(
    name="second_look",
    start=SecondLookState.PROPOSED,
    moves={
        (SecondLookState.PROPOSED, "approve"): SecondLookState.APPROVED,
        (SecondLookState.PROPOSED, "reject"): SecondLookState.REJECTED,
        (SecondLookState.PROPOSED, "withdraw"): SecondLookState.WITHDRAWN,
    },
    ends=frozenset({SecondLookState.APPROVED, SecondLookState.REJECTED, SecondLookState.WITHDRAWN}),
)

PAYOUT = StateTable(
    name="payout",
    start=PayoutState.REQUESTED,
    moves={
        (PayoutState.REQUESTED, "approve"): PayoutState.APPROVED,
        (PayoutState.APPROVED, "export"): PayoutState.EXPORTED,
        (PayoutState.EXPORTED, "pay"): PayoutState.PAID,
        (PayoutState.EXPORTED, "fail"): PayoutState.FAILED,
        (
            PayoutState.FAILED,
            "pay",
        ): PayoutState.PAID,  # somebody said it failed, and the bank paid it after all
        (PayoutState.REQUESTED, "cancel"): PayoutState.CANCELLED,
        (PayoutState.APPROVED, "cancel"): PayoutState.CANCELLED,
    },
    ends=frozenset({PayoutState.PAID, PayoutState.CANCELLED}),
    may_stay=frozenset({PayoutState.FAILED}),
)
