"""The rules for passwords, each with a sentence in our own words. What they check is Django's."""

from __future__ import annotations

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class NotLikeYou(UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("This password looks too much like your name or your e-mail address. Choose another one.")

    def get_help_text(self) -> str:
        return _("Your password does not look like your name or your e-mail address.")


class LongEnough(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return ngettext(
            "This password is too short. Use at least %(number)d character.",
            "This password is too short. Use at least %(number)d characters.",
            self.min_length,
        ) % {"number": self.min_length}

    def get_help_text(self) -> str:
        return ngettext(
            "Your password has at least %(number)d character.",
            "Your password has at least %(number)d characters.",
            self.min_length,
        ) % {"number": self.min_length}


class NotCommon(CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Many people use this password. Choose another one.")

    def get_help_text(self) -> str:
        return _("Do not choose a password that many people use.")
