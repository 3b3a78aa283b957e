"""What an organiser fills in: who was there and how long, messages, who came without signing up, certificates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.forms.hours_field import HoursField, write_hours
from marketplace.forms.orders import OnceForm, SureForm, words_field
from marketplace.models import CheckedIn, Participation
from marketplace.operations.hours import Line
from marketplace.queries.organising import holder_at
from marketplace.rewarding import reward_of
from marketplace.states import ParticipationState
from people.models import Party

if TYPE_CHECKING:
    from ledger.models import Coin

__all__ = [
    "AnswerForm",
    "CameForm",
    "CertificateForm",
    "GroupForm",
    "MessageForm",
    "RulingForm",
    "SureForm",
]

LONGEST_WHY: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One person on the list of a shift, with the fields about them and what they earn by what stands there."""

    participation: Participation
    came: forms.BoundField
    hours: forms.BoundField
    why: forms.BoundField
    reward: int | None

    @property
    def errors(self) -> bool:
        return bool(self.hours.errors or self.why.errors)

    @property
    def known(self) -> str:
        return what_is_known(self.participation)


class GroupForm(forms.Form):
    """The list of a shift: everybody came and was there for as long as they told, unless it is filled in otherwise.

    Which rows the page showed comes back with it (`rows`): who told their hours meanwhile is not taken for absent.
    """

    rows_shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, people: Sequence[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = set(str(self.data.get("rows_shown", "")).split()) if self.is_bound else None
        self.people = [one for one in people if shown is None or one.ref.hex in shown]
        self.initial["rows_shown"] = " ".join(one.ref.hex for one in self.people)
        for one in self.people:
            self._add(one)

    def _add(self, one: Participation) -> None:
        name, most = one.person.display_name, one.shift.minutes
        self.fields[_came(one)] = forms.BooleanField(
            label=_("%(name)s came") % {"name": name}, required=False, initial=True
        )
        self.fields[_hours(one)] = HoursField(
            label=_("Hours of %(name)s") % {"name": name}, most=most, required=False, initial=told_by(one),
        )  # fmt: skip
        self.fields[_why(one)] = forms.CharField(
            label=_("Why %(name)s gets fewer hours than they told") % {"name": name}, max_length=LONGEST_WHY,
            required=False, widget=forms.Textarea({"rows": 2}),
            error_messages={"max_length": _("This is too long. Use at most %(limit_value)d characters.")},
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for one in self.people:
            came, minutes = values.get(_came(one)), values.get(_hours(one))
            if not came:
                # What stands in the field of who was not there was not meant.
                self.errors.pop(_hours(one), None)
            elif minutes is None and _hours(one) not in self.errors:
                self.add_error(_hours(one), ValidationError(_("Write hours and minutes, for example 2:30.")))
            is_less = one.minutes is not None and (not came or (minutes or one.minutes) < one.minutes)
            if is_less and not values.get(_why(one)) and _why(one) not in self.errors:
                self.add_error(
                    _why(one), ValidationError(_("They told more hours. Say what you saw: they read it."))
                )
        return values

    @property
    def lines(self) -> list[Line]:
        """What is confirmed and contested, once the form is valid."""
        return [self._line(one) for one in self.people]

    @property
    def total(self) -> int:
        """What is paid in all, in minor units, by what stands in the form. Who gets fewer hours than they told is not
        paid yet: they answer first."""
        return sum(reward for one in self.people if (reward := self._reward(one)))

    @property
    def paid(self) -> int:
        """How many people that is for."""
        return sum(1 for one in self.people if self._reward(one))

    def rows(self) -> Iterable[Row]:
        """The list, to be shown."""
        for one in self.people:
            yield Row(
                participation=one, came=self[_came(one)], hours=self[_hours(one)], why=self[_why(one)],
                reward=self._reward(one),
            )  # fmt: skip

    def _line(self, one: Participation) -> Line:
        values = self.cleaned_data
        came, minutes, why = values[_came(one)], values[_hours(one)], values[_why(one)].strip()
        if not came:
            return Line(participation=one, is_absent=True, reason=why)
        return Line(participation=one, minutes=minutes, reason=why)

    def _reward(self, one: Participation) -> int | None:
        """None for who gets nothing by this form."""
        if not self.is_bound:
            return reward_of(one.value, one.unit, told_by(one))
        values = getattr(self, "cleaned_data", {})
        minutes = values.get(_hours(one))
        if not values.get(_came(one)) or not minutes or minutes < (one.minutes or 0):
            return None
        return reward_of(one.value, one.unit, minutes)


def told_by(one: Participation) -> int:
    """How long somebody was there as far as is known: what they told, or else all of the shift."""
    return one.minutes if one.minutes is not None else one.shift.minutes


def what_is_known(one: Participation) -> str:
    """What is known of somebody before their hours are confirmed: signed up, came, told hours."""
    if one.state == ParticipationState.CLAIMED and one.minutes is not None:
        return gettext("Told %(hours)s hours") % {"hours": write_hours(one.minutes)}
    is_of_list = one.checked_in_how == CheckedIn.LIST
    if one.checked_in_at and is_of_list and one.checked_in_at > one.shift.ends_at:
        day = date_format(localtime(one.checked_in_at), "j F")
        return gettext("Was there, put on the list on %(day)s") % {"day": day}
    if one.checked_in_at:
        return gettext("Came in at %(time)s") % {"time": f"{localtime(one.checked_in_at):%H:%M}"}
    return gettext("Did not check in")


def _came(one: Participation) -> str:
    return f"came_{one.ref.hex}"


def _hours(one: Participation) -> str:
    return f"hours_{one.ref.hex}"


def _why(one: Participation) -> str:
    return f"why_{one.ref.hex}"


class MessageForm(OnceForm):
    """A message to everybody who comes."""

    text = words_field(
        _("Your message"),
        1000,
        help_text=_("Everybody on the list reads this, also by mail. They see your name."),
    )


class CameForm(OnceForm):
    """Who came without signing up: somebody who came before, or whoever shows the address of their wallet."""

    person = forms.ChoiceField(
        label=_("Somebody who came before"), required=False,
        error_messages={"invalid_choice": _("Choose somebody from the list.")},
    )  # fmt: skip
    address = forms.CharField(
        label=_("Or the address of their wallet"), required=False, max_length=60,
        help_text=_("It stands in their wallet, and on their statement on paper."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(self, *args: Any, known: Sequence[Party], coin: Coin, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.uuid): one for one in known}
        self.coin = coin
        choice = self.fields["person"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - it is declared as one above
        choice.choices = [("", "–"), *((number, one.display_name) for number, one in self.known.items())]
        for field in (choice, self.fields["address"]):
            field.says_when_needed = True  # type: ignore[attr-defined]  # read by components/field.html: one of two
        if not self.known:
            del self.fields["person"]
            self.fields["address"].label = _("The address of their wallet")

    @property
    def chosen(self) -> Party:
        """Who was chosen from the list, or whose wallet it is."""
        person: Party = self.cleaned_data["came"]
        return person

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.errors:
            return values
        address = values.get("address", "")
        values["came"] = self.known.get(values.get("person") or "") or holder_at(address, self.coin)
        if values["came"] is None:
            is_empty = not address and "person" in self.fields
            self.add_error("person" if is_empty else "address", self._nobody(address))
        return values

    def _nobody(self, address: str) -> ValidationError:
        if not address:
            return ValidationError(_("Choose somebody, or type the address of their wallet."))
        return ValidationError(
            _(
                "We know nobody with this address who has a wallet in %(coin)s. Check each sign of the address."
            ),
            params={"coin": self.coin.name_plural},
        )


class AnswerForm(forms.Form):
    """What the organiser says in a disagreement about hours."""

    text = words_field(_("What did you see?"), 500, help_text=_("The participant and the board read this."))


class RulingForm(forms.Form):
    """How many hours the board finds, between what the two sides say, and why. Nought is none."""

    ruling = words_field(_("Why?"), 500, help_text=_("Both sides read this."))

    def __init__(self, *args: Any, least: int, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sides = {"least": write_hours(least), "most": write_hours(most)}
        self.fields["minutes"] = HoursField(
            label=_("How long were they there?"), most=most, lowest=least,
            help_text=_("From %(least)s to %(most)s: that is what the two say.") % sides,
            error_messages={"required": _("Write hours and minutes, for example 2:30.")},
        )  # fmt: skip
        self.order_fields(["minutes", "ruling"])


class CertificateForm(forms.Form):
    """That a certificate of conduct was seen, of whom, and until when it holds."""

    person = forms.ChoiceField(
        label=_("Of whom?"),
        error_messages={
            "required": _("Choose of whom you saw it."),
            "invalid_choice": _("Choose somebody from the list."),
        },
    )
    until_on = forms.DateField(
        label=_("Until when does it hold for you?"),
        help_text=_("The certificate itself has no last day. Most organisations ask for a new one every three years."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Enter a date."), "invalid": _("Enter a date.")},
    )  # fmt: skip

    def __init__(self, *args: Any, known: Sequence[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.uuid): one for one in known}
        choice = self.fields["person"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - it is declared as one above
        choice.choices = [("", "–"), *((number, one.display_name) for number, one in self.known.items())]

    @property
    def chosen(self) -> Party:
        return self.known[self.cleaned_data["person"]]
