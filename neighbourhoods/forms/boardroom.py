"""What board members fill in: about meetings, minutes, proposals, and their own interests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.form_keys import FormKeyField
from neighbourhoods.forms.desk import DAY, DayInput, check_year
from neighbourhoods.models import (
    Meeting,
    MeetingKind,
    Minutes,
    Presence,
    Seat,
    SeatOffice,
)
from neighbourhoods.operations.meetings import MeetingValues, fingerprint
from people.models import Party

EVENING = time(19, 30)
CHOICES = (
    ("yes", pgettext_lazy("vote", "For")),
    ("no", pgettext_lazy("vote", "Against")),
    ("blank", pgettext_lazy("vote", "Blank: neither for nor against")),
)


class TimeInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class MeetingForm(forms.Form):
    """What a meeting is, when and where."""

    key = FormKeyField()
    kind = forms.ChoiceField(
        label=_("Who comes together?"),
        choices=[
            (MeetingKind.BOARD, _("The board")),
            (MeetingKind.GENERAL, _("All residents: a general meeting")),
        ],
        initial=MeetingKind.BOARD,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who comes together.")},
    )
    title = forms.CharField(
        label=_("Title"), max_length=150, error_messages={"required": _("Enter a title.")}
    )
    on = forms.DateField(
        label=_("Day"), widget=DayInput(), validators=[check_year],
        error_messages={"required": _("Enter the day."), **DAY},
    )  # fmt: skip
    begins = forms.TimeField(
        label=_("Time"),
        initial=EVENING,
        widget=TimeInput(),
        error_messages={
            "required": _("Enter the time."),
            "invalid": _("Enter a time, for example 19:30."),
        },
    )
    place = forms.CharField(
        label=_("Place"), max_length=120, error_messages={"required": _("Enter where it is.")}
    )
    notice = forms.CharField(
        label=_("Words with the invitation"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )

    def values(self, language: str) -> MeetingValues:
        told = self.cleaned_data
        return MeetingValues(
            kind=told["kind"],
            title=told["title"],
            starts_at=timezone.make_aware(datetime.combine(told["on"], told["begins"])),
            place=told["place"],
            notice=told["notice"],
            language=language,
        )


def known_meeting(meeting: Meeting) -> dict[str, Any]:
    """A meeting as its form shows it."""
    begins = timezone.localtime(meeting.starts_at)
    return {
        **{name: getattr(meeting, name) for name in ("kind", "title", "place", "notice")},
        "on": begins.date(),
        "begins": begins.time(),
    }


class AgendaForm(forms.Form):
    """A point of the agenda."""

    title = forms.CharField(
        label=_("Point"),
        max_length=200,
        error_messages={"required": _("Enter what it is about.")},
    )
    text = forms.CharField(
        label=_("Explanation"), max_length=4000, required=False, widget=forms.Textarea({"rows": 4})
    )


class CallOffForm(forms.Form):
    """Why a meeting does not take place."""

    reason = forms.CharField(
        label=_("Why does it not take place?"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write down why.")},
    )


class AttendanceForm(forms.Form):
    """Of every member of the board, whether they are there."""

    def __init__(self, *args: Any, members: Iterable[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(seat.person_id): seat.person for seat in members}
        for number, person in self.members.items():
            self.fields[f"member_{number}"] = forms.ChoiceField(
                label=person.display_name,
                choices=[(value, capfirst(str(label))) for value, label in Presence.choices],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one of the three.")},
            )

    def presences(self) -> dict[Party, str]:
        return {person: self.cleaned_data[f"member_{number}"] for number, person in self.members.items()}


class MinutesForm(forms.Form):
    """The draft, with the fingerprint of the one that it was begun from."""

    text = forms.CharField(
        label=_("Minutes"),
        help_text=_(
            "What was said and decided. An empty line begins a new paragraph. Once published, everybody can read it: "
            "name residents only when they agree."
        ),
        max_length=40_000,
        widget=forms.Textarea({"rows": 18}),
        error_messages={"required": _("Write what was said and decided.")},
    )
    others_present = forms.IntegerField(
        label=_("How many others were there?"),
        help_text=_("Besides the board. Their names are not kept."),
        min_value=0,
        max_value=100_000,
        initial=0,
        error_messages={
            "required": _("Enter a number. Was there nobody else? Then enter 0."),
            "invalid": _("Enter a whole number, for example 12."),
            "min_value": _("Enter 0 or more."),
            "max_value": _("Enter a smaller number."),
        },
    )
    based_on = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_text(self) -> str:
        """Browsers send line ends of their own."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


