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
from neighbourhoods.models.proposal import Proposal
from neighbourhoods.models.roll import Roll
from neighbourhoods.states import ELECTION, NOMINATION, ElectionState, NominationState


class Election(models.Model):
    """An election of the board. Its page is the face; this row decides.

    The order of the moments: announced, nominations until, roll frozen at `freezes_at`, voting from `opens_at` to
    `closes_at`, appeals until `appeals_until`. The roll is built when nominations open, so that everybody can look
    up their own entry and object in time. `box` comes when the roll is frozen.
    """

    table: ClassVar[StateTable] = ELECTION

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in addresses
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="elections", verbose_name=_("neighbourhood")
    )
    policy = models.ForeignKey(DecisionPolicy, models.PROTECT, related_name="+", verbose_name=_("policy"))
    title = models.CharField(_("title"), max_length=150)
    seats = models.PositiveSmallIntegerField(_("seats"))
    term_from_on = models.DateField(_("first day of the term"))
    term_until_on = models.DateField(_("last day of the term"))
    nominations_from = models.DateTimeField(_("nominations from"))
    nominations_until = models.DateTimeField(_("nominations until"))
    freezes_at = models.DateTimeField(_("roll frozen at"))
    opens_at = models.DateTimeField(_("voting from"))
    closes_at = models.DateTimeField(_("voting until"))
    appeals_until = models.DateTimeField(_("appeals until"), null=True, blank=True)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="elections", verbose_name=_("meeting")
    )
    called_by = models.OneToOneField(
        Proposal, models.PROTECT, null=True, blank=True, related_name="election", verbose_name=_("called by")
    )
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("held anew for"),
    )
    roll = models.OneToOneField(
        Roll, models.PROTECT, null=True, blank=True, related_name="election", verbose_name=_("electoral roll")
    )
    box = models.OneToOneField(
        BallotBox,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="election",
        verbose_name=_("ballot box"),
    )
    state = models.CharField(
        _("state"), max_length=15, choices=ElectionState.choices, default=ElectionState.DRAFT
    )
    key = models.UUIDField(unique=True, editable=False)  # the form's key: sent twice, made once

    class Meta:
        verbose_name = _("election")
        verbose_name_plural = _("elections")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    nominations_until__gt=models.F("nominations_from"),
                    freezes_at__gte=models.F("nominations_until"),
                    opens_at__gte=models.F("freezes_at"),
                    closes_at__gt=models.F("opens_at"),
                ),
                name="neighbourhoods_election_in_order",
                violation_error_message=_("These moments are not in the right order."),
            ),
            models.CheckConstraint(
                condition=models.Q(term_until_on__gt=models.F("term_from_on")),
                name="neighbourhoods_election_term_in_order",
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.CheckConstraint(
                condition=models.Q(seats__gte=1), name="neighbourhoods_election_has_a_seat"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.title}: {self.state}"


class Nomination(models.Model):
    """Somebody put forward for an election. On the ballot only with their own word (`accepted_at`).

    `number` is their key on the ballot, given when the roll is frozen. `interests` are the candidate's own words, one a
    line: for whom else they work or sit, what they own; empty together with `has_no_interests`.
    """

    table: ClassVar[StateTable] = NOMINATION

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey(
        Election, models.PROTECT, related_name="nominations", verbose_name=_("election")
    )
    candidate = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="nominations", verbose_name=_("candidate")
    )
    proposed_by = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="nominations_made", verbose_name=_("proposed by")
    )
    statement = models.TextField(_("why I stand"), max_length=2000, blank=True)
    interests = models.TextField(_("interests"), max_length=1000, blank=True)
    has_no_interests = models.BooleanField(_("no interests to declare"), default=False)
    language = models.CharField(_("language"), max_length=10)
    proposed_at = models.DateTimeField(_("proposed at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    number = models.PositiveSmallIntegerField(_("number on the ballot"), null=True, blank=True)
    reason = models.CharField(_("why it was rejected"), max_length=500, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=NominationState.choices, default=NominationState.PROPOSED
    )

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        constraints = [
            models.UniqueConstraint(
                fields=["election", "candidate"],
                condition=models.Q(state__in=["PROPOSED", "ACCEPTED", "ON_BALLOT"]),
                name="neighbourhoods_nominated_once",
                violation_error_message=_("This person has already been nominated."),
            ),
            models.UniqueConstraint(
                fields=["election", "number"], name="neighbourhoods_number_on_ballot_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["ACCEPTED", "ON_BALLOT"])
                | models.Q(accepted_at__isnull=False),
                name="neighbourhoods_candidate_accepted",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.candidate_id} for {self.election_id}: {self.state}"


class Interest(models.Model):
    """For whom else a board member works, sits or owns: told to everybody, so that all see when to step aside."""

    person = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="interests", verbose_name=_("person")
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="interests", verbose_name=_("neighbourhood")
    )
    text = models.CharField(_("interest"), max_length=200)
    # The organisation, when it is known here: then taking part in what is about it is refused.
    party = models.ForeignKey(
        "people.Party",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    from_on = models.DateField(_("since"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("interest")
        verbose_name_plural = _("interests")

    def __str__(self) -> str:
        return f"#{self.pk} of {self.person_id}"
