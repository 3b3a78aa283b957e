from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.states import StateTable
from neighbourhoods.models.neighbourhood import Neighbourhood
from neighbourhoods.states import RESIDENCY, ResidencyState


class Attestation(models.TextChoices):
    CODE_LETTER = "CODE_LETTER", _("code from a letter")
    CLERK = "CLERK", _("seen at the desk")


class Residency(models.Model):
    """That a person lives in a neighbourhood, how that was attested and until when.

    `person` is always the canonical one, so that nobody lives in two neighbourhoods under two numbers. The address is
    the door that the letter goes to; it is emptied when the residency ends.
    """

    table: ClassVar[StateTable] = RESIDENCY

    person = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="residencies", verbose_name=_("person")
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="residencies", verbose_name=_("neighbourhood")
    )
    state = models.CharField(
        _("state"), max_length=12, choices=ResidencyState.choices, default=ResidencyState.REQUESTED
    )
    attestation = models.CharField(_("shown by"), max_length=12, choices=Attestation.choices)
    street = models.CharField(_("street"), max_length=100, blank=True)
    house_number = models.CharField(_("house number"), max_length=20, blank=True)
    postcode = models.CharField(_("postcode"), max_length=7, blank=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    requested_at = models.DateTimeField(_("requested at"))
    attested_on = models.DateField(_("attested on"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day that it holds."))
    # The day on which it was ended, refused or withdrawn, or expired: from then on the desk forgets (queries.desk).
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    key = models.UUIDField(unique=True, editable=False)  # the form's key: sent twice, requested once

    # The code letter: made when the letter is printed, kept as a hash, good for so many days and tries.
    code_hash = models.CharField(max_length=128, blank=True, editable=False)
    code_made_at = models.DateTimeField(null=True, editable=False)
    code_tries = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("residency")
        verbose_name_plural = _("residencies")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(state=ResidencyState.ATTESTED),
                name="neighbourhoods_lives_in_one_place",
                violation_error_message=_("This person already lives in a neighbourhood."),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(state=ResidencyState.REQUESTED),
                name="neighbourhoods_one_request_at_a_time",
                violation_error_message=_("There is already a request. Withdraw it first."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ResidencyState.ATTESTED) | models.Q(attested_on__isnull=False),
                name="neighbourhoods_attested_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["neighbourhood", "state"], name="neighbourhoods_residency_state")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id} in {self.neighbourhood_id}: {self.state}"
