"""Holders as the finance desk looks for them. Residents are nobody's to leaf through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.refusals import Refusal
from ledger.queries import accounts_in
from people.models import Party
from wallet.queries.organisations import NOT_ORGANISATIONS, organisations_called

if TYPE_CHECKING:
    from ledger.models import Account, Coin

RESIDENTS = NOT_ORGANISATIONS


class UnknownOrganisation(Refusal):
    """No organisation has this number or exactly this name."""

    code = "unknown_organisation"
    sentence = _(
        "We do not know this organisation. Type the whole name as it is known here, or the KvK number."
    )
    field = "organisation"


class SeveralOrganisations(Refusal):
    """Several have this name."""

    code = "several_organisations"
    sentence = _("Several organisations have this name. Type the KvK number.")
    field = "organisation"


def organisation_called(typed: str) -> Party:
    """The organisation with this KvK number, or with exactly this name.

    :raises UnknownOrganisation, SeveralOrganisations: when it is not one.
    """
    found = organisations_called(typed)
    if len(found) > 1:
        raise SeveralOrganisations
    if not found:
        raise UnknownOrganisation
    return found[0]


def accounts_of_organisations(coin: Coin, name: str = "") -> QuerySet[Account]:
    """The accounts and pots of organisations in a coin, of those with these letters in their name."""
    theirs = accounts_in(coin, not_of=RESIDENTS).exclude(holder__kind__in=RESIDENTS)
    if not name:
        return theirs
    return theirs.filter(Q(holder__organisation_details__name__icontains=name) | Q(label__icontains=name))
