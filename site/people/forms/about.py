"""What people tell about themselves and their organisations, and the roles that they offer."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.forms.fields import EMAIL_WORDS, TOO_LONG, PostcodeField, TidyField, day, phone, text
from people.models import Party, PartyKind, PersonDetails, Role
from people.roles import RESIDENTS_OWN, ROLE_WORDS, roles_for
from people.validators import validate_iban, validate_kvk_number, validate_name


class AddressForm(forms.Form):
    street = text(_("Street"), 100, autocomplete="address-line1")
    house_number = text(_("House number"), 20)
    postcode = PostcodeField(required=False)
    town = text(_("Town"), 80, autocomplete="address-level2")


class DetailsForm(AddressForm):
    """What somebody tells about themself."""

    given_name = text(_("First name"), 80, autocomplete="given-name", validators=[validate_name])
    family_name = text(_("Last name"), 120, autocomplete="family-name", validators=[validate_name])
    born_on = day(
        _("Date of birth"), help_text=_("Needed to vote or to work with children. Others do not see it."),
        example={"invalid": _("Enter a date, for example 21-11-1980.")},
    )  # fmt: skip
    phone = phone()
    language = forms.ChoiceField(
        label=_("Language of our mails"), choices=settings.LANGUAGES,
        error_messages={"required": _("Choose a language."), "invalid_choice": _("Choose a language.")},
    )  # fmt: skip
    field_order = [
        "given_name",
        "family_name",
        "born_on",
        "phone",
        "street",
        "house_number",
        "postcode",
        "town",
    ]

    def __init__(self, *args: Any, has_fixed_birthday: bool = False, **kwargs: Any) -> None:
        """`has_fixed_birthday`: it is shown, and what is sent of it is not read."""
        super().__init__(*args, **kwargs)
        if has_fixed_birthday:
            field = self.fields["born_on"]
            field.disabled = True
            field.help_text = _("Is this not right? Ask the desk of your municipality to change it.")

    @staticmethod
    def initial_of(details: PersonDetails) -> dict[str, Any]:
        return {name: getattr(details, name) for name in DetailsForm.base_fields}


class OrganisationForm(AddressForm):
    """What is known of an organisation."""

    name = text(
        _("Name"), 150, required=_("Enter the name."), autocomplete="organization", validators=[validate_name]
    )
    kvk_number = TidyField(
        label=_("KvK number"), required=False, max_length=20, validators=[validate_kvk_number],
        error_messages={"max_length": _("A KvK number has eight digits, for example 12345678.")},
        help_text=_("The number in the Dutch trade register: eight digits."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    iban = TidyField(
        label=_("IBAN"), required=False, max_length=50, validators=[validate_iban],
        error_messages={"max_length": TOO_LONG},
        help_text=_("For being paid out in euros. Only owners and finance see it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Others can see this."),
        error_messages=EMAIL_WORDS,
    )
    phone = phone()
    website = forms.URLField(
        label=_("Website"), required=False, assume_scheme="https",
        error_messages={"invalid": _("Enter a web address, for example www.example.org."), "max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )  # fmt: skip
    field_order = ["kind", "name", "kvk_number", "iban", "email", "phone", "website"]

    @staticmethod
    def initial_of(party: Party) -> dict[str, Any]:
        return {name: getattr(party.organisation_details, name) for name in OrganisationForm.base_fields}


class RegisterOrganisationForm(OrganisationForm):
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=[(kind.value, kind.label) for kind in PartyKind if kind in RESIDENTS_OWN],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is."), "invalid_choice": _("Choose what it is.")},
    )  # fmt: skip


class HouseholdForm(forms.Form):
    name = text(
        _("Name of your household"),
        150,
        required=_("Enter the name of your household."),
        validators=[validate_name],
        help_text=_("For example: Molenstraat 4."),
    )


class InvitationForm(forms.Form):
    """Offering a role. It asks for an address and never answers whether that address has a login."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254,
        error_messages={**EMAIL_WORDS, "required": _("Enter an e-mail address, for example ann@example.org.")},
    )  # fmt: skip
    role = forms.ChoiceField(
        label=_("Role"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role."), "invalid_choice": _("Choose a role.")},
    )  # fmt: skip
    until_on = day(_("Last day"), help_text=_("Leave empty if there is no last day."))

    def __init__(self, *args: Any, principal: Party, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = cast("forms.ChoiceField", self.fields["role"])
        roles.choices = [(role, ROLE_WORDS[Role(role)]) for role in roles_for(principal.kind)]


class ReasonForm(forms.Form):
    reason = text(pgettext_lazy("of ending a role", "Why?"), 200, help_text=_("The person can read this."))


class EraseForm(forms.Form):
    """Typing the address is the moment to stop and think."""

    email = forms.CharField(
        label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("Type it to show that you are sure."),
        error_messages={"required": _("Enter your e-mail address.")},
    )  # fmt: skip

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_email(self) -> str:
        typed = str(self.cleaned_data["email"]).strip().lower()
        if typed != self.expected.lower():
            raise forms.ValidationError(
                _("This is not the e-mail address of your account."), code="other_address"
            )
        return typed
