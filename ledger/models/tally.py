"""Tallies: what a holder received per legal label and month. Caps are read from these, never counted up anew."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.kinds import Label
from ledger.models.coin import Coin


class Tally(models.Model):
    """What one holder received under one label in one month (minor units), over all coins of one currency.

    Kept in the same transaction as the transfer. A chargeback takes off what it undoes, in the month of what it undoes.
    """

    holder = models.ForeignKey(
        settings.LEDGER_HOLDER_MODEL,
        models.PROTECT,
        db_index=False,
        related_name="+",
        verbose_name=_("holder"),
    )
    currency = models.ForeignKey(
        Coin,
        models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name=_("currency"),
    )
    label = models.CharField(_("legal label"), max_length=20, choices=Label.choices)
    month = models.DateField(_("month"), help_text=_("Its first day."))
    amount = models.BigIntegerField(_("amount"))

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "currency", "label", "month"], name="ledger_tally_once"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="ledger_tally_amount"),
            models.CheckConstraint(condition=~Q(label=""), name="ledger_tally_labelled"),
            models.CheckConstraint(condition=Q(month__day=1), name="ledger_tally_month"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.month:%Y-%m} {self.amount}"
