from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from people.models.details import OrganisationDetails, PersonDetails

FORMER_PARTICIPANT = _("former participant")


class PartyKind(models.TextChoices):
    PERSON = "PERSON", _("person")
    HOUSEHOLD = "HOUSEHOLD", _("household")
    COMPANY = "COMPANY", _("company")
    ASSOCIATION = "ASSOCIATION", pgettext_lazy("organisation", "association or foundation")
    INSTITUTION = "INSTITUTION", _("institution")
    MUNICIPALITY = "MUNICIPALITY", _("municipality")
    COOPERATIVE = "COOPERATIVE", _("cooperative")
    NEIGHBOURHOOD = "NEIGHBOURHOOD", _("neighbourhood")


class PartyQuerySet(models.QuerySet["Party"]):
    def with_names(self) -> Self:
        """Fetch what `display_name` reads, so that a list of names is one query."""
        return self.select_related("person_details", "organisation_details")

    def persons(self) -> Self:
        return self.filter(kind=PartyKind.PERSON)


class Party(models.Model):
    """Whoever holds coins, makes offers or signs agreements.

    The number is for the database (search on SQLite finds nothing behind a UUID key), the UUID for the outside.
    What is known of a party stands in one-to-one tables: erasure empties that row and the party stays, nameless.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=PartyKind.choices)
    same_person_as = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="also_known_as",
        verbose_name=_("same person as"),
        help_text=_("A person who is known twice: caps, votes and permissions count the one named here."),
    )
    created_at = models.DateTimeField(_("known since"))
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(same_person_as__isnull=True) | models.Q(kind=PartyKind.PERSON),
                name="people_party_only_persons_are_linked",
                violation_error_message=_("Only a person can be known twice."),
            ),
            models.CheckConstraint(
                condition=models.Q(same_person_as__isnull=True) | ~models.Q(same_person_as=models.F("id")),
                name="people_party_not_linked_to_itself",
                violation_error_message=_("A person cannot be linked to itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.display_name}"

    @property
    def is_person(self) -> bool:
        return self.kind == PartyKind.PERSON

    @property
    def details(self) -> PersonDetails | OrganisationDetails | None:
        """The row that describes this party (fetch it with `with_names`)."""
        return getattr(self, "person_details" if self.is_person else "organisation_details", None)

    @property
    def display_name(self) -> str:
        """The name that others see. All that the ledger ever asks of a holder."""
        details = self.details
        name = details.full_name if details and not self.erased_at else ""
        return name or gettext("former participant")

    @property
    def canonical_id(self) -> int:
        """The number of the person that caps, votes and permissions count."""
        return self.same_person_as_id or self.pk
