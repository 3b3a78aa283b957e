from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.kinds import Label


class OverCap(models.TextChoices):
    """What a municipality has happen when somebody would earn more than a maximum."""

    BLOCK = "BLOCK", _("the payment waits until there is room again")
    WARN = "WARN", _("it is paid, and the participant is warned")
    SIGN = "SIGN", _("it is paid once the participant has signed that they know")


class RewardYear(models.Model):
    """The maximum amounts of a year as a municipality confirmed them. Never changed: corrected by a newer version.

    `over_hour` is what happens above the amount per hour, `over_cap` above those per month and year. Until somebody has
    confirmed a version of the year, nothing is paid that has a maximum.
    """

    municipality = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="reward_years", verbose_name=_("municipality")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    version = models.PositiveSmallIntegerField(_("version"))
    over_hour = models.CharField(
        _("above the amount per hour"), max_length=5, choices=OverCap.choices, default=OverCap.WARN
    )
    over_cap = models.CharField(
        _("above the amount per month or year"), max_length=5, choices=OverCap.choices, default=OverCap.BLOCK
    )
    source = models.CharField(_("where the amounts stand"), max_length=300)
    confirmed_by = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="reward_years_confirmed", verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"))

    class Meta:
        verbose_name = _("maximum amounts of a year")
        verbose_name_plural = _("maximum amounts of years")
        ordering = ["-year", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year", "version"],
                name="marketplace_reward_year_version_once",
                violation_error_message=_("Somebody else changed this at the same moment. Try again."),
            ),
            models.CheckConstraint(condition=~models.Q(source=""), name="marketplace_reward_year_source"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.year} v{self.version}"


class Situation(models.TextChoices):
    """For whom a rule holds."""

    ALL = "ALL", pgettext_lazy("for whom", "everybody")
    BENEFIT = "BENEFIT", _("who receives social assistance (bijstand)")


class RewardRule(models.Model):
    """A maximum of a year for people of an age, in a situation. Amounts are minor units; none means without a maximum.

    Everything under the `label` counts, over all organisations and coins together. Of the rules that hold for somebody
    the lowest amount of each kind counts.
    """

    of_year = models.ForeignKey(
        RewardYear, models.PROTECT, related_name="rules", verbose_name=_("maximum amounts of a year")
    )
    label = models.CharField(
        _("what the coins are in law"),
        max_length=20,
        choices=Label.choices,
        default=Label.VOLUNTEER_ALLOWANCE,
    )
    situation = models.CharField(
        _("for whom"), max_length=7, choices=Situation.choices, default=Situation.ALL
    )
    age_from = models.PositiveSmallIntegerField(_("from age"), default=0)
    age_until = models.PositiveSmallIntegerField(_("until age"), null=True, blank=True)  # that age included
    per_hour = models.BigIntegerField(_("per hour"), null=True, blank=True)
    per_month = models.BigIntegerField(_("per month"), null=True, blank=True)
    per_year = models.BigIntegerField(_("per year"), null=True, blank=True)

    class Meta:
        verbose_name = _("maximum amount")
        verbose_name_plural = _("maximum amounts")
        ordering = ["situation", "age_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["of_year", "label", "situation", "age_from"], name="marketplace_reward_rule_once"
            ),
            models.CheckConstraint(
                condition=models.Q(age_until__isnull=True) | models.Q(age_until__gte=models.F("age_from")),
                name="marketplace_reward_rule_ages",
            ),
            models.CheckConstraint(
                condition=(models.Q(per_hour__isnull=True) | models.Q(per_hour__gte=0))
                & (models.Q(per_month__isnull=True) | models.Q(per_month__gte=0))
                & (models.Q(per_year__isnull=True) | models.Q(per_year__gte=0)),
                name="marketplace_reward_rule_amounts",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.label} {self.situation} from {self.age_from}"


class RewardSituation(models.Model):
    """What somebody told about their own situation, because maximum amounts depend on it. Only they read it.

    `on_benefit` is whether they receive social assistance (bijstand); no row means that they did not say.
    """

    person = models.OneToOneField(
        "people.Party", models.PROTECT, related_name="reward_situation", verbose_name=_("person")
    )
    on_benefit = models.BooleanField(_("receives social assistance"))
    told_at = models.DateTimeField(_("told at"))

    class Meta:
        verbose_name = _("situation for maximum amounts")
        verbose_name_plural = _("situations for maximum amounts")

    def __str__(self) -> str:
        return f"#{self.pk}"
