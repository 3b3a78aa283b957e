from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.states import StateTable
from neighbourhoods.models.neighbourhood import Neighbourhood
from neighbourhoods.models.policy import METHODS, DecisionPolicy, Secrecy
from neighbourhoods.models.roll import Roll, RollEntry
from neighbourhoods.states import BALLOT_BOX, BoxState


class BallotBox(models.Model):
    """One vote: who may vote (the roll), about what (the options), how and when. The same box serves everything that
    is voted on. All but its state and its last moment is fixed from the beginning, by the database.

    `options` are short keys; who or what they stand for is told by the row that owns the box. `low`, `high`, `step` and
    `present` are amounts in minor units, for the median alone; `seats` for elections alone.
    """

    table: ClassVar[StateTable] = BALLOT_BOX

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in addresses
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="boxes", verbose_name=_("neighbourhood")
    )
    policy = models.ForeignKey(DecisionPolicy, models.PROTECT, related_name="+", verbose_name=_("policy"))
    roll = models.OneToOneField(Roll, models.PROTECT, related_name="box", verbose_name=_("electoral roll"))
    method = models.CharField(_("method"), max_length=10, choices=METHODS)
    secrecy = models.CharField(_("secrecy"), max_length=10, choices=Secrecy.choices)
    options = models.JSONField(_("options"))
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    low = models.BigIntegerField(_("lowest amount"), null=True, blank=True)
    high = models.BigIntegerField(_("highest amount"), null=True, blank=True)
    step = models.BigIntegerField(_("step"), null=True, blank=True)
    present = models.BigIntegerField(_("present amount"), null=True, blank=True)
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"))
    state = models.CharField(_("state"), max_length=10, choices=BoxState.choices, default=BoxState.READY)

    class Meta:
        verbose_name = _("ballot box")
        verbose_name_plural = _("ballot boxes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="neighbourhoods_box_closes_after_it_opens",
                violation_error_message=_("Voting must end after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.method} {self.state}"

    @property
    def is_secret(self) -> bool:
        return self.secrecy == Secrecy.SECRET


class Ballot(models.Model):
    """One secret ballot. No person, no moment, no serial number: a random number, the box and the choice.

    The database refuses any change; it takes new ones while the box is open, and lets them go only while they are
    written anew in random order. `choice` is canonical JSON (`counting.canonical`). `receipt` is a code that the
    voter asked for and saw once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    box = models.ForeignKey(BallotBox, models.PROTECT, related_name="ballots", verbose_name=_("ballot box"))
    choice = models.TextField(_("choice"))
    receipt = models.CharField(_("receipt code"), max_length=16, null=True, blank=True)  # noqa: DJ001

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        constraints = [models.UniqueConstraint(fields=["box", "receipt"], name="neighbourhoods_receipt_once")]

    def __str__(self) -> str:
        return "ballot"


class RecordedVote(models.Model):
    """A vote with a name, of a board member. Another vote of the same person is a new row: the last one counts.

    `choice` is canonical JSON, or the word RECUSED: who has an interest votes on nothing and is left out of the sums.
    """

    box = models.ForeignKey(
        BallotBox, models.PROTECT, related_name="recorded_votes", verbose_name=_("ballot box")
    )
    person = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="recorded_votes", verbose_name=_("person")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    choice = models.TextField(_("choice"))
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("recorded vote")
        verbose_name_plural = _("recorded votes")
        constraints = [
            models.UniqueConstraint(
                fields=["box", "person", "number"], name="neighbourhoods_recorded_vote_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id} in {self.box_id}"


class PaperCount(models.Model):
    """That one person entered the paper ballots of a box. What they entered is kept as a salted hash only: the second
    person's entry must match it, and then all go into the box at once. So nothing of a few paper voters lies about.
    """

    box = models.ForeignKey(
        BallotBox, models.PROTECT, related_name="paper_counts", verbose_name=_("ballot box")
    )
    entered_by = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="paper_counts", verbose_name=_("entered by")
    )
    ballots = models.PositiveIntegerField(_("paper ballots"))
    # Gone once the ballots are in: of one or two voters on paper it could be guessed.
    digest = models.CharField(max_length=200, editable=False, null=True)  # noqa: DJ001
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("paper count")
        verbose_name_plural = _("paper counts")
        constraints = [
            models.UniqueConstraint(
                fields=["box", "entered_by"],
                name="neighbourhoods_paper_once_each",
                violation_error_message=_(
                    "You entered the paper ballots already. Somebody else does it next."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.ballots} for {self.box_id}"


class Proxy(models.Model):
    """That somebody on the roll lets another on it vote for them. One step, never further; taken back until used."""

    entry = models.OneToOneField(
        RollEntry, models.PROTECT, related_name="proxy", verbose_name=_("who gives it")
    )
    holder = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="proxies_held", verbose_name=_("who votes")
    )

    class Meta:
        verbose_name = _("proxy")
        verbose_name_plural = _("proxies")

    def __str__(self) -> str:
        return f"#{self.pk} for {self.entry_id}"


class Result(models.Model):
    """The result sheet of a box, as `counting.count` made it: canonical JSON, with the hash of what was counted."""

    box = models.OneToOneField(BallotBox, models.PROTECT, related_name="result", verbose_name=_("ballot box"))
    sheet = models.TextField(_("result sheet"))
    input_hash = models.CharField(_("hash of what was counted"), max_length=64)
    counted_at = models.DateTimeField(_("counted at"))

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")

    def __str__(self) -> str:
        return f"#{self.pk} of {self.box_id}"
