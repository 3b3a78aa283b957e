"""Around the ballot: an objection to the roll, a proxy, a receipt, an appeal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_keys import FormKeyField

LONGEST_OBJECTION, LONGEST_APPEAL = 2000, 4000  # as the models have them
LONGEST_CODE = 40  # typed with spaces and dashes


def _text(label: Any, needed: Any, longest: int, **more: Any) -> forms.CharField:
    words = {
        "required": needed,
        "max_length": _("This is too long. Use at most %(limit_value)d characters."),
    }
    return forms.CharField(
        label=label, max_length=longest, error_messages=words, widget=forms.Textarea({"rows": 6}), **more
    )


class ObjectionForm(forms.Form):
    """What is wrong with one's own entry on the roll."""

    key = FormKeyField()
    text = _text(
        _("What is wrong?"),
        _("Write what is wrong, in your own words."),
        LONGEST_OBJECTION,
        help_text=_("For example: since when you live here. The polling office reads this, nobody else."),
    )


class ProxyForm(forms.Form):
    """Who votes for me. By address: a list of names to choose from would tell who lives here."""

    holder = forms.EmailField(
        label=_("E-mail address of who votes for you"),
        help_text=_(
            "The address with which this person signs in here. Ask them first: they learn that it is you."
        ),
        error_messages={
            "required": _("Enter an e-mail address, for example ann@example.org."),
            "invalid": _("Enter an e-mail address, for example ann@example.org."),
        },
        widget=forms.EmailInput({"autocomplete": "off"}),
    )


class ReceiptForm(forms.Form):
    """The code that somebody saw once."""

    code = forms.CharField(
        label=_("Your receipt code"),
        help_text=_("You saw it right after you voted. Capitals, spaces and dashes do not matter."),
        max_length=LONGEST_CODE,
        error_messages={
            "required": _("Enter your receipt code."),
            "max_length": _("A receipt code is shorter than this. Check what you typed."),
        },
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class AppealForm(forms.Form):
    """Why a vote did not go as it should."""

    key = FormKeyField()
    grounds = _text(
        _("What did not go as it should?"),
        _("Write what did not go as it should, in your own words."),
        LONGEST_APPEAL,
        help_text=_(
            "Say what happened, when, and why it matters for the result. The appeals panel reads this."
        ),
    )
