"""How a neighbourhood decides, as a form: only what the subject knows is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from neighbourhoods.counting import Method
from neighbourhoods.fractions import LONGEST, parse_share
from neighbourhoods.models import METHOD_WORDS, Decider, RuleKind, Secrecy, Subject
from neighbourhoods.operations.policies import PolicyValues, Rule

# Which questions belong to which subject, in the order in which they are asked.
ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    Subject.ELECTION: (
        "method", "age", "days_here", "nomination_days", "inspection_days", "voting_days", "appeal_days", "term_years",
        "max_proxies", "days_before_meeting", "turnout_quorum",
    ),
    Subject.CONFIRMATION: ("approval_quorum", "majority", "is_strict", "blanks_count"),
    Subject.RECALL: ("support_needed", "support_days"),
    Subject.MOTION: ("turnout_quorum", "majority", "is_strict", "blanks_count", "voting_days"),
    Subject.VALUE: (
        "decider", "support_needed", "support_days", "consultation_days", "voting_days", "turnout_quorum", "age",
        "days_here", "max_proxies", "majority", "is_strict", "blanks_count", "margin", "appeal_days",
        "min_interval_days", "cover_months",
    ),
}  # fmt: skip
# How a value is voted on follows from who decides: a board answers for it, residents vote in secret.
_IN_SECRET: Final = {"method": Method.MEDIAN, "secrecy": Secrecy.SECRET}
WAYS: Final[Mapping[str, Mapping[str, Any]]] = {
    Decider.RESIDENTS: _IN_SECRET,
    Decider.BOTH: _IN_SECRET,
    Decider.BOARD: {"method": Method.YES_NO, "secrecy": Secrecy.RECORDED},
}
OF_A_RULE: Final[Mapping[str, str]] = {"age": RuleKind.AGE, "days_here": RuleKind.LIVES_HERE_DAYS}
# What is asked in other words about a value than about an election.
ABOUT_VALUES: Final[Mapping[str, tuple[Any, Any]]] = {
    "support_needed": (
        _("Which part of the residents must support a proposal?"),
        _("As a part, for example 1/50. Then it comes on the agenda. 0: one resident is enough."),
    ),
    "majority": (
        _("Which part of the votes must be in favour, where people say yes or no?"),
        _(
            "The board says yes or no to an amount, and residents to ending a value. As a part, for example 1/2."
        ),
    ),
}
EXAMPLE = _("As a part, for example 2/3, or as a percentage, for example 20%.")


class ShareInput(forms.CharField):
    """A part of the whole, exact: "2/3", "0.2" or "20%"."""

    widget = forms.TextInput({"class": "input--short", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=LONGEST, error_messages={"required": _("Enter a part, for example 2/3.")}, **kwargs
        )

    def clean(self, value: Any) -> Fraction:
        return parse_share(str(super().clean(value)).replace(" ", "").replace(",", "."))


def number(label: Any, **more: Any) -> forms.IntegerField:
    """A number that the operation bounds: it knows what is possible."""
    words = {"required": _("Enter a number."), "invalid": _("Enter a whole number.")}
    return forms.IntegerField(label=label, min_value=0, error_messages=words, **more)


class PolicyForm(forms.Form):
    """One version of a policy. What is not asked stays as it is."""

    decider = forms.ChoiceField(
        label=_("Who decides what something is worth?"),
        choices=[
            (Decider.RESIDENTS.value, _("The residents. In secret, the middle amount wins.")),
            (Decider.BOARD.value, _("The board. With names, yes or no to one amount.")),
            (Decider.BOTH.value, _("The residents, and then the board confirms it.")),
        ],
        widget=forms.RadioSelect,
    )
    method = forms.ChoiceField(
        label=_("How do people vote?"),
        choices=[(one.value, METHOD_WORDS[one]) for one in (Method.STV, Method.APPROVAL)],
        widget=forms.RadioSelect,
    )
    age = number(
        _("From which age may people vote?"),
        required=False,
        help_text=_("Empty: everybody. Whoever did not tell when they were born counts as old enough."),
    )
    days_here = number(
        _("How many days must somebody have lived here?"),
        required=False,
        help_text=_("Empty: everybody who lives here."),
    )
    nomination_days = number(_("How many days for nominations?"))
    inspection_days = number(_("How many days to look at the roll and object?"))
    voting_days = number(_("How many days to vote?"))
    appeal_days = number(_("How many days to appeal against a result?"))
    term_years = number(_("For how many years is a board elected?"))
    max_proxies = number(
        _("For how many others may somebody vote?"), help_text=_("0: nobody votes for somebody else.")
    )
    days_before_meeting = number(
        _("Is there a general meeting at which the votes count?"),
        required=False,
        help_text=_(
            "Then say how many days before it voting may begin, at most 30. Empty: no meeting is needed."
        ),
    )
    support_needed = ShareInput(
        label=_("Which part of the residents must support a call?"), help_text=EXAMPLE
    )
    support_days = number(_("How many days to gather support?"))
    turnout_quorum = ShareInput(
        label=_("Which part of those who may vote must vote?"),
        help_text=_("As a part, for example 1/2, or as a percentage. 0: it holds however many vote."),
    )
    approval_quorum = ShareInput(
        label=_("Which part of those who may vote must be in favour?"),
        help_text=_("As a part, for example 1/5, or as a percentage. 0: none."),
    )
    majority = ShareInput(label=_("Which part of the votes must be in favour?"), help_text=EXAMPLE)
    is_strict = forms.TypedChoiceField(
        label=_("Is exactly that part enough?"),
        choices=[("yes", _("No, it must be more")), ("no", _("Yes"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    blanks_count = forms.TypedChoiceField(
        label=_("Do blank votes count as votes?"),
        choices=[("yes", _("Yes, as neither for nor against")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    consultation_days = number(_("How many days can everybody react before the vote?"))
    margin = ShareInput(
        label=_("How far may the board go from what the residents chose?"),
        help_text=_(
            "As a part of that amount, for example 1/10 or 10%. Only where the board confirms. 0: it says yes or no."
        ),
    )
    min_interval_days = number(
        _("How many days does a value hold before it can be asked again?"),
        help_text=_("When demand changes, or the board asks it, sooner. 0: at any time."),
    )
    cover_months = number(
        _("For how many months must there be money in the pots?"),
        help_text=_("Before a value that residents earn comes into force. 0: this is not looked at."),
    )

    def __init__(self, data: Any = None, *, subject: str, present: PolicyValues) -> None:
        super().__init__(data, initial=first_words(present))
        self.present = present
        asked = ASKED[Subject(subject)]
        self.fields = {name: self.fields[name] for name in asked}
        if subject == Subject.VALUE:
            for name, (label, help_text) in ABOUT_VALUES.items():
                self.fields[name].label, self.fields[name].help_text = label, help_text

    def values(self) -> PolicyValues:
        """What the form says, over what holds now."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in OF_A_RULE}
        if OF_A_RULE.keys() <= self.fields.keys():
            said["rules"] = tuple(self._rules())
        return replace(self.present, **said, **WAYS.get(said.get("decider", ""), {}))

    def _rules(self) -> list[Rule]:
        """Who lives here comes first: it is the plainest reason for being left out. Of a board, who has a seat."""
        if self.cleaned_data.get("decider") == Decider.BOARD:
            return [Rule(kind=RuleKind.HAS_SEAT)]
        rules = [Rule(kind=RuleKind.LIVES_HERE)]
        for name, kind in OF_A_RULE.items():
            if self.cleaned_data[name]:
                rules.append(Rule(kind=kind, number=self.cleaned_data[name]))
        return rules


def first_words(present: PolicyValues) -> dict[str, Any]:
    """What holds now, as the fields show it."""
    numbers = {rule.kind: rule.number for rule in present.rules}
    shown = {
        name: getattr(present, name) for name in PolicyForm.base_fields if hasattr(present, name)
    }  # of `age` and `days_here` the rules know
    for name, value in shown.items():
        if isinstance(value, bool):
            shown[name] = "yes" if value else "no"
    return {**shown, **{name: numbers.get(kind) for name, kind in OF_A_RULE.items()}}
