"""What people of a municipality, and of who spends or fills a pot, fill in about values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from core.amount_field import AmountField
from neighbourhoods.forms.desk import DAY, DayInput, check_year
from neighbourhoods.forms.values import UNITS, grouped
from neighbourhoods.models import Category, ValuedItem
from neighbourhoods.queries.items import per_unit, words_of
from people.models import Party

CHOOSE: Final = _("Choose one of these.")
WHOLE: Final = _("%(name)s, all of it")  # a guideline or a rule about a branch holds for its parts too


class LowField(AmountField):
    """The lower end of a guideline, which may be nought: then only the upper end counts."""

    def clean(self, value: Any) -> Any:
        typed = str(value or "").strip()
        return 0 if typed and not typed.strip("0.,") else super().clean(value)


class GuidelineForm(forms.Form):
    """Between which amounts values are to be. Both left empty take the guideline away."""

    category = forms.ModelChoiceField(
        Category.objects.none(),
        label=_("For which category?"),
        help_text=_("A guideline for a whole branch holds for each part that has none of its own."),
        empty_label=_("Choose a category"),
        to_field_name="slug",
        error_messages={
            "required": _("Choose a category."),
            "invalid_choice": _("Choose a category from the list."),
        },
    )
    unit = forms.ChoiceField(
        label=_("For what is the amount?"),
        choices=UNITS,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    low = LowField(
        label=_("The lowest amount, in euros"),
        help_text=_(
            "A coin is worth one euro in every neighbourhood. Leave both amounts empty to have no guideline."
        ),
        required=False,
    )
    high = AmountField(label=_("The highest amount, in euros"), required=False)
    from_on = forms.DateField(
        label=_("From which day?"),
        help_text=_("Today or later. What is decided by then stays as it is."),
        widget=DayInput(),
        validators=[check_year],
        error_messages={"required": _("Enter the first day."), **DAY},
    )
    note = forms.CharField(
        label=_("Why?"),
        help_text=_("Everybody can read this. Name nobody."),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, categories: Sequence[Category], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["category"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - it is declared as one above
        field.queryset = Category.objects.filter(pk__in=[one.pk for one in categories])
        field.choices = [("", field.empty_label), *grouped(categories, whole=WHOLE)]


class AnswerForm(forms.Form):
    """The answer of the municipality, with its reasons."""

    consents = forms.TypedChoiceField(
        label=_("Do you agree?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Everybody can read this. Name nobody."),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Write down why.")},
    )


class RuleForm(forms.Form):
    """One thing that a pot may pay for: an organiser, a category or an activity. `allowed` is what it has already."""

    what = forms.ChoiceField(
        label=_("What may it pay for?"),
        help_text=_("Choose a category, one activity, or an organisation that it pays through."),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )

    def __init__(
        self,
        *args: Any,
        categories: Sequence[Category],
        items: Iterable[ValuedItem],
        organisers: Iterable[Party],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.found: dict[str, dict[str, Any]] = {
            **{f"category:{one.slug}": {"category": one} for one in categories},
            **{f"item:{one.ref}": {"item": one} for one in items},
            **{f"organiser:{one.uuid}": {"organiser": one} for one in organisers},
        }
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - it is declared as one above
        field.choices = [("", _("Choose")), *self._groups(categories)]

    def allowed(self) -> dict[str, Any]:
        """What was chosen, as `add_rule` wants it."""
        return self.found[self.cleaned_data["what"]]

    def _groups(self, categories: Sequence[Category]) -> list[tuple[Any, list[tuple[str, str]]]]:
        names: dict[str, list[tuple[str, str]]] = {"item": [], "organiser": []}
        for value, chosen in self.found.items():
            if item := chosen.get("item"):
                names["item"].append((value, f"{words_of(item).name}, {per_unit(item.unit)}"))
            elif organiser := chosen.get("organiser"):
                names["organiser"].append((value, organiser.display_name))
        groups: list[tuple[Any, list[tuple[str, str]]]] = [
            (group, [(f"category:{slug}", name) for slug, name in options])
            for group, options in grouped(categories, whole=WHOLE)
        ]
        for title, kind in ((_("One activity"), "item"), (_("Paid through one organisation"), "organiser")):
            if names[kind]:
                groups.append((title, sorted(names[kind], key=lambda one: one[1].casefold())))
        return groups
