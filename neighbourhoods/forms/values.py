"""What everybody fills in about values: a proposal, a reaction, why a proposal is taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.amount_field import AmountField
from core.form_keys import FormKeyField
from neighbourhoods.models import Category, ItemKind, Unit, ValuedItem
from neighbourhoods.queries.items import name_of_category, words_of
from people.models import Party

KINDS = [
    (ItemKind.ACTIVITY, _("Something you earn coins with")),
    (ItemKind.SERVICE, _("A service that you pay for")),
    (ItemKind.GOOD, _("A product that you pay for")),
    (ItemKind.FEE, _("A fee of the municipality")),
]
UNITS = [
    (Unit.HOUR, pgettext_lazy("unit of a value", "One hour")),
    (Unit.PIECE, pgettext_lazy("unit of a value", "One piece")),
    (Unit.TURN, pgettext_lazy("unit of a value", "One time")),
]
ABOUT_A_NEW_ONE = ("kind", "unit", "category")
CHOOSE = _("Choose one of these.")
MOST_UNITS = 100_000  # a month; more is a slip
NAMES_LIST = "known-names"


class WhyForm(forms.Form):
    """What something should be worth, and why. The rest need not be filled in."""

    # As they stand on the page, and so in the list of what is not right yet.
    field_order = (
        "name", "kind", "unit", "category", "amount", "is_ending", "text", "about", "volume", "evidence",
        "organisation", "key",
    )  # fmt: skip

    amount = AmountField(label=_("What should it be worth?"))
    text = forms.CharField(
        label=_("Why?"),
        help_text=_("One sentence is enough. Everybody can read it, with your name."),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say in one sentence why.")},
    )
    volume = forms.IntegerField(
        label=_("How often a month, do you think?"),
        help_text=_("How many hours, pieces or times. So everybody can see what it costs."),
        min_value=1,
        max_value=MOST_UNITS,
        required=False,
        error_messages={
            "invalid": _("Enter a whole number, for example 12."),
            "min_value": _("Enter 1 or more, or nothing."),
            "max_value": _("Enter a smaller number."),
        },
    )
    evidence = forms.CharField(
        label=_("Who asks for it?"),
        help_text=_("For example: the school asked for five readers."),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    organisation = forms.ChoiceField(
        label=_("In whose name?"),
        required=False,
        error_messages={"invalid_choice": _("Choose one from the list.")},
    )
    key = FormKeyField()

    def __init__(self, *args: Any, organisations: Sequence[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(one.uuid): one for one in organisations}
        names = [(key, one.display_name) for key, one in self.organisations.items()]
        self.fields["organisation"].choices = [("", _("In my own name")), *names]  # type: ignore[attr-defined]
        if not organisations:
            del self.fields["organisation"]

    def in_name_of(self) -> Party | None:
        """The organisation in whose name it is proposed; None for one's own."""
        return self.organisations.get(self.cleaned_data.get("organisation", ""))

    def leading(self) -> list[forms.BoundField]:
        """What is asked of everybody."""
        return [self[name] for name in ("amount", "text")]

    def more(self) -> list[forms.BoundField]:
        """What may be left out."""
        return [self[name] for name in ("about", "volume", "evidence", "organisation") if name in self.fields]

    @property
    def has_more_errors(self) -> bool:
        return any(field.errors for field in self.more())


