"""How long somebody was there, as people write it: "2:30", "2,5", "2.5" or "3". Inside it is minutes."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

HOUR: Final = 60
STEP: Final = 5  # minutes: finer than that nobody remembers
CLOCK: Final = re.compile(r"(\d{1,2})\s*[:hu]\s*([0-5]\d)?")
PARTS: Final = re.compile(r"(\d{1,2})(?:[.,](\d{1,2}))?")


def read_hours(typed: str) -> int | None:
    """The minutes that somebody wrote; None when it is no time. "1.5" is an hour and a half, "1:30" too."""
    text = typed.strip().lower()
    if found := CLOCK.fullmatch(text):
        return int(found[1]) * HOUR + int(found[2] or 0)
    if found := PARTS.fullmatch(text):
        share = (found[2] or "0").ljust(2, "0")
        return int(found[1]) * HOUR + round(int(share) * HOUR / 100)
    return None


def write_hours(minutes: int) -> str:
    """Minutes as a clock shows them: 150 is "2:30"."""
    return f"{minutes // HOUR}:{minutes % HOUR:02d}"


class HoursField(forms.Field):
    """A length of time up to `most` minutes, in steps of five, or just that. Gives minutes."""

    def __init__(self, *, most: int, lowest: int = STEP, **kwargs: Any) -> None:
        self.most, self.lowest = most, lowest
        widget = forms.TextInput({"class": "input--short", "autocomplete": "off", "maxlength": 8})
        super().__init__(widget=kwargs.pop("widget", widget), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return write_hours(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        minutes = read_hours(str(value))
        if minutes is None:
            raise ValidationError(_("Write hours and minutes, for example 2:30."), code="invalid")
        if minutes % STEP and minutes < self.most:
            raise ValidationError(_("Round it to five minutes, for example 2:35."), code="step")
        return minutes

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if value > self.most:
            raise ValidationError(
                gettext("At most %(most)s is possible here.") % {"most": write_hours(self.most)},
                code="too_many",
            )
        if value < self.lowest:
            raise ValidationError(
                gettext("At least %(least)s is possible here.") % {"least": write_hours(self.lowest)},
                code="too_few",
            )
