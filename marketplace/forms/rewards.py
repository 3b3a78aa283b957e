"""The maximum amounts of a year as a municipality fills them in, and what somebody tells about themself."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.amount_field import AmountField
from core.amounts import NotAnAmount, parse_amount
from ledger.kinds import Label
from marketplace.models import OverCap, RewardYear, Situation
from marketplace.operations.rewards import Maximum
from marketplace.reward_data import KNOWN, NOTHING_UNTIL

AGE: Final = {
    "required": _("Enter an age, for example 21."),
    "invalid": _("Enter an age in whole years, for example 21."),
    "min_value": _("Enter an age from 1 to 99."),
    "max_value": _("Enter an age from 1 to 99."),
}


class AmountOrNought(AmountField):
    """An amount for which nought means something: nothing may be earned."""

    def clean(self, value: Any) -> Any:
        typed = str(value or "").strip()
        try:
            is_nought = bool(typed) and not parse_amount(typed, get_language() or settings.LANGUAGE_CODE)
        except NotAnAmount:
            is_nought = False
        return 0 if is_nought else super().clean(value)


def _age(label: Any, **more: Any) -> forms.IntegerField:
    widget = forms.TextInput({"inputmode": "numeric", "class": "input--short", "autocomplete": "off"})
    return forms.IntegerField(
        label=label, min_value=1, max_value=99, error_messages=AGE, widget=widget, **more
    )


def _effects() -> list[tuple[str, str]]:
    return [(value, str(capfirst(label))) for value, label in OverCap.choices]


class YearForm(forms.Form):
    """What a municipality confirms of a year. Everything is filled in by hand, or was proposed and looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    adult_from = _age(_("From which age does the full amount per hour hold?"))
    per_hour = AmountField(
        label=_("Maximum per hour from that age, in euros"), help_text=_("Leave it empty when you set none."),
        required=False,
    )  # fmt: skip
    per_hour_younger = AmountField(
        label=_("Maximum per hour for who is younger, in euros"), help_text=_("Leave it empty when you set none."),
        required=False,
    )  # fmt: skip
    per_month = AmountField(label=_("Maximum per month, in euros"))
    per_year = AmountField(label=_("Maximum per year, in euros"))
    benefit_until = _age(
        _("Until which age is there another maximum for who receives social assistance (bijstand)?"),
        help_text=_("That age still counts. Leave it empty when the same maximum holds for them."),
        required=False,
    )
    benefit_month = AmountOrNought(
        label=_("What may they earn per month, in euros?"), help_text=_("0 is nothing."), required=False
    )
    benefit_year = AmountOrNought(
        label=_("What may they earn per year, in euros?"), help_text=_("0 is nothing."), required=False
    )
    over_hour = forms.ChoiceField(
        label=_("What happens above the maximum per hour?"), choices=_effects, widget=forms.RadioSelect
    )
    over_cap = forms.ChoiceField(
        label=_("What happens above the maximum per month or year?"),
        choices=_effects,
        widget=forms.RadioSelect,
    )
    source = forms.CharField(
        label=_("Where do these amounts stand?"),
        help_text=_("Who published them, and when. Everybody who earns can read it."),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("Write down who published the amounts, and when.")},
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        amounts = (told.get("benefit_month"), told.get("benefit_year"))
        if told.get("benefit_until") is not None and amounts == (None, None):
            self.add_error("benefit_month", _("Enter what they may earn. 0 is nothing."))
        if told.get("benefit_until") is None and amounts != (None, None):
            self.add_error("benefit_until", ValidationError(_("Enter until which age this holds.")))
        return told

    def rules(self) -> list[Maximum]:
        """The lines of the year, as the operation takes them."""
        told = self.cleaned_data
        both = {"per_month": told["per_month"], "per_year": told["per_year"]}
        adult = told["adult_from"]
        lines = [
            Maximum(age_until=adult - 1, per_hour=told["per_hour_younger"], **both),
            Maximum(age_from=adult, per_hour=told["per_hour"], **both),
        ]
        if told["benefit_until"] is not None:
            lines.append(
                Maximum(
                    situation=Situation.BENEFIT, age_until=told["benefit_until"],
                    per_month=told["benefit_month"], per_year=told["benefit_year"],
                )
            )  # fmt: skip
        return lines


def begun(year: int, newest: RewardYear | None, before: RewardYear | None) -> dict[str, Any]:
    """What the form of a year begins with: what was confirmed; else what we know of it; else no amounts at all.

    What happens above a maximum is a choice of the municipality and stays as it was `before`. Amounts do not.
    """
    if newest is not None:
        return {"seen": newest.version, **_effects_of(newest), "source": newest.source, **_lines_of(newest)}
    chosen = _effects_of(before) if before else {"over_hour": OverCap.WARN, "over_cap": OverCap.BLOCK}
    known = KNOWN.get(year)
    if known is None:
        return {"seen": 0, **chosen, "adult_from": _adult_from(before)}
    return {
        "seen": 0, **chosen, "source": known.source, "adult_from": known.grown_up, "per_hour": known.per_hour,
        "per_hour_younger": known.per_hour_younger, "per_month": known.per_month, "per_year": known.per_year,
        "benefit_until": NOTHING_UNTIL, "benefit_month": 0, "benefit_year": 0,
    }  # fmt: skip


def _effects_of(confirmed: RewardYear) -> dict[str, str]:
    return {"over_hour": confirmed.over_hour, "over_cap": confirmed.over_cap}


def _adult_from(before: RewardYear | None) -> int | None:
    return _lines_of(before).get("adult_from") if before else None


def _lines_of(confirmed: RewardYear) -> dict[str, Any]:
    """The lines as this form asks for them: of the oldest, of the youngest, and of who receives social assistance."""
    mine = [one for one in confirmed.rules.all() if one.label == Label.VOLUNTEER_ALLOWANCE]
    told: dict[str, Any] = {}
    for one in sorted(mine, key=lambda rule: rule.age_from):
        if one.situation == Situation.BENEFIT:
            told |= {
                "benefit_until": one.age_until, "benefit_month": one.per_month, "benefit_year": one.per_year,
            }  # fmt: skip
            continue
        if "per_hour_younger" not in told:
            told["per_hour_younger"] = one.per_hour
        told |= {
            "adult_from": one.age_from or None, "per_hour": one.per_hour, "per_month": one.per_month,
            "per_year": one.per_year,
        }  # fmt: skip
    return told


class SituationForm(forms.Form):
    """Whether somebody receives social assistance: because the maximum may be another one then."""

    on_benefit = forms.TypedChoiceField(
        label=_("Do you receive social assistance (bijstand)?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
