"""What the bank says: the files that were uploaded, and each of their lines once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.states import StateTable
from wallet.models.payouts import Payout
from wallet.models.treasury import Treasury
from wallet.states import BANK_LINE, BankLineState


class BankFormat(models.TextChoices):
    CAMT053 = "CAMT053", "CAMT.053"
    MT940 = "MT940", "MT940"


class BankStatement(models.Model):
    """A bank statement as somebody uploaded it. The file itself is not kept: its lines are."""

    treasury = models.ForeignKey(
        Treasury, models.PROTECT, related_name="statements", verbose_name=_("treasury")
    )
    name = models.CharField(_("name of the file"), max_length=120)
    format = models.CharField(_("format"), max_length=10, choices=BankFormat.choices)
    digest = models.CharField(
        max_length=64, editable=False
    )  # SHA-256 of the file: sent again, it is found again
    uploaded_by = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))
    new_lines = models.PositiveIntegerField(_("new lines"), default=0)
    known_lines = models.PositiveIntegerField(_("lines that were here already"), default=0)

    class Meta:
        verbose_name = _("bank statement")
        verbose_name_plural = _("bank statements")
        constraints = [models.UniqueConstraint(fields=["treasury", "digest"], name="wallet_statement_once")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class StatementProblem(models.Model):
    """A line of a file that could not be taken in, and why. `no` is its place in the file, from 1."""

    statement = models.ForeignKey(BankStatement, models.CASCADE, related_name="problems")
    no = models.PositiveIntegerField(_("line"))
    code = models.CharField(_("code"), max_length=40)
    detail = models.CharField(_("detail"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("problem of a bank statement")
        verbose_name_plural = _("problems of bank statements")
        ordering = ["no"]

    def __str__(self) -> str:
        return f"#{self.pk} line {self.no}: {self.code}"


class BankLine(models.Model):
    """One line of the bank: what came in (above nought) or went out, in euro cents, under the bank's own number.

    The same number on the same account is the same line, in whichever file it stands. What it was booked as is known
    by what points at it: a funding that it issued or returned, a payout that it closed.
    """

    table: ClassVar[StateTable] = BANK_LINE

    treasury = models.ForeignKey(Treasury, models.PROTECT, related_name="lines", verbose_name=_("treasury"))
    statement = models.ForeignKey(
        BankStatement, models.PROTECT, related_name="lines", verbose_name=_("bank statement")
    )
    no = models.PositiveIntegerField(_("line"))
    bank_id = models.CharField(_("number at the bank"), max_length=60)
    booked_on = models.DateField(_("day"))
    amount = models.BigIntegerField(_("amount"))
    name = models.CharField(_("other side"), max_length=140, blank=True)
    iban = models.CharField(_("IBAN of the other side"), max_length=34, blank=True)
    text = models.CharField(_("description"), max_length=500, blank=True)
    end_to_end_id = models.CharField(_("reference of the payment order"), max_length=35, blank=True)
    is_return = models.BooleanField(_("comes back"), default=False)

    state = models.CharField(
        _("state"), max_length=10, choices=BankLineState.choices, default=BankLineState.NEW
    )
    funding = models.ForeignKey(
        "ledger.Funding",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bank_lines",
        verbose_name=_("funding"),
    )
    payout = models.ForeignKey(
        Payout, models.PROTECT, null=True, blank=True, related_name="bank_lines", verbose_name=_("payout")
    )
    settled_by = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    class Meta:
        verbose_name = _("bank line")
        verbose_name_plural = _("bank lines")
        constraints = [
            models.UniqueConstraint(fields=["treasury", "bank_id"], name="wallet_bankline_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="wallet_bankline_amount"),
            models.CheckConstraint(
                condition=Q(state=BankLineState.MATCHED)
                & (Q(funding__isnull=False) | Q(payout__isnull=False))
                | ~Q(state=BankLineState.MATCHED) & Q(funding__isnull=True, payout__isnull=True),
                name="wallet_bankline_matched_to_something",
            ),
        ]
        indexes = [models.Index(fields=["treasury", "state"], name="wallet_bankline_state")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"

    @property
    def ledger_reference(self) -> str:
        """The number under which the ledger books this line: the bank's own is unique on its account only."""
        return f"{self.treasury.iban}:{self.bank_id}"
