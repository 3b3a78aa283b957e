"""What members of a board fill in about their market."""

from __future__ import annotations

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from marketplace.models import WordUse
from neighbourhoods.forms.desk import DAY, DayInput, check_year

REASON = {"required": _("Write down why.")}


class ReturnForm(forms.Form):
    """What has to change before an offer can come on the market."""

    reason = forms.CharField(
        label=_("What has to change?"),
        help_text=_("Whoever wrote it reads this, and can send it again."),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Write down what has to change.")},
    )


class WhyForm(forms.Form):
    """Why something is taken off or put back; those whom it concerns read it."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Whoever it concerns reads this."),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
        error_messages=REASON,
    )


class HideForm(forms.Form):
    """Why a reference is hidden; it stands in its place."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Everybody reads this in the place of the reference."),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        error_messages=REASON,
    )


class AnswerForm(forms.Form):
    """What the board makes of a report."""

    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_(
            "Whoever reported it reads this. When you take it off the market, whoever offers it reads it too."
        ),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Write your answer.")},
    )


class StayForm(forms.Form):
    """What the board looked at, and how long an organisation stays."""

    checks = forms.CharField(
        label=_("What did you check?"),
        help_text=_(
            "For example: the trade register, the insurance, and that it takes away nobody’s paid work."
        ),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write down what you checked.")},
    )
    until_on = forms.DateField(
        label=_("Up to and including which day?"),
        help_text=_("At most two years from now. Two weeks before, it gets a mail."),
        widget=DayInput(),
        validators=[check_year],
        error_messages={"required": _("Enter the last day."), **DAY},
    )


class AdmitForm(StayForm):
    """Also where an organisation lies: the money of the neighbourhood is partly bound to its own area."""

    in_area = forms.BooleanField(
        label=_("It is established in this neighbourhood"), required=False, initial=True
    )


class WordForm(forms.Form):
    """A word for the list."""

    word = forms.CharField(
        label=_("Word"),
        help_text=_(
            "One word or more. With a star at its end, longer words that begin with it are found too: firework*"
        ),
        max_length=60,
        error_messages={"required": _("Enter a word.")},
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}),
    )
    use = forms.ChoiceField(
        label=_("What about it?"),
        choices=[(value, capfirst(str(label))) for value, label in WordUse.choices],
        initial=WordUse.BLOCKED,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what holds for this word.")},
    )


class FingerprintForm(forms.Form):
    """Carries what was looked at, so that nothing else is let through."""

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
