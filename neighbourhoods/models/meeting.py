from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.states import StateTable
from neighbourhoods.models.neighbourhood import Neighbourhood
from neighbourhoods.states import MEETING, MINUTES, MeetingState, MinutesState


class MeetingKind(models.TextChoices):
    BOARD = "BOARD", _("board meeting")
    GENERAL = "GENERAL", _("general meeting")


class Meeting(models.Model):
    """A meeting of the board, or of all residents. Its agenda is fixed once the invitation has gone out."""

    table: ClassVar[StateTable] = MEETING

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in addresses
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="meetings", verbose_name=_("neighbourhood")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=MeetingKind.choices)
    title = models.CharField(_("title"), max_length=150)
    starts_at = models.DateTimeField(_("begins at"))
    place = models.CharField(_("place"), max_length=120)
    notice = models.TextField(_("words with the invitation"), max_length=2000, blank=True)
    language = models.CharField(_("language"), max_length=10)
    invited_at = models.DateTimeField(_("invited at"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED
    )
    key = models.UUIDField(unique=True, editable=False)  # the form's key: sent twice, planned once

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        indexes = [models.Index(fields=["neighbourhood", "starts_at"], name="neighbourhoods_meeting_when")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.title}: {self.state}"


class AgendaItem(models.Model):
    """One point of an agenda, in order. A proposal that is voted on here points at its meeting and stands beneath."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda", verbose_name=_("meeting"))
    position = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("explanation"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"], name="neighbourhoods_agenda_position_once"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.position} {self.title}"


class Presence(models.TextChoices):
    PRESENT = "PRESENT", _("present")
    EXCUSED = "EXCUSED", _("sent word")
    ABSENT = "ABSENT", _("absent")


class Attendance(models.Model):
    """Who of the board was there. Of a general meeting only the number of others is kept, in the minutes."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="attendances", verbose_name=_("meeting")
    )
    person = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="attendances", verbose_name=_("person")
    )
    presence = models.CharField(_("presence"), max_length=10, choices=Presence.choices)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="neighbourhoods_attends_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id} at {self.meeting_id}"


class Minutes(models.Model):
    """What was said and decided. A draft is the board's own; published for everybody; approved at a later meeting."""

    table: ClassVar[StateTable] = MINUTES

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes", verbose_name=_("meeting"))
    text = models.TextField(_("minutes"), max_length=40_000)
    others_present = models.PositiveIntegerField(_("others present"), default=0)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    approved_in = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="minutes_approved",
        verbose_name=_("approved at"),
    )  # fmt: skip
    state = models.CharField(
        _("state"), max_length=10, choices=MinutesState.choices, default=MinutesState.DRAFT
    )

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="APPROVED") | models.Q(approved_in__isnull=False),
                name="neighbourhoods_minutes_approved_somewhere",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of {self.meeting_id}: {self.state}"
