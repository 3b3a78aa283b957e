from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.states import StateTable
from neighbourhoods.models.ballots import BallotBox
from neighbourhoods.models.meeting import Meeting
from neighbourhoods.models.neighbourhood import Neighbourhood
from neighbourhoods.models.policy import Decider, DecisionPolicy
from neighbourhoods.models.valued import ValuedItem
from neighbourhoods.states import VALUE_DECISION, ValueState

# While one of these runs about an item, there is no second about it.
RUNNING = (
    "PROPOSED", "ADMITTED", "CONSULTATION", "VOTING", "AWAITING_BOARD", "DECIDED", "AWAITING_CONSENT", "APPEAL",
)  # fmt: skip


class ValueDecision(models.Model):
    """What something is to be worth: from the proposal to the day that it is in force. Amounts are in minor units.

    `proposed` is what the proposer asks for, and what a board says yes or no to; `is_ending` asks for no value at all.
    `low`, `high` and `step` are the amounts that residents can name. `volume` is how many units are expected a month.
    `policy` is fixed when it is proposed and never changes. A proposal that a signal made has no proposer.
    """

    table: ClassVar[StateTable] = VALUE_DECISION

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in addresses
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="value_decisions", verbose_name=_("neighbourhood")
    )
    item = models.ForeignKey(
        ValuedItem, models.PROTECT, related_name="decisions", verbose_name=_("valued item")
    )
    policy = models.ForeignKey(DecisionPolicy, models.PROTECT, related_name="+", verbose_name=_("policy"))
    is_ending = models.BooleanField(_("no value any more"), default=False)
    proposed = models.BigIntegerField(_("proposed amount"), null=True, blank=True)
    text = models.TextField(_("why"), max_length=2000, blank=True)
    language = models.CharField(_("language"), max_length=10)
    evidence = models.TextField(_("who asks for it"), max_length=1000, blank=True)
    volume = models.PositiveIntegerField(_("expected units a month"), null=True, blank=True)
    proposed_by = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, blank=True, related_name="value_decisions",
        verbose_name=_("proposed by"),
    )  # fmt: skip
    # The organisation in whose name it was proposed: whoever has an interest in it steps aside.
    proposed_for = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("in the name of"),
    )  # fmt: skip
    proposed_at = models.DateTimeField(_("proposed at"))
    admitted_at = models.DateTimeField(_("on the agenda since"), null=True, blank=True)

    low = models.BigIntegerField(_("lowest amount"), null=True, blank=True)
    high = models.BigIntegerField(_("highest amount"), null=True, blank=True)
    step = models.BigIntegerField(_("step"), null=True, blank=True)
    wanted_on = models.DateField(_("wanted from"), null=True, blank=True)
    consulted_until = models.DateTimeField(_("open for reactions until"), null=True, blank=True)
    board_until = models.DateTimeField(_("the board answers until"), null=True, blank=True)

    decided = models.BigIntegerField(_("decided amount"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    appeals_until = models.DateTimeField(_("appeals until"), null=True, blank=True)
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=ValueState.choices, default=ValueState.DRAFT)
    key = models.UUIDField(unique=True, editable=False)  # the form's key: sent twice, proposed once

    class Meta:
        verbose_name = _("value decision")
        verbose_name_plural = _("value decisions")
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=models.Q(state__in=RUNNING),
                name="neighbourhoods_one_value_decision_at_a_time",
                violation_error_message=_(
                    "A decision about this is already going on. You can join in there."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(is_ending=True, proposed__isnull=True) | models.Q(is_ending=False),
                name="neighbourhoods_ending_has_no_amount",
            ),
            models.CheckConstraint(
                condition=models.Q(proposed__isnull=True) | models.Q(proposed__gt=0),
                name="neighbourhoods_proposes_something",
            ),
            models.CheckConstraint(
                condition=models.Q(decided__isnull=True) | models.Q(decided__gt=0, is_ending=False),
                name="neighbourhoods_decides_something",
            ),
            models.CheckConstraint(
                condition=models.Q(low__isnull=True, high__isnull=True, step__isnull=True)
                | models.Q(
                    low__isnull=False,
                    high__isnull=False,
                    step__isnull=False,
                    low__gt=0,
                    high__gt=models.F("low"),
                    step__gt=0,
                ),
                name="neighbourhoods_value_bounds",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["APPEAL", "IN_FORCE", "SUPERSEDED"])
                | models.Q(decided_at__isnull=False, appeals_until__isnull=False, effective_on__isnull=False),
                name="neighbourhoods_decided_from_a_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["APPEAL", "IN_FORCE", "SUPERSEDED"])
                | models.Q(is_ending=True)
                | models.Q(decided__isnull=False),
                name="neighbourhoods_decided_what",
            ),
        ]
        indexes = [models.Index(fields=["neighbourhood", "state"], name="neighbourhoods_value_state")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.item_id}: {self.state}"


