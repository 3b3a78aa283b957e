"""The state tables of this app: data only."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.states import StateTable


class ResidencyState(TextChoices):
    REQUESTED = "REQUESTED", _("requested")
    ATTESTED = "ATTESTED", _("attested")
    ENDED = "ENDED", _("ended")
    EXPIRED = "EXPIRED", _("expired")
    REFUSED = "REFUSED", _("refused")


_S = ResidencyState

RESIDENCY = StateTable(
    name="residency",
    start=_S.REQUESTED,
    moves={
        (_S.REQUESTED, "attest"): _S.ATTESTED,  # by a clerk, at the desk
        (_S.REQUESTED, "enter_code"): _S.ATTESTED,  # by the resident, with the code from the letter
        (_S.REQUESTED, "refuse"): _S.REFUSED,
        (_S.REQUESTED, "withdraw"): _S.REFUSED,
        (_S.ATTESTED, "end"): _S.ENDED,
        (_S.ATTESTED, "expire"): _S.EXPIRED,
    },
    ends=frozenset({_S.ENDED, _S.EXPIRED, _S.REFUSED}),
    may_stay=frozenset({_S.ATTESTED}),
)
