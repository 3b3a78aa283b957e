"""The words of the ledger: kinds and states as they are stored. Everybody may import these."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AccountKind(models.TextChoices):
    """What an account is. HOLDER and POT are what people and organisations have; the others are the system's own."""

    HOLDER = "HOLDER", pgettext_lazy("of coins", "account")  # not the account that one signs in with
    POT = "POT", _("pot")
    ISSUE = "ISSUE", _("issued coins")  # below zero: what it owes is what is in circulation
    RESERVE = "RESERVE", _("reserve")
    BANK = "BANK", _("bank")  # the outside world, in the national currency
    CLEARING = "CLEARING", _("clearing with another neighbourhood")


class AccountState(models.TextChoices):
    OPEN = "OPEN", _("open")
    BLOCKED = "BLOCKED", _("blocked")
    CLOSED = "CLOSED", _("closed")


class TransferKind(models.TextChoices):
    ISSUE = "ISSUE", _("coins issued")
    REDEEM = "REDEEM", _("coins redeemed")
    REWARD = "REWARD", _("reward")
    PAYMENT = "PAYMENT", _("payment")
    SERVICE = "SERVICE", _("municipal service")
    DEBT = "DEBT", _("debt settled")
    CLEARING = "CLEARING", _("between neighbourhoods")
    LEVY = "LEVY", _("levy")
    CHARGEBACK = "CHARGEBACK", _("chargeback")
    OPENING = "OPENING", _("opening balance")


class Label(models.TextChoices):
    """What a transfer is in law. Caps are counted per label."""

    NONE = "", _("no label")
    VOLUNTEER_ALLOWANCE = "VOLUNTEER_ALLOWANCE", _("allowance for volunteers")
    EXPENSES = "EXPENSES", _("expenses repaid")
    GIFT = "GIFT", _("gift")
    BENEFIT_IN_KIND = "BENEFIT_IN_KIND", _("benefit in kind")
    WAGE = "WAGE", _("wage")
    SALE = "SALE", _("sale")


class ReservationState(models.TextChoices):
    OPEN = "OPEN", _("reserved")
    DONE = "DONE", _("paid")
    RELEASED = "RELEASED", _("released")
    EXPIRED = "EXPIRED", _("expired")


class FundingState(models.TextChoices):
    ANNOUNCED = "ANNOUNCED", _("announced")
    ISSUED = "ISSUED", _("received")
    RETURNED = "RETURNED", _("paid back")
    CANCELLED = "CANCELLED", _("cancelled")
    EXPIRED = "EXPIRED", _("expired")


# Accounts that people and organisations pay from and are paid on.
HELD = frozenset({AccountKind.HOLDER, AccountKind.POT})
# Without a floor: they owe what the others have.
BOTTOMLESS = frozenset({AccountKind.ISSUE, AccountKind.BANK})
# For which a coin bound to its area may go only to payees within it.
AREA_KINDS = frozenset({TransferKind.PAYMENT, TransferKind.SERVICE, TransferKind.DEBT})
# For which limits of money safety hold.
LIMITED_KINDS = frozenset(
    {
        TransferKind.REWARD,
        TransferKind.PAYMENT,
        TransferKind.SERVICE,
        TransferKind.DEBT,
        TransferKind.CLEARING,
    }
)
# What may not happen without saying what it is in law.
LABELLED_KINDS = frozenset({TransferKind.REWARD})
# What can be paid back. Coins come and go with euros by funding and redemption; nothing undoes a chargeback.
CAN_BE_PAID_BACK = frozenset(
    {TransferKind.REWARD, TransferKind.PAYMENT, TransferKind.SERVICE, TransferKind.DEBT, TransferKind.LEVY}
)
