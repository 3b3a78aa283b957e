"""Limits for the safety of money: how much a kind of holder may pay at once, in a day, in a month."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.models.coin import Coin


class LimitRule(models.Model):
    """The limits (minor units; empty is none) of one kind of holder in one coin, for a time.

    Of several for one day the one that was said last holds. Rows are added and never changed.
    """

    coin = models.ForeignKey(
        Coin, models.PROTECT, db_index=False, related_name="limits", verbose_name=_("coin")
    )
    holder_kind = models.CharField(_("kind of holder"), max_length=20)
    per_payment = models.BigIntegerField(_("at once"), null=True, blank=True)
    per_day = models.BigIntegerField(_("in a day"), null=True, blank=True)
    per_month = models.BigIntegerField(_("in a month"), null=True, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("limit")
        verbose_name_plural = _("limits")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="ledger_limitrule_days",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0}),
                    name=f"ledger_limitrule_{name}",
                )
                for name in ("per_payment", "per_day", "per_month")
            ),
        ]

        indexes = [models.Index(fields=["coin", "holder_kind"], name="ledger_limitrule_kind")]

    def __str__(self) -> str:
        return f"{self.coin_id} {self.holder_kind} {self.from_on}"
