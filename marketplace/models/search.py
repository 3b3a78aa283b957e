from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from neighbourhoods.models import Neighbourhood


class Every(models.TextChoices):
    DAY = "DAY", _("every day, when there is something new")
    WEEK = "WEEK", _("every week, when there is something new")
    NEVER = "NEVER", _("no mail")


class SavedSearch(models.Model):
    """What somebody looks for on the market, and how often they want to hear of what is new."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in addresses
    person = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="saved_searches", verbose_name=_("person")
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("neighbourhood"),
    )
    name = models.CharField(_("name"), max_length=80)
    # As it stands in the address of the market, in its one written form (`queries.search.Search.address`).
    query = models.CharField(_("search"), max_length=500, blank=True)
    every = models.CharField(_("mail"), max_length=5, choices=Every.choices, default=Every.WEEK)
    made_at = models.DateTimeField(_("made at"))
    sent_at = models.DateTimeField(_("looked for something new at"))

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "neighbourhood", "query"],
                name="marketplace_saved_once",
                violation_error_message=_("You saved this search already."),
            ),
            # An empty neighbourhood is no other one each time: SQLite cannot be told so in the first.
            models.UniqueConstraint(
                fields=["person", "query"],
                condition=models.Q(neighbourhood__isnull=True),
                name="marketplace_saved_everywhere_once",
                violation_error_message=_("You saved this search already."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.query}"
