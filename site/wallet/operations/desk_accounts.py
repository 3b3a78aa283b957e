"""Accounts at the finance desk: opened for an organisation, blocked, told anew what they may, closed."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from ledger.address import in_groups
from ledger.kinds import HELD, AccountKind, AccountState
from ledger.operations import (
    NotRedeemable,
    UnknownAccount,
    block_account,
    close_account,
    open_account,
    reclassify_account,
    unblock_account,
)
from ledger.queries import accounts_of
from neighbourhoods.models import Neighbourhood
from people.models import Party
from wallet.permissions import check_finance, check_not_own_money
from wallet.queries.holders import RESIDENTS

if TYPE_CHECKING:
    from ledger.models import Account


class NotAnOrganisation(Refusal):
    """Residents get their account when they are enrolled."""

    code = "not_an_organisation"
    sentence = _("Only organisations get an account here. Residents have theirs when they are enrolled.")
    field = "organisation"


class HasAccount(Refusal):
    """The organisation has an account in this coin already."""

    code = "has_account"
    sentence = _("This organisation has an account in this coin already: %(address)s.")
    field = "organisation"


def open_for_organisation(
    *,
    neighbourhood: Neighbourhood,
    organisation: Party,
    in_area: bool,
    may_redeem: bool,
    ceiling: int | None,
    key: uuid.UUID,
    actor: Actor,
    at: datetime,
) -> Account:
    """This will open an account in the coin of a neighbourhood for an organisation. The same key again gives the same.

    `may_redeem`: it has a contract, and is paid out in euros. `ceiling` is minor units.

    :raises NotAnOrganisation, HasAccount, OwnMoney, NotAllowed, KeyReused, InvalidAccount: nothing happened.
    """
    check_finance(actor, neighbourhood, day_of(at))
    check_not_own_money(actor, organisation, day_of(at))
    if organisation.kind in RESIDENTS:
        raise NotAnOrganisation
    with transaction.atomic():
        # Two who open one at the same moment: the second sees the first.
        Party.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        has = accounts_of(organisation).filter(coin=neighbourhood.coin_id, kind=AccountKind.HOLDER)
        still = has.exclude(state=AccountState.CLOSED).exclude(key=key).first()
        if still is not None:
            raise HasAccount(address=in_groups(still.address))
        return open_account(
            coin=neighbourhood.coin, kind=AccountKind.HOLDER, holder=organisation, holder_kind=organisation.kind,
            key=key, actor=actor, at=at, in_area=in_area, may_redeem=may_redeem, ceiling=ceiling,
        )  # fmt: skip


def look_at_account(*, neighbourhood: Neighbourhood, account: Account, actor: Actor, at: datetime) -> None:
    """This will write down that somebody at the desk looked at the account of a resident: they can read it.

    :raises UnknownAccount, NotAllowed: nothing is shown then.
    """
    _check_is_here(neighbourhood, account, actor, at)
    if account.holder.kind in RESIDENTS:
        with transaction.atomic():
            record("account.viewed", subject=account, actor=actor, at=at, about=[account.holder])


def block(*, neighbourhood: Neighbourhood, account: Account, reason: str, actor: Actor, at: datetime) -> None:
    """This will have an account neither pay nor be paid.

    :raises MoveRefused, OwnMoney, UnknownAccount, NotAllowed: nothing happened.
    """
    _check_may_change(neighbourhood, account, actor, at)
    block_account(account=account, actor=actor, at=at, reason=reason)


def unblock(
    *, neighbourhood: Neighbourhood, account: Account, reason: str, actor: Actor, at: datetime
) -> None:
    """This will let a blocked account pay and be paid again.

    :raises MoveRefused, OwnMoney, UnknownAccount, NotAllowed: nothing happened.
    """
    _check_may_change(neighbourhood, account, actor, at)
    unblock_account(account=account, actor=actor, at=at, reason=reason)


def close(*, neighbourhood: Neighbourhood, account: Account, reason: str, actor: Actor, at: datetime) -> None:
    """This will close an empty account for good.

    :raises AccountNotEmpty, AccountNotOpen, OwnMoney, UnknownAccount, NotAllowed: nothing happened.
    """
    _check_may_change(neighbourhood, account, actor, at)
    close_account(account=account, actor=actor, at=at, reason=reason)


def reclassify(
    *,
    neighbourhood: Neighbourhood,
    account: Account,
    in_area: bool,
    may_redeem: bool,
    ceiling: int | None,
    reason: str,
    actor: Actor,
    at: datetime,
) -> None:
    """This will tell an account anew whether it lies in the area, is paid out in euros, and how much it may hold.

    :raises NotRedeemable: for the account of a resident that would be paid out in euros.
    :raises InvalidAccount, AccountNotOpen, OwnMoney, UnknownAccount, NotAllowed: nothing happened.
    """
    _check_may_change(neighbourhood, account, actor, at)
    if may_redeem and account.holder.kind in RESIDENTS:
        raise NotRedeemable
    reclassify_account(
        account=account,
        actor=actor,
        at=at,
        reason=reason,
        in_area=in_area,
        ceiling=ceiling,
        may_redeem=may_redeem,
    )


def _check_may_change(neighbourhood: Neighbourhood, account: Account, actor: Actor, at: datetime) -> None:
    _check_is_here(neighbourhood, account, actor, at)
    check_not_own_money(actor, account.holder, day_of(at))


def _check_is_here(neighbourhood: Neighbourhood, account: Account, actor: Actor, at: datetime) -> None:
    check_finance(actor, neighbourhood, day_of(at))
    if account.coin_id != neighbourhood.coin_id or account.kind not in HELD:
        raise UnknownAccount
