"""How a party is called before it was paid: enough to see that it is the right one, too little to collect names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language

from core.amounts import format_amount
from ledger.kinds import AccountKind
from people.models import Party, PersonDetails

if TYPE_CHECKING:
    from ledger.models import Account


def shown_name(account: Account) -> str:
    """Of a person the first name and a letter, of an organisation all of it; of a pot its own name as well."""
    name = short_name(account.holder)
    return f"{name}, {account.label}" if account.kind == AccountKind.POT and account.label else name


def short_name(party: Party) -> str:
    """ "Samira E." of a person ("Ann V." of Ann de Vries), the full name of an organisation."""
    details = party.details
    if not isinstance(details, PersonDetails) or party.erased_at:
        return party.display_name
    given, letter = details.given_name, _letter(details.family_name)
    if given and letter:
        return f"{given} {letter}."
    return given or (f"{letter}." if letter else party.display_name)


def _letter(family_name: str) -> str:
    """The one that somebody is looked up under: the first capital, and without any the first letter."""
    return next((sign for sign in family_name if sign.isupper()), family_name[:1])


def written(amount: int) -> str:
    """An amount (minor units) in a sentence, as the reader writes it."""
    return format_amount(amount, get_language() or "nl")
