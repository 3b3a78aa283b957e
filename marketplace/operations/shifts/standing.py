"""The lock behind which everything about a shift is decided."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.refusals import Refusal
from core.states import MoveRefused
from marketplace.models import Shift
from marketplace.states import ShiftState

ALONG = (
    "activity__neighbourhood__coin", "activity__neighbourhood__municipality", "activity__item__category",
    "activity__pot", "activity__organiser__person_details", "activity__organiser__organisation_details",
)  # fmt: skip


class ShiftBegun(Refusal):
    """People are there, or were."""

    code = "shift_begun"
    sentence = _("This shift has begun. Say who came, and confirm their hours.")


def locked_row(shift: Shift) -> Shift:
    """The same shift with its activity, brought up to date, and nobody else's to change until this transaction ends."""
    rows = Shift.objects.select_for_update(of=("self",), no_key=True).select_related(*ALONG)
    shift.refresh_from_db(from_queryset=rows)
    return shift


def locked(shift: Shift) -> Shift:
    """As `locked_row`, of a shift that goes on.

    :raises MoveRefused: when it was called off.
    """
    if locked_row(shift).state != ShiftState.OPEN:
        raise MoveRefused
    return shift
