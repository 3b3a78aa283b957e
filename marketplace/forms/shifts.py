"""What is filled in to plan shifts: one day, every week, a week that was kept, an earlier season, a list on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.words import one_line
from marketplace.forms.offer_fields import CHOICE_WORDS, DATE_WORDS, NUMBER_WORDS, TOO_LONG, number_input
from marketplace.models import Activity, Shift, ShiftTemplate
from marketplace.operations.shifts import Slot, TemplateLine, of_period, of_template, slot_on, weekly
from marketplace.operations.shifts.planning import FARTHEST, MOST_PLACES
from neighbourhoods.forms.desk import FIRST_YEAR, LAST_YEAR, DayInput

TIME_WORDS = {"required": _("Enter a time."), "invalid": _("Enter a time, for example 14:30.")}
MOST_WEEKS = 52
LINES, LINES_IN_SIGHT = 8, 3
EVERY = (
    (1, _("Every week")), (2, _("Every two weeks")), (3, _("Every three weeks")), (4, _("Every four weeks")),
)  # fmt: skip


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day that every calendar knows."""
    return forms.DateField(
        label=label, widget=DayInput(), validators=[check_near], error_messages=DATE_WORDS, **more
    )


def check_near(on: date) -> None:
    """A day that is one, and that no shift is on."""
    if on.year < FIRST_YEAR:
        raise ValidationError(_("This day lies too far back."), code="past")
    if on.year > LAST_YEAR:
        raise ValidationError(_("Plan no more than 400 days ahead."), code="far")


def time_field(label: Any, **more: Any) -> forms.TimeField:
    """Hours and minutes; seconds are nobody's business."""
    widget = forms.TimeInput({"type": "time", "step": 300}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, error_messages=TIME_WORDS, **more)


def places_field(**more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=_("How many people?"), min_value=1, max_value=MOST_PLACES, initial=2, widget=number_input(),
        error_messages=NUMBER_WORDS, **more,
    )  # fmt: skip


def host_field() -> forms.CharField:
    return forms.CharField(
        label=_("Who is there?"), help_text=_("For example: Fatima. People ask for this name."), max_length=80,
        required=False, error_messages={"max_length": TOO_LONG},
    )  # fmt: skip


class HoursForm(forms.Form):
    """From when to when, for how many, with whom."""

    starts = time_field(_("From"))
    ends = time_field(pgettext_lazy("a time", "Until"))
    places = places_field()
    host = host_field()

    def clean_host(self) -> str:
        return one_line(self.cleaned_data["host"])


class DayForm(HoursForm):
    """One shift on one day."""

    field_order: tuple[str, ...] = ("day", "starts", "ends", "places", "host")
    day = day_field(_("On which day?"))

    def slots(self) -> list[Slot]:
        said = self.cleaned_data
        return [slot_on(said["day"], said["starts"], said["ends"], said["places"], said["host"])]


class PaperForm(DayForm):
    """One that was, entered from a list on paper."""

    day = day_field(_("On which day was it?"), help_text=_("Up to 14 days ago."))


