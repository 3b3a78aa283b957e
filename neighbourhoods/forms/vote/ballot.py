"""The ballot as a form: one class for each way of voting, its options in an order drawn for this opening of the page.

Nothing of it is stored: what was filled in travels in the page, to the look-again step and back, until it is cast. What
may stand on a ballot is decided by `counting.check_choice` when it is cast; here it is only told earlier, and kindly.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.amounts import NotAnAmount, format_amount, parse_amount
from neighbourhoods.counting import Method
from neighbourhoods.forms.abstract import AbstractForm
from neighbourhoods.forms.vote.orders import LONGEST_NUMBER, read_order
from neighbourhoods.models import BallotBox

ANSWERS = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")), ("blank", gettext_lazy("Blank"))]
LONGEST_TYPED = 40  # a number or an amount with room for spaces; more is a slip


@dataclass(frozen=True, slots=True)
class About:
    """What somebody on the ballot tells of themself, in their own language."""

    statement: str
    interests: str
    has_no_interests: bool
    language: str


@dataclass(frozen=True, slots=True)
class Row:
    """One option on the ballot."""

    field: forms.BoundField
    label: str
    about: About | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what somebody votes, as the look-again step reads it out: a number or an answer, and for whom."""

    mark: str
    label: str


class BallotForm(forms.Form, metaclass=AbstractForm):
    """What all ballots carry. `choice` in the cleaned data is what `ballots.cast` takes."""

    kind: ClassVar[str]  # the template that draws it
    form_hash = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    order = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)
    blank = forms.BooleanField(required=False, widget=forms.HiddenInput)
    wants_receipt = forms.BooleanField(
        label=gettext_lazy("Give me a receipt code"), required=False, widget=forms.CheckboxInput
    )

    def __init__(
        self,
        data: Any = None,
        *,
        box: BallotBox,
        labels: Mapping[str, str],
        form_hash: str,
        abouts: Mapping[str, About] | None = None,
        typed: Any = None,
    ) -> None:
        self.box, self.labels, self.abouts = box, labels, abouts or {}
        sent = data if data is not None else typed
        self.drawn = read_order(sent.get("order", "") if sent else "", len(box.options))
        own = {"form_hash": form_hash, "order": ",".join(map(str, self.drawn)), "blank": False}
        if data is not None:
            data = data.copy()
            data["order"] = own["order"]
        initial = {**(typed.dict() if typed else {}), **own}
        super().__init__(data, initial=initial, use_required_attribute=False)
        self.is_blank = bool(data and data.get("blank"))
        self.add_options()

    # --- What each way of voting says for itself ----------------------------------------------------------------------

    @abstractmethod
    def add_options(self) -> None:
        """Add the fields, in the order that was drawn."""

    @property
    @abstractmethod
    def rows(self) -> list[Row]:
        """The fields as they stand on the ballot."""

    @abstractmethod
    def chosen(self) -> Any:
        """The choice out of the fields, or an error beside one of them."""

    @abstractmethod
    def nothing(self) -> Any:
        """The blank vote."""

    @abstractmethod
    def lines(self) -> list[Line]:
        """What was chosen, in words. For a valid form that is not blank."""

    # --- The same for all ---------------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.is_blank:
            # A blank vote says nothing, whatever was typed before: that stays in the page for who changes their mind.
            self.errors.clear()
            # A form number that is none belongs to no vote: empty, so that the cast refuses it as any other wrong one.
            cleaned.setdefault("form_hash", "")
            cleaned["choice"] = self.nothing()
        elif not self.errors:
            cleaned["choice"] = self.chosen()
        return cleaned

    def hide(self) -> None:
        """Carry all that was filled in along unseen, for the look-again step."""
        for name, field in self.fields.items():
            if name != "wants_receipt":
                field.widget = forms.HiddenInput()


