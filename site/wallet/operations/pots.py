"""Pots: opened by the finance desk for who spends them. Blocking one is as with any account (desk_accounts)."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.clock import day_of
from core.refusals import Refusal
from ledger import operations as ledger
from ledger.kinds import AccountKind
from neighbourhoods.models import Neighbourhood
from people.models import Party
from wallet.permissions import check_finance
from wallet.queries.organisations import NOT_ORGANISATIONS

if TYPE_CHECKING:
    from ledger.models import Account

LONGEST = timedelta(days=5 * 366)


class PotForOrganisations(Refusal):
    """A pot is spent by an organisation and filled by one."""

    code = "pot_for_organisations"
    sentence = _("A pot is for organisations. A resident has an account.")
    field = "holder"


class PotEndsOutOfBounds(Refusal):
    """The last day of a pot is over, or more than five years away."""

    code = "pot_ends_out_of_bounds"
    sentence = _("Choose a day from today on, within five years.")
    field = "ends_on"


def open_pot(
    *,
    neighbourhood: Neighbourhood,
    name: str,
    holder: Party,
    funder: Party,
    ends_on: date,
    key: uuid.UUID,
    actor: Actor,
    at: datetime,
) -> Account:
    """This will open an empty pot: `holder` spends from it, `funder` fills it and gets back what is left.

    `ends_on` is its last day: only a pot that has ended goes back to its funder. The same key gives the same pot.

    :raises NotAllowed: to who does not sit at the finance desk.
    :raises PotForOrganisations, PotEndsOutOfBounds, InvalidAccount, KeyReused: nothing happened.
    """
    today = day_of(at)
    check_finance(actor, neighbourhood, today)
    if holder.kind in NOT_ORGANISATIONS or funder.kind in NOT_ORGANISATIONS:
        raise PotForOrganisations
    if not today <= ends_on <= today + LONGEST:
        raise PotEndsOutOfBounds
    return ledger.open_account(
        coin=neighbourhood.coin, kind=AccountKind.POT, holder=holder, holder_kind=holder.kind, label=name,
        funder=funder, ends_on=ends_on, key=key, actor=actor, at=at,
    )  # fmt: skip
