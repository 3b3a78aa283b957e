from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.party import Party


class Role(models.TextChoices):
    OWNER = "OWNER", _("owner: may do everything, also award mandates")
    OPERATOR = "OPERATOR", _("operator: sells and takes payments")
    MEMBER = "MEMBER", _("member of the household")
    HELPER = "HELPER", _("helper: does things for somebody else")
    ORGANISER = "ORGANISER", _("organiser: posts activities, confirms who came")
    FINANCE = "FINANCE", _("finance: money in and out")
    CLERK = "CLERK", _("clerk: serves residents at the desk")
    CASE_WORKER = "CASE_WORKER", _("case worker")
    EDITOR = "EDITOR", _("editor: writes the pages")
    POLLING = "POLLING", _("polling office: runs elections")
    APPEALS = "APPEALS", _("appeals panel: rules on appeals about votes")


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self, on: date) -> Self:
        """Mandates that hold on a day: both their first and their last day count."""
        return self.filter(models.Q(until_on__isnull=True) | models.Q(until_on__gte=on), from_on__lte=on)

    def held_by(self, person: Party) -> Self:
        """Those of a person, also under another number when the person is known twice."""
        return self.filter(
            models.Q(person_id=person.canonical_id) | models.Q(person__same_person_as_id=person.canonical_id)
        )


class Mandate(models.Model):
    """An office that a person holds for a party. A board seat is the only other office there is."""

    person = models.ForeignKey(Party, models.PROTECT, related_name="mandates", verbose_name=_("person"))
    principal = models.ForeignKey(
        Party, models.PROTECT, related_name="mandates_given", verbose_name=_("on behalf of")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    day_limit = models.PositiveBigIntegerField(
        _("limit per day"), null=True, blank=True, help_text=_("In hundredths of a coin; empty for no limit.")
    )
    from_on = models.DateField(_("first day"))
    until_on = models.DateField(_("last day"), null=True, blank=True)
    awarded_by = models.ForeignKey(
        Party, models.PROTECT, null=True, related_name="mandates_awarded", verbose_name=_("awarded by")
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "principal", "role", "from_on"],
                name="people_mandate_once_a_day",
                violation_error_message=_("This person already has this mandate from that day."),
            ),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
                name="people_mandate_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("principal")),
                name="people_mandate_for_another",
                violation_error_message=_("Nobody holds a mandate for themselves."),
            ),
        ]
        indexes = [models.Index(fields=["principal", "role"], name="people_mandate_principal")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.role} of {self.principal_id} held by {self.person_id}"
