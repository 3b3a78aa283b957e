"""What board members fill in about values: on the way of a decision, about words, reactions and limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.amount_field import AmountField
from neighbourhoods.forms.desk import DAY, DayInput, check_year
from neighbourhoods.models import Decider, Measure, Meeting, ValueDecision, ValuedItem
from neighbourhoods.queries.items import words_of
from neighbourhoods.queries.values import Terms

IN_WRITING = "writing"
WHOLE_NUMBER = {"invalid": _("Enter a whole number, for example 12.")}


def _volume_field(*, required: bool) -> forms.IntegerField:
    return forms.IntegerField(
        label=_("How often a month?"),
        help_text=_("How many hours, pieces or turns you expect. So everybody sees what it costs."),
        required=required,
        min_value=1,
        max_value=1_000_000,
        error_messages={
            **WHOLE_NUMBER,
            "required": _("Say how often a month you expect this, so that everybody sees what it costs."),
            "min_value": _("Enter 1 or more."),
            "max_value": _("Enter a smaller number."),
        },
    )


class VolumeForm(forms.Form):
    """How often something is expected, when nobody said so before it was decided."""

    volume = _volume_field(required=True)


class WhyForm(forms.Form):
    """A reason that everybody reads."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Everybody can read this."),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write down why.")},
    )


class AdmitForm(forms.Form):
    """Who asks for something, when that is not written down yet."""

    evidence = forms.CharField(
        label=_("Who asks for it?"),
        help_text=_("For example: the school asked for five readers. Everybody can read this."),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write down who asks for it.")},
    )

    def __init__(self, data: Any = None, *, is_known: bool) -> None:
        super().__init__(data)
        if is_known:
            evidence = self.fields["evidence"]
            evidence.required, evidence.label = False, _("Who else asks for it?")


class TermsForm(forms.Form):
    """What is put to the vote: the proposed amount, what it costs, and between which amounts residents choose."""

    proposed = AmountField(label=_("Which value is proposed?"), required=False)
    volume = _volume_field(required=False)
    low = AmountField(
        label=_("What is the lowest amount that residents can name?"),
        error_messages={"required": _("Enter the lowest amount.")},
    )
    high = AmountField(
        label=_("What is the highest amount?"), error_messages={"required": _("Enter the highest amount.")}
    )
    step = AmountField(
        label=_("In which steps?"),
        help_text=_("For example 0.50: then people choose 8.00, 8.50 or 9.00."),
        error_messages={"required": _("Enter a step, for example 0.50.")},
    )
    wanted_on = forms.DateField(
        label=_("From which day should it hold?"),
        help_text=_("Empty: as soon as it can. It never holds before the time to appeal is over."),
        required=False,
        widget=DayInput(),
        validators=[check_year],
        error_messages=DAY,
    )

    def __init__(self, data: Any = None, *, terms: Terms, decision: ValueDecision) -> None:
        super().__init__(data, initial={name: getattr(terms, name) for name in self.base_fields})
        self.terms = terms
        by_board = decision.policy.decider == Decider.BOARD
        self.fields["proposed"].required = by_board and not decision.is_ending
        self.fields["volume"].required = decision.item.is_earned and not decision.is_ending
        for name in self._not_asked(by_board=by_board, is_ending=decision.is_ending):
            del self.fields[name]

    @staticmethod
    def _not_asked(*, by_board: bool, is_ending: bool) -> tuple[str, ...]:
        """A board says yes or no to one amount, and what ends has none: there is nothing to choose from."""
        if is_ending:
            return ("proposed", "low", "high", "step")
        return ("low", "high", "step") if by_board else ()

    def values(self) -> Terms:
        """What the form says; what it does not ask stays as it was."""
        asked = {name: getattr(self.terms, name) for name in self.base_fields}
        return Terms(**{**asked, **self.cleaned_data})


