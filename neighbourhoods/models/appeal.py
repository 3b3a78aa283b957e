from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.states import StateTable
from neighbourhoods.models.ballots import BallotBox
from neighbourhoods.states import APPEAL, AppealState


class Appeal(models.Model):
    """Somebody says that a vote did not go as it should. A result stays provisional until all appeals are decided."""

    table: ClassVar[StateTable] = APPEAL

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in addresses
    box = models.ForeignKey(BallotBox, models.PROTECT, related_name="appeals", verbose_name=_("ballot box"))
    appellant = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="appeals", verbose_name=_("appellant")
    )
    grounds = models.TextField(_("grounds"), max_length=4000)
    language = models.CharField(_("language"), max_length=10)
    filed_at = models.DateTimeField(_("filed at"))
    # Without the appellant's name: the ruling is published.
    ruling = models.TextField(_("ruling"), max_length=4000, blank=True)
    ruled_by = models.ForeignKey(
        "people.Party",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rulings",
        verbose_name=_("ruled by"),
    )
    ruled_at = models.DateTimeField(_("ruled at"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=AppealState.choices, default=AppealState.FILED
    )
    key = models.UUIDField(unique=True, editable=False)  # the form's key: sent twice, filed once

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["UPHELD", "DISMISSED", "INADMISSIBLE"])
                | (models.Q(ruled_at__isnull=False) & ~models.Q(ruling="")),
                name="neighbourhoods_appeal_ruled_with_reasons",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"
