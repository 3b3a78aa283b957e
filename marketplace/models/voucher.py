from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.states import StateTable
from marketplace.models.order import Order
from marketplace.states import VOUCHER, VoucherState


class Voucher(models.Model):
    """Something bought ahead: a code that the seller scans or types in, once or in parts.

    The coins stay reserved on the buyer's account and go to the seller with each use; what is left when it lapses
    comes back by itself. `code` is read aloud and typed (`marketplace.codes`); a link with it stands in the QR code.
    """

    table: ClassVar[StateTable] = VOUCHER

    order = models.OneToOneField(Order, models.PROTECT, related_name="voucher", verbose_name=_("order"))
    code = models.CharField(_("code"), max_length=12, unique=True, editable=False)
    uses = models.PositiveIntegerField(_("times that it can be used"))
    used = models.PositiveIntegerField(_("times that it was used"), default=0)
    expires_on = models.DateField(_("last day"))
    made_at = models.DateTimeField(_("made at"))
    state = models.CharField(
        _("state"), max_length=11, choices=VoucherState.choices, default=VoucherState.ISSUED
    )

    class Meta:
        verbose_name = _("voucher")
        verbose_name_plural = _("vouchers")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(uses__gte=1, used__lte=models.F("uses")),
                name="marketplace_voucher_used_at_most_up",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=VoucherState.USED) | models.Q(used=models.F("uses")),
                name="marketplace_voucher_used_is_used_up",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=VoucherState.ISSUED) | models.Q(used=0),
                name="marketplace_voucher_issued_is_unused",
            ),
        ]
        indexes = [models.Index(fields=["state", "expires_on"], name="marketplace_voucher_expiry")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.used}/{self.uses}"

    @property
    def left(self) -> int:
        """How many times it can still be used, were it valid."""
        return self.uses - self.used


class VoucherUse(models.Model):
    """That a voucher was used: how many times at once, and what the seller received for it in minor units."""

    voucher = models.ForeignKey(Voucher, models.PROTECT, related_name="all_uses", verbose_name=_("voucher"))
    uses = models.PositiveIntegerField(_("times"))
    amount = models.BigIntegerField(_("amount"))
    # Empty when the turn was worth nothing in whole minor units.
    transfer = models.OneToOneField(
        "ledger.Transfer", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("payment")
    )
    used_by = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="vouchers_taken", verbose_name=_("taken by")
    )
    used_at = models.DateTimeField(_("at"))
    key = models.UUIDField(unique=True, editable=False)  # the form's key: sent twice, used once

    class Meta:
        verbose_name = _("use of a voucher")
        verbose_name_plural = _("uses of vouchers")
        ordering = ["used_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(uses__gte=1, amount__gte=0), name="marketplace_use_of_something"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.uses} of {self.voucher_id}"
