"""What somebody fills in about what they can do, and what a team and its coach fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.form_keys import FormKeyField
from marketplace.models import DayPart, SeenBy, SkillProfile, Team
from marketplace.operations.skills import Told
from marketplace.queries.branches import Branch
from marketplace.suiting import Slot
from neighbourhoods.forms.boardroom import OrganisationField
from neighbourhoods.models import Category
from people.models import Party

TOO_LONG = {"max_length": _("This is too long. Use at most %(limit_value)d characters.")}
CHOOSE = {"invalid_choice": _("Choose from the list."), "required": _("Choose one.")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A kind of work: what it is called, and which of the two was ticked."""

    slug: str
    name: str
    can: bool
    learns: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A broad kind of work with what is below it. It stands open where something in it was ticked."""

    name: str
    lines: list[Line]

    @property
    def is_open(self) -> bool:
        return any(line.can or line.learns for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a day of the week, to tick."""

    value: str
    label: str
    is_ticked: bool


class ProfileForm(forms.Form):
    """What somebody can do and would like. Nothing of it has to be filled in."""

    about = forms.CharField(
        label=_("What can you do?"),
        help_text=_("In your own words. For example: I can read aloud, and I speak Turkish."),
        max_length=1000,
        required=False,
        error_messages=TOO_LONG,
        widget=forms.Textarea({"rows": 3}),
    )
    wishes = forms.CharField(
        label=_("What would you like?"),
        help_text=_("For example: meet people, or work with my hands."),
        max_length=1000,
        required=False,
        error_messages=TOO_LONG,
        widget=forms.Textarea({"rows": 3}),
    )
    can = forms.MultipleChoiceField(label=_("With what can you help?"), required=False, error_messages=CHOOSE)
    learns = forms.MultipleChoiceField(
        label=_("What would you like to learn?"), required=False, error_messages=CHOOSE
    )
    free = forms.MultipleChoiceField(
        label=_("When do you have time?"),
        required=False,
        choices=[(f"{day}-{part}", "") for day in range(1, 8) for part in DayPart.values],
        error_messages=CHOOSE,
    )
    hours = forms.IntegerField(
        label=_("How many hours a week at most?"),
        required=False,
        min_value=1,
        max_value=60,
        error_messages={
            "invalid": _("Enter a number of hours from 1 to 60, or leave it empty."),
            "min_value": _("Enter a number of hours from 1 to 60, or leave it empty."),
            "max_value": _("Enter a number of hours from 1 to 60, or leave it empty."),
        },
    )
    seeks_work = forms.BooleanField(label=_("I am looking for paid work too"), required=False)
    seen_by = forms.ChoiceField(
        label=_("Who may see this?"),
        help_text=_("Suggestions for you work whatever you choose. You can change it at any time."),
        choices=[(value, capfirst(str(label))) for value, label in SeenBy.choices],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )

    def __init__(self, data: Any = None, *, branches: Sequence[Branch], **more: Any) -> None:
        super().__init__(data, **more)
        self.branches = branches
        slugs = [(one.slug, one.name) for branch in branches for one in (branch, *branch.below)]
        for name in ("can", "learns"):
            cast("forms.MultipleChoiceField", self.fields[name]).choices = slugs

    def groups(self) -> list[Group]:
        """The kinds of work as they are shown, each to be ticked twice."""
        can, learns = set(self["can"].value() or ()), set(self["learns"].value() or ())

        def line(one: Branch, name: str) -> Line:
            return Line(slug=one.slug, name=name, can=one.slug in can, learns=one.slug in learns)

        return [
            Group(
                name=branch.name,
                lines=[line(branch, str(_("All of this"))), *(line(one, one.name) for one in branch.below)],
            )
            for branch in self.branches
        ]

    def week(self) -> list[tuple[str, list[Part]]]:
        """The table of days and parts of days."""
        ticked = set(self["free"].value() or ())
        return [
            (
                capfirst(str(WEEKDAYS[day - 1])),
                [
                    Part(
                        value=f"{day}-{part}",
                        label=f"{WEEKDAYS[day - 1]} {label}",
                        is_ticked=f"{day}-{part}" in ticked,
                    )
                    for part, label in DayPart.choices
                ],
            )
            for day in range(1, 8)
        ]

    def told(self, language: str) -> Told:
        """What was told, as the operation takes it."""
        said = self.cleaned_data
        found = {one.slug: one for one in Category.objects.filter(slug__in={*said["can"], *said["learns"]})}
        return Told(
            about=said["about"],
            wishes=said["wishes"],
            language=language,
            can=[found[slug] for slug in said["can"] if slug in found],
            learns=[found[slug] for slug in said["learns"] if slug in found],
            free=[_slot(value) for value in said["free"]],
            hours=said["hours"],
            seeks_work=said["seeks_work"],
            seen_by=said["seen_by"],
        )


