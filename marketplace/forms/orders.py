"""What buyers and sellers fill in: how many, for whom, and the words that go with a step of an order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.amount_field import AmountField
from core.form_keys import FormKeyField
from marketplace.operations.orders.placing import MOST
from people.models import Party


class NumberInput(forms.NumberInput):
    """A few figures: the browser offers the keys for them."""

    def __init__(self) -> None:
        super().__init__({"inputmode": "numeric", "class": "input--short", "autocomplete": "off"})


def number_field(label: Any, most: int, **more: Any) -> forms.IntegerField:
    """A whole number from 1; what is wrong is said with the largest one, in the language of who reads it."""
    wrong = lazy(_out_of_range, str)(most)
    words = dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong)
    return forms.IntegerField(
        label=label, min_value=1, max_value=most, widget=NumberInput(), error_messages=words, **more
    )


def _out_of_range(most: int) -> str:
    return gettext("Enter a whole number from 1 to %(most)s.") % {"most": most}


def words_field(label: Any, longest: int, *, required: bool = True, **more: Any) -> forms.CharField:
    """A few sentences of somebody's own."""
    words = {
        "required": _("Write a few words."),
        "max_length": _("This is too long. Use at most %(limit_value)d characters."),
    }
    return forms.CharField(
        label=label, max_length=longest, required=required, error_messages=words,
        widget=forms.Textarea({"rows": 4}), **more,
    )  # fmt: skip


class ChoiceForm(forms.Form):
    """How many, and for whom. It stands in the address, so that the page with the sum can be looked at again."""

    quantity = number_field(_("How many?"), MOST, initial=1)
    buyer = forms.ChoiceField(
        label=_("For whom?"), error_messages={"invalid_choice": _("Choose for whom you order.")}
    )

    def __init__(self, *args: Any, buyers: Sequence[Party], one_only: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.buyers = {str(buyer.uuid): buyer for buyer in buyers}
        choice = self.fields["buyer"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - it is declared as one above
        choice.choices = [(uuid, buyer.display_name) for uuid, buyer in self.buyers.items()]
        for field in (choice, self.fields["quantity"]):
            field.required = False
            field.says_when_needed = True  # type: ignore[attr-defined]  # read by components/field.html: it has an answer
        if len(self.buyers) == 1:
            choice.widget = forms.HiddenInput()
        if one_only:
            self.fields["quantity"].widget = forms.HiddenInput()

    @property
    def how_many(self) -> int:
        """What was asked for; one, when nothing was, or something that cannot be."""
        chosen = self.cleaned_data.get("quantity") if self.is_bound else None
        return chosen or 1

    @property
    def for_whom(self) -> Party:
        """Whom it is for: the first one (oneself) unless another was chosen."""
        chosen = self.cleaned_data.get("buyer") if self.is_bound else None
        return self.buyers.get(chosen or "") or next(iter(self.buyers.values()))


class PlaceForm(ChoiceForm):
    """The same once more, unseen, with the version of the terms that the page showed and the form's own id."""

    terms = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    form_id = FormKeyField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("quantity", "buyer"):
            self.fields[name].required = True
            self.fields[name].widget = forms.HiddenInput()


class SureForm(forms.Form):
    """Nothing but a button. What is refused stands above it."""


class OnceForm(forms.Form):
    """A button that does its work once, however often it is sent."""

    form_id = FormKeyField()


class ReasonForm(forms.Form):
    """Why: the other side reads it."""

    reason = words_field(_("Why?"), 500, help_text=_("The other side reads this."))

    def __init__(self, *args: Any, needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needed


class DeliverForm(forms.Form):
    """How many of what was ordered came."""

    quantity = number_field(_("How many did you deliver?"), MOST)

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quantity"] = number_field(_("How many did you deliver?"), most, initial=most)
        if most == 1:
            self.fields["quantity"].widget = forms.HiddenInput()


class DisputeForm(forms.Form):
    """What is wrong, in the buyer's own words."""

    text = words_field(
        _("What is wrong?"), 1000,
        help_text=_("Say what you ordered and what you got. The seller and the board read this."),
    )  # fmt: skip


TO_SELLER, TO_BUYER, SHARED = "seller", "buyer", "shared"


class RulingForm(forms.Form):
    """Who gets the coins, and why."""

    who = forms.ChoiceField(
        label=_("Who gets the coins?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who gets the coins."),
            "invalid_choice": _("Choose who gets the coins."),
        },
    )
    awarded = AmountField(
        label=_("For the seller"), required=False,
        help_text=_("Only when each gets a part. The rest goes back to the buyer."),
    )  # fmt: skip
    ruling = words_field(_("Why?"), 1000, help_text=_("Both sides read this."))

    def __init__(self, *args: Any, most: int, buyer: str, seller: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)  # noqa: S101 - it is declared as one above
        who.choices = [
            (TO_SELLER, _("%(name)s gets all of it") % {"name": seller}),
            (TO_BUYER, _("%(name)s gets all of it back") % {"name": buyer}),
            (SHARED, capfirst(_("each gets a part"))),
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("who") == SHARED and not values.get("awarded") and "awarded" not in self.errors:
            self.add_error("awarded", ValidationError(_("Enter how much the seller gets.")))
        if values.get("who") in {TO_SELLER, TO_BUYER}:
            self.errors.pop("awarded", None)  # what stands there was not meant
            values["awarded"] = self.most if values["who"] == TO_SELLER else 0
        return values


class RefundForm(forms.Form):
    """How much of what was paid goes back, and why."""

    amount = AmountField(label=_("How much do you pay back?"))
    reason = words_field(_("Why?"), 140, help_text=_("The buyer reads this. It stands on the receipt."))


class MessageForm(OnceForm):
    """A message to the other side."""

    text = words_field(_("Your message"), 1000)


class ReferenceForm(OnceForm):
    """What one says of the other, for everybody to read."""

    text = words_field(
        _("How did it go?"), 500,
        help_text=_("Everybody on the market can read this, with your name. Leave out what is private."),
    )  # fmt: skip
