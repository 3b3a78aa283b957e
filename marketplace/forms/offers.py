"""What is filled in to put something on the market: in a minute, with all the rest folded away below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.amounts import format_amount
from core.refusals import Refusal
from core.words import one_line
from marketplace.forms.offer_fields import FIRST, MORE, VOUCHER, OfferFields
from marketplace.models import Direction, OfferKind, OfferTerms, Reach, Refund
from marketplace.operations.offers.checking import check_kind
from marketplace.operations.pictures import written_anew
from marketplace.operations.terms import OFFICIAL, Terms, check_last_day, check_price
from marketplace.operations.words import check_words
from marketplace.operations.writing import Words
from marketplace.units import OfferUnit, per_unit
from neighbourhoods.forms.values import grouped
from neighbourhoods.models import Category, Neighbourhood, ValuedItem
from neighbourhoods.queries.items import words_of
from people.models import Party

DAYS_AT_FIRST = 60  # what a new offer proposes as its last day
MOST_TAGS, LONGEST_TAG = 8, 30


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What can be chosen on the form of an offer: by whom, of what, where else."""

    neighbourhood: Neighbourhood
    direction: str
    providers: Sequence[Party]
    categories: Iterable[Category]
    items: Sequence[Any]  # valued items, with `amount` (minor units) as it is on this day
    places: Sequence[Neighbourhood]  # other neighbourhoods
    today: date

    @property
    def is_demand(self) -> bool:
        return self.direction == Direction.DEMAND