class OptionsBallot(BallotForm):
    """A field for each option."""

    def add_options(self) -> None:
        for place in self.drawn:
            self.fields[name_of(place)] = self.option_field(self.labels[self.box.options[place]])

    @abstractmethod
    def option_field(self, label: str) -> forms.Field:
        """What is filled in beside one option."""

    @property
    def rows(self) -> list[Row]:
        keys = [(place, self.box.options[place]) for place in self.drawn]
        return [Row(self[name_of(place)], self.labels[key], self.abouts.get(key)) for place, key in keys]

    def answers(self) -> dict[str, Any]:
        """What stands beside each option, by its key, in the order of the ballot box."""
        return {key: self.cleaned_data.get(name_of(place)) for place, key in enumerate(self.box.options)}


class YesNoBallot(OptionsBallot):
    """Yes, no or blank, for each option."""

    kind = "yes_no"

    def option_field(self, label: str) -> forms.Field:
        needed = _("Choose yes, no or blank.")
        return forms.ChoiceField(
            label=label, choices=ANSWERS, widget=forms.RadioSelect,
            error_messages={"required": needed, "invalid_choice": needed},
        )  # fmt: skip

    def chosen(self) -> Any:
        return self.answers()

    def nothing(self) -> Any:
        return dict.fromkeys(self.box.options, "blank")

    def lines(self) -> list[Line]:
        words = dict(ANSWERS)
        answers = self.answers()
        keys = [self.box.options[place] for place in self.drawn]
        return [Line(str(words[answers[key]]), self.labels[key]) for key in keys]


class ApprovalBallot(OptionsBallot):
    """As many as one likes."""

    kind = "approval"

    def option_field(self, label: str) -> forms.Field:
        return forms.BooleanField(label=label, required=False)

    def chosen(self) -> Any:
        chosen = [key for key, is_ticked in self.answers().items() if is_ticked]
        if not chosen:
            sentence = _("You ticked nothing yet. Tick one or more, or vote blank.")
            self.add_error(name_of(self.drawn[0]), sentence)
        return chosen

    def nothing(self) -> Any:
        return []

    def lines(self) -> list[Line]:
        answers = self.answers()
        keys = [self.box.options[place] for place in self.drawn]
        return [Line("", self.labels[key]) for key in keys if answers[key]]


class RankedBallot(OptionsBallot):
    """Numbers: 1 for whom one wants most, as far as one likes."""

    kind = "ranked"

    def option_field(self, label: str) -> forms.Field:
        typed = {
            "inputmode": "numeric",
            "autocomplete": "off",
            "maxlength": LONGEST_NUMBER,
            "class": "rank__n",
        }
        few = _("Enter a whole number from 1 to %(most)d, or leave it empty.") % {"most": len(self.labels)}
        return forms.IntegerField(
            label=label, required=False, min_value=1, max_value=len(self.labels),
            widget=forms.TextInput(typed),
            error_messages={"invalid": few, "min_value": few, "max_value": few},
        )  # fmt: skip

    def chosen(self) -> Any:
        numbered = sorted((number, place) for place, number in self._numbers())
        if not numbered:
            sentence = _("You gave no number yet. Give your first choice number 1, or vote blank.")
            self.add_error(name_of(self.drawn[0]), sentence)
        first: dict[int, int] = {}
        for number, place in numbered:
            if number in first:
                other = self.labels[self.box.options[first[number]]]
                sentence = _("%(name)s has number %(number)d too. Give each name its own number.")
                self.add_error(name_of(place), sentence % {"name": other, "number": number})
            first.setdefault(number, place)
        self._check_gaps(first)
        return [self.box.options[place] for _number, place in numbered]

    def _numbers(self) -> list[tuple[int, int]]:
        found = [(place, self.cleaned_data.get(name_of(place))) for place in self.drawn]
        return [(place, number) for place, number in found if number is not None]

    def _check_gaps(self, first: dict[int, int]) -> None:
        """Somebody who skips a number may have forgotten a name: ask, and do not guess."""
        for before, number in enumerate(sorted(first), start=1):
            if number != before:
                sentence = _("Number %(missing)d is missing. Give it to a name, or change this number.")
                self.add_error(name_of(first[number]), sentence % {"missing": before})
                return

    def nothing(self) -> Any:
        return []

    def lines(self) -> list[Line]:
        return [
            Line(str(number), self.labels[key]) for number, key in enumerate(self.cleaned_data["choice"], 1)
        ]


