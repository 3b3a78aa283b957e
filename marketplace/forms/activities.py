"""What is filled in to post an activity: in a minute, with all the rest folded away below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.amount_field import AmountField
from core.amounts import format_amount
from core.form_keys import FormKeyField
from core.refusals import Refusal
from core.words import one_line
from ledger.kinds import Label
from marketplace.forms.offer_fields import CHOICE_WORDS, NUMBER_WORDS, TOO_LONG, RowChoice, number_input
from marketplace.forms.sent_picture import SentPicture
from marketplace.forms.shifts import DayForm
from marketplace.operations.activities import Facts, Words
from marketplace.operations.activities.facts import (
    CHOSEN_LABELS,
    GROWING_UP,
    OLDEST,
    YOUNGEST,
    check_certificate,
)
from marketplace.operations.activities.judging import PotMissing, PotNotAllowed
from marketplace.operations.shifts import Slot
from marketplace.operations.words import check_words
from marketplace.queries.pots import pots_to_choose
from neighbourhoods.models import Neighbourhood, ValuedItem
from neighbourhoods.queries.items import per_unit, words_of
from people.models import Party

if TYPE_CHECKING:
    from ledger.models import Account
    from ledger.queries import Pot

FIRST: Final = ("organiser", "title", "summary", "item", "place")
WHEN: Final = ("day", "starts", "ends", "places")
MORE: Final = (
    "about", "asks", "host", "travel", "spoken", "step_free", "accessible_toilet", "seated", "quiet", "lowest_age",
    "asks_conduct_certificate", "indication", "pot", "label", "picture", "picture_alt", "removes_picture", "language",
)  # fmt: skip
TEXTS: Final = ("title", "summary", "about", "asks", "place", "travel", "spoken", "picture_alt")
# What somebody who signs up counts on.
MONEY: Final = ("item", "label", "pot", "lowest_age", "asks_conduct_certificate")


# What an activity with a page says there.
ON_PAGE: Final = (
    "title", "summary", "about", "asks", "picture", "picture_alt", "removes_picture", "language",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What can be chosen on the form of an activity: by whom, of what, paid from where."""

    neighbourhood: Neighbourhood
    organisers: Sequence[Party]
    items: Sequence[Any]  # valued items, with `amount` (minor units) as it is on this day
    pots: Sequence[Pot]
    today: date

    @property
    def is_board(self) -> bool:
        """Whether whatever is written here is open at once."""
        return [one.pk for one in self.organisers] == [self.neighbourhood.party_id]


def says(required: Any) -> dict[str, Any]:
    return {"required": required, "max_length": TOO_LONG}


