"""What is kept about persons in this app, and what must be done with coins before somebody can be forgotten."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.clock import day_of
from core.privacy import Kept, OnErasure, Subject, before_erasure, keeps
from core.refusals import Refusal
from ledger.kinds import AccountState, FundingState
from ledger.models import Account, Funding
from ledger.operations.accounts import close_account, unblock_account
from ledger.operations.funding import cancel_funding
from ledger.refusals import AccountNotEmpty

# Article 2:10 paragraph 3 of the Dutch Civil Code and article 52 paragraph 4 of the General State Taxes Act (AWR).
BOOKS_STAY = _(
    "The law says that bookings are kept for seven years (article 2:10 of the Civil Code, article 52 of the General "
    "State Taxes Act). They stay under a number. Your name goes."
)
# Not in a download: the other's balance and running number, which stand in the same row, and the keys.
OF_A_TRANSFER = (
    "id", "coin", "payer", "payee", "amount", "kind", "label", "reverses", "reservation", "made_at", "booked_on",
)  # fmt: skip
OF_A_RESERVATION = (
    "id", "coin", "payer", "payee", "amount", "captured", "kind", "label", "state", "made_at", "booked_on",
    "expires_at",
)  # fmt: skip


class CoinsLeft(Refusal):
    """Somebody who wants to be forgotten still has coins, or coins are set apart on their account or for them."""

    code = "coins_left"
    sentence = _(
        "There are still coins here, or coins are reserved. First spend them, give them back or have them paid out. "
        "Does that not work? Ask at the neighbourhood desk."
    )


@before_erasure
def close_accounts(party: models.Model, at: datetime) -> None:
    """Whoever is erased has no accounts any more, and nobody expects money of them or for them.

    Coins are worth money: they are never made to vanish with a name. So the accounts must be empty first. A blocked
    one is closed too: it was blocked for the sake of its coins, and there are none.

    :raises CoinsLeft: while there are coins, reserved coins, or coins promised to it.
    """
    actor = Actor.system()  # the line of the erasure itself says who asked for it
    if _is_to_get_coins_back(party, at):
        raise CoinsLeft
    # Fundings first: whoever receives one locks it before the account.
    theirs = Q(funder_id=party.pk) | Q(payee__holder_id=party.pk)
    for funding in Funding.objects.filter(theirs, state=FundingState.ANNOUNCED).order_by("pk"):
        cancel_funding(funding=funding, actor=actor, at=at)
    accounts = Account.objects.filter(holder_id=party.pk).exclude(state=AccountState.CLOSED)
    for account in accounts.order_by("pk"):
        if account.state == AccountState.BLOCKED:
            unblock_account(account=account, actor=actor, at=at)
        try:
            close_account(account=account, actor=actor, at=at)
        except AccountNotEmpty as error:
            raise CoinsLeft from error


def _is_to_get_coins_back(party: models.Model, at: datetime) -> bool:
    """Whether a pot that they paid for has ended with something in it: that is theirs to be paid out."""
    return Account.objects.filter(funder_id=party.pk, ends_on__lt=day_of(at), balance__gt=0).exists()


def forget_names_of_accounts(subject: Subject) -> None:
    """What somebody called their accounts. The name of a pot that they only paid for is another's."""
    Account.objects.filter(holder_id=subject.party.pk).exclude(label="").update(label="")


def register_all() -> None:
    """Called when the app is ready."""
    keeps(
        Kept(
            model="ledger.Account", paths=("holder", "funder"), also=forget_names_of_accounts,
            what=_("Your accounts, and pots that you paid for"), why=_("To know how many coins you have."),
            on_erasure=OnErasure.KEEP, stays=BOOKS_STAY, secret=("key",),
        ),
        Kept(
            model="ledger.Transfer", paths=("payer__holder", "payee__holder", "acted_by"),
            what=_("What you paid and what you were paid"),
            why=_("So that your balance is right, and can be checked."), on_erasure=OnErasure.KEEP,
            stays=BOOKS_STAY, export=OF_A_TRANSFER,
        ),
        Kept(
            model="ledger.LogLeaf", paths=("transfer__payer__holder", "transfer__payee__holder"),
            what=_("That your bookings are in the sealed log"), why=_("So that nobody can change them afterwards."),
            on_erasure=OnErasure.EMPTY, empty=(("salt", None),), secret=("salt", "hash"), shown=False,
            stays=_("The log must stay whole. What links it to you is removed."),
        ),
        Kept(
            model="ledger.TransferNote", paths=("transfer__payer__holder",),
            what=_("What you wrote with a payment"), why=_("So that you and the receiver know what it was for."),
            on_erasure=OnErasure.DELETE,
        ),
        Kept(
            model="ledger.Reservation", paths=("payer__holder", "payee__holder", "acted_by"),
            what=_("Coins that were reserved, by you or for you"), why=_("So that what was promised can be paid."),
            on_erasure=OnErasure.KEEP, stays=BOOKS_STAY, export=OF_A_RESERVATION,
        ),
        Kept(
            model="ledger.Tally", paths=("holder",), what=_("What you received in a month, and as what in law"),
            why=_("To know how much you may still receive, for instance as an allowance for volunteers."),
            on_erasure=OnErasure.KEEP, stays=BOOKS_STAY,
        ),
        Kept(
            model="ledger.Funding", paths=("funder", "payee__holder"),
            what=_("Euros that you paid in for coins, or that were paid in for you"),
            why=_("To know whose euros stand behind the coins."), on_erasure=OnErasure.EMPTY, stays=BOOKS_STAY,
            empty=(("purpose", ""),), secret=("key",),
        ),
        Kept(
            model="ledger.BankEntry",
            paths=("coin_leg__payer__holder", "coin_leg__payee__holder", "funding__funder"),
            what=_("Lines of the bank that belong to your coins"),
            why=_("So that a payment at the bank is booked once."), on_erasure=OnErasure.KEEP, stays=BOOKS_STAY,
        ),
    )  # fmt: skip
