"""What a resident fills in about where they live."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.form_keys import FormKeyField
from neighbourhoods.models import Attestation, Neighbourhood
from neighbourhoods.operations.letters import LENGTH, tidy_code
from people.models import PersonDetails
from people.validators import validate_postcode


class NeighbourhoodChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of neighbourhoods; with more than one municipality each says where it lies."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            Neighbourhood.objects.select_related("municipality__organisation_details").order_by("name"),
            empty_label=_("Choose a neighbourhood"),
            error_messages={
                "required": _("Choose a neighbourhood."),
                "invalid_choice": _("Choose a neighbourhood from the list."),
            },
            **kwargs,
        )

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.municipality.display_name})"


class AddressFields(forms.Form):
    """The door that a letter goes to."""

    street = forms.CharField(
        label=_("Street"),
        max_length=100,
        error_messages={"required": _("Enter the street.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    house_number = forms.CharField(
        label=_("House number"),
        help_text=_("With a letter or addition, if there is one. For example: 12 A."),
        max_length=20,
        error_messages={"required": _("Enter the house number.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        max_length=7,
        validators=[validate_postcode],
        error_messages={"required": _("Enter the postcode, for example 1234 AB.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    town = forms.CharField(
        label=_("Town"),
        max_length=80,
        error_messages={"required": _("Enter the town.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class RequestForm(AddressFields):
    """Ask to be enrolled."""

    key = FormKeyField()
    neighbourhood = NeighbourhoodChoice(label=_("Your neighbourhood"))
    attestation = forms.ChoiceField(
        label=_("How do you show that you live there?"),
        choices=[
            (Attestation.CODE_LETTER, _("With a code from a letter that we send you")),
            (Attestation.CLERK, _("At the desk of the municipality, with proof of who you are")),
        ],
        initial=Attestation.CODE_LETTER,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a letter or the desk.")},
    )

    field_order = ("key", "neighbourhood", "street", "house_number", "postcode", "town", "attestation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, word in AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = word


AUTOCOMPLETE = {"postcode": "postal-code", "town": "address-level2", "street": "address-line1"}


def known_address(details: PersonDetails | None) -> dict[str, str]:
    """The address that a person gave before, to begin with."""
    if details is None:
        return {}
    return {name: getattr(details, name) for name in ("street", "house_number", "postcode", "town")}


class CodeForm(forms.Form):
    """The code from the letter. A code of another length is a slip, not a guess: it costs no try."""

    code = forms.CharField(
        label=_("The code from your letter"),
        help_text=_("Eight letters and digits. Capitals and spaces do not matter."),
        max_length=20,
        error_messages={"required": _("Enter the code from your letter.")},
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        code = tidy_code(self.cleaned_data["code"])
        if len(code) != LENGTH:
            raise ValidationError(_("The code has eight letters and digits. Count yours."), code="length")
        return code


class SureForm(forms.Form):
    """Nothing to fill in: only being sure."""
