"""What one person proposes and another decides."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.states import StateTable
from wallet.models.bank import BankLine
from wallet.models.payouts import Payout
from wallet.models.treasury import Treasury
from wallet.states import SECOND_LOOK, SecondLookState

LONGEST_REASON = 300


class SecondLook(models.Model):
    """A proposal of one person at the finance desk that another approves or rejects."""

    table: ClassVar[StateTable] = SECOND_LOOK

    treasury = models.ForeignKey(Treasury, models.PROTECT, related_name="+", verbose_name=_("treasury"))
    state = models.CharField(
        _("state"), max_length=10, choices=SecondLookState.choices, default=SecondLookState.PROPOSED
    )
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON)
    proposed_by = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    decided_by = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    key = models.UUIDField(unique=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"


class HandMatch(SecondLook):
    """That a line of the bank belongs to this funding or to this payout, though it does not say so itself."""

    line = models.ForeignKey(
        BankLine, models.PROTECT, related_name="hand_matches", verbose_name=_("bank line")
    )
    funding = models.ForeignKey(
        "ledger.Funding", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("funding")
    )
    payout = models.ForeignKey(
        Payout, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("payout")
    )

    class Meta:
        verbose_name = _("match by hand")
        verbose_name_plural = _("matches by hand")
        constraints = [
            models.CheckConstraint(
                condition=Q(funding__isnull=True) ^ Q(payout__isnull=True), name="wallet_handmatch_one_thing"
            ),
            models.UniqueConstraint(
                fields=["line"],
                condition=Q(state=SecondLookState.PROPOSED),
                name="wallet_handmatch_one_at_a_time",
                violation_error_message=_("A match of this line is waiting already."),
            ),
            models.CheckConstraint(
                condition=~Q(state=SecondLookState.APPROVED)
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by")),
                name="wallet_handmatch_two_persons",
            ),
        ]


class ChargebackCase(SecondLook):
    """That a payment is undone, whole or in part (minor units). Small ones one person undoes alone."""

    transfer = models.ForeignKey(
        "ledger.Transfer", models.PROTECT, related_name="chargeback_cases", verbose_name=_("payment")
    )
    amount = models.BigIntegerField(_("amount"))
    booked = models.OneToOneField(
        "ledger.Transfer",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("booked as"),
    )

    class Meta:
        verbose_name = _("chargeback")
        verbose_name_plural = _("chargebacks")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="wallet_chargebackcase_amount"),
            models.CheckConstraint(
                condition=Q(state=SecondLookState.APPROVED, booked__isnull=False)
                | ~Q(state=SecondLookState.APPROVED) & Q(booked__isnull=True),
                name="wallet_chargebackcase_approved_is_booked",
            ),
        ]
