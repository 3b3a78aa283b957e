"""What people fill in. Each form carries words to one operation."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.account.forms import SignupForm as PackageSignupForm
from allauth.account.internal import flows
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.amounts import NotAnAmount, parse_amount
from people.models import Party, PartyKind, PersonDetails, Role, User
from people.operations.persons import EmailTaken, tidy_postcode
from people.roles import RESIDENTS_OWN, ROLE_WORDS, roles_for
from people.validators import tidy, validate_iban, validate_kvk_number, validate_phone, validate_postcode


def text(
    label: Any, length: int, *, required: bool = False, autocomplete: str = "off", **more: Any
) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": autocomplete, **more.pop("attrs", {})})
    return forms.CharField(label=label, max_length=length, required=required, widget=widget, **more)


class TidyField(forms.CharField):
    """A number as people write it, with spaces and dots; what comes out has none."""

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "").upper()


class PostcodeField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return tidy_postcode(super().to_python(value) or "")


class PasswordLoginForm(LoginForm):
    """For whoever chose a password. The package drops its field when signing up asks for none; here it is optional."""

    def _setup_password_field(self) -> None:
        self.fields["login"].label = _("E-mail address")


class SignupForm(PackageSignupForm):
    """Name and e-mail address; the mailed code does the rest."""

    given_name = text(
        _("First name"), 80, required=True, autocomplete="given-name",
        error_messages={"required": _("Enter your first name.")},
    )  # fmt: skip
    family_name = text(
        _("Last name"), 120, required=True, autocomplete="family-name",
        error_messages={"required": _("Enter your last name.")},
    )  # fmt: skip
    field_order = ["given_name", "family_name", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].error_messages["required"] = _("Enter your e-mail address.")
        self.fields["email"].help_text = _("We mail you a code to check that it is yours.")

    def save(self, request: HttpRequest) -> User:
        """The operation makes the address row too, which the package would make here."""
        return cast("User", get_adapter().save_user(request, None, self))

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Nobody learns here that an address has a login: its owner gets a mail that says so."""
        try:
            return cast("tuple[User | None, HttpResponse | None]", super().try_save(request))
        except EmailTaken:
            return None, flows.signup.prevent_enumeration(request, email=self.cleaned_data["email"])


class PasskeyForm(AddWebAuthnForm):
    """A key is made so that it opens the door alone, unless somebody has an old one that cannot."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["name"].help_text = _("So that you know which one it is, for example: my phone.")
        self.fields["passwordless"].label = _("I want to sign in with it without a mailed code")
        self.fields["passwordless"].help_text = ""
        self.fields["passwordless"].initial = True


class AddressForm(forms.Form):
    street = text(_("Street"), 100, autocomplete="address-line1")
    house_number = text(_("House number"), 20)
    postcode = PostcodeField(
        label=_("Postcode"), max_length=7, required=False, validators=[validate_postcode],
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )  # fmt: skip
    town = text(_("Town"), 80, autocomplete="address-level2")


class DetailsForm(AddressForm):
    """What somebody tells about themself."""

    given_name = text(_("First name"), 80, autocomplete="given-name")
    family_name = text(_("Last name"), 120, autocomplete="family-name")
    born_on = forms.DateField(
        label=_("Date of birth"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Needed to vote or to work with children. Others do not see it."),
    )  # fmt: skip
    phone = text(_("Phone"), 20, autocomplete="tel", validators=[validate_phone], attrs={"inputmode": "tel"})
    language = forms.ChoiceField(label=_("Language of our mails"), choices=settings.LANGUAGES)
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

    @staticmethod
    def initial_of(details: PersonDetails) -> dict[str, Any]:
        return {name: getattr(details, name) for name in DetailsForm.base_fields}


class OrganisationForm(AddressForm):
    """What is known of an organisation."""

    name = text(_("Name"), 150, required=True, autocomplete="organization")
    kvk_number = TidyField(
        label=_("KvK number"), required=False, max_length=20, validators=[validate_kvk_number],
        help_text=_("The number in the Dutch trade register: eight digits."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    iban = TidyField(
        label=_("IBAN"), required=False, max_length=50, validators=[validate_iban],
        help_text=_("For being paid out in euros. Only owners and finance see it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    email = forms.EmailField(label=_("E-mail address"), required=False, help_text=_("Others can see this."))
    phone = text(_("Phone"), 20, autocomplete="tel", validators=[validate_phone], attrs={"inputmode": "tel"})
    website = forms.URLField(
        label=_("Website"), required=False, assume_scheme="https",
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
    )  # fmt: skip


class HouseholdForm(forms.Form):
    name = text(
        _("Name of your household"),
        150,
        required=True,
        help_text=_("For example: Molenstraat 4."),
    )


class InvitationForm(forms.Form):
    """Offering a role. It asks for an address and never answers whether that address has a login."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    until_on = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave empty if there is no last day."),
    )  # fmt: skip
    day_limit = forms.CharField(
        label=_("Limit per day"), required=False, max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("The most coins that this person can spend in one day. Leave empty for no limit."),
    )  # fmt: skip

    def __init__(self, *args: Any, principal: Party, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = language
        roles = cast("forms.ChoiceField", self.fields["role"])
        roles.choices = [(role, ROLE_WORDS[Role(role)]) for role in roles_for(principal.kind)]
        if principal.kind in (PartyKind.HOUSEHOLD, PartyKind.PERSON):
            del self.fields["day_limit"]

    def clean_day_limit(self) -> int | None:
        typed = self.cleaned_data["day_limit"].strip()
        if not typed:
            return None
        try:
            return parse_amount(typed, self.language)
        except NotAnAmount as wrong:
            raise forms.ValidationError(str(wrong)) from None


class ReasonForm(forms.Form):
    reason = text(pgettext_lazy("of ending a role", "Why?"), 200, help_text=_("The person can read this."))


class EraseForm(forms.Form):
    """Typing the address is the moment to stop and think."""

    email = forms.CharField(
        label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("Type it to show that you are sure."),
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