class OfferForm(OfferFields):
    """Something offered or wanted, by one of those for whom somebody trades."""

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.among = choices
        self._say_what_is_asked(choices)
        self._offer_providers(choices)
        self._offer_items(choices)
        self._offer_categories(choices)
        self._offer_places(choices)
        self._offer_languages()
        for name in ("places", *VOUCHER):
            if name in self.fields:
                self.fields[name].says_when_needed = True  # type: ignore[attr-defined]  # for one answer above it alone
        for name in VOUCHER if choices.is_demand else ():
            del self.fields[name]
        self.fields["until_on"].initial = choices.today + timedelta(days=DAYS_AT_FIRST)

    # --- What it offers to choose from -------------------------------------------------------------------------------

    def _say_what_is_asked(self, among: Choices) -> None:
        fields, is_demand = self.fields, among.is_demand
        fields["title"].label = _("What do you ask for?") if is_demand else _("What do you offer?")
        fields["title"].help_text = (
            _("For example: who walks my dog?") if is_demand else _("For example: mending a tyre.")
        )
        fields["amount"].label = _("What do you give for it?") if is_demand else _("What does it cost?")
        fields["stock"].label = _("How many do you need?") if is_demand else _("How many are there?")
        fields["stock"].help_text = (
            _("Once you chose that many answers, nobody can answer any more.")
            if is_demand
            else _("Leave it empty when there is no end to it.")
        )
        fields["stock"].initial = 1 if is_demand else None
        fields["reach"].label = _("Who can answer?") if is_demand else _("Who can order?")
        fields["reach"].initial = Reach.HERE
        if is_demand:
            del fields["euro"]  # what is asked for is paid in coins
        kinds = [(kind, capfirst(label)) for kind, label in OfferKind.choices if kind in self._kinds(among)]
        _choose(fields["kind"], [("", _("Choose one")), *kinds])
        _choose(fields["unit"], [(unit, capfirst(per_unit(unit))) for unit in OfferUnit.values])

    def _kinds(self, among: Choices) -> set[str]:
        """A municipal service is offered by the municipality, or by the board."""
        is_municipal = any(one.kind in OFFICIAL for one in among.providers)
        return {kind for kind in OfferKind.values if kind != OfferKind.MUNICIPAL or is_municipal}

    def _offer_providers(self, among: Choices) -> None:
        self.providers = {str(one.uuid): one for one in among.providers}
        names = [(uuid, one.display_name) for uuid, one in self.providers.items()]
        _choose(self.fields["provider"], names)
        if len(names) == 1:
            del self.fields["provider"]

    def _offer_items(self, among: Choices) -> None:
        if not among.items:
            del self.fields["item"]
            return
        item = self.fields["item"]
        assert isinstance(item, forms.ModelChoiceField)  # noqa: S101 - it is declared as one above
        item.queryset = ValuedItem.objects.filter(pk__in=[one.pk for one in among.items])
        item.choices = [
            ("", _("No, or I do not know")),
            *sorted(map(_item_choice, among.items), key=lambda one: one[1]),
        ]

    def _offer_categories(self, among: Choices) -> None:
        known = list(among.categories)
        category = self.fields["category"]
        assert isinstance(category, forms.ModelChoiceField)  # noqa: S101 - it is declared as one above
        category.queryset = Category.objects.filter(pk__in=[one.pk for one in known])
        category.choices = [("", category.empty_label), *grouped(known)]

    def _offer_places(self, among: Choices) -> None:
        if not among.places:
            del self.fields["places"]
            named = [one for one in Reach.choices if one[0] != Reach.NAMED]
            _choose(self.fields["reach"], [(value, capfirst(label)) for value, label in named])
            return
        _choose(self.fields["reach"], [(value, capfirst(label)) for value, label in Reach.choices])
        places = self.fields["places"]
        assert isinstance(places, forms.ModelMultipleChoiceField)  # noqa: S101 - it is declared as one above
        places.queryset = Neighbourhood.objects.filter(pk__in=[one.pk for one in among.places])
        places.choices = [(one.slug, one.name) for one in among.places]

    def _offer_languages(self) -> None:
        _choose(self.fields["language"], settings.LANGUAGES)
        self.fields["language"].initial = get_language() or settings.LANGUAGE_CODE

    # --- What was said -----------------------------------------------------------------------------------------------

    def clean_title(self) -> str:
        return one_line(self.cleaned_data["title"])

    def clean_place(self) -> str:
        return one_line(self.cleaned_data["place"])

    def clean_picture(self) -> bytes | None:
        """The picture written anew, judged by what is in the file and not by its name."""
        sent: UploadedFile[Any] | None = self.cleaned_data.get("picture")
        if not sent:
            return None
        try:
            return written_anew(sent)
        except Refusal as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal

    def clean_tags(self) -> list[str]:
        """Each word once, in small letters."""
        said = (one_line(word).lower() for word in self.cleaned_data["tags"].split(","))
        tags = list(dict.fromkeys(word for word in said if word))
        if len(tags) > MOST_TAGS or any(len(word) > LONGEST_TAG for word in tags):
            raise ValidationError(
                _("Use at most %(most)d words, of at most %(longest)d letters each.")
                % {"most": MOST_TAGS, "longest": LONGEST_TAG},
                code="tags",
            )
        return tags

    def clean(self) -> dict[str, Any]:
        """What hangs together: other places, and what belongs to a voucher."""
        said = super().clean() or self.cleaned_data
        if said.get("reach") == Reach.NAMED and not said.get("places") and "places" not in self.errors:
            self.add_error("places", _("Choose at least one other neighbourhood."))
        if said.get("is_voucher") and not said.get("voucher_days") and "voucher_days" not in self.errors:
            self.add_error("voucher_days", _("Say how many days a voucher is valid."))
        if said.get("is_voucher") and said.get("euro"):
            self.add_error("euro", _("A voucher is bought with coins alone. Leave the euros out."))
        self._check_as_the_market_does(said)
        return said

    def _check_as_the_market_does(self, said: dict[str, Any]) -> None:
        """What the market would refuse one by one is said here all at once, each beside its own field."""
        among, party, on = self.among, self._provider(said), self.among.today
        place = among.neighbourhood
        self._hold("title", lambda: check_words(place, title=said["title"], party=party))
        self._hold("summary", lambda: check_words(place, said["summary"], party=party))
        self._hold("about", lambda: check_words(place, said["about"], party=party))
        self._hold("place", lambda: check_words(place, said["place"], party=party))
        self._hold("tags", lambda: check_words(place, *said["tags"], party=party))
        self._hold("kind", lambda: check_kind(said["kind"], party, place))
        self._hold("until_on", lambda: check_last_day(said["until_on"], on))
        if "unit" in said:
            self._hold("amount", lambda: check_price(said["amount"], said.get("item"), said["unit"], on))

    def _hold(self, name: str, check: Callable[[], object]) -> None:
        """Have an answer checked that is one."""
        if name not in self.cleaned_data:
            return
        try:
            check()
        except Refusal as refusal:
            field = refusal.field if refusal.field in self.fields else name
            self.add_error(field, ValidationError(str(refusal), code=refusal.code))

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound:
            self.say_lost_picture()

    def say_lost_picture(self) -> None:
        """A browser does not send a picture again by itself: who chose one is told so with all that is not right."""
        if self.errors and self.files.get("picture") and "picture" not in self.errors:
            self.add_error(
                "picture", _("Choose your picture again. It is not kept when something is not right.")
            )

    def provider_chosen(self) -> Party:
        """In whose name it is."""
        return self._provider(self.cleaned_data)

    def _provider(self, said: dict[str, Any]) -> Party:
        chosen = said.get("provider")
        return self.providers[chosen] if chosen else self.among.providers[0]

    def terms(self) -> Terms:
        """What it costs, until when, for whom."""
        said = self.cleaned_data
        is_voucher = bool(said.get("is_voucher"))
        return Terms(
            amount=said["amount"],
            euro=said.get("euro") or 0,
            unit=said["unit"],
            item=said.get("item"),
            until_on=said["until_on"],
            reach=said["reach"],
            places=tuple(said.get("places") or ()) if said["reach"] == Reach.NAMED else (),
            is_voucher=is_voucher,
            uses=(said.get("uses") or 1) if is_voucher else 1,
            voucher_days=said["voucher_days"] if is_voucher else None,
            refund=(said.get("refund") or Refund.ANY_TIME) if is_voucher else Refund.ANY_TIME,
        )

    def words(self) -> Words:
        """What is told of it."""
        names = (
            "title",
            "summary",
            "about",
            "kind",
            "category",
            "language",
            "place",
            "tags",
            "picture",
            "picture_alt",
        )
        return Words(**{name: self.cleaned_data[name] for name in names})

    # --- How the page sets it out ------------------------------------------------------------------------------------

    def first(self) -> list[forms.BoundField]:
        """What is asked of everybody."""
        return [self[name] for name in FIRST if name in self.fields]

    def more(self) -> list[forms.BoundField]:
        """What may be left as it is."""
        return [self[name] for name in MORE if name in self.fields]

    def voucher(self) -> list[forms.BoundField]:
        return [self[name] for name in VOUCHER if name in self.fields]

    @property
    def has_more_errors(self) -> bool:
        return any(field.errors for field in self.more())

    @property
    def opens_voucher(self) -> bool:
        return any(field.errors or (field.name == "is_voucher" and field.value()) for field in self.voucher())


