"""An account in the coin of the neighbourhood, for everybody who lives there."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.clock import day_of
from core.refusals import Refusal
from ledger.kinds import AccountKind, AccountState
from ledger.operations import open_account
from ledger.queries import accounts_of_all
from neighbourhoods.models import Residency
from neighbourhoods.permissions import check, may_open_account
from neighbourhoods.states import ResidencyState
from people.queries import canonical, numbers_of

if TYPE_CHECKING:
    from ledger.models import Account

NAMESPACE = uuid.UUID("8d1f5a52-3a0e-5c1b-9a57-4f0c1d9e7b30")


class NotResident(Refusal):
    """An account comes with living there, and this person does not, or not any more."""

    code = "not_resident"
    sentence = _(
        "You are not enrolled in this neighbourhood. Enrol first, then your wallet is opened by itself."
    )


def open_account_of_resident(*, residency: Residency, actor: Actor, at: datetime) -> Account:
    """This will give a resident an account in the coin of the neighbourhood, or find the one that they have.

    A person who is known twice has one, under whichever number it was opened; a new one is for the number that counts.
    One that was closed stays closed: whoever lives there gets another.

    :raises NotResident: when they do not live there now.
    :raises NotAllowed: to anybody but the resident and a clerk of the municipality.
    """
    check(may_open_account(actor, residency, day_of(at)))
    with transaction.atomic():
        lives = Residency.objects.filter(pk=residency.pk, state=ResidencyState.ATTESTED)
        if not lives.exists():
            raise NotResident
        coin, person = residency.neighbourhood.coin, canonical(residency.person)
        theirs = list(accounts_of_all(numbers_of(person)).filter(coin=coin, kind=AccountKind.HOLDER))
        closed = [account for account in theirs if account.state == AccountState.CLOSED]
        if has := next((account for account in theirs if account not in closed), None):
            return has
        # Of two at once neither sees the other's account: they come to the same key, and so to one account.
        key = uuid.uuid5(NAMESPACE, f"{coin.pk} {person.pk} {len(closed)}")
        return open_account(
            coin=coin,
            kind=AccountKind.HOLDER,
            holder=person,
            holder_kind=person.kind,
            key=key,
            actor=actor,
            at=at,
        )
