"""Accounts: opened, blocked, closed, and told anew what kind of holder they have."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.actor import Actor, PartyLike
from core.audit import record
from core.states import transition
from ledger.address import new_address
from ledger.kinds import BOTTOMLESS, HELD, AccountKind, AccountState, ReservationState
from ledger.models import Account, Coin
from ledger.refusals import AccountNotEmpty, AccountNotOpen, InvalidAccount, KeyReused, UnknownAccount

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

NAMESPACE = uuid.UUID("0d5a4f0e-6a51-5a53-8f0c-2f6f3d1c7b10")


class _Unchanged:
    """Stands for: leave it as it is. None is an answer of its own (no ceiling, no last day)."""


UNCHANGED = _Unchanged()


def open_account(
    *,
    coin: Coin,
    kind: str,
    holder: PartyLike,
    holder_kind: str,
    key: uuid.UUID,
    actor: Actor,
    at: datetime,
    label: str = "",
    in_area: bool = True,
    may_redeem: bool = False,
    floor: int = 0,
    ceiling: int | None = None,
    backs: Coin | None = None,
    funder: PartyLike | None = None,
    ends_on: date | None = None,
) -> Account:
    """This will open an empty account. The same key again gives the same account.

    `floor` and `ceiling` are minor units; ISSUE and BANK have no floor. A RESERVE says what it `backs`; a POT who is
    its `funder` and on which day it ends (`ends_on`, the last on which it can be spent).

    :raises KeyReused: when the key opened another account.
    :raises InvalidAccount: when what is said does not fit together, or the coin has such an account already.
    """
    account = Account(
        coin=coin, kind=kind, holder_id=holder.pk, holder_kind=holder_kind, label=" ".join(label.split()),
        address=new_address(), floor=None if kind in BOTTOMLESS else floor, ceiling=ceiling, in_area=in_area,
        may_redeem=may_redeem, backs=backs, funder_id=funder.pk if funder else None, ends_on=ends_on, key=key,
        opened_at=at,
    )  # fmt: skip
    with transaction.atomic():
        if known := Account.objects.filter(key=key).first():
            return _same(known, account)
        _check(account)
        try:
            with transaction.atomic():
                account.save(force_insert=True)
        except IntegrityError as error:
            if known := Account.objects.filter(key=key).first():
                return _same(known, account)
            raise InvalidAccount(why=gettext("The coin has such an account already.")) from error
        record("account.open", subject=account, actor=actor, at=at, about=[account.holder])
    return account


def open_system_accounts(*, coin: Coin, holder: PartyLike, actor: Actor, at: datetime) -> None:
    """This will see to the accounts without which no coin can exist: what is issued, its reserve, and the bank.

    Harmless to repeat. `holder` is the neighbourhood's party. A national currency has none of its own.

    :raises InvalidAccount: for a national currency.
    """
    currency = coin.pegged_to
    if currency is None:
        raise InvalidAccount(why=gettext("%(code)s is a national currency.") % {"code": coin.code})
    for kind, money, whose in (
        (AccountKind.ISSUE, coin, coin.code),
        (AccountKind.RESERVE, currency, coin.code),
        (AccountKind.BANK, currency, f"{currency.code} {holder.pk}"),  # one for all coins of a holder
    ):
        open_account(
            coin=money, kind=kind, holder=holder, holder_kind="NEIGHBOURHOOD",
            key=uuid.uuid5(NAMESPACE, f"{whose} {kind}"), actor=actor, at=at,
            backs=coin if kind == AccountKind.RESERVE else None,
        )  # fmt: skip


def block_account(*, account: Account, actor: Actor, at: datetime, reason: str = "") -> Account:
    """This will have an account neither pay nor be paid, until it is unblocked.

    :raises MoveRefused: when it is not open.
    """
    return _move(account, "block", actor, at, reason)


def unblock_account(*, account: Account, actor: Actor, at: datetime, reason: str = "") -> Account:
    """This will let a blocked account pay and be paid again.

    :raises MoveRefused: when it is not blocked.
    """
    return _move(account, "unblock", actor, at, reason)


def close_account(*, account: Account, actor: Actor, at: datetime, reason: str = "") -> Account:
    """This will close an empty account for good.

    :raises AccountNotEmpty: when it has coins, or coins are reserved on it or for it.
    :raises AccountNotOpen: when it is blocked: first somebody looks at why.
    :raises UnknownAccount: for the accounts without which its coin could not be.
    """
    with transaction.atomic():
        locked = _lock(account)
        if locked.state == AccountState.CLOSED:
            return _brought_up_to_date(account, locked)
        if locked.kind not in {*HELD, AccountKind.CLEARING}:
            raise UnknownAccount
        if locked.state != AccountState.OPEN:
            raise AccountNotOpen
        if locked.balance or locked.reserved or _is_promised(locked):
            raise AccountNotEmpty
        return _move(account, "close", actor, at, reason)


def reclassify_account(
    *,
    account: Account,
    actor: Actor,
    at: datetime,
    reason: str = "",
    in_area: bool | _Unchanged = UNCHANGED,
    may_redeem: bool | _Unchanged = UNCHANGED,
    holder_kind: str | _Unchanged = UNCHANGED,
    ceiling: int | _Unchanged | None = UNCHANGED,
    ends_on: date | _Unchanged | None = UNCHANGED,
    label: str | _Unchanged = UNCHANGED,
) -> Account:
    """This will tell an account anew what its holder is and may: a provider moved, a shop got a contract, a pot ends.

    What is left out stays as it is. What was booked and reserved stays as well.

    :raises InvalidAccount: when that cannot be for an account of its kind.
    :raises AccountNotOpen: when it is closed.
    """
    said = {
        "in_area": in_area, "may_redeem": may_redeem, "holder_kind": holder_kind, "ceiling": ceiling,
        "ends_on": ends_on, "label": label,
    }  # fmt: skip
    words: dict[str, Any] = {name: value for name, value in said.items() if not isinstance(value, _Unchanged)}
    with transaction.atomic():
        locked = _lock(account)
        if locked.state == AccountState.CLOSED:
            raise AccountNotOpen
        for name, value in words.items():
            setattr(locked, name, value)
        _check(locked)
        locked.save(update_fields=list(words))
        record("account.reclassify", subject=locked, actor=actor, at=at, about=[locked.holder], reason=reason)
    return _brought_up_to_date(account, locked)


def _lock(account: Account) -> Account:
    return Account.objects.select_for_update(no_key=True).get(pk=account.pk)


def _brought_up_to_date(account: Account, locked: Account) -> Account:
    """The caller's own copy says what the database says."""
    for field in Account._meta.concrete_fields:
        setattr(account, field.attname, getattr(locked, field.attname))
    return account


