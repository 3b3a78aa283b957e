"""Paper ballots typed over: how many of each answer, or one line for each ballot.

Totals are enough where a ballot asks one question. Everywhere else a ballot is more than its parts (an order of names,
a set of ticks), so each one gets a line.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from neighbourhoods.counting import INVALID, BadChoice, Method, check_choice
from neighbourhoods.forms.abstract import AbstractForm
from neighbourhoods.models import BallotBox

# Letters for one ballot on a line: "1 3 2", "1, 4", "y n b". The Dutch ones are those of the Dutch page.
BLANK_SIGNS: Final = frozenset({"b", "blank", "blanco", "-"})
INVALID_SIGNS: Final = frozenset({"x", "invalid", "ongeldig"})
ANSWER_SIGNS: Final = {
    "y": "yes", "yes": "yes", "j": "yes", "ja": "yes", "n": "no", "no": "no", "nee": "no", "b": "blank",
    "blank": "blank", "blanco": "blank",
}  # fmt: skip
BETWEEN: Final = re.compile(r"[\s,;]+")
LONGEST: Final = 200_000


class PaperForm(forms.Form, metaclass=AbstractForm):
    """What all paper ballots of a box say. `choices` is what `enter_paper` takes."""

    kind: str
    is_sure = forms.BooleanField(
        label=gettext_lazy("I compared each ballot once more. This is what stands on the paper."),
        required=False,
    )

    def __init__(self, data: Any = None, *, box: BallotBox, number: int) -> None:
        super().__init__(data)
        self.box, self.number = box, number

    @abstractmethod
    def choices(self) -> list[Any]:
        """One choice for each ballot. For a valid form."""

    def check_number(self, entered: int) -> None:
        """Say at once when ballots are missing, beside the fields that were filled in."""
        if entered != self.number:
            words = {"entered": entered, "number": self.number}
            raise ValidationError(
                _("You entered %(entered)s ballots, and %(number)s were handed out. Count them once more.")
                % words,
                code="number",
            )


class TotalsForm(PaperForm):
    """One question: how many said yes, no and nothing."""

    kind = "totals"
    yes = forms.IntegerField(label=gettext_lazy("Yes"), min_value=0)
    no = forms.IntegerField(label=gettext_lazy("No"), min_value=0)
    blank = forms.IntegerField(label=gettext_lazy("Blank"), min_value=0)
    invalid = forms.IntegerField(
        label=gettext_lazy("Invalid"), min_value=0, help_text=gettext_lazy("It cannot be read what is meant.")
    )
    field_order = ("yes", "no", "blank", "invalid", "is_sure")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.IntegerField):
                field.error_messages["required"] = _("Enter a number; 0 when there is none.")
                field.max_value = self.number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            self.check_number(sum(cleaned[name] for name in ("yes", "no", "blank", "invalid")))
        return cleaned

    def choices(self) -> list[Any]:
        said = self.cleaned_data
        answers = [
            {self.box.options[0]: answer} for answer in ("yes", "no", "blank") for _one in range(said[answer])
        ]
        return [*answers, *[INVALID] * said["invalid"]]


class LinesForm(PaperForm):
    """One line for each ballot."""

    kind = "lines"
    ballots = forms.CharField(
        label=gettext_lazy("The ballots, one on each line"),
        max_length=LONGEST,
        widget=forms.Textarea(
            {"rows": 12, "spellcheck": "false", "autocomplete": "off", "class": "figures-line"}
        ),
        error_messages={"required": gettext_lazy("Enter the ballots, one on each line.")},
    )
    field_order = ("ballots", "is_sure")

    def clean_ballots(self) -> list[Any]:
        lines = [line.strip() for line in self.cleaned_data["ballots"].splitlines() if line.strip()]
        read, wrong = [], []
        for number, line in enumerate(lines, start=1):
            try:
                read.append(read_ballot(self.box, line))
            except ValidationError as error:
                wrong.append(_("Line %(number)s: %(what)s") % {"number": number, "what": error.messages[0]})
        if wrong:
            raise ValidationError(wrong[:5])
        self.check_number(len(read))
        return read

    def choices(self) -> list[Any]:
        return list(self.cleaned_data["ballots"])


def paper_form(data: Any = None, *, box: BallotBox, number: int) -> PaperForm:
    """The form that fits the ballots of a box; `number` of them were handed out."""
    is_one_question = box.method == Method.YES_NO and len(box.options) == 1
    return (TotalsForm if is_one_question else LinesForm)(data, box=box, number=number)


def read_ballot(box: BallotBox, line: str) -> Any:
    """What one line says, as a choice.

    :raises ValidationError: when it does not fit the ballot, with words for whoever typed it.
    """
    signs = [sign for sign in BETWEEN.split(line.lower()) if sign]
    if len(signs) == 1 and signs[0] in INVALID_SIGNS:
        return INVALID
    choice: Any
    if box.method == Method.YES_NO:
        choice = _answers(box, signs)
    else:
        choice = [] if len(signs) == 1 and signs[0] in BLANK_SIGNS else [sign.lstrip("0") for sign in signs]
    try:
        return check_choice(box.method, choice, options=box.options)
    except BadChoice as error:
        raise ValidationError(_words(error.code), code=error.code) from None


def _answers(box: BallotBox, signs: list[str]) -> dict[str, str]:
    """One letter for each name, in the order of the numbers; one alone stands for a ballot that is blank throughout."""
    if len(signs) == 1 and signs[0] in BLANK_SIGNS:
        return dict.fromkeys(box.options, "blank")
    if len(signs) == 1 and len(box.options) == len(signs[0]) > 1:
        signs = list(signs[0])
    if len(signs) != len(box.options):
        raise ValidationError(_words("missing"), code="missing")
    try:
        return {key: ANSWER_SIGNS[sign] for key, sign in zip(box.options, signs, strict=True)}
    except KeyError:
        raise ValidationError(_words("unknown_answer"), code="unknown_answer") from None


def _words(code: str) -> str:
    return {
        "unknown_option": _("there is no candidate with one of these numbers."),
        "twice": _("a number stands there twice."),
        "missing": _("give one answer for each candidate."),
        "unknown_answer": _("write y for yes, n for no or b for blank."),
    }.get(code, _("this cannot be read."))
