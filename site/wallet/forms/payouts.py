"""Forms about money out: of suppliers, and of the finance desk."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.amount_field import AmountField
from core.form_keys import FormKeyField
from neighbourhoods.forms.desk import DayInput
from wallet.models import Payout, PayoutVersion
from wallet.models.second_look import LONGEST_REASON

NOTHING_CHOSEN = _("Choose at least one payout.")
GONE = _("Some of these payouts are no longer waiting. Open the page again and look once more.")


class PayoutForm(forms.Form):
    """Ask for euros: an amount, or all that is available."""

    key = FormKeyField()
    amount = AmountField(
        label=_("Amount"),
        required=False,
        help_text=_("Leave it empty to have all of it paid out."),
    )


class MonthlyForm(forms.Form):
    """Be paid out each month."""

    keep = AmountField(
        label=_("Keep on the account"),
        required=False,
        help_text=_("So much stays here each month. Leave it empty to have all of it paid out."),
    )


class ChosenForm(forms.Form):
    """Some of the payouts that wait."""

    payouts = forms.MultipleChoiceField(
        label=_("Payouts"),
        error_messages={"required": NOTHING_CHOSEN, "invalid_choice": GONE, "invalid_list": GONE},
    )

    def __init__(self, *args: Any, waiting: Collection[Payout] = (), **words: Any) -> None:
        super().__init__(*args, **words)
        self.waiting = {str(one.pk): one for one in waiting}
        field = self.fields["payouts"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(pk, one.name) for pk, one in self.waiting.items()]

    def clean_payouts(self) -> list[Payout]:
        return [self.waiting[pk] for pk in self.cleaned_data["payouts"]]


class RunForm(ChosenForm):
    """Put payouts into a file for the bank."""

    key = FormKeyField()
    version = forms.ChoiceField(
        label=_("Form of the file"),
        choices=PayoutVersion.choices,
        initial=PayoutVersion.V09,
        widget=forms.RadioSelect,
        help_text=_("Your bank says which one it takes."),
    )


class SentForm(forms.Form):
    """The file went to the bank."""

    on = forms.DateField(
        label=_("Sent to the bank on"),
        widget=DayInput(),
        error_messages={
            "required": _("Enter a date."),
            "invalid": _("Enter a date, for example 21-11-2026."),
        },
    )


class WhyForm(forms.Form):
    """Why a payout does not go on."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever asked for the payout reads this."),
    )


class KeyForm(forms.Form):
    """A button that does something once."""

    key = FormKeyField()
