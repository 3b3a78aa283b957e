"""Payment requests as the two sides see them; nobody else finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from wallet.models import PaymentRequest

if TYPE_CHECKING:
    from ledger.models import Account

DETAILS = ("person_details", "organisation_details")
NAMES = [f"{side}__holder__{one}" for side in ("payee", "payer") for one in DETAILS]


def request_by(uuid: UUID) -> PaymentRequest | None:
    """The request with the names of both sides. Whether somebody may see it is for the caller to ask."""
    return _with_names().filter(uuid=uuid).first()


def asked_of(account: Account) -> QuerySet[PaymentRequest]:
    """What is asked of an account, newest first."""
    return _with_names().filter(payer=account).order_by("-pk")


def asked_by(account: Account) -> QuerySet[PaymentRequest]:
    """What an account asks of others, newest first. What its tills ask stands at the till."""
    return _with_names().filter(payee=account, till__isnull=True).order_by("-pk")


def _with_names() -> QuerySet[PaymentRequest]:
    return PaymentRequest.objects.select_related("payee__coin", "till", "transfer", *NAMES)
