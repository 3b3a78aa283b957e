"""Per what something is sold or asked for, and how that is said. The first three are those of valued items."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext


class OfferUnit(TextChoices):
    PIECE = "PIECE", gettext_lazy("piece")
    HOUR = "HOUR", gettext_lazy("hour")
    TURN = "TURN", gettext_lazy("turn")
    DAY = "DAY", gettext_lazy("day")
    KILO = "KILO", gettext_lazy("kilo")
    KILOMETRE = "KILOMETRE", gettext_lazy("kilometre")
    KILOWATT_HOUR = "KILOWATT_HOUR", gettext_lazy("kilowatt hour")


def per_unit(unit: str) -> str:
    """Behind an amount: "per hour"."""
    return {
        OfferUnit.PIECE: _("per piece"),
        OfferUnit.HOUR: _("per hour"),
        OfferUnit.TURN: _("each time"),
        OfferUnit.DAY: _("per day"),
        OfferUnit.KILO: _("per kilo"),
        OfferUnit.KILOMETRE: _("per kilometre"),
        OfferUnit.KILOWATT_HOUR: _("per kilowatt hour"),
    }[OfferUnit(unit)]


def units(unit: str, number: int) -> str:
    """A number of units in words: "3 hours"."""
    words = {
        OfferUnit.PIECE: ngettext("%(number)s piece", "%(number)s pieces", number),
        OfferUnit.HOUR: ngettext("%(number)s hour", "%(number)s hours", number),
        OfferUnit.TURN: ngettext("%(number)s turn", "%(number)s turns", number),
        OfferUnit.DAY: ngettext("%(number)s day", "%(number)s days", number),
        OfferUnit.KILO: ngettext("%(number)s kilo", "%(number)s kilos", number),
        OfferUnit.KILOMETRE: ngettext("%(number)s kilometre", "%(number)s kilometres", number),
        OfferUnit.KILOWATT_HOUR: ngettext("%(number)s kilowatt hour", "%(number)s kilowatt hours", number),
    }
    return words[OfferUnit(unit)] % {"number": number}
