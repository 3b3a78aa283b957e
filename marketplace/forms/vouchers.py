"""What is filled in about vouchers, at the desk of who takes them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_keys import FormKeyField

LONGEST_LIST = 200


class CodeForm(forms.Form):
    """A code, as it was read aloud, typed from paper, or scanned."""

    code = forms.CharField(
        label=_("Code of the voucher"),
        help_text=_("Ten letters and figures. Spaces do not matter."),
        max_length=40,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Type the code of the voucher.")},
    )


class TakeForm(forms.Form):
    """How many times at once."""

    key = FormKeyField()
    code = forms.CharField(widget=forms.HiddenInput, max_length=40)
    uses = forms.IntegerField(
        label=_("How many times?"),
        initial=1,
        min_value=1,
        max_value=1000,
        error_messages={
            "required": _("Say how many times."),
            "invalid": _("Type a whole number, for example 1."),
            "min_value": _("At least 1."),
        },
    )


class ListForm(forms.Form):
    """Codes from a list on paper, one on a line, with how many times behind it when that is more than once."""

    key = FormKeyField()
    lines = forms.CharField(
        label=_("Codes from your list"),
        help_text=_(
            "One on a line. Write the number of times behind it when it is more than once: 7KQ4M 2PX9D 3"
        ),
        widget=forms.Textarea({"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Type at least one code.")},
    )

    def clean_lines(self) -> list[str]:
        written = [line.strip() for line in self.cleaned_data["lines"].splitlines() if line.strip()]
        if len(written) > LONGEST_LIST:
            raise forms.ValidationError(
                _("At most %(most)s codes at once. Do the rest after these.") % {"most": LONGEST_LIST}
            )
        return written