def initial_of(profile: SkillProfile | None) -> dict[str, Any]:
    """What a form shows of what was told before; without that nobody but its owner sees it."""
    if profile is None:
        return {"seen_by": SeenBy.NOBODY}
    skills = list(profile.skills.all())
    return {
        "about": profile.about,
        "wishes": profile.wishes,
        "can": [skill.category.slug for skill in skills if not skill.is_wish],
        "learns": [skill.category.slug for skill in skills if skill.is_wish],
        "free": [f"{one.weekday}-{one.part}" for one in profile.free_times.all()],
        "hours": profile.hours,
        "seeks_work": profile.seeks_work,
        "seen_by": profile.seen_by,
    }


def _slot(value: str) -> Slot:
    day, part = value.split("-")
    return int(day), part


class TeamForm(forms.Form):
    """Begin a team."""

    key = FormKeyField()
    organisation = OrganisationField(
        Party.objects.none(),
        label=_("For which organisation?"),
        to_field_name="uuid",
        empty_label=_("Choose an organisation"),
        error_messages=CHOOSE,
    )
    name = forms.CharField(
        label=_("What is the team called?"),
        max_length=80,
        error_messages={"required": _("Give the team a name, in no more than 80 characters.")},
    )
    about = forms.CharField(
        label=_("What is the team for?"),
        help_text=_("For example: we look for work in the green together."),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, data: Any = None, *, organisations: QuerySet[Party], **more: Any) -> None:
        super().__init__(data, **more)
        cast("forms.ModelChoiceField[Party]", self.fields["organisation"]).queryset = organisations


class AskForm(forms.Form):
    """Ask somebody by the address that they sign in with."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Of somebody who lives in the neighbourhood and agreed to join."),
        error_messages={
            "required": _("Enter an e-mail address."),
            "invalid": _("Enter a whole address, for example name@example.org."),
        },
        widget=forms.EmailInput({"autocomplete": "off"}),
    )


class TeamField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of somebody's teams."""

    def label_from_instance(self, obj: Team) -> str:
        return obj.name


class ProposeForm(forms.Form):
    """Lay something before a team."""

    key = FormKeyField()
    team = TeamField(
        Team.objects.none(),
        label=_("For which team?"),
        to_field_name="ref",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    text = forms.CharField(
        label=_("What do you want to say about it?"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, data: Any = None, *, teams: QuerySet[Team], **more: Any) -> None:
        super().__init__(data, **more)
        cast("forms.ModelChoiceField[Team]", self.fields["team"]).queryset = teams


class AnswerForm(forms.Form):
    """Say yes or no; above a legal maximum a yes needs to know that."""

    key = FormKeyField()
    joins = forms.ChoiceField(
        label=_("Do you join?"), choices=[("yes", "yes"), ("no", "no")], widget=forms.HiddenInput
    )
    knows_maximum = forms.BooleanField(
        label=_("I know that I may not be paid for this at once"), required=False
    )
