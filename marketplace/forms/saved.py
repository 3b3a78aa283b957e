"""Saving a search: what it is called, and how often to be told."""

from __future__ import annotations

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from marketplace.models import Every
from marketplace.operations.searches import LONGEST_NAME


class EveryForm(forms.Form):
    """How often somebody wants to hear of what is new."""

    every = forms.ChoiceField(
        label=_("How often do you want a mail?"),
        choices=[(value, capfirst(label)) for value, label in Every.choices],
        initial=Every.WEEK,
        widget=forms.RadioSelect,
    )


class SaveForm(EveryForm):
    name = forms.CharField(
        label=_("What do you call this search?"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Give this search a name.")},
    )
    field_order = ["name", "every"]
