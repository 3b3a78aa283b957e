"""What residents fill in before an election: standing, nominating, asking for a new one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_keys import FormKeyField


class StandForm(forms.Form):
    """Being a candidate: why, and for whom else somebody works, sits or owns."""

    statement = forms.CharField(
        label=_("Why do you stand?"),
        help_text=_("Everybody can read this. What do you want to do for the neighbourhood?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": _("Write in a few words why you stand.")},
    )
    interests = forms.CharField(
        label=_("What else are you involved in?"),
        help_text=_(
            "An organisation you work for, a board you sit on, a business you own. One on each line. "
            "Everybody can read this. Is there nothing? Then tick the box below."
        ),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    has_no_interests = forms.BooleanField(label=_("I am involved in nothing else"), required=False)


class NominateForm(forms.Form):
    """Somebody else, by an address that only who knows them has."""

    email = forms.EmailField(
        label=_("Their e-mail address"),
        max_length=254,
        error_messages={
            "required": _("Enter their e-mail address."),
            "invalid": _("Enter an e-mail address, for example ann@example.org."),
        },
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
    )


class RecallForm(forms.Form):
    """A call for a new election, with reasons."""

    key = FormKeyField()
    title = forms.CharField(
        label=_("In one sentence"),
        max_length=150,
        error_messages={"required": _("Say in one sentence what you ask for.")},
    )
    text = forms.CharField(
        label=_("Why does the neighbourhood need a new board?"),
        help_text=_("Everybody can read this, with your name."),
        max_length=4000,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": _("Write down why.")},
    )