class ChangeShiftForm(DayForm):
    """One that is planned. Once people signed up its hours stay."""

    def __init__(self, *args: Any, hours_stay: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("day", "starts", "ends") if hours_stay else ():
            del self.fields[name]

    def slot_of(self, shift: Shift) -> Slot:
        """What was said; hours that were not asked stay."""
        said = self.cleaned_data
        if "day" in said:
            return self.slots()[0]
        return Slot(
            starts_at=shift.starts_at, ends_at=shift.ends_at, places=said["places"], host=said["host"]
        )


class ManyForm(forms.Form):
    """Several shifts at once. They are shown first: `seen` is how many of them were."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def is_seen(self, slots: Sequence[Slot]) -> bool:
        """Whether whoever sends this saw what it gives."""
        return bool(self.cleaned_data.get("seen") == len(slots))


class WeeklyForm(ManyForm, HoursForm):
    """The same hours on some days of the week."""

    field_order = ("weekdays", "starts", "ends", "first_on", "until_on", "every", "places", "host")

    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days?"), coerce=int, widget=forms.CheckboxSelectMultiple,
        choices=[(number + 1, capfirst(name)) for number, name in WEEKDAYS.items()],
        error_messages={"required": _("Choose at least one day."), "invalid_choice": CHOICE_WORDS["invalid_choice"]},
    )  # fmt: skip
    first_on = day_field(_("First day"))
    until_on = day_field(_("Last day"))
    every = forms.TypedChoiceField(
        label=_("How often?"), coerce=int, initial=1, error_messages=CHOICE_WORDS,
        choices=EVERY,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        check_period(self, said.get("first_on"), said.get("until_on"), "until_on")
        return said

    def slots(self) -> list[Slot]:
        names = ("first_on", "until_on", "every", "weekdays", "starts", "ends", "places", "host")
        return weekly(**{name: self.cleaned_data[name] for name in names})


class TemplateForm(ManyForm):
    """A week that was kept, some times on end."""

    template = forms.ModelChoiceField(
        ShiftTemplate.objects.none(), label=_("Which week?"), empty_label=None, error_messages=CHOICE_WORDS
    )
    monday = day_field(_("From which week?"), help_text=_("Any day of the first week."))
    weeks = forms.IntegerField(
        label=_("How many weeks?"), min_value=1, max_value=MOST_WEEKS, initial=4, widget=number_input(),
        error_messages=NUMBER_WORDS,
    )  # fmt: skip

    def __init__(self, *args: Any, templates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = templates  # type: ignore[attr-defined]  # declared as a choice of rows

    def slots(self) -> list[Slot]:
        said = self.cleaned_data
        return of_template(template=said["template"], monday=said["monday"], weeks=said["weeks"])


class AgainForm(ManyForm):
    """What an activity of the same organiser had before, so many weeks later."""

    activity = forms.ModelChoiceField(
        Activity.objects.none(), label=_("Of which activity?"), empty_label=None, error_messages=CHOICE_WORDS
    )
    from_on = day_field(_("What there was from which day?"))
    until_on = day_field(_("Up to and including which day?"))
    weeks = forms.IntegerField(
        label=_("How many weeks later?"), help_text=_("52 is a year: the same day of the week."), min_value=1,
        max_value=2 * MOST_WEEKS, initial=MOST_WEEKS, widget=number_input(), error_messages=NUMBER_WORDS,
    )  # fmt: skip

    def __init__(self, *args: Any, activities: Sequence[tuple[Activity, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["activity"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - it is declared as one above
        field.queryset = Activity.objects.filter(pk__in=[one.pk for one, _title in activities])
        field.choices = [(one.pk, title) for one, title in activities]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        check_period(self, said.get("from_on"), said.get("until_on"), "until_on")
        return said

    def slots(self) -> list[Slot]:
        said = self.cleaned_data
        return of_period(
            activity=said["activity"], from_on=said["from_on"], until_on=said["until_on"],
            by=timedelta(weeks=said["weeks"]),
        )  # fmt: skip


class LineForm(forms.Form):
    """One shift in a week to keep. Left empty it is none."""

    weekday = forms.TypedChoiceField(
        label=_("Day"), coerce=int, empty_value=None, required=False, error_messages=CHOICE_WORDS,
        choices=[("", "–"), *((number + 1, capfirst(name)) for number, name in WEEKDAYS.items())],
    )  # fmt: skip
    starts = time_field(_("From"), required=False)
    ends = time_field(pgettext_lazy("a time", "Until"), required=False)
    places = forms.IntegerField(
        label=_("People"), min_value=1, max_value=MOST_PLACES, required=False, widget=number_input(),
        error_messages=NUMBER_WORDS,
    )  # fmt: skip
    host = forms.CharField(
        label=_("Who is there?"), max_length=80, required=False, error_messages={"max_length": TOO_LONG}
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        told = [said.get(name) for name in ("weekday", "starts", "ends", "places")]
        if not self.errors and any(told) and not all(told):
            raise ValidationError(_("Fill in the day, both times and how many people, or none of them."))
        return said

    def line(self) -> TemplateLine | None:
        said = self.cleaned_data
        if not said.get("weekday"):
            return None
        return TemplateLine(
            weekday=said["weekday"], starts_at=said["starts"], ends_at=said["ends"], places=said["places"],
            host=one_line(said["host"]),
        )  # fmt: skip


class Lines(forms.BaseFormSet):  # type: ignore[type-arg]  # generic for the type checker alone
    """A form for each shift of a week: some in sight, the others folded away as long as nothing stands in them."""

    @property
    def in_sight(self) -> list[Any]:
        return list(self.forms[: self._number_in_sight])

    @property
    def folded(self) -> list[Any]:
        return list(self.forms[self._number_in_sight :])

    @property
    def _number_in_sight(self) -> int:
        used = [
            number
            for number, one in enumerate(self.forms, 1)
            if one.initial or one.errors or one.has_changed()
        ]
        return max([LINES_IN_SIGHT, *used])


LineFormSet = forms.formset_factory(LineForm, formset=Lines, extra=LINES, max_num=LINES, absolute_max=LINES)


class WeekForm(forms.Form):
    """What a week to keep is called."""

    name = forms.CharField(
        label=_("What do you call this week?"), help_text=_("For example: a week in the school year."), max_length=80,
        error_messages={"required": _("Give it a name."), "max_length": TOO_LONG},
    )  # fmt: skip


class CallOffForm(forms.Form):
    """Why something does not go on; those whom it concerns read it."""

    reason = forms.CharField(
        label=_("Why?"), help_text=_("Everybody who signed up reads this."), max_length=300,
        widget=forms.Textarea({"rows": 3}), error_messages={"required": _("Say why."), "max_length": TOO_LONG},
    )  # fmt: skip


def check_period(form: forms.Form, first: date | None, last: date | None, name: str) -> None:
    """The end of a period lies after its beginning, and no farther than anybody plans."""
    if first is None or last is None:
        return
    if last < first:
        form.add_error(name, _("This day comes before the first one."))
    elif last - first > FARTHEST:
        form.add_error(name, _("Plan no more than 400 days ahead."))


def hours_of(shift: Shift) -> dict[str, Any]:
    """A shift as a form shows it."""
    begins = timezone.localtime(shift.starts_at)
    return {
        "day": begins.date(), "starts": begins.time(), "ends": timezone.localtime(shift.ends_at).time(),
        "places": shift.places, "host": shift.host,
    }  # fmt: skip
