"""What the polling office and the appeals panel fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.form_keys import FormKeyField
from neighbourhoods.counting.paper import MOST_SEATS
from neighbourhoods.forms.desk import DAY, DayInput, check_year
from neighbourhoods.models import Meeting

MOMENT = {"invalid": _("Enter a date and a time, for example 21-11-2026 20:00.")}


class MomentInput(forms.DateTimeInput):
    """The browser's own picker of a day and a time; it wants 2026-11-21T20:00, in the time of the neighbourhood."""

    input_type = "datetime-local"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


def moment(label: Any, required: Any, **more: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label, widget=MomentInput(), validators=[check_year], error_messages={"required": required, **MOMENT},
        **more,
    )  # fmt: skip


class ElectionForm(forms.Form):
    """An election with all its moments, in the order in which they come."""

    key = FormKeyField()
    title = forms.CharField(
        label=_("What is it called?"),
        help_text=_("For example: Board election 2026."),
        max_length=150,
        error_messages={"required": _("Give the election a name.")},
    )
    seats = forms.IntegerField(
        label=_("How many seats?"),
        min_value=1,
        max_value=MOST_SEATS,
        error_messages={
            "required": _("Enter the number of seats."),
            "invalid": _("Enter a whole number."),
            "min_value": _("There is at least one seat."),
            "max_value": _("There are at most %(limit_value)s seats."),
        },
    )
    nominations_from = moment(
        _("Nominations from"),
        _("Enter when nominations begin."),
        help_text=_("From then on everybody can also see whether they are on the electoral roll."),
    )
    nominations_until = moment(_("Nominations until"), _("Enter when nominations end."))
    freezes_at = moment(
        _("Candidates and roll are fixed on"),
        _("Enter when the roll is fixed."),
        help_text=_("Until then people can object when the roll is wrong."),
    )
    opens_at = moment(_("Voting from"), _("Enter when voting begins."))
    closes_at = moment(_("Voting until"), _("Enter when voting ends."))
    term_from_on = forms.DateField(
        label=_("First day of the new board"),
        widget=DayInput(),
        validators=[check_year],
        error_messages={"required": _("Enter the first day."), **DAY},
    )
    term_until_on = forms.DateField(
        label=_("Last day of the new board"),
        widget=DayInput(),
        validators=[check_year],
        error_messages={"required": _("Enter the last day."), **DAY},
    )
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(),
        label=_("At which general meeting is the result told?"),
        required=False,
        empty_label=_("No meeting"),
    )

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["meeting"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - it is declared as one above
        choice.queryset = meetings
        if not meetings:
            del self.fields["meeting"]


class WhyForm(forms.Form):
    """Why; everybody can read it."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Everybody can read this. Name nobody."),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write down why.")},
    )


class ExtendForm(WhyForm):
    """Until when there is more time to vote."""

    closes_at = moment(_("Voting until"), _("Enter when voting ends."))

    field_order = ("closes_at", "reason")


class ObjectionAnswerForm(forms.Form):
    """Whether somebody is right about their own entry, and why."""

    upheld = forms.TypedChoiceField(
        label=_("Is this objection right?"),
        choices=[("yes", _("Yes, the roll is changed")), ("no", _("No, the roll stays as it is"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    answer = forms.CharField(
        label=_("Why?"),
        help_text=_("The person reads this."),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Write down why.")},
    )


class VoterForm(forms.Form):
    """Look for somebody on the roll."""

    q = forms.CharField(
        label=_("Name of the voter"),
        min_length=2,
        max_length=100,
        error_messages={
            "required": _("Enter a name."),
            "min_length": _("Enter at least two letters."),
        },
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )


class RulingForm(forms.Form):
    """What the panel says; it is published without names."""

    ruling = forms.CharField(
        label=_("Ruling, with reasons"),
        help_text=_("Everybody can read this. Name nobody."),
        max_length=4000,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": _("Write down the reasons.")},
    )


class UpholdForm(RulingForm):
    """Whether an appeal is right."""

    upheld = forms.TypedChoiceField(
        label=_("Is this appeal right?"),
        choices=[
            ("yes", _("Yes, the vote is held anew")),
            ("no", _("No, the result stays")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )

    field_order = ("upheld", "ruling")
