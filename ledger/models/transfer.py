"""Transfers: one row, two accounts. Written once, never changed, never removed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.kinds import Label, TransferKind
from ledger.models.account import Account
from ledger.models.coin import Coin
from ledger.models.reservation import Reservation


class Transfer(models.Model):
    """An amount (minor units, above nought) that went from payer to payee.

    `payer_no` and `payee_no` number the transfers of each account without gaps, in the order of booking;
    `payer_balance` and `payee_balance` are the balances right after. `booked_on` is the local day of `made_at`.
    """

    # Without a check by the database: each payment would put its mark on the one row of the coin, or of a busy till,
    # and payments would wait for one another there. The accounts carry the coin; check_ledger asks for both.
    coin = models.ForeignKey(
        Coin, models.PROTECT, db_constraint=False, db_index=False, related_name="+", verbose_name=_("coin")
    )
    payer = models.ForeignKey(
        Account, models.PROTECT, db_index=False, related_name="paid", verbose_name=_("payer")
    )
    payee = models.ForeignKey(
        Account, models.PROTECT, db_index=False, related_name="received", verbose_name=_("payee")
    )
    amount = models.BigIntegerField(_("amount"))
    kind = models.CharField(_("kind"), max_length=10, choices=TransferKind.choices)
    label = models.CharField(_("legal label"), max_length=20, choices=Label.choices, blank=True, default="")
    payer_no = models.BigIntegerField(_("payer's number"))
    payee_no = models.BigIntegerField(_("payee's number"))
    payer_balance = models.BigIntegerField(_("payer's balance after it"))
    payee_balance = models.BigIntegerField(_("payee's balance after it"))
    key = models.UUIDField(_("key"), unique=True)
    reverses = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="chargebacks",
        verbose_name=_("undoes"),
    )
    reservation = models.ForeignKey(
        Reservation,
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="captures",
        verbose_name=_("out of"),
    )
    acted_by = models.ForeignKey(
        settings.LEDGER_HOLDER_MODEL,
        models.PROTECT,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name=_("acting person"),
    )
    made_at = models.DateTimeField(_("moment"))
    booked_on = models.DateField(_("day"))

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_transfer_amount"),
            models.CheckConstraint(condition=~Q(payer=F("payee")), name="ledger_transfer_two_accounts"),
            models.CheckConstraint(
                condition=Q(kind=TransferKind.CHARGEBACK, reverses__isnull=False)
                | (~Q(kind=TransferKind.CHARGEBACK) & Q(reverses__isnull=True)),
                name="ledger_transfer_chargeback",
            ),
            models.CheckConstraint(
                condition=~Q(kind=TransferKind.REWARD, label=""), name="ledger_transfer_labelled"
            ),
            models.UniqueConstraint(fields=["payer", "payer_no"], name="ledger_transfer_payer_no"),
            models.UniqueConstraint(fields=["payee", "payee_no"], name="ledger_transfer_payee_no"),
        ]
        indexes = [
            models.Index(fields=["payer", "booked_on", "payer_no"], name="ledger_transfer_payer_day"),
            models.Index(fields=["payee", "booked_on", "payee_no"], name="ledger_transfer_payee_day"),
            models.Index(
                fields=["reverses"], condition=Q(reverses__isnull=False), name="ledger_transfer_reverses"
            ),
            models.Index(
                fields=["reservation"],
                condition=Q(reservation__isnull=False),
                name="ledger_transfer_reserved",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind} {self.amount}"


class TransferNote(models.Model):
    """The words that a payer added. Kept apart, because words may name people: this row can be erased."""

    transfer = models.OneToOneField(
        Transfer, models.PROTECT, primary_key=True, related_name="note", verbose_name=_("transfer")
    )
    text = models.CharField(_("note"), max_length=140)

    class Meta:
        verbose_name = _("note with a transfer")
        verbose_name_plural = _("notes with transfers")

    def __str__(self) -> str:
        return f"#{self.pk}"
