"""Asking for coins: of somebody, or at a till of whoever stands there."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.states import StateTable
from wallet.states import PAYMENT_REQUEST, RequestState

LONGEST_TEXT = 140


class Till(models.Model):
    """A till of an organisation: several people may stand at one, and an organisation may have several."""

    account = models.ForeignKey(
        "ledger.Account", models.PROTECT, related_name="tills", verbose_name=_("account")
    )
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=40)
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="+", verbose_name=_("opened by")
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    key = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = _("till")
        verbose_name_plural = _("tills")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "name"],
                condition=Q(closed_at__isnull=True),
                name="wallet_till_name_once",
                violation_error_message=_("There is already a till with this name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PaymentRequest(models.Model):
    """Somebody asks for an amount (minor units). Without a payer it is for whoever opens it: a code on a till.

    Paid once: `transfer` is the payment, and the database knows no paid request without one.
    """

    table: ClassVar[StateTable] = PAYMENT_REQUEST

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    payee = models.ForeignKey(
        "ledger.Account", models.PROTECT, related_name="asked_by_it", verbose_name=_("payee")
    )
    payer = models.ForeignKey(
        "ledger.Account",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="asked_of_it",
        verbose_name=_("payer"),
    )
    till = models.ForeignKey(
        Till, models.PROTECT, null=True, blank=True, related_name="requests", verbose_name=_("till")
    )
    amount = models.BigIntegerField(_("amount"))
    text = models.CharField(_("what for"), max_length=LONGEST_TEXT, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=RequestState.choices, default=RequestState.OPEN
    )
    asked_by = models.ForeignKey("people.Party", models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))
    expires_at = models.DateTimeField(_("expires at"))
    key = models.UUIDField(unique=True, editable=False)
    transfer = models.OneToOneField(
        "ledger.Transfer",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="payment_request",
        verbose_name=_("payment"),
    )

    class Meta:
        verbose_name = _("payment request")
        verbose_name_plural = _("payment requests")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="wallet_request_amount"),
            models.CheckConstraint(
                condition=Q(payer__isnull=True) | ~Q(payer=F("payee")), name="wallet_request_two_accounts"
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.PAID, transfer__isnull=False)
                | (~Q(state=RequestState.PAID) & Q(transfer__isnull=True)),
                name="wallet_request_paid_has_transfer",
            ),
            models.CheckConstraint(
                condition=Q(till__isnull=True) | Q(payer__isnull=True),
                name="wallet_request_till_asks_anybody",
            ),
        ]
        indexes = [
            models.Index(fields=["till", "-asked_at"], name="wallet_request_till"),
            models.Index(fields=["expires_at"], condition=Q(state="OPEN"), name="wallet_request_open"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"
