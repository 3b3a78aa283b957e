"""What an organisation fills in to take part in a market, and what somebody fills in to report an offer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.form_keys import FormKeyField
from marketplace.models import ReportReason
from neighbourhoods.forms.boardroom import OrganisationField
from neighbourhoods.forms.desk import DAY, DayInput, check_year
from people.models import Party


class InsuranceForm(forms.Form):
    """How an organisation is insured."""

    insurance = forms.CharField(
        label=_("Which insurance do you have for damage to others?"),
        help_text=_("The insurer and the number of the policy. Leave it empty when you have none."),
        max_length=200,
        required=False,
    )
    insured_until_on = forms.DateField(
        label=_("Last day of this insurance"),
        required=False,
        widget=DayInput(),
        validators=[check_year],
        error_messages=DAY,
    )


class RequestForm(InsuranceForm):
    """Ask the board to let an organisation on its market."""

    key = FormKeyField()
    organisation = OrganisationField(
        Party.objects.none(),
        label=_("Which organisation?"),
        to_field_name="uuid",
        empty_label=_("Choose an organisation"),
        error_messages={
            "required": _("Choose an organisation."),
            "invalid_choice": _("Choose one from the list."),
        },
    )
    about = forms.CharField(
        label=_("What do you want to offer or ask?"),
        help_text=_("For example: we repair bicycles, and ask for help on Saturdays."),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Write down what you want to offer or ask.")},
    )
    displacement = forms.CharField(
        label=_("Whose paid work is this, or was it?"),
        help_text=_(
            "Coins do not take the place of wages. Is somebody paid for this work now, or was somebody until lately?"
        ),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": _("Write down whose paid work this is or was. “Nobody’s” is an answer too.")
        },
    )

    field_order = ("key", "organisation", "about", "displacement", "insurance", "insured_until_on")

    def __init__(self, data: Any = None, *, organisations: QuerySet[Party], **more: Any) -> None:
        super().__init__(data, **more)
        choice = self.fields["organisation"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - it is declared as one above
        choice.queryset = organisations


class ReportForm(forms.Form):
    """Tell the board that something should not be on the market."""

    key = FormKeyField()
    reason = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=[(value, capfirst(str(label))) for value, label in ReportReason.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )
    text = forms.CharField(
        label=_("What should the board know?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
