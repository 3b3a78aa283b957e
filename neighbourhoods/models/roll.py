from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.states import StateTable
from neighbourhoods.models.neighbourhood import Neighbourhood
from neighbourhoods.models.policy import DecisionPolicy
from neighbourhoods.states import ROLL, ROLL_OBJECTION, ObjectionState, RollState


class Channel(models.TextChoices):
    """How somebody voted: all that a roll mark tells. It has no time."""

    ONLINE = "ONLINE", _("on the site")
    ASSISTED = "ASSISTED", _("with help at the desk")
    PAPER = "PAPER", _("on paper")
    PROXY = "PROXY", _("by proxy")


class Roll(models.Model):
    """Who may vote in one vote. Built from the rules of the policy as they apply on the reference day, then frozen.

    `size` counts who is on it; `root` is the Merkle root (hex) over all entries, made known before voting begins.
    """

    table: ClassVar[StateTable] = ROLL

    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="rolls", verbose_name=_("neighbourhood")
    )
    policy = models.ForeignKey(DecisionPolicy, models.PROTECT, related_name="+", verbose_name=_("policy"))
    reference_on = models.DateField(_("reference day"))
    built_at = models.DateTimeField(_("built at"))
    frozen_at = models.DateTimeField(_("frozen at"), null=True, blank=True)
    size = models.PositiveIntegerField(_("entitled to vote"), default=0)
    root = models.CharField(_("Merkle root"), max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=RollState.choices, default=RollState.BUILT)

    class Meta:
        verbose_name = _("electoral roll")
        verbose_name_plural = _("electoral rolls")

    def __str__(self) -> str:
        return f"#{self.pk} {self.state} {self.size}"


class RollEntry(models.Model):
    """One person on a roll, or left out of it, and the rule that decided. Once frozen, only the mark is written, once.

    `person` is the canonical one. `salt` (hex) keeps others from guessing an entry from the published root. The mark
    is `channel`: empty until they voted. It has no time, and nothing leads from it to a ballot.
    """

    roll = models.ForeignKey(Roll, models.PROTECT, related_name="entries", verbose_name=_("electoral roll"))
    person = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="roll_entries", verbose_name=_("person")
    )
    is_included = models.BooleanField(_("entitled to vote"))
    # A RuleKind that failed; "ALL" when every rule held; "OBJECTION" when an objection was upheld.
    basis = models.CharField(_("why"), max_length=20)
    salt = models.CharField(max_length=32, editable=False)
    position = models.PositiveIntegerField(_("position in the tree"), null=True, editable=False)
    channel = models.CharField(_("voted"), max_length=10, choices=Channel.choices, blank=True)
    # The officer who handed out a paper ballot or helped; empty for who voted alone.
    marked_by = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("marked by")
    )

    class Meta:
        verbose_name = _("roll entry")
        verbose_name_plural = _("roll entries")
        constraints = [
            models.UniqueConstraint(
                fields=["roll", "person"],
                name="neighbourhoods_roll_person_once",
                violation_error_message=_("This person is already on this roll."),
            ),
            models.UniqueConstraint(fields=["roll", "position"], name="neighbourhoods_roll_position_once"),
            models.CheckConstraint(
                condition=models.Q(channel="") | models.Q(is_included=True),
                name="neighbourhoods_only_the_entitled_vote",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id} on {self.roll_id}"


class RollObjection(models.Model):
    """Somebody says that their own entry on the roll is wrong. Decided with reasons before voting opens."""

    table: ClassVar[StateTable] = ROLL_OBJECTION

    roll = models.ForeignKey(
        Roll, models.PROTECT, related_name="objections", verbose_name=_("electoral roll")
    )
    person = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="roll_objections", verbose_name=_("person")
    )
    text = models.TextField(_("what is wrong"), max_length=2000)
    filed_at = models.DateTimeField(_("filed at"))
    state = models.CharField(
        _("state"), max_length=10, choices=ObjectionState.choices, default=ObjectionState.FILED
    )
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    key = models.UUIDField(unique=True, editable=False)  # the form's key: sent twice, filed once

    class Meta:
        verbose_name = _("objection to the roll")
        verbose_name_plural = _("objections to the roll")
        constraints = [
            models.UniqueConstraint(
                fields=["roll", "person"],
                condition=models.Q(state=ObjectionState.FILED),
                name="neighbourhoods_one_open_objection",
                violation_error_message=_("You already have an objection that is not decided yet."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"