def known_minutes(minutes: Minutes | None) -> dict[str, Any]:
    if minutes is None:
        return {"based_on": fingerprint("")}
    return {
        "text": minutes.text,
        "others_present": minutes.others_present,
        "based_on": fingerprint(minutes.text),
    }


class MeetingChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the meetings of a board, by its title and day."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title}, {date_format(timezone.localtime(obj.starts_at), 'j F Y')}"


class ApproveForm(forms.Form):
    """At which meeting minutes were approved."""

    meeting = MeetingChoice(
        Meeting.objects.none(),
        label=_("At which meeting?"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the meeting."),
            "invalid_choice": _("Choose a meeting from the list."),
        },
    )

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, meetings)


class MotionForm(forms.Form):
    """The words of a proposal."""

    title = forms.CharField(
        label=_("What do you propose?"),
        help_text=_("In one sentence that the board can be for or against."),
        max_length=150,
        error_messages={"required": _("Write in one sentence what you propose.")},
    )
    text = forms.CharField(
        label=_("Explanation"),
        help_text=_("Why, what it costs, and who does it."),
        max_length=4000,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": _("Write why you propose this.")},
    )


class PlaceForm(forms.Form):
    """At which meeting a proposal is decided."""

    meeting = MeetingChoice(
        Meeting.objects.none(),
        label=_("At which meeting?"),
        required=False,
        empty_label=_("On no agenda yet"),
        error_messages={"invalid_choice": _("Choose a meeting from the list.")},
    )

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, meetings)


class ProposeForm(MotionForm, PlaceForm):
    """A new proposal."""

    key = FormKeyField()

    field_order = ("key", "title", "text", "meeting")


class VoteForm(forms.Form):
    """A vote with a name."""

    choice = forms.ChoiceField(
        label=_("Your vote"),
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for, against or blank.")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Everybody can read this."),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, asks_why_not: bool = False, **kwargs: Any) -> None:
        """:param asks_why_not: whether whoever votes against must say why."""
        super().__init__(*args, **kwargs)
        if asks_why_not:
            reason = self.fields["reason"]
            reason.label = _("Why? You need this when you vote against")
            reason.says_when_needed = True  # type: ignore[attr-defined]  # read by components/field.html


class AsideForm(forms.Form):
    """Why somebody steps aside."""

    reason = forms.CharField(
        label=_("Which interest do you have?"),
        help_text=_("Everybody can read this."),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write down which interest you have.")},
    )


class OrganisationField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of some organisations, by their names."""

    def label_from_instance(self, obj: Party) -> str:
        return obj.display_name


class InterestForm(forms.Form):
    """For whom else a member works, sits or owns."""

    text = forms.CharField(
        label=_("Your interest"),
        help_text=_("For example: works for the baker in the Molenweg. Everybody can read this."),
        max_length=200,
        error_messages={"required": _("Write down your interest.")},
    )
    party = OrganisationField(
        Party.objects.none(),
        label=_("Is it one of these organisations?"),
        help_text=_("Then you are left out by itself of votes about what concerns it."),
        to_field_name="uuid",
        required=False,
        empty_label=_("No, another one"),
        error_messages={"invalid_choice": _("Choose one from the list.")},
    )

    def __init__(self, data: Any = None, *, organisations: QuerySet[Party]) -> None:
        super().__init__(data)
        party = self.fields["party"]
        assert isinstance(party, forms.ModelChoiceField)  # noqa: S101 - it is declared as one above
        party.queryset = organisations


class OfficeForm(forms.Form):
    """The office of a member."""

    office = forms.ChoiceField(
        label=_("Office"),
        choices=[(value, capfirst(str(label))) for value, label in SeatOffice.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an office.")},
    )


def _offer(form: forms.Form, meetings: QuerySet[Meeting]) -> None:
    choice = form.fields["meeting"]
    assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - it is declared as one above
    choice.queryset = meetings