class AmountBallot(BallotForm):
    """An amount. The field begins empty: a number that stands there would steer."""

    kind = "amount"

    def add_options(self) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "input--money"}
        self.fields["amount"] = forms.CharField(
            label=_("Which amount do you choose?"), help_text=self.bounds(), max_length=LONGEST_TYPED,
            required=not self.is_blank, widget=forms.TextInput(attrs),
            error_messages={"required": _("Enter an amount, or vote blank.")},
        )  # fmt: skip

    def bounds(self) -> str:
        """Between which amounts, and in which steps, in words."""
        low, high, step = self.box.low, self.box.high, self.box.step
        said = []
        if low is not None and high is not None:
            said.append(_("Name an amount from %(low)s up to and including %(high)s.") % {
                "low": self._written(low), "high": self._written(high)})  # fmt: skip
        elif low is not None:
            said.append(_("Name an amount of %(low)s or more.") % {"low": self._written(low)})
        elif high is not None:
            said.append(_("Name an amount of at most %(high)s.") % {"high": self._written(high)})
        if step is not None and step > 1:
            said.append(_("In steps of %(step)s.") % {"step": self._written(step)})
        return " ".join(said)

    def clean_amount(self) -> int | None:
        typed = self.cleaned_data.get("amount", "")
        if not typed or self.is_blank:
            return None
        try:
            minor = parse_amount(typed, get_language() or "nl", self.box.neighbourhood.coin.decimals)
        except NotAnAmount as wrong:
            raise ValidationError(str(wrong), code="amount") from wrong
        low, high, step = self.box.low, self.box.high, self.box.step
        is_outside = (low is not None and minor < low) or (high is not None and minor > high)
        if is_outside or (step is not None and (minor - (low or 0)) % step):
            raise ValidationError(self.bounds(), code="bounds")
        return minor

    @property
    def rows(self) -> list[Row]:
        return [Row(self["amount"], str(self["amount"].label), None)]

    def chosen(self) -> Any:
        return self.cleaned_data["amount"]

    def nothing(self) -> Any:
        return None

    def lines(self) -> list[Line]:
        return [Line("", f"{self._written(self.cleaned_data['choice'])} {self.coin.name_plural}")]

    @property
    def coin(self) -> Any:
        return self.box.neighbourhood.coin

    def _written(self, minor: int) -> str:
        return format_amount(minor, get_language() or "nl", self.coin.decimals)


FORMS: dict[Method, type[BallotForm]] = {
    Method.YES_NO: YesNoBallot,
    Method.APPROVAL: ApprovalBallot,
    Method.STV: RankedBallot,
    Method.MEDIAN: AmountBallot,
}


def ballot_form(
    data: Any = None,
    *,
    box: BallotBox,
    labels: Mapping[str, str],
    form_hash: str,
    abouts: Mapping[str, About] | None = None,
    typed: Any = None,
) -> BallotForm:
    """The ballot of a box. `data` is what was sent, to be judged; `typed` the same, only to be shown and changed; with
    neither the ballot is empty and its order is a fresh one.
    """
    kind = FORMS[Method(box.method)]
    return kind(data, box=box, labels=labels, form_hash=form_hash, abouts=abouts, typed=typed)


def name_of(place: int) -> str:
    """The name of the field of an option. It goes by the place in the box, so it says nothing of the drawn order."""
    return f"option-{place}"