class ChangeOfferForm(OfferForm):
    """The same for an offer that is there, before it is on the market. Who offers it stays who it was."""

    removes_picture = forms.BooleanField(label=_("Take the picture away"), required=False)

    def __init__(self, *args: Any, has_picture: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("provider", None)
        if not has_picture:
            del self.fields["removes_picture"]

    def first(self) -> list[forms.BoundField]:
        fields = super().first()
        if "removes_picture" in self.fields:
            after = next(number for number, field in enumerate(fields) if field.name == "picture_alt")
            fields.insert(after + 1, self["removes_picture"])
        return fields


def initial_of(terms: OfferTerms | None) -> dict[str, Any]:
    """The terms of an offer as a form shows them."""
    if terms is None:
        return {}
    names = ("amount", "unit", "until_on", "reach", "is_voucher", "uses", "voucher_days", "refund")
    return {
        **{name: getattr(terms, name) for name in names},
        "euro": terms.euro or None,
        "item": terms.item.ref if terms.item else None,
        "places": [place.neighbourhood.slug for place in terms.places.all()],
    }


def _item_choice(item: Any) -> tuple[str, str]:
    amount = format_amount(item.amount, get_language() or settings.LANGUAGE_CODE)
    return str(item.ref), f"{words_of(item).name} – {amount} {per_unit(item.unit)}"


def _choose(field: forms.Field, choices: Sequence[tuple[Any, Any]]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - it is declared as one above
    field.choices = choices
