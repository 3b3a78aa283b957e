"""Money in and out: what a funder announced, and each line of the bank that was booked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.kinds import FundingState
from ledger.models.account import Account
from ledger.models.coin import Coin
from ledger.models.transfer import Transfer
from ledger.states import FUNDING


class BankEntry(models.Model):
    """One line of a bank statement that was booked, under the bank's own number: once and never again."""

    reference = models.CharField(_("number at the bank"), max_length=80, unique=True)
    euro_leg = models.OneToOneField(
        Transfer,
        models.PROTECT,
        related_name="bank_entry",
        verbose_name=_("transfer in the national currency"),
    )
    coin_leg = models.OneToOneField(
        Transfer, models.PROTECT, related_name="+", verbose_name=_("transfer in coins")
    )

    class Meta:
        verbose_name = _("booked bank line")
        verbose_name_plural = _("booked bank lines")

    def __str__(self) -> str:
        return self.reference


class Funding(models.Model):
    """Money that a funder will pay, or paid, for coins (amounts in minor units).

    `reference` is what the funder writes with the payment. Coins come about when the money is there: `issued` then
    names the bank's line and with it both transfers, `received` says how much it was.
    """

    table = FUNDING

    coin = models.ForeignKey(Coin, models.PROTECT, related_name="fundings", verbose_name=_("coin"))
    funder = models.ForeignKey(
        settings.LEDGER_HOLDER_MODEL, models.PROTECT, related_name="fundings", verbose_name=_("funder")
    )
    payee = models.ForeignKey(
        Account, models.PROTECT, related_name="fundings", verbose_name=_("pot or account that gets the coins")
    )
    amount = models.BigIntegerField(_("amount announced"))
    received = models.BigIntegerField(_("amount received"), null=True, blank=True)
    purpose = models.CharField(_("purpose"), max_length=140, blank=True)
    reference = models.CharField(_("payment reference"), max_length=25, unique=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=FundingState.choices, default=FundingState.ANNOUNCED
    )
    announced_at = models.DateTimeField(_("announced at"))
    expires_on = models.DateField(_("expected until"))
    issued = models.OneToOneField(
        BankEntry, models.PROTECT, null=True, related_name="funding", verbose_name=_("received as")
    )
    returned = models.OneToOneField(
        BankEntry, models.PROTECT, null=True, related_name="+", verbose_name=_("paid back as")
    )
    key = models.UUIDField(_("key"), unique=True)

    class Meta:
        verbose_name = _("funding")
        verbose_name_plural = _("fundings")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_funding_amount"),
            models.CheckConstraint(
                condition=Q(received__isnull=True, issued__isnull=True)
                | Q(received__gt=0, issued__isnull=False),
                name="ledger_funding_received_is_issued",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[FundingState.ISSUED, FundingState.RETURNED], issued__isnull=False)
                | (~Q(state__in=[FundingState.ISSUED, FundingState.RETURNED]) & Q(issued__isnull=True)),
                name="ledger_funding_state",
            ),
            models.CheckConstraint(
                condition=Q(state=FundingState.RETURNED, returned__isnull=False)
                | (~Q(state=FundingState.RETURNED) & Q(returned__isnull=True)),
                name="ledger_funding_returned",
            ),
        ]
        indexes = [models.Index(fields=["state", "expires_on"], name="ledger_funding_state_day")]

    def __str__(self) -> str:
        return f"{self.reference} {self.state}"
