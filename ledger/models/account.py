"""Accounts: who has how much of which coin."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.address import ADDRESS_LENGTH, in_groups
from ledger.kinds import AccountKind, AccountState
from ledger.models.coin import Coin
from ledger.states import ACCOUNT


class Account(models.Model):
    """An account in one coin. Amounts are minor units; `balance − reserved` is what is available.

    What a transfer needs to know stands in this one row, so that a payment locks two rows and asks nothing else. The
    ledger knows of its holder only that it has a `display_name`; `holder_kind` and `in_area` are told when opening.
    """

    table = ACCOUNT

    coin = models.ForeignKey(Coin, models.PROTECT, related_name="accounts", verbose_name=_("coin"))
    kind = models.CharField(_("kind"), max_length=10, choices=AccountKind.choices)
    holder = models.ForeignKey(
        settings.LEDGER_HOLDER_MODEL, models.PROTECT, related_name="accounts", verbose_name=_("holder")
    )
    holder_kind = models.CharField(_("kind of holder"), max_length=20)
    label = models.CharField(_("name"), max_length=80, blank=True)
    address = models.CharField(_("address"), max_length=ADDRESS_LENGTH, unique=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=AccountState.choices, default=AccountState.OPEN
    )

    balance = models.BigIntegerField(_("balance"), default=0)
    reserved = models.BigIntegerField(_("reserved"), default=0)
    floor = models.BigIntegerField(
        _("floor"), null=True, blank=True, default=0, help_text=_("Empty for what may owe without end.")
    )
    ceiling = models.BigIntegerField(_("ceiling"), null=True, blank=True)
    last_no = models.BigIntegerField(_("last number"), default=0)
    # What was paid or promised on the last day that something was, and in its month: limits are read from these.
    spent_on = models.DateField(_("last spent on"), null=True, blank=True)
    spent_day = models.BigIntegerField(_("spent that day"), default=0)
    spent_month = models.BigIntegerField(_("spent that month"), default=0)

    in_area = models.BooleanField(_("within the area"), default=True)
    may_redeem = models.BooleanField(_("may redeem coins"), default=False)
    backs = models.ForeignKey(
        Coin,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reserves",
        verbose_name=_("covers"),
        help_text=_("The coin that this reserve covers."),
    )
    funder = models.ForeignKey(
        settings.LEDGER_HOLDER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("funder"),
    )
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    key = models.UUIDField(_("key"), unique=True, editable=False)
    opened_at = models.DateTimeField(_("opened at"))

    class Meta:
        verbose_name = pgettext_lazy("of coins", "account")
        verbose_name_plural = _("accounts")
        # What fits the kind of an account is asked by triggers, when one of those columns is written and not at each
        # payment (core.conditions, in the migration): PostgreSQL reads a check anew for each statement, and seven more
        # of them would cost as much as the payment itself. An empty floor lets everything pass.
        constraints = [
            models.CheckConstraint(condition=Q(reserved__gte=0), name="ledger_account_reserved"),
            models.CheckConstraint(
                condition=Q(balance__gte=F("floor") + F("reserved")), name="ledger_account_floor"
            ),
            models.UniqueConstraint(
                fields=["coin"], condition=Q(kind=AccountKind.ISSUE), name="ledger_account_issue_once"
            ),
            models.UniqueConstraint(fields=["backs"], name="ledger_account_reserve_once"),
            models.UniqueConstraint(
                fields=["coin", "holder"],
                condition=Q(kind=AccountKind.BANK),
                name="ledger_account_bank_once",
            ),
        ]

        indexes = [
            models.Index(fields=["coin"], condition=Q(kind=AccountKind.POT), name="ledger_account_pots")
        ]

    def __str__(self) -> str:
        return f"{in_groups(self.address)} {self.label}".strip()

    @property
    def beneficiary_id(self) -> int:
        """Who gets the euros when its coins are redeemed: of a pot its funder, otherwise its holder."""
        return self.funder_id if self.kind == AccountKind.POT and self.funder_id else self.holder_id

    @property
    def available(self) -> int:
        """What can be spent, in minor units: the balance without what is reserved."""
        return self.balance - self.reserved
