from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.states import StateTable
from marketplace.models.activity import REWARD_LABELS, Activity, Shift
from marketplace.states import PARTICIPATION, ParticipationState


class CheckedIn(models.TextChoices):
    """How somebody was found to be there."""

    LINK = "LINK", _("with the code at the door")
    PIN = "PIN", _("with the number at the door")
    LIST = "LIST", _("on the list of the organiser")


class Held(models.TextChoices):
    """Why confirmed hours are not paid yet, besides a legal maximum."""

    NOTHING = "", _("nothing")
    POT = "POT", _("the pot is empty or closed")
    YEAR = "YEAR", _("the maximum amounts of this year are not set yet")
    ACCOUNT = "ACCOUNT", _("there is no wallet to pay into")
    AGE = "AGE", _("the date of birth is not known")
    LIMIT = "LIMIT", _("a limit of the wallet was reached")


class Participation(models.Model):
    """That a person takes part in a shift: from signing up to coins.

    `person` is always the number that counts of somebody who is known twice. `value` (minor units per `unit`) is that
    of the moment of signing up, and so is `label`: what is decided later changes neither. `minutes` is what was told,
    `confirmed` what somebody else confirmed, `reward` what that earns in minor units. `transfer` paid it; what
    was waived has none, and gets none.
    """

    table: ClassVar[StateTable] = PARTICIPATION

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in addresses
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="participations", verbose_name=_("shift"))
    person = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="participations", verbose_name=_("participant")
    )
    value = models.BigIntegerField(_("value when signing up"))
    unit = models.CharField(_("unit"), max_length=10)
    label = models.CharField(
        _("what the coins are in law"), max_length=20,
        choices=[(label.value, label.label) for label in REWARD_LABELS],
    )  # fmt: skip
    signed_up_at = models.DateTimeField(_("signed up at"))
    signed_up_by = models.ForeignKey(
        "people.Party",
        models.PROTECT,
        related_name="participations_signed_up",
        verbose_name=_("signed up by"),
    )
    checked_in_at = models.DateTimeField(_("checked in at"), null=True, blank=True)
    checked_in_how = models.CharField(_("how"), max_length=4, choices=CheckedIn.choices, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes claimed"), null=True, blank=True)
    claimed_at = models.DateTimeField(_("hours told at"), null=True, blank=True)
    confirmed = models.PositiveSmallIntegerField(_("minutes confirmed"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, blank=True, related_name="participations_confirmed",
        verbose_name=_("confirmed by"),
    )  # fmt: skip
    reward = models.BigIntegerField(_("reward"), null=True, blank=True)
    held = models.CharField(_("why it waits"), max_length=8, choices=Held.choices, blank=True)
    # That the participant knows of a maximum that this goes beyond, where a municipality lets it be paid then.
    signed_above_at = models.DateTimeField(_("signed for more than the maximum at"), null=True, blank=True)
    transfer = models.OneToOneField(
        "ledger.Transfer", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("payment")
    )
    paid_at = models.DateTimeField(_("paid at"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=14, choices=ParticipationState.choices, default=ParticipationState.WAITING
    )
    key = models.UUIDField(unique=True, editable=False)  # the form's key: sent twice, signed up once

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            models.UniqueConstraint(
                fields=["shift", "person"],
                condition=~models.Q(state=ParticipationState.WITHDRAWN),
                name="marketplace_takes_part_once",
                violation_error_message=_("You already signed up for this."),
            ),
            models.CheckConstraint(condition=models.Q(value__gt=0), name="marketplace_participation_value"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["CONFIRMED", "PAID", "BLOCKED_BY_CAP", "WAIVED"])
                | models.Q(
                    confirmed__isnull=False, confirmed__gt=0, confirmed_at__isnull=False, reward__isnull=False,
                    reward__gt=0,
                ),
                name="marketplace_participation_confirmed_in_full",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True) | ~models.Q(confirmed_by=models.F("person")),
                name="marketplace_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ParticipationState.PAID, transfer__isnull=False, paid_at__isnull=False)
                | ~models.Q(state=ParticipationState.PAID) & models.Q(transfer__isnull=True),
                name="marketplace_paid_by_a_transfer",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["person", "state"], name="marketplace_takes_part"),
            models.Index(fields=["shift", "state", "signed_up_at", "id"], name="marketplace_in_turn"),
            models.Index(fields=["state", "claimed_at"], name="marketplace_hours_wait"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"


class HoursDispute(models.Model):
    """That participant and organiser do not agree on hours: what each says, and what a board member ruled.

    `offered` is how many minutes the organiser saw, `ruled` what the board found; nought is none.
    """

    participation = models.OneToOneField(
        Participation, models.PROTECT, related_name="dispute", verbose_name=_("participation")
    )
    offered = models.PositiveSmallIntegerField(_("minutes that the organiser saw"))
    organiser_text = models.CharField(_("what the organiser says"), max_length=500, blank=True)
    participant_text = models.CharField(_("what the participant says"), max_length=500, blank=True)
    opened_by = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="hours_disputes_opened", verbose_name=_("opened by")
    )
    opened_at = models.DateTimeField(_("opened at"))
    ruled = models.PositiveSmallIntegerField(_("minutes found"), null=True, blank=True)
    ruling = models.CharField(_("ruling"), max_length=500, blank=True)
    ruled_by = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, blank=True, related_name="hours_disputes_ruled",
        verbose_name=_("ruled by"),
    )  # fmt: skip
    ruled_at = models.DateTimeField(_("ruled at"), null=True, blank=True)

    class Meta:
        verbose_name = _("disagreement about hours")
        verbose_name_plural = _("disagreements about hours")

    def __str__(self) -> str:
        return f"#{self.pk} about {self.participation_id}"


