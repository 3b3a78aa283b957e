"""Where the sign-in package asks us. It is called from its views, so this is a place where the clock is read."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core import clock
from core.actor import Actor
from people.models import User
from people.operations.persons import register_person

if TYPE_CHECKING:
    from people.forms.entrance import SignupForm


REAUTHENTICATION = {
    "mfa_reauthenticate:webauthn": gettext_lazy("Use a passkey"),
    "mfa_reauthenticate": gettext_lazy("Use a code"),
    "reauthenticate": gettext_lazy("Use my password"),
}


class AccountAdapter(DefaultAccountAdapter):
    """Signing up makes a person with a login; the operation does it."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": gettext_lazy("This account is closed."),
        "duplicate_email": gettext_lazy("This address belongs to your account already."),
        "email_password_mismatch": gettext_lazy(
            "This e-mail address and password do not belong together. You can also sign in with a code."
        ),
        "email_taken": gettext_lazy("This address cannot be used. Enter another one."),
        "enter_current_password": gettext_lazy("This password is not right. Try once more."),
        "incorrect_code": gettext_lazy("This code is not right. Check the six digits."),
        "incorrect_password": gettext_lazy("This password is not right. Try once more."),
        "invalid_login": gettext_lazy("Enter your e-mail address."),
        "invalid_or_expired_key": gettext_lazy("This no longer works. Ask for a new code."),
        "invalid_password_reset": gettext_lazy("This no longer works. Ask for a new code."),
        "max_email_addresses": gettext_lazy("You cannot have more than %d e-mail addresses."),
        "rate_limited": gettext_lazy("That went too fast. Wait a moment and try again."),
        "same_as_current": gettext_lazy("This is your address already. Enter another one."),
        "too_many_login_attempts": gettext_lazy(
            "You tried this too often. Wait a few minutes and try again."
        ),
        "unverified_primary_email": gettext_lazy("Check your e-mail address first."),
    }

    def save_user(
        self, request: HttpRequest, user: User | None, form: SignupForm, commit: bool = True
    ) -> User:
        """Make the login. Nobody is signed in yet, so the system is the actor.

        :raises EmailTaken: when somebody else signed up with the address in the meantime.
        """
        return register_person(
            email=form.cleaned_data["email"],
            given_name=form.cleaned_data["given_name"],
            family_name=form.cleaned_data["family_name"],
            language=get_language() or settings.LANGUAGE_CODE,
            actor=Actor.system(),
            at=clock.now(),
        )

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """The ways to show once more that it is you: a passkey first, because it is the easiest."""
        methods = [
            {**method, "description": REAUTHENTICATION[method["id"]]}
            for method in super().get_reauthentication_methods(user)
        ]
        return sorted(methods, key=lambda method: list(REAUTHENTICATION).index(method["id"]))


class MFAAdapter(DefaultMFAAdapter):
    """Seeds of code apps and recovery codes are stored encrypted: a copy of the database opens no door.

    The key follows SECRET_KEY; after changing that, keep the old one in SECRET_KEY_FALLBACKS.
    """

    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": gettext_lazy(
            "Remove your second step first. Then you can change your e-mail address."
        ),
        "cannot_delete_authenticator": gettext_lazy("You need this second step. It cannot be removed."),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Choose a second step first. Then you can make recovery codes."
        ),
        # Of a code app, a recovery code and a passkey alike.
        "incorrect_code": gettext_lazy("This did not work. Check your code or use your passkey once more."),
        "unverified_email": gettext_lazy(
            "Check your e-mail address first. Then you can choose a second step."
        ),
    }

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        count = Authenticator.objects.filter(user=user, type=type).count()
        return _("My passkey") if not count else _("Passkey %(number)s") % {"number": count + 1}

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())) for key in keys]
    )
