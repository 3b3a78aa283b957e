"""What a clerk fills in at the desk."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.form_keys import FormKeyField
from neighbourhoods.forms.residency import AddressFields
from neighbourhoods.models import Neighbourhood, SeatOffice
from neighbourhoods.states import ResidencyState

DAY = {"invalid": _("Enter a date, for example 21-11-2026.")}
FIRST_YEAR, LAST_YEAR = 2000, 2999  # every calendar here still knows them, with a term or some days added


def check_year(on: date) -> None:
    """A day or a moment that people mean; a year with a typing error falls out of every calendar."""
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise ValidationError(DAY["invalid"], code="invalid")


class DayInput(forms.DateInput):
    """The browser's own day picker; it wants days as 2026-11-21."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class ReasonForm(forms.Form):
    """Why; the person whom it is about can read it."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("The person can read this."),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write down why.")},
    )


class AddPersonForm(AddressFields):
    """Somebody without a login, who stands at the desk."""

    key = FormKeyField()
    given_name = forms.CharField(
        label=_("First name"), max_length=80, error_messages={"required": _("Enter the first name.")}
    )
    family_name = forms.CharField(
        label=_("Last name"), max_length=120, error_messages={"required": _("Enter the last name.")}
    )
    born_on = forms.DateField(
        label=_("Date of birth"),
        widget=DayInput(),
        error_messages={
            "required": _("Enter the date of birth."),
            "invalid": _("Enter a date, for example 21-11-1980."),
        },
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, initial=settings.LANGUAGE_CODE
    )
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.none(),
        label=_("Neighbourhood"),
        empty_label=_("Choose a neighbourhood"),
        error_messages={"required": _("Choose a neighbourhood.")},
    )

    field_order = (
        "key", "given_name", "family_name", "born_on", "language", "neighbourhood", "street", "house_number",
        "postcode", "town",
    )  # fmt: skip

    def __init__(
        self, *args: Any, neighbourhoods: QuerySet[Neighbourhood], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        choice = self.fields["neighbourhood"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - it is declared as one above
        choice.queryset = neighbourhoods

    def clean_born_on(self) -> date:
        born_on: date = self.cleaned_data["born_on"]
        if born_on > self.today or born_on.year < self.today.year - 120:
            raise ValidationError(_("This date of birth is not possible. Check the year."), code="born_on")
        return born_on


class BirthdayForm(ReasonForm):
    """When somebody was born after all."""

    born_on = AddPersonForm.base_fields["born_on"]

    field_order = ("born_on", "reason")


class AppointForm(forms.Form):
    """A seat on the first board."""

    office = forms.ChoiceField(
        label=_("Office"), choices=SeatOffice.choices, initial=SeatOffice.MEMBER, widget=forms.RadioSelect
    )
    from_on = forms.DateField(
        label=_("First day"),
        widget=DayInput(),
        error_messages={"required": _("Enter the first day."), **DAY},
    )
    until_on = forms.DateField(
        label=_("Last day"),
        help_text=_("At the latest until the residents elect their own board."),
        widget=DayInput(),
        error_messages={"required": _("Enter the last day."), **DAY},
    )


class EndSeatForm(ReasonForm):
    """From when on a seat is free."""

    on = forms.DateField(
        label=_("Last day on the board"),
        widget=DayInput(),
        error_messages={"required": _("Enter the last day."), **DAY},
    )

    field_order = ("on", "reason")


class FilterForm(forms.Form):
    """Which residencies to show."""

    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.none(),
        label=_("Neighbourhood"),
        required=False,
        empty_label=_("All neighbourhoods"),
    )
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All states")), *ResidencyState.choices], required=False
    )

    def __init__(self, *args: Any, neighbourhoods: QuerySet[Neighbourhood], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["neighbourhood"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - it is declared as one above
        choice.queryset = neighbourhoods

    def chosen(self) -> dict[str, Any]:
        """The filters as lookups; what cannot be read filters nothing."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}


class SearchForm(forms.Form):
    """Look for a person."""

    q = forms.CharField(
        label=_("Name or date of birth"),
        min_length=2,
        max_length=100,
        error_messages={
            "required": _("Enter a name or a date of birth."),
            "min_length": _("Enter at least two letters."),
        },
    )
