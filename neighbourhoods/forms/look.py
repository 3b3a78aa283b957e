"""The form for how a neighbourhood looks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from content.models import Picture
from neighbourhoods.models import Landmark, Neighbourhood
from neighbourhoods.validators import validate_colour
from people.validators import validate_phone


class ColourField(forms.CharField):
    """A colour, chosen from what the browser shows."""

    widget = forms.TextInput(attrs={"type": "color"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=7, validators=[validate_colour], **kwargs)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).lower()


class LookForm(forms.Form):
    colour = ColourField(
        label=_("Colour"),
        help_text=_("Of the largest parts of the page. Any colour will do: the text stays readable."),
    )
    accent = ColourField(label=_("Accent"), help_text=_("Of the coin, and of what people earn."))
    landmark = forms.ChoiceField(
        label=_("Landmark"),
        choices=Landmark.choices,
        widget=forms.RadioSelect,
        help_text=_("It stands in the street that is drawn on your pages."),
    )
    logo = forms.ModelChoiceField(
        queryset=Picture.objects.none(),
        required=False,
        label=_("Logo"),
        empty_label=_("No logo: show the coin"),
        help_text=_("A picture of your own neighbourhood. You can add one under “Pictures”."),
    )
    coin_name = forms.CharField(label=_("Name of the coin"), max_length=40)
    coin_name_plural = forms.CharField(label=_("Name, more than one"), max_length=40)
    help_phone = forms.CharField(
        label=_("Phone for help"), max_length=20, required=False, validators=[validate_phone]
    )
    meeting_place = forms.CharField(label=_("Where people meet"), max_length=120, required=False)

    def __init__(self, *args: Any, neighbourhood: Neighbourhood, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        logo = self.fields["logo"]
        assert isinstance(logo, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        logo.queryset = Picture.objects.filter(collection_id=neighbourhood.collection_id).order_by("title")


def look_of(neighbourhood: Neighbourhood) -> dict[str, Any]:
    """The present look, as the form begins with it."""
    return {
        "colour": neighbourhood.colour,
        "accent": neighbourhood.accent,
        "landmark": neighbourhood.landmark,
        "logo": neighbourhood.logo_id,
        "coin_name": neighbourhood.coin.name,
        "coin_name_plural": neighbourhood.coin.name_plural,
        "help_phone": neighbourhood.help_phone,
        "meeting_place": neighbourhood.meeting_place,
    }