class ProposeForm(WhyForm):
    """A value for something: for what is known by this name already, or for something new."""

    name = forms.CharField(
        label=_("What is it about?"),
        help_text=_(
            "For example: reading aloud at school. Is it in the list already? Then choose it there; the next three "
            "questions are for something new."
        ),
        max_length=80,
        widget=forms.TextInput({"list": NAMES_LIST, "autocomplete": "off"}),
        error_messages={"required": _("Say in a few words what it is about.")},
    )
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    unit = forms.ChoiceField(
        label=_("For what is the amount?"),
        choices=UNITS,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    category = forms.ModelChoiceField(
        Category.objects.none(),
        label=_("Where does it belong?"),
        empty_label=_("Choose a category"),
        to_field_name="slug",
        error_messages={
            "required": _("Choose a category."),
            "invalid_choice": _("Choose a category from the list."),
        },
    )
    about = forms.CharField(
        label=_("What belongs to it?"),
        help_text=_("For example: preparation and travel included."),
        max_length=300,
        required=False,
    )

    def __init__(
        self, *args: Any, items: Sequence[ValuedItem], categories: Iterable[Category], **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.items = items
        self.item: ValuedItem | None = None
        known = list(categories)
        category = self.fields["category"]
        assert isinstance(category, forms.ModelChoiceField)  # noqa: S101 - it is declared as one above
        category.queryset = Category.objects.filter(pk__in=[one.pk for one in known])
        category.choices = [("", category.empty_label), *grouped(known)]

    def names(self) -> list[str]:
        """Of all that is known, what it is called in this language, else in another: offered while somebody types."""
        return sorted({words_of(item).name for item in self.items}, key=str.casefold)

    first_about_new = ABOUT_A_NEW_ONE[0]  # above it a page says that these are for something new

    def leading(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", *ABOUT_A_NEW_ONE, "amount", "text")]

    def clean(self) -> dict[str, Any]:
        """Of what is known already nobody has to say again what it is."""
        cleaned = super().clean() or self.cleaned_data
        same = [item for item in self.items if plain(cleaned.get("name", "")) in map(plain, _names(item))]
        per_unit = [item for item in same if item.unit == cleaned.get("unit")]
        if len(same) == 1 and not cleaned.get("unit"):
            per_unit = same
        if per_unit:
            self.item = per_unit[0]
            for name in ABOUT_A_NEW_ONE:
                self.errors.pop(name, None)
        return cleaned


class ProposeKnownForm(WhyForm):
    """Another value for something that is known; one that has a value may also be worth nothing any more."""

    is_ending = forms.BooleanField(label=_("It should have no value any more"), required=False)

    def __init__(self, *args: Any, item: ValuedItem, has_value: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        if not has_value:
            del self.fields["is_ending"]

    def leading(self) -> list[forms.BoundField]:
        return [self[name] for name in ("amount", "is_ending", "text") if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """What ends has no amount."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_ending"):
            self.errors.pop("amount", None)
            cleaned["amount"] = None
        return cleaned


class CommentForm(forms.Form):
    """A reaction."""

    key = FormKeyField()
    text = forms.CharField(
        label=_("What do you think?"),
        help_text=_("Everybody can read this, with your name. Write about the value, not about people."),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Write what you think.")},
    )


class TakeBackForm(forms.Form):
    """Why a proposal is taken back."""

    reason = forms.CharField(
        label=_("Why do you take it back?"),
        help_text=_("Everybody can read this."),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say why you take it back.")},
    )


def plain(name: str) -> str:
    """A name without what people write differently: capitals, room, marks at the ends."""
    return " ".join(name.casefold().split()).strip(" .,;:!?'\"")


def _names(item: ValuedItem) -> list[str]:
    return [text.name for text in item.texts.all()]


def grouped(
    categories: Sequence[Category], *, by: str = "slug", whole: Any = None
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each branch with what lies under it; the branch itself last, for what fits nowhere else in it. Where it stands
    for all that lies under it, `whole` says so of its `name`, and it comes first. `by` is the field that a form sends.
    """
    groups = []
    for branch in (one for one in categories if one.parent_id is None):
        name = capfirst(name_of_category(branch))
        options = [
            (str(getattr(one, by)), capfirst(name_of_category(one)))
            for one in categories
            if one.parent_id == branch.pk
        ]
        itself = str(getattr(branch, by))
        if whole:
            options.insert(0, (itself, whole % {"name": name}))
        else:
            options.append((itself, name))
        groups.append((name, options))
    return groups
