"""What an organisation fills in when it says what something is worth to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.amount_field import AmountField
from people.models import Party


class IndicationForm(forms.Form):
    """An amount and the reasons for it; and for which organisation, when somebody acts for more than one."""

    organisation = forms.ChoiceField(
        label=_("For which organisation?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the organisation for which you say this.")},
    )
    amount = AmountField(
        label=_("What is it worth to you?"), help_text=_("In coins. One coin is worth one euro.")
    )
    grounds = forms.CharField(
        label=_("Why?"),
        help_text=_("Everybody can read this, with the name of your organisation."),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Write down why.")},
    )

    def __init__(self, *args: Any, organisations: Sequence[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(one.uuid): one for one in organisations}
        if len(organisations) == 1:
            del self.fields["organisation"]
        else:
            choices = [(key, one.display_name) for key, one in self.organisations.items()]
            self.fields["organisation"].choices = choices  # type: ignore[attr-defined]

    def for_whom(self) -> Party:
        """The organisation that was chosen, or the only one."""
        only = next(iter(self.organisations))
        return self.organisations[self.cleaned_data.get("organisation", only)]