def _move(account: Account, event: str, actor: Actor, at: datetime, reason: str) -> Account:
    with transaction.atomic():
        locked = _lock(account)
        transition(locked, event, actor=actor, at=at, about=(locked.holder,), reason=reason)
    return _brought_up_to_date(account, locked)


def _is_promised(account: Account) -> bool:
    """Under the lock of the account nobody can reserve anything for it meanwhile."""
    return account.promises.filter(state=ReservationState.OPEN).exists()


def _same(known: Account, asked: Account) -> Account:
    def content(account: Account) -> tuple[object, ...]:
        return (
            account.coin_id, account.kind, account.holder_id, account.backs_id, account.funder_id,
        )  # fmt: skip

    if content(known) != content(asked):
        raise KeyReused
    return known


def _check(account: Account) -> None:
    """What the database would refuse, said in words.

    :raises InvalidAccount: with what is wrong.
    """
    try:
        account.clean_fields(exclude=["coin", "holder", "backs", "funder"])
    except ValidationError as error:
        raise InvalidAccount(why=" ".join(error.messages)) from error
    wrong = [sentence for sentence, is_wrong in _misfits(account) if is_wrong]
    if wrong:
        raise InvalidAccount(why=" ".join(str(sentence) for sentence in wrong))


def _misfits(account: Account) -> Iterator[tuple[_StrPromise, bool]]:
    """What does not go together in one account."""
    is_pot, is_reserve = account.kind == AccountKind.POT, account.kind == AccountKind.RESERVE
    yield (
        _("A reserve says which coin it covers, and nothing else does."),
        is_reserve != (account.backs_id is not None),
    )
    yield _("A pot says who funds it, and nothing else does."), is_pot != (account.funder_id is not None)
    yield _("Only a pot has a last day."), account.ends_on is not None and not is_pot
    yield (
        _("Only an account of a holder can redeem coins."),
        account.may_redeem and account.kind != AccountKind.HOLDER,
    )
    yield _("The floor of a reserve is nought."), is_reserve and account.floor != 0
    yield (
        _("The floor is above what an empty account has."),
        account._state.adding and (account.floor or 0) > 0,
    )
