"""The questions about something offered or wanted, before anything is known of who is asked them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.amount_field import AmountField
from core.form_keys import FormKeyField
from marketplace.models import Reach, Refund
from marketplace.units import OfferUnit
from neighbourhoods.forms.values import CHOOSE
from neighbourhoods.models import Category, Neighbourhood, ValuedItem

MOST_PIECES = 100_000
MOST_USES, MOST_VOUCHER_DAYS = 100, 730

NUMBER_WORDS = {
    "required": _("Enter a whole number, for example 12."),
    "invalid": _("Enter a whole number, for example 12."),
    "min_value": _("Enter a whole number, for example 12."),
    "max_value": _("Enter a smaller number."),
}
DATE_WORDS = {"required": _("Enter a date."), "invalid": _("Enter a date, for example 21-11-2026.")}
CHOICE_WORDS = {"required": CHOOSE, "invalid_choice": CHOOSE}
TOO_LONG = _("This is too long. Use at most %(limit_value)d characters.")

FIRST = (
    "provider",
    "title",
    "summary",
    "kind",
    "category",
    "amount",
    "unit",
    "picture",
    "picture_alt",
    "until_on",
)
MORE = ("about", "place", "tags", "item", "stock", "euro", "reach", "places", "language")
VOUCHER = ("is_voucher", "uses", "voucher_days", "refund")


class RowChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of several rows by a text that names it. PostgreSQL takes no NUL in a text, so that it is not even asked."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and "\x00" in value:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class RowChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """The same, for any number of them."""

    def clean(self, value: Any) -> Any:
        if any("\x00" in str(one) for one in value or ()):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)


def date_input() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def number_input() -> forms.NumberInput:
    return forms.NumberInput({"inputmode": "numeric", "class": "input--short"})


class OfferFields(forms.Form):
    """The first nine make an offer; the rest has an answer already."""

    field_order = (*FIRST, *MORE, *VOUCHER, "key")

    key = FormKeyField()
    provider = forms.ChoiceField(
        label=_("In whose name?"), widget=forms.RadioSelect, error_messages=CHOICE_WORDS
    )
    title = forms.CharField(
        max_length=80,
        min_length=3,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={
            "required": _("Say in a few words what it is."),
            "min_length": _("Say in a few words what it is."),
            "max_length": TOO_LONG,
        },
    )
    summary = forms.CharField(
        label=_("Say more in one or two sentences"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"max_length": TOO_LONG},
    )
    kind = forms.ChoiceField(
        label=_("What is it?"),
        help_text=_("A job is done once. A service is something that you do more often."),
        error_messages=CHOICE_WORDS,
    )
    category = RowChoice(
        Category.objects.none(),
        label=_("Where does it belong?"),
        empty_label=_("Choose a category"),
        to_field_name="slug",
        error_messages={
            "required": _("Choose a category."),
            "invalid_choice": _("Choose a category from the list."),
        },
    )
    amount = AmountField(label="")
    unit = forms.ChoiceField(
        label=_("For what is the amount?"), choices=OfferUnit.choices, error_messages=CHOICE_WORDS
    )
    picture = forms.FileField(
        label=_("Picture"),
        help_text=_(
            "A photo of your own: JPEG, PNG or WebP, at most 8 MB. Where and when it was made is taken out of it."
        ),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
    )
    picture_alt = forms.CharField(
        label=_("What is in the picture?"),
        help_text=_("For people who cannot see it. For example: a red child's bicycle."),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"max_length": TOO_LONG},
    )
    until_on = forms.DateField(
        label=_("Until when?"),
        help_text=_("At most a year from now. You get a mail before it ends, and can make it longer."),
        widget=date_input(),
        error_messages=DATE_WORDS,
    )

    about = forms.CharField(
        label=_("All about it"),
        max_length=3000,
        required=False,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"max_length": TOO_LONG},
    )
    place = forms.CharField(
        label=_("Where is it?"),
        help_text=_("For example: Molenstraat 4, or: at your home. Everybody can read it."),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"max_length": TOO_LONG},
    )
    tags = forms.CharField(
        label=_("Words to find it by"),
        help_text=_("With commas between them. For example: bicycle, tyre, repair."),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"max_length": TOO_LONG},
    )
    item = forms.ModelChoiceField(
        ValuedItem.objects.none(),
        label=_("Did the neighbourhood decide what this is worth?"),
        help_text=_("Then that value sets your price, or is the most that you can ask. Choose it here."),
        required=False,
        to_field_name="ref",
        error_messages={"invalid_choice": CHOOSE},
    )
    stock = forms.IntegerField(
        min_value=1,
        max_value=MOST_PIECES,
        required=False,
        widget=number_input(),
        error_messages=NUMBER_WORDS,
    )
    euro = AmountField(
        label=_("Is there a part in euro?"),
        help_text=_(
            "Paid to you at the counter, besides the coins. Leave it empty when coins are all you ask."
        ),
        required=False,
    )
    reach = forms.ChoiceField(choices=Reach.choices, widget=forms.RadioSelect, error_messages=CHOICE_WORDS)
    places = RowChoices(
        Neighbourhood.objects.none(),
        label=_("Which other neighbourhoods?"),
        help_text=_("Only when you chose this neighbourhood and others, above."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        to_field_name="slug",
        error_messages={"invalid_choice": CHOOSE, "invalid_pk_value": CHOOSE},
    )
    language = forms.ChoiceField(
        label=_("In which language did you write this?"), error_messages=CHOICE_WORDS
    )

    is_voucher = forms.BooleanField(label=_("Sell it ahead, with a voucher"), required=False)
    uses = forms.IntegerField(
        label=_("How often can a voucher be used?"),
        min_value=1,
        max_value=MOST_USES,
        initial=1,
        required=False,
        widget=number_input(),
        error_messages=NUMBER_WORDS,
    )
    voucher_days = forms.IntegerField(
        label=_("How many days is a voucher valid?"),
        min_value=1,
        max_value=MOST_VOUCHER_DAYS,
        required=False,
        widget=number_input(),
        error_messages=NUMBER_WORDS,
    )
    refund = forms.ChoiceField(
        label=_("When can a buyer give it back?"),
        choices=Refund.choices,
        initial=Refund.ANY_TIME,
        required=False,
        widget=forms.RadioSelect,
        error_messages=CHOICE_WORDS,
    )
