from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from neighbourhoods.models.neighbourhood import Neighbourhood


class SeatKind(models.TextChoices):
    APPOINTED = "APPOINTED", _("appointed by the municipality")
    ELECTED = "ELECTED", _("elected by the residents")


class SeatOffice(models.TextChoices):
    CHAIR = "CHAIR", _("chair")
    SECRETARY = "SECRETARY", _("secretary")
    TREASURER = "TREASURER", _("treasurer")
    MEMBER = "MEMBER", _("member")


class SeatQuerySet(models.QuerySet["Seat"]):
    def in_force(self, on: date) -> Self:
        """Seats whose term runs on a day: both their first and their last day count."""
        return self.filter(from_on__lte=on, until_on__gte=on)


class Seat(models.Model):
    """A place on the board of a neighbourhood, for a term. With it come the rights to edit its pages."""

    person = models.ForeignKey("people.Party", models.PROTECT, related_name="seats", verbose_name=_("person"))
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="seats", verbose_name=_("neighbourhood")
    )
    kind = models.CharField(_("how it was filled"), max_length=10, choices=SeatKind.choices)
    office = models.CharField(
        _("office"), max_length=10, choices=SeatOffice.choices, default=SeatOffice.MEMBER
    )
    from_on = models.DateField(_("first day"))
    until_on = models.DateField(_("last day"))
    election = models.ForeignKey(
        "neighbourhoods.Election", models.PROTECT, null=True, blank=True, related_name="filled_seats",
        verbose_name=_("elected in"),
    )  # fmt: skip

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("board seat")
        verbose_name_plural = _("board seats")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")),
                name="neighbourhoods_seat_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.UniqueConstraint(
                fields=["person", "neighbourhood", "from_on"],
                name="neighbourhoods_seat_once_a_day",
                violation_error_message=_("This person already has a seat from that day."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind=SeatKind.ELECTED) | models.Q(election__isnull=True),
                name="neighbourhoods_seat_appointed_has_no_election",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.office} {self.person_id} in {self.neighbourhood_id}"