class WhereForm(forms.Form):
    """Whether the board votes in a meeting that is going on, or in writing."""

    where = forms.ChoiceField(
        label=_("How does the board vote?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how the board votes."),
            "invalid_choice": _("Choose one from the list."),
        },
    )

    def __init__(self, data: Any = None, *, meetings: Iterable[Meeting], **more: Any) -> None:
        super().__init__(data, **more)
        self.meetings = {str(meeting.pk): meeting for meeting in meetings}
        where = self.fields["where"]
        assert isinstance(where, forms.ChoiceField)  # noqa: S101 - it is declared as one above
        where.choices = [
            *((key, _("In the meeting “%s”") % one.title) for key, one in self.meetings.items()),
            (IN_WRITING, _("In a written round: all members get a mail")),
        ]
        where.initial = next(iter(self.meetings), IN_WRITING)
        if not self.meetings:  # one choice is none: the words say it
            where.widget = forms.HiddenInput()

    @property
    def how(self) -> str:
        """How the board votes, where nothing is to be chosen."""
        return "" if self.meetings else str(_("The board votes in a written round: all members get a mail."))

    @property
    def meeting(self) -> Meeting | None:
        """The meeting that was chosen; None for a written round."""
        return self.meetings.get(self.cleaned_data["where"])


class ConfirmForm(WhereForm):
    """The amount that the board says yes or no to, and how."""

    amount = AmountField(label=_("Which amount does the board vote on?"))

    field_order = ("amount", "where")

    def __init__(self, data: Any = None, *, is_ending: bool, **more: Any) -> None:
        super().__init__(data, **more)
        if is_ending:
            del self.fields["amount"]

    @property
    def amount_chosen(self) -> int | None:
        """In minor units; None when what the residents chose is that it has no value any more."""
        chosen: int | None = self.cleaned_data.get("amount")
        return chosen


class WordsForm(forms.Form):
    """What an item is called in every language, and what belongs to it. The first language is needed."""

    def __init__(self, data: Any = None, *, item: ValuedItem) -> None:
        super().__init__(data)
        self.languages = dict(settings.LANGUAGES)
        for code, language in self.languages.items():
            words = words_of(item, code)
            is_there = words.language == code
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("Name (%(language)s)") % {"language": language},
                max_length=80,
                required=code == settings.LANGUAGE_CODE,
                initial=words.name if is_there else "",
                error_messages={"required": _("Enter a name.")},
                widget=forms.TextInput({"lang": code}),
            )
            self.fields[f"about_{code}"] = forms.CharField(
                label=_("What belongs to it (%(language)s)") % {"language": language},
                max_length=300,
                required=False,
                initial=words.about if is_there else "",
                widget=forms.Textarea({"rows": 3, "lang": code}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for code in self.languages:
            if cleaned.get(f"about_{code}") and not cleaned.get(f"name_{code}"):
                self.add_error(f"name_{code}", ValidationError(_("Enter a name.")))
        return cleaned

    def words(self) -> dict[str, tuple[str, str]]:
        """Per language the name and what belongs to it; languages without a name are left out."""
        told = self.cleaned_data
        return {
            code: (told[f"name_{code}"], told[f"about_{code}"])
            for code in self.languages
            if told[f"name_{code}"]
        }


class LimitsForm(forms.Form):
    """From which numbers on demand puts something on the agenda by itself."""

    def __init__(self, data: Any = None, *, own: Mapping[str, int], usual: Mapping[str, int]) -> None:
        super().__init__(data)
        questions = {
            Measure.WAITING: _("How many people on the waiting list?"),
            Measure.OPEN_DEMAND: _("How many questions without an answer?"),
            Measure.OPEN_PLACES: _("How many places that nobody takes?"),
        }
        for measure, question in questions.items():
            self.fields[measure.value] = forms.IntegerField(
                label=question,
                help_text=_("Empty: %(number)s, as elsewhere.") % {"number": usual[measure]},
                required=False,
                min_value=1,
                max_value=100_000,
                initial=own.get(measure),
                widget=forms.NumberInput({"class": "input--short"}),
                error_messages={
                    **WHOLE_NUMBER,
                    "min_value": _("Enter 1 or more."),
                    "max_value": _("Enter a smaller number."),
                },
            )
