"""Leaves: what makes of the transfers a log that nobody can rewrite. Written by the sealer, never by a payment."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Leaf
from ledger.models.transfer import Transfer


class LogLeaf(Leaf):
    """A transfer in the log "ledger"."""

    transfer = models.OneToOneField(
        Transfer, models.PROTECT, db_constraint=False, related_name="leaf", verbose_name=_("transfer")
    )

    class Meta:
        verbose_name = _("sealed transfer")
        verbose_name_plural = _("sealed transfers")