class ItemChoice(RowChoice):
    """One of the items by its number; what is no number is none of them."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError as wrong:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from wrong


class ActivityFields(SentPicture):
    """The questions, before anything is known of who is asked them."""

    title = forms.CharField(
        label=_("What can people do?"), help_text=_("For example: pour coffee in the community centre."), min_length=3,
        max_length=80, widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={
            **says(_("Say in a few words what it is.")), "min_length": _("Say in a few words what it is."),
        },
    )  # fmt: skip
    summary = forms.CharField(
        label=_("What do you do then?"), help_text=_("In one or two sentences."), max_length=300,
        widget=forms.Textarea({"rows": 2}), error_messages=says(_("Say in one sentence what people do.")),
    )  # fmt: skip
    item = ItemChoice(
        ValuedItem.objects.none(), label=_("What is it worth?"),
        help_text=_("The neighbourhood decided together what these earn. Choose what comes closest."),
        empty_label=_("Choose what it is"), to_field_name="ref",
        error_messages={"required": _("Choose what it is."), "invalid_choice": _("Choose it from the list.")},
    )  # fmt: skip
    place = forms.CharField(
        label=_("Where is it?"), help_text=_("For example: De Wiek, Wiekplein 1."), max_length=120,
        error_messages=says(_("Say where people have to be.")),
    )  # fmt: skip
    about = forms.CharField(
        label=_("Tell more about it"), max_length=3000, required=False, widget=forms.Textarea({"rows": 5}),
        error_messages={"max_length": TOO_LONG},
    )  # fmt: skip
    asks = forms.CharField(
        label=_("What do people need for it?"), help_text=_("For example: shoes that may get wet."), max_length=300,
        required=False, error_messages={"max_length": TOO_LONG},
    )  # fmt: skip
    travel = forms.CharField(
        label=_("How do people get there?"), help_text=_("For example: bus 4, stop Wiekplein."), max_length=200,
        required=False, error_messages={"max_length": TOO_LONG},
    )  # fmt: skip
    spoken = forms.CharField(
        label=_("Which languages are spoken there?"), max_length=120, required=False,
        error_messages={"max_length": TOO_LONG},
    )  # fmt: skip
    step_free = forms.BooleanField(label=_("There are no steps on the way in"), required=False)
    accessible_toilet = forms.BooleanField(label=_("There is a toilet for wheelchairs"), required=False)
    seated = forms.BooleanField(label=_("It can be done sitting down"), required=False)
    quiet = forms.BooleanField(label=_("It is quiet there"), required=False)
    lowest_age = forms.IntegerField(
        label=_("From which age?"), help_text=_("Who is younger than 16 needs the consent of a parent."),
        min_value=YOUNGEST, max_value=OLDEST, initial=GROWING_UP, widget=number_input(), error_messages=NUMBER_WORDS,
    )  # fmt: skip
    asks_conduct_certificate = forms.BooleanField(
        label=_("People need a certificate of conduct (VOG)"), required=False
    )
    indication = AmountField(
        label=_("What would you have it be worth?"), required=False,
        help_text=_("This pays nothing. The neighbourhood reads it when it decides again."),
    )  # fmt: skip
    pot = forms.ChoiceField(
        label=_("From which pot is it paid?"), required=False, error_messages=CHOICE_WORDS
    )
    label = forms.ChoiceField(
        label=_("What are the coins in law?"),
        help_text=_("Mostly an allowance for volunteers. Both have one maximum together."),
        initial=Label.VOLUNTEER_ALLOWANCE, error_messages=CHOICE_WORDS,
        choices=[(one.value, capfirst(one.label)) for one in CHOSEN_LABELS],
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("In which language do you write?"), choices=settings.LANGUAGES, error_messages=CHOICE_WORDS
    )


class ActivityForm(ActivityFields):
    """An activity of one of those for whom somebody organises."""

    field_order: tuple[str, ...] = (*FIRST, *MORE, "key")

    key = FormKeyField()
    organiser = forms.ChoiceField(
        label=_("In whose name?"), widget=forms.RadioSelect, error_messages=CHOICE_WORDS
    )

    def __init__(self, *args: Any, choices: Choices, has_picture: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.among = choices
        self.fields["language"].initial = get_language() or settings.LANGUAGE_CODE
        if not has_picture:
            del self.fields["removes_picture"]
        if all(party.is_person for party in choices.organisers):
            del self.fields["asks_conduct_certificate"]
        self._offer_organisers()
        self._offer_items()
        self._offer_pots()

    # --- What it offers to choose from -------------------------------------------------------------------------------

    def _offer_organisers(self) -> None:
        self.organisers = {str(one.uuid): one for one in self.among.organisers}
        if len(self.organisers) == 1:
            del self.fields["organiser"]
            return
        choose(self.fields["organiser"], [(uuid, one.display_name) for uuid, one in self.organisers.items()])

    def _offer_items(self) -> None:
        items = self.among.items
        field = self.fields["item"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - it is declared as one above
        field.queryset = ValuedItem.objects.filter(pk__in=[one.pk for one in items])
        field.choices = [("", field.empty_label), *in_order(items)]

    def _offer_pots(self) -> None:
        self.pots = {pot.account.address: pot.account for pot in self.among.pots}
        names = [(pot.account.address, pot_name(pot)) for pot in self.among.pots]
        field = self.fields["pot"]
        if self.among.is_board:
            field.required = True
            field.error_messages = {**field.error_messages, "required": str(PotMissing())}
            choose(field, names)
        else:
            choose(field, [("", _("The board chooses")), *names])

    # --- What was said -----------------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        """What would be refused one by one is said here all at once, each beside its own field."""
        said = super().clean() or self.cleaned_data
        for name in TEXTS:
            if name in said:
                said[name] = said[name] if name == "about" else one_line(said[name])
        party, place = self._organiser(said), self.among.neighbourhood
        if party is None:
            return said
        for name in TEXTS[1:]:
            self._hold(name, lambda name=name: check_words(place, said[name], party=party))  # type: ignore[misc]
        self._hold("title", lambda: check_words(place, title=said["title"], party=party))
        self._hold("pot", lambda: self._check_pot(said, party))
        self._hold(
            "asks_conduct_certificate",
            lambda: check_certificate(party, asks=said["asks_conduct_certificate"]),
        )
        return said

    def _check_pot(self, said: dict[str, Any], party: Party) -> None:
        pot = self.pots.get(said.get("pot") or "")
        if pot is None or "item" not in said:
            return
        may = pots_to_choose((self.among.neighbourhood, party, said["item"]), self.among.today)
        if pot.pk not in {one.account.pk for one in may}:
            raise PotNotAllowed

    def _hold(self, name: str, check: Callable[[], object]) -> None:
        """Have an answer checked that is one."""
        if name not in self.cleaned_data:
            return
        try:
            check()
        except Refusal as refusal:
            field = refusal.field if refusal.field in self.fields else name
            self.add_error(field, ValidationError(str(refusal), code=refusal.code))

    def organiser_chosen(self) -> Party:
        """In whose name it is."""
        chosen = self._organiser(self.cleaned_data)
        assert chosen is not None  # noqa: S101 - asked of a form that is right
        return chosen

    def _organiser(self, said: dict[str, Any]) -> Party | None:
        if "organiser" not in self.fields:
            return self.among.organisers[0]
        return self.organisers.get(said.get("organiser") or "")

    def words(self) -> Words:
        """What is told of it."""
        names = ("language", "title", "summary", "about", "asks", "picture", "picture_alt")
        return Words(**{name: self.cleaned_data[name] for name in names})

    def facts(self, stands: Facts | None = None) -> Facts:
        """Everything else; what is not asked on this form is as it stands, or as it is mostly."""
        said = dict(self.cleaned_data)
        names = (
            "item", "indication", "label", "place", "travel", "spoken", "step_free", "accessible_toilet", "seated",
            "quiet", "lowest_age", "asks_conduct_certificate",
        )  # fmt: skip
        told = {name: said[name] for name in names if name in said}
        if stands is not None:
            told = {name: getattr(stands, name) for name in names} | told
        return Facts(**told, pot=self._pot(said) if "pot" in said or stands is None else stands.pot)

    def _pot(self, said: dict[str, Any]) -> Account | None:
        return self.pots.get(said.get("pot") or "")

    # --- How the page sets it out ------------------------------------------------------------------------------------

    def first(self) -> list[forms.BoundField]:
        """What is asked of everybody."""
        return [self[name] for name in FIRST if name in self.fields]

    def when(self) -> list[forms.BoundField]:
        """The first shift."""
        return [self[name] for name in WHEN if name in self.fields]

    def more(self) -> list[forms.BoundField]:
        """What may be left as it is."""
        return [self[name] for name in MORE if name in self.fields]

    @property
    def opens_more(self) -> bool:
        """Also for a board, which says itself who pays."""
        return self.among.is_board or any(field.errors for field in self.more())


class NewActivityForm(ActivityForm, DayForm):
    """The same with its first shift."""

    field_order = (*FIRST, *WHEN, *MORE, "key")

    def slots(self) -> list[Slot]:
        return DayForm.slots(self)


class ChangeActivityForm(ActivityForm):
    """The same for an activity that is there. Who organises it stays who it was, and what people count on too once it
    is open."""

    def __init__(self, *args: Any, is_open: bool, stands: Words | None = None, **kwargs: Any) -> None:
        """`stands`: its words when they are written on its page, and not here."""
        super().__init__(*args, **kwargs)
        self.stands = stands
        for name in ("key", "organiser", *(MONEY if is_open else ()), *(ON_PAGE if stands else ())):
            self.fields.pop(name, None)

    def words(self) -> Words:
        return self.stands or super().words()

    @property
    def opens_more(self) -> bool:
        return True


def in_order(items: Sequence[Any]) -> list[tuple[str, str]]:
    """Items by their names."""
    return sorted((item_choice(item) for item in items), key=lambda one: one[1])


def item_choice(item: Any) -> tuple[str, str]:
    """An item with what it is worth: "Pour coffee – 6,00 per hour"."""
    amount = format_amount(item.amount, get_language() or settings.LANGUAGE_CODE)
    return str(item.ref), f"{words_of(item).name} – {amount} {per_unit(item.unit)}"


def pot_name(pot: Pot) -> str:
    """A pot by its name, and whose it is."""
    return f"{pot.account.label} – {pot.holder_name}" if pot.account.label else pot.holder_name


def choose(field: forms.Field, choices: Sequence[tuple[Any, Any]]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - the forms declare it as such
    field.choices = choices
