"""Which accounts somebody may open: their own, and those of whom they act for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from ledger.kinds import HELD, AccountState
from ledger.queries import accounts_of_all
from people.models import Mandate, Party
from people.queries import numbers_of
from people.roles import PAYS, STATEMENTS

if TYPE_CHECKING:
    from ledger.models import Account


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """An account that somebody may open, and for whom."""

    account: Account
    holder: Party
    is_own: bool
    may_pay: bool


def accounts_for(person: Party, on: date) -> list[Held]:
    """All accounts in coins that a person may open on a day: their own first, open ones before closed ones."""
    own = {party.pk for party in numbers_of(person)}
    offices = Mandate.objects.in_force(on).held_by(person).filter(role__in=STATEMENTS)
    seen, paid = set(), set()
    for principal, role in offices.values_list("principal_id", "role"):
        seen.add(principal)
        if role in PAYS:
            paid.add(principal)
    # An office for somebody who is known twice holds for both numbers, when it is held for the one that counts.
    theirs = Q(pk__in=seen) | Q(same_person_as_id__in=seen)
    parties = Party.objects.filter(Q(pk__in=own) | theirs)
    names = {party.pk: party for party in parties.with_names()}
    found = accounts_of_all(names.values())
    held = [
        Held(
            account=account,
            holder=holder,
            is_own=holder.pk in own,
            may_pay=holder.pk in own or bool({holder.pk, holder.canonical_id} & paid),
        )
        for account, holder in ((account, names[account.holder_id]) for account in found)
        if account.kind in HELD
    ]
    return sorted(held, key=_order)


def _order(one: Held) -> tuple[bool, bool, str, str, int]:
    is_closed = one.account.state == AccountState.CLOSED
    return (is_closed, not one.is_own, one.holder.display_name, one.account.kind, one.account.pk)
