"""Signing up and in, and what one signs in with. The package's forms, with our words on their fields."""

from __future__ import annotations

from typing import Any, cast

from allauth.account import forms as package
from allauth.account.adapter import get_adapter
from allauth.account.internal import flows
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from people.forms.fields import EMAIL_WORDS, TOO_LONG, text
from people.models import User
from people.operations.persons import EmailTaken
from people.operations.unproven import unproven
from people.validators import validate_name

# A field's name, its label, and what is said when it is wrong.
Names = dict[str, tuple[Any, dict[str, Any]]]
EMAIL: Names = {field: (_("E-mail address"), EMAIL_WORDS) for field in ("email", "login")}
PASSWORD: Names = {"password": (_("Password"), {"required": _("Enter your password.")})}
PASSWORDS: Names = {
    "oldpassword": (_("Your present password"), {"required": _("Enter your present password.")}),
    "password1": (_("Your new password"), {"required": _("Enter a new password.")}),
    "password2": (_("Your new password once more"), {"required": _("Enter the same password once more.")}),
}
CODE: Names = {"code": (_("Code"), {"required": _("Enter the code.")})}
KEY: Names = {"name": (_("Name"), {"required": _("Enter a name."), "max_length": TOO_LONG})}


def name(form: forms.BaseForm, names: Names) -> None:
    """Put our words on the fields that a form has."""
    for field, (label, words) in names.items():
        if field in form.fields:
            form.fields[field].label = label
            form.fields[field].error_messages |= words


class Named(forms.Form):
    """A form of the package whose fields are called what we call them."""

    names: Names = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name(self, self.names)


class Twice(Named):
    """Two passwords that have to be the same. It takes the place of the package's own check, whose words we replace."""

    names = PASSWORDS

    def clean(self) -> dict[str, Any]:
        first, second = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("Type the same password twice."))
        return self.cleaned_data


class PasswordLoginForm(package.LoginForm):
    """For whoever chose a password. The package drops its field when signing up asks for none; here it is optional."""

    def _setup_password_field(self) -> None:
        name(self, EMAIL | PASSWORD)


class SignupForm(package.SignupForm):
    """Name and e-mail address; the mailed code does the rest."""

    given_name = text(
        _("First name"),
        80,
        required=_("Enter your first name."),
        autocomplete="given-name",
        validators=[validate_name],
    )
    family_name = text(
        _("Last name"),
        120,
        required=_("Enter your last name."),
        autocomplete="family-name",
        validators=[validate_name],
    )
    field_order = ["given_name", "family_name", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name(self, EMAIL)
        self.fields["email"].help_text = _("We mail you a code to check that it is yours.")

    def save(self, request: HttpRequest) -> User:
        """The operation makes the address row too, which the package would make here."""
        return cast("User", get_adapter().save_user(request, None, self))

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Nobody learns here that an address has a login: its owner gets a mail that says so.

        An account that nobody ever showed to be theirs is none: whoever comes now gets a code.
        """
        if unproven().filter(email=self.cleaned_data["email"]).exists():
            self.account_already_exists = False
        try:
            return cast("tuple[User | None, HttpResponse | None]", super().try_save(request))
        except EmailTaken:
            return None, flows.signup.prevent_enumeration(request, email=self.cleaned_data["email"])


class PasskeyForm(AddWebAuthnForm):
    """A key is made so that it opens the door alone, unless somebody has an old one that cannot."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name(self, KEY)
        self.fields["name"].help_text = _("So that you know which one it is, for example: my phone.")
        self.fields["passwordless"].label = _("I want to sign in with it without a mailed code")
        self.fields["passwordless"].help_text = ""
        self.fields["passwordless"].initial = True


class PasskeyNameForm(Named, EditWebAuthnForm):
    names = KEY


class RequestCodeForm(Named, package.RequestLoginCodeForm):
    names = EMAIL


class AddEmailForm(Named, package.AddEmailForm):
    names = {"email": (_("Your new e-mail address"), EMAIL_WORDS)}


class ChangeEmailForm(Named, package.ChangeEmailForm):
    names = EMAIL


class ResetPasswordForm(Named, package.ResetPasswordForm):
    names = EMAIL


class ChangePasswordForm(Twice, package.ChangePasswordForm):
    pass


class SetPasswordForm(Twice, package.SetPasswordForm):
    pass


class NewPasswordForm(Twice, package.ResetPasswordKeyForm):
    pass


class PasswordAgainForm(Named, package.ReauthenticateForm):
    names = PASSWORD


class ConfirmLoginForm(Named, package.ConfirmLoginCodeForm):
    names = CODE


class ConfirmEmailForm(Named, package.ConfirmEmailVerificationCodeForm):
    names = CODE


class ConfirmResetForm(Named, package.ConfirmPasswordResetCodeForm):
    names = CODE


class SecondStepForm(Named, AuthenticateForm):
    names = CODE


class SecondStepAgainForm(Named, ReauthenticateForm):
    names = CODE


class CodeAppForm(Named, ActivateTOTPForm):
    names = CODE
