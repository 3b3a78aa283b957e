from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.party import Party
from people.validators import validate_iban, validate_kvk_number, validate_phone, validate_postcode


class HouseNumberMixin(models.Model):
    """A Dutch address: postcode and number say which door it is; street and town are for the envelope."""

    street = models.CharField(_("street"), max_length=100, blank=True)
    house_number = models.CharField(_("house number"), max_length=20, blank=True)
    postcode = models.CharField(_("postcode"), max_length=7, blank=True, validators=[validate_postcode])
    town = models.CharField(_("town"), max_length=80, blank=True)

    class Meta:
        abstract = True

    @property
    def address_lines(self) -> list[str]:
        """As on an envelope."""
        lines = [f"{self.street} {self.house_number}".strip(), f"{self.postcode}  {self.town}".strip()]
        return [line for line in lines if line]


class PersonDetails(HouseNumberMixin):
    """What is known of a person. Emptied when the person is erased."""

    party = models.OneToOneField(Party, models.PROTECT, primary_key=True, related_name="person_details")
    given_name = models.CharField(_("first name"), max_length=80, blank=True)
    family_name = models.CharField(_("last name"), max_length=120, blank=True)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True, validators=[validate_phone])
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )

    class Meta:
        verbose_name = _("details of a person")
        verbose_name_plural = _("details of persons")

    def __str__(self) -> str:
        return f"#{self.party_id} {self.full_name}"

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class OrganisationDetails(HouseNumberMixin):
    """What is known of a party that is not a person: a company, an association, a household, a municipality."""

    party = models.OneToOneField(Party, models.PROTECT, primary_key=True, related_name="organisation_details")
    name = models.CharField(_("name"), max_length=150)
    kvk_number = models.CharField(
        _("KvK number"),
        max_length=8,
        blank=True,
        validators=[validate_kvk_number],
        help_text=_("The number in the Dutch trade register: eight digits."),
    )
    iban = models.CharField(
        _("IBAN"),
        max_length=34,
        blank=True,
        validators=[validate_iban],
        help_text=_("For being paid out in euros."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True, validators=[validate_phone])
    website = models.URLField(_("website"), blank=True)

    class Meta:
        verbose_name = _("details of an organisation")
        verbose_name_plural = _("details of organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["kvk_number"],
                condition=~models.Q(kvk_number=""),
                name="people_kvk_number_once",
                violation_error_message=_("An organisation with this KvK number is already here."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.party_id} {self.name}"

    @property
    def full_name(self) -> str:
        return self.name