class PinTry(models.Model):
    """A wrong number typed at a door: after a few, somebody waits. Removed by the clock after a day."""

    person = models.ForeignKey(
        "people.Party", models.CASCADE, related_name="pin_tries", verbose_name=_("person")
    )
    shift = models.ForeignKey(Shift, models.CASCADE, related_name="pin_tries", verbose_name=_("shift"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("wrong number at a door")
        verbose_name_plural = _("wrong numbers at doors")
        indexes = [models.Index(fields=["person", "at"], name="marketplace_pin_tries")]

    def __str__(self) -> str:
        return f"#{self.pk} at {self.at}"


class GuardianConsent(models.Model):
    """That a parent or guardian lets a child take part in an activity."""

    child = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="guardian_consents", verbose_name=_("child")
    )
    guardian = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="guardian_consents_given", verbose_name=_("guardian")
    )
    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="guardian_consents", verbose_name=_("activity")
    )
    given_at = models.DateTimeField(_("given at"))
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent of a guardian")
        verbose_name_plural = _("consents of guardians")
        constraints = [
            models.UniqueConstraint(
                fields=["child", "activity"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="marketplace_consent_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(child=models.F("guardian")), name="marketplace_consent_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} for {self.child_id}"


class ConductCertificate(models.Model):
    """That an organisation saw a certificate of conduct (VOG) of a person, and until when it holds. No copy is kept."""

    organisation = models.ForeignKey(
        "people.Party",
        models.PROTECT,
        related_name="conduct_certificates_seen",
        verbose_name=_("organisation"),
    )
    person = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="conduct_certificates", verbose_name=_("person")
    )
    until_on = models.DateField(_("holds until"))
    seen_by = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="conduct_certificates_checked", verbose_name=_("seen by")
    )
    seen_at = models.DateTimeField(_("seen at"))
    reminded_on = models.DateField(_("reminded on"), null=True, blank=True)

    class Meta:
        verbose_name = _("certificate of conduct")
        verbose_name_plural = _("certificates of conduct")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"], name="marketplace_conduct_certificate_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("seen_by")), name="marketplace_conduct_seen_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} until {self.until_on}"


class CalendarFeed(models.Model):
    """The secret address under which a person's own shifts can be read by a calendar. A new one ends the old."""

    person = models.OneToOneField(
        "people.Party", models.CASCADE, related_name="calendar_feed", verbose_name=_("person")
    )
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")

    def __str__(self) -> str:
        return f"#{self.pk}"
