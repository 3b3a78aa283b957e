"""What the finance desk fills in about accounts, payments and limits."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.amount_field import AmountField
from core.form_keys import FormKeyField
from ledger.kinds import AccountKind, AccountState
from people.models import PartyKind
from wallet.models.second_look import LONGEST_REASON

DAY = {"invalid": _("Enter a date, for example 21-11-2026.")}
YES_NO = [("", _("All")), ("yes", _("Yes")), ("no", _("No"))]


class DayInput(forms.DateInput):
    """The browser's own day picker; it wants days as 2026-11-21."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def reason_field(help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=_("Why?"),
        help_text=help_text,
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write down why."), "max_length": _("Use at most 300 signs.")},
    )


class FindAccountForm(forms.Form):
    """Which accounts to show. An address finds any account; a name finds organisations alone."""

    q = forms.CharField(
        label=_("Name of an organisation, or an address"),
        required=False,
        max_length=100,
        error_messages={"max_length": _("Search with fewer words.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[
            ("", _("All")),
            (AccountKind.HOLDER, AccountKind.HOLDER.label),
            (AccountKind.POT, AccountKind.POT.label),
        ],
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *AccountState.choices]
    )
    may_redeem = forms.ChoiceField(label=_("Paid out in euros"), required=False, choices=YES_NO)
    in_area = forms.ChoiceField(label=_("In the area"), required=False, choices=YES_NO)

    def chosen(self) -> dict[str, Any]:
        """The filters as lookups; what cannot be read filters nothing."""
        self.full_clean()
        filled = {name: value for name, value in self.cleaned_data.items() if value and name != "q"}
        return {name: value == "yes" if value in ("yes", "no") else value for name, value in filled.items()}

    @property
    def sought(self) -> str:
        self.full_clean()
        return " ".join(self.cleaned_data.get("q", "").split())


class AccountTermsForm(forms.Form):
    """What an account is and may."""

    in_area = forms.BooleanField(
        label=_("It lies in the area of the neighbourhood"), required=False, initial=True
    )
    may_redeem = forms.BooleanField(
        label=_("There is a contract: its coins are paid out in euros"), required=False
    )
    ceiling = AmountField(
        label=_("The most it may hold"), required=False, help_text=_("Empty: as much as comes in.")
    )


class OpenAccountForm(AccountTermsForm):
    """A new account, for an organisation."""

    key = FormKeyField()
    organisation = forms.CharField(
        label=_("KvK number or name"),
        help_text=_("The whole name, as the organisation is known here."),
        max_length=150,
        error_messages={"required": _("Enter a KvK number or a name.")},
    )

    field_order = ("key", "organisation", "in_area", "may_redeem", "ceiling")


class ReclassifyForm(AccountTermsForm):
    """What an account is and may from now on, and why."""

    reason = reason_field(_("The holder can read this."))

    def __init__(self, *args: Any, may_have_contract: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_have_contract:
            del self.fields["may_redeem"]


class ReasonForm(forms.Form):
    """Why an account is blocked, freed or closed."""

    reason = reason_field(_("The holder can read this."))


class FindPaymentForm(forms.Form):
    """Which payment."""

    number = forms.CharField(
        label=_("Number of the receipt"),
        help_text=_(
            "Nine signs, for example 7K4Q-2MXD-9. They stand on the receipt of who paid and of who was paid."
        ),
        max_length=30,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter the number of a receipt."),
            "max_length": _("We do not know this receipt number. Compare it with the receipt."),
        },
    )


class UndoForm(forms.Form):
    """How much of a payment is undone, and why."""

    key = FormKeyField()
    amount = AmountField(label=_("Amount to undo"))
    reason = reason_field(_("Both sides can read this."))


class LimitForm(forms.Form):
    """A limit. The second time it is sent it says that somebody is sure; sent again it is the same limit."""

    holder_kind = forms.ChoiceField(
        label=_("For whom?"),
        choices=[("", _("Choose a kind of holder")), *PartyKind.choices],
        error_messages={"required": _("Choose for whom."), "invalid_choice": _("Choose for whom.")},
    )
    per_payment = AmountField(label=_("At most at once"), required=False, help_text=_("Empty: no limit."))
    per_day = AmountField(label=_("At most in a day"), required=False, help_text=_("Empty: no limit."))
    per_month = AmountField(label=_("At most in a month"), required=False, help_text=_("Empty: no limit."))
    from_on = forms.DateField(
        label=_("First day"),
        widget=DayInput(),
        error_messages={"required": _("Enter the first day."), **DAY},
    )
    until_on = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Empty: until another limit is set."),
        widget=DayInput(),
        error_messages=DAY,
    )
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_from_on(self) -> date:
        from_on: date = self.cleaned_data["from_on"]
        if from_on < self.today:
            raise ValidationError(_("Choose today or a later day."), code="past")
        return from_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error(
                "until_on", ValidationError(_("The last day lies before the first day."), code="days")
            )
        return cleaned
