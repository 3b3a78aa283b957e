"""Payments that a finance desk undid, or is about to."""

from __future__ import annotations

from django.db.models import QuerySet

from neighbourhoods.models import Neighbourhood
from wallet.models import ChargebackCase
from wallet.states import SecondLookState

HOLDERS = ("transfer__payer__holder", "transfer__payee__holder")
NAMES = [
    f"{holder}__{details}" for holder in HOLDERS for details in ("person_details", "organisation_details")
]


def cases_of(neighbourhood: Neighbourhood) -> QuerySet[ChargebackCase]:
    """Every case of a desk with all names, the last one first."""
    cases = ChargebackCase.objects.filter(treasury__neighbourhood=neighbourhood)
    along = ("treasury__neighbourhood", "proposed_by__person_details", "decided_by__person_details", "booked")
    return cases.select_related(*along, *NAMES).order_by("-pk")


def open_cases(neighbourhood: Neighbourhood) -> QuerySet[ChargebackCase]:
    """Those that wait for somebody, the first proposed first."""
    return cases_of(neighbourhood).filter(state=SecondLookState.PROPOSED).order_by("pk")
