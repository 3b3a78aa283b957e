"""What a funder or the finance desk fills in about money, pots and the bank account."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.amount_field import AmountField
from core.form_keys import FormKeyField
from neighbourhoods.forms.desk import DayInput
from people.models import Party
from wallet.models.treasury import LONGEST_NAME
from wallet.queries.organisations import organisations_called

DAY = {"required": _("Choose a day."), "invalid": _("Enter a date, for example 21-11-2026.")}


class OrganisationField(forms.CharField):
    """An organisation by its exact name or its KvK number: nobody leafs through a list of them."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            max_length=150,
            help_text=_("The exact name, or the KvK number."),
            error_messages={"required": _("Enter the name or the KvK number of the organisation.")},
            widget=forms.TextInput({"autocomplete": "off"}),
            **more,
        )

    def prepare_value(self, value: Any) -> Any:
        return value.display_name if isinstance(value, Party) else value

    def clean(self, value: Any) -> Any:
        found = organisations_called(super().clean(value))
        if not found:
            raise ValidationError(
                _(
                    "We do not know an organisation with this name or number. It must be registered here first."
                ),
                code="unknown",
            )
        if len(found) > 1:
            raise ValidationError(
                _("There are several organisations with this name. Enter the KvK number."), code="several"
            )
        return found[0]


class FundingForm(forms.Form):
    """What a funder announces. `payee` is the address of a pot, or the funder's own account."""

    key = FormKeyField()
    payee = forms.ChoiceField(
        label=_("What is the money for?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what the money is for."),
            "invalid_choice": _("This pot takes no money any more. Choose another."),
        },
    )
    amount = AmountField(label=_("How many euros?"), help_text=_("Each euro becomes one coin."))
    purpose = forms.CharField(
        label=_("In your own words"),
        help_text=_("For example: soup on Thursdays. Do not name residents."),
        max_length=140,
        required=False,
    )
    expires_on = forms.DateField(
        label=_("Until when may we expect it?"),
        help_text=_("The last day on which the money is on our bank account."),
        widget=DayInput(),
        error_messages=DAY,
    )

    def __init__(self, *args: Any, payees: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["payee"]).choices = payees

    @property
    def payee_words(self) -> str:
        """What was chosen, in words."""
        choices = cast("Any", self.fields["payee"]).choices
        return str(dict(choices).get(self.cleaned_data["payee"], ""))


class DeskFundingForm(FundingForm):
    """The same at the finance desk, which says for whom. `funders` is whose each pot is, by its address."""

    funder = OrganisationField(label=_("Who gives the money?"))
    field_order = ("key", "funder", "payee", "amount", "purpose", "expires_on")

    def __init__(self, *args: Any, funders: dict[str, int | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.funders = funders

    def clean(self) -> dict[str, Any]:
        """Before it is shown once more: a pot takes money of its own funder only."""
        words = super().clean() or self.cleaned_data
        funder, payee = words.get("funder"), words.get("payee")
        if funder and payee in self.funders and self.funders[payee] != funder.pk:
            self.add_error(
                "payee",
                _("%(name)s is not the funder of this pot. Choose another, or open one for it first.")
                % {"name": funder.display_name},
            )
        return words


class WhyForm(forms.Form):
    """Why; it stays in the audit trail."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("This can be read later. Do not name residents."),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write down why.")},
    )


class PotForm(forms.Form):
    """A new pot."""

    key = FormKeyField()
    name = forms.CharField(
        label=_("What is the pot called?"),
        help_text=_("For example: Soup on Thursdays."),
        max_length=80,
        error_messages={"required": _("Enter a name for the pot.")},
    )
    holder = OrganisationField(label=_("Who spends from it?"))
    funder = OrganisationField(label=_("Who gives the money?"))
    ends_on = forms.DateField(
        label=_("What is the last day?"),
        help_text=_("After this day nothing is spent from it. What is left goes back to the funder."),
        widget=DayInput(),
        error_messages=DAY,
    )


class TreasuryForm(WhyForm):
    """On which bank account the euros are."""

    account_name = forms.CharField(
        label=_("In whose name is the bank account?"),
        help_text=_("As the bank writes it. Whoever pays sees this name."),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Enter the name of the account.")},
    )
    iban = forms.CharField(
        label=_("IBAN"),
        max_length=42,
        error_messages={"required": _("Enter the IBAN of the account.")},
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    bic = forms.CharField(
        label=_("BIC"),
        help_text=_("Only if your bank asks for it in payment files."),
        max_length=14,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    chargeback_alone = AmountField(
        label=_("Up to which amount may one person undo a payment?"),
        help_text=_("Above it a second person looks first. Leave it empty if two people must always look."),
        required=False,
    )
    field_order = ("account_name", "iban", "bic", "chargeback_alone", "reason")

    def clean_chargeback_alone(self) -> int:
        return self.cleaned_data["chargeback_alone"] or 0
