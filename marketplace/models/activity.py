from __future__ import annotations

import uuid
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.states import StateTable
from ledger.kinds import Label
from marketplace.states import ACTIVITY, SHIFT, ActivityState, ShiftState
from neighbourhoods.models import Neighbourhood, ValuedItem

# What coins for an activity can be in law. A gift is none of it: for a gift nothing has to be done.
REWARD_LABELS = (Label.VOLUNTEER_ALLOWANCE, Label.EXPENSES, Label.BENEFIT_IN_KIND, Label.WAGE)


class Activity(models.Model):
    """Something that residents do for coins, once over all languages. This row decides; a page may show it.

    What it earns is the value of its `item`; `indication` is what its organiser thought it worth (minor units per unit
    of the item) and pays nothing. `pot` pays; `label` says what the coins are in law. Its words are in `ActivityText`,
    its days in `Shift`. `words` is all that it is found by, in every language, in small letters.
    """

    table: ClassVar[StateTable] = ACTIVITY

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in addresses
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="activities", verbose_name=_("neighbourhood")
    )
    organiser = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="activities", verbose_name=_("organiser")
    )
    item = models.ForeignKey(
        ValuedItem, models.PROTECT, related_name="activities", verbose_name=_("what has a value")
    )
    indication = models.BigIntegerField(_("value indication"), null=True, blank=True)
    label = models.CharField(
        _("what the coins are in law"), max_length=20, default=Label.VOLUNTEER_ALLOWANCE,
        choices=[(label.value, label.label) for label in REWARD_LABELS],
    )  # fmt: skip
    pot = models.ForeignKey(
        "ledger.Account", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("paid from")
    )
    language = models.CharField(_("language"), max_length=10)
    picture = models.ForeignKey(
        "content.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    picture_alt = models.CharField(_("what is in the picture"), max_length=200, blank=True)
    place = models.CharField(_("where"), max_length=120)
    travel = models.CharField(_("how to get there"), max_length=200, blank=True)
    spoken = models.CharField(_("languages that are spoken there"), max_length=120, blank=True)
    step_free = models.BooleanField(_("no steps on the way in"), default=False)
    accessible_toilet = models.BooleanField(_("a toilet for wheelchairs"), default=False)
    seated = models.BooleanField(_("can be done sitting down"), default=False)
    quiet = models.BooleanField(_("a quiet place"), default=False)
    lowest_age = models.PositiveSmallIntegerField(
        _("from which age"), default=16, validators=[MinValueValidator(12), MaxValueValidator(99)]
    )
    asks_conduct_certificate = models.BooleanField(
        _("asks for a certificate of conduct (VOG)"), default=False
    )
    words = models.TextField(_("what it is found by"), blank=True, editable=False)

    state = models.CharField(
        _("state"), max_length=10, choices=ActivityState.choices, default=ActivityState.DRAFT
    )
    paused_by_board = models.BooleanField(_("stopped by the board"), default=False)
    made_by = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="activities_made", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"))
    changed_at = models.DateTimeField(_("changed at"))
    published_at = models.DateTimeField(_("open since"), null=True, blank=True)
    key = models.UUIDField(unique=True, editable=False)  # the form's key: sent twice, made once

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["PUBLISHED", "PAUSED", "FINISHED", "CLOSED"])
                | models.Q(pot__isnull=False, published_at__isnull=False),
                name="marketplace_activity_is_paid_from_a_pot",
            ),
            models.CheckConstraint(
                condition=models.Q(indication__isnull=True) | models.Q(indication__gt=0),
                name="marketplace_activity_indication",
            ),
            models.CheckConstraint(
                condition=models.Q(label__in=[label.value for label in REWARD_LABELS]),
                name="marketplace_activity_has_a_label",
            ),
            models.CheckConstraint(
                condition=models.Q(lowest_age__gte=12), name="marketplace_activity_lowest_age"
            ),
        ]
        indexes = [
            models.Index(fields=["neighbourhood", "state"], name="marketplace_activity_in"),
            models.Index(fields=["organiser", "state"], name="marketplace_activity_of"),
            models.Index(fields=["pot", "state"], name="marketplace_activity_pot"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"


class ActivityText(models.Model):
    """The words of an activity in one language: its organiser's own, or those of its page."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="texts", verbose_name=_("activity"))
    language = models.CharField(_("language"), max_length=10)
    title = models.CharField(_("title"), max_length=80)
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    about = models.TextField(_("more about it"), max_length=3000, blank=True)
    asks = models.CharField(_("what you need for it"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("words of an activity")
        verbose_name_plural = _("words of activities")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "language"], name="marketplace_activity_told_once_a_language"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Shift(models.Model):
    """A day and hours of an activity, with places. Those that were planned together share a `series`.

    `pin` and `door_key` open the check-in: the number is said or hung up at the door, the key signs its links. New ones
    make the old worthless.
    """

    table: ClassVar[StateTable] = SHIFT

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in addresses
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="shifts", verbose_name=_("activity"))
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    places = models.PositiveSmallIntegerField(_("places"))
    host = models.CharField(_("who is there"), max_length=80, blank=True)
    series = models.UUIDField(_("planned together"), null=True, blank=True)
    pin = models.CharField(_("number at the door"), max_length=6)
    door_key = models.UUIDField(default=uuid.uuid4, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=ShiftState.choices, default=ShiftState.OPEN)
    cancel_reason = models.CharField(_("why it was called off"), max_length=300, blank=True)
    escalated_at = models.DateTimeField(_("brought to the board at"), null=True, blank=True)
    made_by = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, related_name="shifts_made", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="marketplace_shift_begins_before_it_ends",
                violation_error_message=_("The end comes after the beginning."),
            ),
            models.CheckConstraint(condition=models.Q(places__gt=0), name="marketplace_shift_has_places"),
            models.UniqueConstraint(
                fields=["activity", "starts_at", "ends_at", "host"],
                condition=models.Q(state=ShiftState.OPEN),
                name="marketplace_shift_once",
                violation_error_message=_("There is a shift at these hours already."),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "starts_at"], name="marketplace_shift_next"),
            models.Index(fields=["activity", "starts_at"], name="marketplace_shift_of"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


class ShiftMessage(models.Model):
    """What an organiser tells everybody who comes to a shift. They read it on their page, and in a mail."""

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="messages", verbose_name=_("shift"))
    author = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="shift_messages", verbose_name=_("author")
    )
    text = models.TextField(_("message"), max_length=1000)
    language = models.CharField(_("language"), max_length=10)
    at = models.DateTimeField(_("at"))
    key = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = _("message about a shift")
        verbose_name_plural = _("messages about shifts")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"#{self.pk} about {self.shift_id}"


class ShiftTemplate(models.Model):
    """A week as an organiser plans it again and again."""

    organiser = models.ForeignKey(
        "people.Party", models.CASCADE, related_name="shift_templates", verbose_name=_("organiser")
    )
    name = models.CharField(_("name"), max_length=80)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("template of shifts")
        verbose_name_plural = _("templates of shifts")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organiser", "name"], name="marketplace_template_named_once",
                violation_error_message=_("There is a template of that name already."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class ShiftTemplateLine(models.Model):
    """One shift in a template: a day of the week (1 is Monday, as ISO 8601 counts), hours and places."""

    template = models.ForeignKey(
        ShiftTemplate, models.CASCADE, related_name="lines", verbose_name=_("template")
    )
    weekday = models.PositiveSmallIntegerField(_("day of the week"))
    starts_at = models.TimeField(_("begins"))
    ends_at = models.TimeField(_("ends"))
    places = models.PositiveSmallIntegerField(_("places"))
    host = models.CharField(_("who is there"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("line of a template")
        verbose_name_plural = _("lines of templates")
        ordering = ["weekday", "starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weekday__gte=1, weekday__lte=7), name="marketplace_template_weekday"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="marketplace_template_hours"
            ),
            models.CheckConstraint(condition=models.Q(places__gt=0), name="marketplace_template_places"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.weekday} {self.starts_at}"
