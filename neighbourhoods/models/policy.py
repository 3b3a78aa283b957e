from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from neighbourhoods.counting import Method
from neighbourhoods.fractions import ShareField
from neighbourhoods.models.neighbourhood import Neighbourhood

METHOD_WORDS = {
    Method.YES_NO: _("yes or no"),
    Method.APPROVAL: _("as many as you like"),
    Method.STV: _("in order of preference"),
    Method.MEDIAN: _("the middle amount"),
}
METHODS = [(method.value, words) for method, words in METHOD_WORDS.items()]


class Subject(models.TextChoices):
    """What is decided. Each has a policy of its own in each neighbourhood."""

    ELECTION = "ELECTION", _("election of the board")
    CONFIRMATION = "CONFIRMATION", _("election with no more candidates than seats")
    RECALL = "RECALL", _("call for a new election")
    MOTION = "MOTION", _("decision of the board")
    VALUE = "VALUE", _("what something is worth")


class Decider(models.TextChoices):
    RESIDENTS = "RESIDENTS", _("the residents")
    BOARD = "BOARD", _("the board")
    BOTH = "BOTH", _("the residents, confirmed by the board")


class Secrecy(models.TextChoices):
    SECRET = "SECRET", _("secret")
    RECORDED = "RECORDED", _("with names")


class DecisionPolicy(models.Model):
    """How a neighbourhood decides about one kind of thing, as data. A row is never changed: a change is a new version.

    What is put to the vote points at the version that held at that moment, so that no change touches a running vote.
    Shares are exact fractions of the roll (quorums) or of the votes for and against (majority).

    The last block is about values alone. `category` is the one that a policy is for; without one it holds for all that
    have none of their own. `margin` is the part of the residents' amount by which the board may differ from it.
    """

    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="policies", verbose_name=_("neighbourhood")
    )
    subject = models.CharField(_("subject"), max_length=15, choices=Subject.choices)
    version = models.PositiveIntegerField(_("version"))
    decider = models.CharField(_("who decides"), max_length=10, choices=Decider.choices)
    method = models.CharField(_("method"), max_length=10, choices=METHODS)
    secrecy = models.CharField(_("secrecy"), max_length=10, choices=Secrecy.choices)
    turnout_quorum = ShareField(_("turnout quorum"), default="0")
    approval_quorum = ShareField(_("approval quorum"), default="0")
    majority = ShareField(_("majority"), default="1/2")
    is_strict = models.BooleanField(_("more than the majority"), default=True)
    blanks_count = models.BooleanField(_("blank votes count as votes"), default=False)
    support_needed = ShareField(_("support needed beforehand"), default="0")
    support_days = models.PositiveSmallIntegerField(_("days to gather support"), default=60)
    nomination_days = models.PositiveSmallIntegerField(_("days for nominations"), default=14)
    inspection_days = models.PositiveSmallIntegerField(_("days to look at the roll"), default=7)
    voting_days = models.PositiveSmallIntegerField(_("days to vote"), default=10)
    appeal_days = models.PositiveSmallIntegerField(_("days to appeal"), default=14)
    term_years = models.PositiveSmallIntegerField(_("term in years"), default=3)
    max_proxies = models.PositiveSmallIntegerField(_("proxies per person"), default=0)
    # Votes cast before a meeting count as cast there no earlier than this many days before it (BW 2:38 lid 8 says 30).
    days_before_meeting = models.PositiveSmallIntegerField(
        _("days before the meeting that voting may begin"), null=True, blank=True
    )
    consultation_days = models.PositiveSmallIntegerField(_("days to react"), default=14)
    margin = ShareField(_("margin of the board"), default="1/10")
    min_interval_days = models.PositiveSmallIntegerField(_("days before it is asked again"), default=90)
    cover_months = models.PositiveSmallIntegerField(_("months that the money must last"), default=3)
    category = models.ForeignKey(
        "neighbourhoods.Category", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("category"),
    )  # fmt: skip
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("decision policy")
        verbose_name_plural = _("decision policies")
        constraints = [
            models.UniqueConstraint(
                fields=["neighbourhood", "subject", "version"],
                name="neighbourhoods_policy_version_once",
                violation_error_message=_("Somebody else changed this policy at the same moment. Try again."),
            ),
            models.CheckConstraint(
                condition=models.Q(days_before_meeting__isnull=True) | models.Q(days_before_meeting__lte=30),
                name="neighbourhoods_policy_at_most_30_days_before",
            ),
            models.CheckConstraint(
                condition=models.Q(voting_days__gte=1), name="neighbourhoods_policy_votes_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.subject} {self.version} of {self.neighbourhood_id}"


class RuleKind(models.TextChoices):
    LIVES_HERE = "LIVES_HERE", _("lives here")
    LIVES_HERE_DAYS = "LIVES_HERE_DAYS", _("has lived here for some days")
    AGE = "AGE", _("is old enough")
    HAS_SEAT = "HAS_SEAT", _("sits on the board")


class EligibilityRule(models.Model):
    """One condition for being on the roll. All of a policy must hold; the first that does not, decides and is told.

    `number` is in days for LIVES_HERE_DAYS and in years for AGE; the others take none.
    """

    policy = models.ForeignKey(DecisionPolicy, models.PROTECT, related_name="rules", verbose_name=_("policy"))
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("condition"), max_length=20, choices=RuleKind.choices)
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)

    class Meta:
        verbose_name = _("eligibility rule")
        verbose_name_plural = _("eligibility rules")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "position"], name="neighbourhoods_rule_position_once"),
            models.UniqueConstraint(fields=["policy", "kind"], name="neighbourhoods_rule_kind_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["LIVES_HERE_DAYS", "AGE"], number__isnull=False)
                | models.Q(kind__in=["LIVES_HERE", "HAS_SEAT"], number__isnull=True),
                name="neighbourhoods_rule_has_its_number",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind} {self.number or ''}".rstrip()
