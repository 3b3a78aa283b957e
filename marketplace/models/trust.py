from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.states import StateTable
from marketplace.models.offer import Offer
from marketplace.states import ADMISSION, REPORT, AdmissionState, ReportState
from neighbourhoods.models import Neighbourhood


class Admission(models.Model):
    """That an organisation may offer and ask on the market of a neighbourhood: asked for, looked at, decided.

    What it is registered as (KvK number, address) stands with the organisation itself; who acts for it are its
    mandates. `displacement` is its answer to the question whether paid work would be lost by what it wants.
    """

    table: ClassVar[StateTable] = ADMISSION

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in addresses
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="admissions", verbose_name=_("neighbourhood")
    )
    organisation = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="admissions", verbose_name=_("organisation")
    )
    about = models.TextField(_("what do you want to offer or ask?"), max_length=1000)
    displacement = models.TextField(_("whose paid work is this, or was it?"), max_length=1000)
    insurance = models.CharField(_("insurance"), max_length=200, blank=True)
    insured_until_on = models.DateField(_("insured until"), null=True, blank=True)
    # What the board looked at: the register, the insurance, certificates.
    checks = models.TextField(_("what was checked"), max_length=1000, blank=True)
    requested_by = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="admissions_requested", verbose_name=_("asked by")
    )
    requested_at = models.DateTimeField(_("asked at"))
    decided_by = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, blank=True, related_name="admissions_decided",
        verbose_name=_("decided by"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    until_on = models.DateField(_("last day"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=AdmissionState.choices, default=AdmissionState.REQUESTED
    )
    key = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = _("admission")
        verbose_name_plural = _("admissions")
        constraints = [
            models.UniqueConstraint(
                fields=["neighbourhood", "organisation"],
                condition=models.Q(state__in=[AdmissionState.REQUESTED, AdmissionState.ADMITTED]),
                name="marketplace_admitted_once",
                violation_error_message=_("This organisation is admitted already, or has asked for it."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state=AdmissionState.ADMITTED)
                | models.Q(decided_at__isnull=False, until_on__isnull=False) & ~models.Q(checks=""),
                name="marketplace_admitted_after_a_look",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.organisation_id} in {self.neighbourhood_id}: {self.state}"


class ReportReason(models.TextChoices):
    NOT_ALLOWED = "NOT_ALLOWED", _("this is not allowed")
    NOT_TRUE = "NOT_TRUE", _("this is not true")
    RUDE = "RUDE", _("this hurts people")
    PAID_WORK = "PAID_WORK", _("this takes away paid work")
    OTHER = "OTHER", _("something else")


class OfferReport(models.Model):
    """That somebody thinks an offer should not be on the market. The board answers; who reported is not told on."""

    table: ClassVar[StateTable] = REPORT

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in addresses
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="reports", verbose_name=_("offer"))
    reporter = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="offers_reported", verbose_name=_("reported by")
    )
    reason = models.CharField(_("why"), max_length=12, choices=ReportReason.choices)
    text = models.TextField(_("explanation"), max_length=1000, blank=True)
    at = models.DateTimeField(_("at"))
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    answered_by = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, blank=True, related_name="offer_reports_answered",
        verbose_name=_("answered by"),
    )  # fmt: skip
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ReportState.choices, default=ReportState.OPEN)
    key = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = _("report of an offer")
        verbose_name_plural = _("reports of offers")
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "reporter"],
                condition=models.Q(state=ReportState.OPEN),
                name="marketplace_reports_once",
                violation_error_message=_("You already reported this. The board will look at it."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=ReportState.OPEN) | ~models.Q(answer=""),
                name="marketplace_report_answered_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of {self.offer_id}: {self.state}"


class WordUse(models.TextChoices):
    BLOCKED = "BLOCKED", _("may not be used at all")
    RESERVED = "RESERVED", _("only the municipality and the board call themselves so")


class WordRule(models.Model):
    """A word that members may not use on the market of a neighbourhood, or not in a title."""

    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="word_rules", verbose_name=_("neighbourhood")
    )
    word = models.CharField(_("word"), max_length=60)  # in small letters
    use = models.CharField(_("what about it"), max_length=8, choices=WordUse.choices)
    made_by = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, related_name="word_rules_made", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("rule about a word")
        verbose_name_plural = _("rules about words")
        ordering = ["word"]
        constraints = [
            models.UniqueConstraint(
                fields=["neighbourhood", "word"],
                name="marketplace_word_once",
                violation_error_message=_("This word is on the list already."),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.use}"
