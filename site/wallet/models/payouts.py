"""Coins that become euros again: asked for, looked at by two persons, paid by the bank."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.states import StateTable
from people.validators import validate_iban
from wallet.models.treasury import LONGEST_NAME, Treasury
from wallet.states import PAYOUT, PayoutState


class PayoutVersion(models.TextChoices):
    """Which form of the file the bank takes (ISO 20022)."""

    V03 = "pain.001.001.03", "pain.001.001.03"
    V09 = "pain.001.001.09", "pain.001.001.09"


class PayoutRun(models.Model):
    """Payouts that go to the bank in one file. Its number is fixed before there is a file, and each file that is made
    of it is the same file: the bank refuses a number that it has seen."""

    treasury = models.ForeignKey(Treasury, models.PROTECT, related_name="runs", verbose_name=_("treasury"))
    message_id = models.CharField(_("number of the file"), max_length=35, unique=True, editable=False)
    version = models.CharField(_("form of the file"), max_length=20, choices=PayoutVersion.choices)
    execute_on = models.DateField(_("to be paid on"))
    made_by = models.ForeignKey("people.Party", models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"))
    sent_by = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sent by")
    )
    sent_at = models.DateTimeField(_("sent to the bank at"), null=True, blank=True)
    # What the file says of who pays, as it was when the run was made.
    payer_name = models.CharField(_("name of the account"), max_length=LONGEST_NAME)
    payer_iban = models.CharField(_("IBAN"), max_length=34)
    payer_bic = models.CharField(_("BIC"), max_length=11, blank=True)
    key = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = _("payout file")
        verbose_name_plural = _("payout files")

    def __str__(self) -> str:
        return self.message_id


class Payout(models.Model):
    """An amount (minor units) of coins that somebody asks euros for. The coins are reserved until the bank has paid.

    Name and IBAN are written down when it is asked for: what a bank pays is what was approved.
    """

    table: ClassVar[StateTable] = PAYOUT

    treasury = models.ForeignKey(Treasury, models.PROTECT, related_name="payouts", verbose_name=_("treasury"))
    account = models.ForeignKey(
        "ledger.Account", models.PROTECT, related_name="payouts", verbose_name=_("account")
    )
    payee = models.ForeignKey("people.Party", models.PROTECT, related_name="+", verbose_name=_("paid to"))
    amount = models.BigIntegerField(_("amount"))
    name = models.CharField(_("name of the account"), max_length=LONGEST_NAME)
    iban = models.CharField(_("IBAN"), max_length=34, validators=[validate_iban])
    end_to_end_id = models.CharField(_("reference"), max_length=35, unique=True, editable=False)
    reservation = models.OneToOneField(
        "ledger.Reservation", models.PROTECT, related_name="payout", verbose_name=_("reserved coins")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=PayoutState.choices, default=PayoutState.REQUESTED
    )
    is_monthly = models.BooleanField(_("asked for by itself"), default=False)
    requested_by = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, related_name="+", verbose_name=_("asked for by")
    )
    requested_at = models.DateTimeField(_("asked for at"))
    approved_by = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    run = models.ForeignKey(
        PayoutRun,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="payouts",
        verbose_name=_("payout file"),
    )
    key = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = _("payout")
        verbose_name_plural = _("payouts")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="wallet_payout_amount"),
            models.CheckConstraint(
                condition=Q(state__in=[PayoutState.REQUESTED, PayoutState.CANCELLED])
                | Q(approved_by__isnull=False),
                name="wallet_payout_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(requested_by__isnull=True)
                | Q(approved_by__isnull=True)
                | ~Q(requested_by=models.F("approved_by")),
                name="wallet_payout_not_approved_by_who_asked",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[PayoutState.EXPORTED, PayoutState.PAID, PayoutState.FAILED])
                & Q(run__isnull=False)
                | ~Q(state__in=[PayoutState.EXPORTED, PayoutState.PAID, PayoutState.FAILED])
                & Q(run__isnull=True),
                name="wallet_payout_exported_in_a_run",
            ),
        ]
        indexes = [models.Index(fields=["treasury", "state"], name="wallet_payout_state")]

    def __str__(self) -> str:
        return f"{self.end_to_end_id} {self.state}"


class MonthlyPayout(models.Model):
    """That an account is paid out by itself at the beginning of each month, all but what is kept (minor units)."""

    account = models.OneToOneField(
        "ledger.Account", models.PROTECT, related_name="monthly_payout", verbose_name=_("account")
    )
    keep = models.BigIntegerField(_("keep on the account"), default=0)
    set_by = models.ForeignKey("people.Party", models.PROTECT, related_name="+", verbose_name=_("set by"))
    set_at = models.DateTimeField(_("set at"))
    last_month = models.DateField(_("last month that it was asked for"), null=True, blank=True)

    class Meta:
        verbose_name = _("monthly payout")
        verbose_name_plural = _("monthly payouts")
        constraints = [models.CheckConstraint(condition=Q(keep__gte=0), name="wallet_monthlypayout_keep")]

    def __str__(self) -> str:
        return f"#{self.pk} of account {self.account_id}"
