"""Reservations: coins set apart for somebody, to be captured later or to come free again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.kinds import Label, ReservationState, TransferKind
from ledger.models.account import Account
from ledger.models.coin import Coin
from ledger.states import RESERVATION


class Reservation(models.Model):
    """An amount (minor units) that the payer cannot spend otherwise, until it is captured, released or expired.

    `captured` is what the payee got of it so far. While it is OPEN, `amount − captured` is part of the payer's
    `reserved`. What it will be booked as (`kind`, `label`) is fixed when reserving, because that is when it is judged.
    """

    table = RESERVATION

    coin = models.ForeignKey(Coin, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    payer = models.ForeignKey(
        Account, models.PROTECT, db_index=False, related_name="reservations", verbose_name=_("payer")
    )
    payee = models.ForeignKey(
        Account, models.PROTECT, db_index=False, related_name="promises", verbose_name=_("payee")
    )
    amount = models.BigIntegerField(_("amount"))
    captured = models.BigIntegerField(_("captured"), default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=TransferKind.choices)
    label = models.CharField(_("legal label"), max_length=20, choices=Label.choices, blank=True, default="")
    state = models.CharField(
        _("state"), max_length=10, choices=ReservationState.choices, default=ReservationState.OPEN
    )
    key = models.UUIDField(_("key"), unique=True)
    closing_key = models.UUIDField(_("key of its release"), null=True, blank=True)
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
    expires_at = models.DateTimeField(_("expires at"))

    class Meta:
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_reservation_amount"),
            models.CheckConstraint(
                condition=Q(captured__gte=0, captured__lte=F("amount")), name="ledger_reservation_captured"
            ),
            models.CheckConstraint(condition=~Q(payer=F("payee")), name="ledger_reservation_two_accounts"),
            models.CheckConstraint(
                condition=~Q(state=ReservationState.DONE) | Q(captured=F("amount")),
                name="ledger_reservation_done_is_captured",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReservationState.OPEN) | Q(captured__lt=F("amount")),
                name="ledger_reservation_open_has_left",
            ),
            models.CheckConstraint(
                condition=~Q(kind=TransferKind.REWARD, label=""),
                name="ledger_reservation_labelled",
            ),
        ]
        indexes = [
            models.Index(fields=["payer", "booked_on"], name="ledger_reservation_payer_day"),
            models.Index(fields=["payee", "state"], name="ledger_reservation_payee"),
            models.Index(
                fields=["payer"], condition=Q(state=ReservationState.OPEN), name="ledger_reservation_open"
            ),
            models.Index(
                fields=["expires_at"],
                condition=Q(state=ReservationState.OPEN),
                name="ledger_reservation_expiry",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state} {self.captured}/{self.amount}"

    @property
    def left(self) -> int:
        """What is still reserved, in minor units."""
        return self.amount - self.captured if self.state == ReservationState.OPEN else 0