class ValueVote(models.Model):
    """One vote in a value decision: of the residents, or of the board. A decision that was sent back has more.

    `amount` is what the board says yes or no to, in minor units; residents name their own, or say whether it ends.
    """

    decision = models.ForeignKey(
        ValueDecision, models.PROTECT, related_name="votes", verbose_name=_("value decision")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    decider = models.CharField(_("who votes"), max_length=10, choices=Decider.choices)
    box = models.OneToOneField(
        BallotBox, models.PROTECT, related_name="value_vote", verbose_name=_("ballot box")
    )
    amount = models.BigIntegerField(_("amount"), null=True, blank=True)
    # The meeting in which a board votes; else it is a written round.
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="value_votes", verbose_name=_("meeting")
    )

    class Meta:
        verbose_name = _("vote about a value")
        verbose_name_plural = _("votes about values")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="neighbourhoods_value_vote_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.number} of {self.decision_id}"


class ValueSupport(models.Model):
    """That a resident supports a proposal about a value. Seen by that person alone; everybody sees the number."""

    decision = models.ForeignKey(
        ValueDecision, models.PROTECT, related_name="supports", verbose_name=_("value decision")
    )
    person = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="value_supports", verbose_name=_("person")
    )

    class Meta:
        verbose_name = _("support of a value")
        verbose_name_plural = _("supports of values")
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "person"],
                name="neighbourhoods_supports_value_once",
                violation_error_message=_("You already support this."),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} for {self.decision_id}"


class ValueComment(models.Model):
    """A reaction during the consultation. The board can hide one with a reason that everybody reads in its place."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in addresses
    decision = models.ForeignKey(
        ValueDecision, models.PROTECT, related_name="comments", verbose_name=_("value decision")
    )
    author = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="value_comments", verbose_name=_("author")
    )
    text = models.TextField(_("reaction"), max_length=1000)
    language = models.CharField(_("language"), max_length=10)
    at = models.DateTimeField(_("at"))
    hidden_at = models.DateTimeField(_("hidden at"), null=True, blank=True)
    hidden_by = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, blank=True, related_name="value_comments_hidden",
        verbose_name=_("hidden by"),
    )  # fmt: skip
    hidden_reason = models.CharField(_("why it was hidden"), max_length=300, blank=True)
    key = models.UUIDField(unique=True, editable=False)  # the form's key: sent twice, said once

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hidden_at__isnull=True) | ~models.Q(hidden_reason=""),
                name="neighbourhoods_hidden_for_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} about {self.decision_id}"


class ConsentAbout(models.TextChoices):
    GUIDELINE = "GUIDELINE", _("a value outside the guideline")
    COVER = "COVER", _("a value for which the pots hold too little")


class ValueConsent(models.Model):
    """What the municipality answered about a decided value, with its reasons. Never changed; a no can be followed by a
    yes, and a yes by nothing."""

    decision = models.ForeignKey(
        ValueDecision, models.PROTECT, related_name="consents", verbose_name=_("value decision")
    )
    about = models.CharField(_("about"), max_length=10, choices=ConsentAbout.choices)
    is_given = models.BooleanField(_("consents"))
    reason = models.CharField(_("why"), max_length=1000)
    given_by = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="value_consents", verbose_name=_("answered by")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "about"],
                condition=models.Q(is_given=True),
                name="neighbourhoods_consents_once",
                violation_error_message=_("This was answered already."),
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="neighbourhoods_consent_has_reasons"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.about} of {self.decision_id}"


class ValueVersion(models.Model):
    """What an item is worth from a day on, in minor units; without an amount it has no value any more.

    Written on the day that it comes into force and never changed: in force is the last one up to today. The database
    refuses a second one on a day, and one that begins in the past.
    """

    item = models.ForeignKey(
        ValuedItem, models.PROTECT, related_name="versions", verbose_name=_("valued item")
    )
    effective_on = models.DateField(_("in force from"))
    amount = models.BigIntegerField(_("amount"), null=True, blank=True)
    decision = models.OneToOneField(
        ValueDecision, models.PROTECT, related_name="version", verbose_name=_("value decision")
    )
    made_on = models.DateField(_("written on"))

    class Meta:
        verbose_name = _("value")
        verbose_name_plural = _("values")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "effective_on"],
                name="neighbourhoods_one_value_a_day",
                violation_error_message=_("Another value of this begins on that day."),
            ),
            models.CheckConstraint(
                condition=models.Q(effective_on__gte=models.F("made_on")),
                name="neighbourhoods_value_never_in_the_past",
                violation_error_message=_("A value never begins in the past."),
            ),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gt=0),
                name="neighbourhoods_value_is_something",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.amount} from {self.effective_on}"
