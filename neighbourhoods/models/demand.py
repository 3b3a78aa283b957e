from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from neighbourhoods.models.neighbourhood import Neighbourhood
from neighbourhoods.models.value_decision import ValueDecision
from neighbourhoods.models.valued import ValuedItem


class DemandFigure(models.Model):
    """Demand and supply of an item in one week, as whoever offers it reported (`operations.demand`). No people.

    `open_places` are places that nobody took, `sign_ups` those that somebody did, `waiting` people who found no place,
    `open_demand` questions that nobody answered. A report about the same week takes the place of the one before.
    """

    item = models.ForeignKey(
        ValuedItem, models.PROTECT, related_name="figures", verbose_name=_("valued item")
    )
    week_on = models.DateField(_("week of"))  # its Monday
    open_places = models.PositiveIntegerField(_("open places"), default=0)
    sign_ups = models.PositiveIntegerField(_("sign-ups"), default=0)
    waiting = models.PositiveIntegerField(_("waiting list"), default=0)
    open_demand = models.PositiveIntegerField(_("open demand"), default=0)

    class Meta:
        verbose_name = _("demand and supply")
        verbose_name_plural = _("demand and supply")
        ordering = ["week_on"]
        constraints = [
            models.UniqueConstraint(fields=["item", "week_on"], name="neighbourhoods_figures_once_a_week")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.item_id} in {self.week_on}"


class Measure(models.TextChoices):
    WAITING = "WAITING", _("people on the waiting list")
    OPEN_DEMAND = "OPEN_DEMAND", _("questions without an answer")
    OPEN_PLACES = "OPEN_PLACES", _("places that nobody takes")


class DemandLimit(models.Model):
    """From which number on, summed over the weeks of a window, an item comes on the agenda by itself."""

    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="demand_limits", verbose_name=_("neighbourhood")
    )
    measure = models.CharField(_("what is counted"), max_length=15, choices=Measure.choices)
    number = models.PositiveIntegerField(_("from"))

    class Meta:
        verbose_name = _("limit of demand")
        verbose_name_plural = _("limits of demand")
        constraints = [
            models.UniqueConstraint(
                fields=["neighbourhood", "measure"], name="neighbourhoods_one_limit_per_measure"
            ),
            models.CheckConstraint(condition=models.Q(number__gt=0), name="neighbourhoods_limit_is_a_number"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.measure} from {self.number}"


class DemandSignal(models.Model):
    """That an item crossed a limit in a window of weeks, and the decision that this put on the agenda or added to.

    One per item and window, by the database; never changed. It suggests nothing but to look: no price follows from it.
    """

    item = models.ForeignKey(
        ValuedItem, models.PROTECT, related_name="signals", verbose_name=_("valued item")
    )
    measure = models.CharField(_("what was counted"), max_length=15, choices=Measure.choices)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    number = models.PositiveIntegerField(_("number"))
    limit = models.PositiveIntegerField(_("limit"))
    decision = models.ForeignKey(
        ValueDecision, models.PROTECT, related_name="signals", verbose_name=_("value decision")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("signal of demand")
        verbose_name_plural = _("signals of demand")
        constraints = [
            models.UniqueConstraint(fields=["item", "from_on"], name="neighbourhoods_one_signal_a_window")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.measure} {self.number} of {self.item_id}"
