from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.states import StateTable
from neighbourhoods.models.ballots import BallotBox
from neighbourhoods.models.meeting import Meeting
from neighbourhoods.models.neighbourhood import Neighbourhood
from neighbourhoods.models.policy import DecisionPolicy
from neighbourhoods.states import PROPOSAL, ProposalState


class ProposalKind(models.TextChoices):
    MOTION = "MOTION", _("proposal to the board")
    RECALL = "RECALL", _("call for a new election")


class Proposal(models.Model):
    """What is put forward for a decision.

    A MOTION is decided by the board with names, in a meeting or in a written round. A RECALL comes from residents: once
    enough of them support it, an election is called.
    """

    table: ClassVar[StateTable] = PROPOSAL

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in addresses
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="proposals", verbose_name=_("neighbourhood")
    )
    policy = models.ForeignKey(DecisionPolicy, models.PROTECT, related_name="+", verbose_name=_("policy"))
    kind = models.CharField(_("kind"), max_length=10, choices=ProposalKind.choices)
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("what is proposed, and why"), max_length=4000)
    language = models.CharField(_("language"), max_length=10)
    proposed_by = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="proposals", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name=_("meeting")
    )
    is_written_round = models.BooleanField(_("written round"), default=False)
    box = models.OneToOneField(
        BallotBox,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposal",
        verbose_name=_("ballot box"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED
    )
    key = models.UUIDField(unique=True, editable=False)  # the form's key: sent twice, proposed once

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(box__isnull=True)
                | models.Q(meeting__isnull=False)
                | models.Q(is_written_round=True),
                name="neighbourhoods_motion_has_a_round",
                violation_error_message=_("The board decides in a meeting or in a written round."),
            ),
            models.UniqueConstraint(
                fields=["neighbourhood"],
                condition=models.Q(kind="RECALL", state="PROPOSED"),
                name="neighbourhoods_one_recall_at_a_time",
                violation_error_message=_("There is already a call for a new election. You can support it."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.title}: {self.state}"


class Support(models.Model):
    """That a resident supports a proposal. Seen by that person alone; everybody sees the number."""

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="supports", verbose_name=_("proposal")
    )
    person = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="supports", verbose_name=_("person")
    )

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "person"],
                name="neighbourhoods_supports_once",
                violation_error_message=_("You already support this."),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} for {self.proposal_id}"
