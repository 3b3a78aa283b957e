"""The small forms around an offer: answering what is wanted, how many are left, until when, when somebody is open."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.amount_field import AmountField
from core.form_keys import FormKeyField
from marketplace.forms.offer_fields import (
    CHOICE_WORDS,
    DATE_WORDS,
    MOST_PIECES,
    NUMBER_WORDS,
    TOO_LONG,
    date_input,
    number_input,
)
from marketplace.queries.opening import DAYS, Hours, name_of_day, written
from people.models import Party

# "9.00-17.30", "9 tot 12, 13:00 to 17:00": two times with something between them, and another two.
TIME = r"(\d{1,2})(?:[.:](\d{2}))?"
HOURS = re.compile(rf"{TIME}\s*(?:-|–|tot|to|until)\s*{TIME}", re.IGNORECASE)
BETWEEN = re.compile(r"[\s,;&+]*(?:en|and)?[\s,;&+]*", re.IGNORECASE)
NOT_HOURS = _("Write the hours like 9:00-17:30. Leave it empty when you are closed.")


class PlainForm(forms.Form):
    """Nothing to fill in: a deed to agree to."""


class KeyForm(forms.Form):
    """Nothing to fill in, and done once however often it is sent."""

    key = FormKeyField()


class RespondForm(forms.Form):
    """What somebody would do it for."""

    key = FormKeyField()
    party = forms.ChoiceField(
        label=_("In whose name?"), widget=forms.RadioSelect, error_messages=CHOICE_WORDS
    )
    amount = AmountField(label=_("For how much do you do it?"), is_large=True)
    text = forms.CharField(
        label=_("What do you want to say?"),
        help_text=_("For example when you can. Only who asks can read it."),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, parties: list[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = {str(one.uuid): one for one in parties}
        party = self.fields["party"]
        assert isinstance(party, forms.ChoiceField)  # noqa: S101 - it is declared as one above
        party.choices = [(uuid, one.display_name) for uuid, one in self.parties.items()]
        if len(self.parties) <= 1:
            del self.fields["party"]

    def responder(self) -> Party:
        chosen = self.cleaned_data.get("party")
        return self.parties[chosen] if chosen else next(iter(self.parties.values()))


class StockForm(forms.Form):
    """How many are left, and what the page said when somebody typed it."""

    stock = forms.IntegerField(
        label=_("How many are there now?"),
        help_text=_("Leave it empty when there is no end to it."),
        min_value=0,
        max_value=MOST_PIECES,
        required=False,
        widget=number_input(),
        error_messages=NUMBER_WORDS,
    )
    was = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class RenewForm(forms.Form):
    """Another last day."""

    until_on = forms.DateField(
        label=_("Until when?"),
        help_text=_("At most a year from now."),
        widget=date_input(),
        error_messages=DATE_WORDS,
    )


class LowerForm(forms.Form):
    """A lower price. A higher one is another offer, at which the board looks."""

    amount = AmountField(label=_("What does it cost from now on?"))


class HoursField(forms.CharField):
    """The hours of a day as people write them; what comes out are pairs of times."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput({"autocomplete": "off", "class": "input--hours"})
        super().__init__(
            required=False, max_length=80, widget=widget, error_messages={"max_length": NOT_HOURS}, **more
        )

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        rest = HOURS.sub("", typed)
        if BETWEEN.fullmatch(rest) is None:
            raise ValidationError(NOT_HOURS, code="hours")
        try:
            return tuple(_pair(*match.groups()) for match in HOURS.finditer(typed))
        except ValueError as wrong:
            raise ValidationError(NOT_HOURS, code="hours") from wrong

    def prepare_value(self, value: Any) -> Any:
        """What the page fills in is written out; what was typed stays as it was."""
        return written(value) if isinstance(value, tuple) else value


class HoursForm(forms.Form):
    """A week, a line for each day."""

    def __init__(self, *args: Any, hours: dict[int, Hours], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day in DAYS:
            field = HoursField(label=capfirst(name_of_day(day)), initial=hours.get(day, ()))
            field.says_when_needed = True  # type: ignore[attr-defined]  # the hint above says that empty is closed
            self.fields[f"day_{day}"] = field

    def week(self) -> dict[int, Hours]:
        return {day: self.cleaned_data[f"day_{day}"] for day in DAYS}


def _pair(from_hour: str, from_minute: str | None, to_hour: str, to_minute: str | None) -> tuple[time, time]:
    """:raises ValueError: for a time that no clock shows."""
    return time(int(from_hour), int(from_minute or 0)), time(int(to_hour), int(to_minute or 0))
