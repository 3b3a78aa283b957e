from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.models.activity import Shift
from marketplace.models.offer import Offer
from neighbourhoods.models import Category, Neighbourhood


class SeenBy(models.TextChoices):
    """Who may see what somebody can do."""

    NOBODY = "NOBODY", _("only me")
    ORGANISERS = "ORGANISERS", _("organisations in my neighbourhood, and my team")
    RESIDENTS = "RESIDENTS", _("everybody in my neighbourhood who has signed in")


class SkillProfile(models.Model):
    """What a resident can do and would like to do. Private until they say otherwise."""

    person = models.OneToOneField(
        "people.Party", models.PROTECT, related_name="skill_profile", verbose_name=_("person")
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="skill_profiles", verbose_name=_("neighbourhood")
    )
    about = models.TextField(_("what you can do"), max_length=1000, blank=True)
    wishes = models.TextField(_("what you would like"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=10)
    hours = models.PositiveSmallIntegerField(_("hours a week"), null=True, blank=True)
    seeks_work = models.BooleanField(_("looks for paid work too"), default=False)
    seen_by = models.CharField(
        _("who may see this"), max_length=10, choices=SeenBy.choices, default=SeenBy.NOBODY
    )
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("what somebody can do")
        verbose_name_plural = _("what people can do")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hours__isnull=True) | models.Q(hours__gte=1, hours__lte=60),
                name="marketplace_skill_hours",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.seen_by}"


class Skill(models.Model):
    """A kind of work that somebody can do, or wants to learn."""

    profile = models.ForeignKey(
        SkillProfile, models.CASCADE, related_name="skills", verbose_name=_("what somebody can do")
    )
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("category"))
    is_wish = models.BooleanField(_("wants to learn it"), default=False)

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        constraints = [models.UniqueConstraint(fields=["profile", "category"], name="marketplace_skill_once")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class DayPart(models.TextChoices):
    MORNING = "MORNING", _("morning")  # until 12.00
    AFTERNOON = "AFTERNOON", _("afternoon")  # 12.00 to 18.00
    EVENING = "EVENING", _("evening")  # from 18.00 on


class FreeTime(models.Model):
    """When somebody can: a part of a day of the week (1 is Monday, as ISO 8601 counts)."""

    profile = models.ForeignKey(
        SkillProfile, models.CASCADE, related_name="free_times", verbose_name=_("what somebody can do")
    )
    weekday = models.PositiveSmallIntegerField(_("day of the week"))
    part = models.CharField(_("part of the day"), max_length=9, choices=DayPart.choices)

    class Meta:
        verbose_name = _("free time")
        verbose_name_plural = _("free times")
        constraints = [
            models.UniqueConstraint(fields=["profile", "weekday", "part"], name="marketplace_free_once"),
            models.CheckConstraint(
                condition=models.Q(weekday__gte=1, weekday__lte=7), name="marketplace_free_weekday"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.weekday} {self.part}"


class Team(models.Model):
    """Job-seekers who look for work together, with a coach of an organisation. Seen by them alone."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in addresses
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="teams", verbose_name=_("neighbourhood")
    )
    organisation = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="teams", verbose_name=_("organisation")
    )
    coach = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="teams_coached", verbose_name=_("coach")
    )
    name = models.CharField(_("name"), max_length=80)
    about = models.CharField(_("what the team is for"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("made at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    key = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """Somebody in a team: asked by the coach, in once they said yes."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="members", verbose_name=_("team"))
    person = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="team_memberships", verbose_name=_("member")
    )
    asked_at = models.DateTimeField(_("asked at"))
    joined_at = models.DateTimeField(_("joined at"), null=True, blank=True)
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)

    class Meta:
        verbose_name = _("member of a team")
        verbose_name_plural = _("members of teams")
        constraints = [
            models.UniqueConstraint(
                fields=["team", "person"],
                condition=models.Q(left_at__isnull=True),
                name="marketplace_in_a_team_once",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} in {self.team_id}"


class TeamProposal(models.Model):
    """Work that a team may take up together: a shift with places, or a job that is wanted on the market."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in addresses
    team = models.ForeignKey(Team, models.PROTECT, related_name="proposals", verbose_name=_("team"))
    shift = models.ForeignKey(
        Shift, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("shift")
    )
    offer = models.ForeignKey(
        Offer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("job")
    )
    text = models.CharField(_("message"), max_length=500, blank=True)
    proposed_by = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="team_proposals", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    key = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = _("proposal to a team")
        verbose_name_plural = _("proposals to teams")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(shift__isnull=False, offer__isnull=True)
                | models.Q(shift__isnull=True, offer__isnull=False),
                name="marketplace_proposal_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["team", "shift"], name="marketplace_shift_proposed_once",
                violation_error_message=_("The team has this before it already."),
            ),
            models.UniqueConstraint(
                fields=["team", "offer"], name="marketplace_job_proposed_once",
                violation_error_message=_("The team has this before it already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"#{self.pk} to {self.team_id}"


class TeamAnswer(models.Model):
    """What a member says to a proposal. A yes to a shift signs them up."""

    proposal = models.ForeignKey(
        TeamProposal, models.PROTECT, related_name="answers", verbose_name=_("proposal")
    )
    person = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="team_answers", verbose_name=_("member")
    )
    joins = models.BooleanField(_("joins"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("answer to a proposal")
        verbose_name_plural = _("answers to proposals")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="marketplace_answers_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} to {self.proposal_id}"
