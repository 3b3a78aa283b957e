"""What a participant fills in: for whom, how long they were there, the number at the door, a few words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.form_keys import FormKeyField
from marketplace.forms.orders import SureForm, words_field
from marketplace.rewarding import STEP

__all__ = [
    "AbsenceForm", "AnswerForm", "ClaimForm", "DoorForm", "PinForm", "SignForm", "SignUpForm", "SureForm",
]  # fmt: skip

HOUR = 60


class SignUpForm(forms.Form):
    """A button; above a maximum also a tick that says so. Sent twice, it signs up once."""

    form_id = FormKeyField()
    knows_maximum = forms.BooleanField(
        label=_("I know that I may have to wait for these coins."), required=False
    )

    def __init__(self, *args: Any, asks_maximum: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks_maximum:
            self.fields["knows_maximum"].says_when_needed = True  # type: ignore[attr-defined]  # see components/field.html
        else:
            del self.fields["knows_maximum"]


class ClaimForm(forms.Form):
    """How long somebody was there: hours and minutes to choose from, all of the shift unless they say otherwise."""

    hours = forms.TypedChoiceField(label=_("Hours"), coerce=int)
    minutes = forms.TypedChoiceField(label=pgettext_lazy("of an hour", "Minutes"), coerce=int)

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most
        self._offer("hours", range(most // HOUR + 1), most // HOUR)
        rest = most % HOUR  # all of the shift can be said, whatever it lasts
        self._offer("minutes", sorted({*range(0, min(most, HOUR - 1) + 1, STEP), rest}), rest)

    def _offer(self, name: str, numbers: Iterable[int], first: int) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - both are declared as one above
        field.choices = [(number, number) for number in numbers]
        field.initial = first

    @property
    def told(self) -> int:
        """Hours and minutes in minutes."""
        return int(self.cleaned_data["hours"]) * HOUR + int(self.cleaned_data["minutes"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.errors:
            return values
        if self.told < STEP:
            raise ValidationError(_("Choose how long you were there: five minutes or more."))
        return values


class DoorForm(forms.Form):
    """Who is there: the value of the button that was pressed."""

    who = forms.ChoiceField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Press one of the buttons.")),
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)  # noqa: S101 - it is declared as one above
        who.choices = people


class PinForm(forms.Form):
    """The number that hangs at the door, or that somebody says there. On a phone it brings the keys of figures."""

    pin = forms.CharField(
        label=_("The number at the door"), max_length=12, strip=True,
        error_messages={
            "required": _("Type the number that hangs at the door."),
            "max_length": _("Type the number that hangs at the door."),
        },
        widget=forms.TextInput(
            {"inputmode": "numeric", "autocomplete": "off", "autofocus": True, "enterkeyhint": "done"}
        ),
    )  # fmt: skip

    def clean_pin(self) -> str:
        """Without what somebody types between the figures."""
        return "".join(sign for sign in self.cleaned_data["pin"] if sign.isalnum())


class AbsenceForm(forms.Form):
    """That somebody was there after all."""

    text = words_field(
        _("What did you do there?"), 500,
        help_text=_("Say when you came and who saw you. The organiser and the board read this."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """What a participant says about hours that the organiser saw otherwise."""

    text = words_field(
        _("How was it?"), 500,
        help_text=_("Say when you came and when you left. The organiser and the board read this."),
    )  # fmt: skip


class SignForm(forms.Form):
    """That somebody knows of a maximum, and wants to be paid all the same."""

    knows = forms.BooleanField(
        label=_("I know that these coins can count for my taxes, allowances or benefit."),
        error_messages={"required": _("Tick that you know this. Otherwise the coins wait.")},
    )
