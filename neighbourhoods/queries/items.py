"""Valued items: what they are called, and what they are worth on a day. A fixed number of queries for any number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import BigIntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from neighbourhoods.models import (
    Category,
    CategoryText,
    ItemText,
    Neighbourhood,
    Unit,
    ValuedItem,
    ValueVersion,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What an item is called, and the language that these words are in, which need not be the one asked for."""

    name: str
    about: str
    language: str


def words_of(item: ValuedItem, language: str | None = None) -> Words:
    """The words of an item in a language, of the moment unless one is given; else in the language of the site, else in
    whichever it has. No query when the item came through `with_words`."""
    texts = {text.locale.language_code: text for text in item.texts.all()}
    for code in (language or get_language() or "", settings.LANGUAGE_CODE, *sorted(texts)):
        if code in texts:
            return Words(name=texts[code].name, about=texts[code].about, language=code)
    return Words(name="", about="", language=settings.LANGUAGE_CODE)


def name_of_category(category: Category, language: str | None = None) -> str:
    """What a category is called, as with items."""
    names = {text.locale.language_code: text.name for text in category.texts.all()}
    wanted = (language or get_language() or "", settings.LANGUAGE_CODE, *sorted(names))
    return next((names[code] for code in wanted if code in names), category.slug)


def with_words(items: QuerySet[ValuedItem]) -> QuerySet[ValuedItem]:
    """The same items with their words and those of their category: four queries more, however many they are."""
    return items.select_related("category").prefetch_related(
        Prefetch("texts", ItemText.objects.select_related("locale")),
        Prefetch("category__texts", CategoryText.objects.select_related("locale")),
    )


def versions_until(on: date) -> QuerySet[ValueVersion]:
    """What has been in force up to a day, the newest first."""
    return ValueVersion.objects.filter(effective_on__lte=on).order_by("-effective_on")


def version_on(item: ValuedItem, on: date) -> ValueVersion | None:
    """What holds on a day; its amount is None when it has no value any more. None before it had its first."""
    return versions_until(on).filter(item=item).first()


def value_on(item: ValuedItem, on: date) -> int | None:
    """What an item is worth on a day, in minor units; None when it has no value."""
    version = version_on(item, on)
    return version.amount if version else None


def valued_on(neighbourhood: Neighbourhood, on: date) -> QuerySet[ValuedItem]:
    """All that has a value on a day, with `amount` (minor units) and `since` (the day it holds from)."""
    newest = versions_until(on).filter(item=OuterRef("pk"))
    items = ValuedItem.objects.filter(neighbourhood=neighbourhood).annotate(
        amount=Subquery(newest.values("amount")[:1], output_field=BigIntegerField()),
        since=Subquery(newest.values("effective_on")[:1]),
    )
    return items.filter(amount__isnull=False)


def per_unit(unit: str) -> str:
    """Behind an amount: "per hour"."""
    return {Unit.HOUR: _("per hour"), Unit.PIECE: _("per piece"), Unit.TURN: _("each time")}[Unit(unit)]


def units(unit: str, number: int) -> str:
    """A number of units in words: "12 hours"."""
    words = {
        Unit.HOUR: ngettext("%(number)s hour", "%(number)s hours", number),
        Unit.PIECE: ngettext("%(number)s piece", "%(number)s pieces", number),
        Unit.TURN: ngettext("%(number)s turn", "%(number)s turns", number),
    }
    return words[Unit(unit)] % {"number": number}


def question_about(item: ValuedItem, *, is_ending: bool, language: str | None = None) -> str:
    """What is asked about an item, in one line. The name stands first, as it is written: no grammar bends it."""
    name = words_of(item, language).name
    if is_ending:
        return _("%(name)s: no value any more?") % {"name": name}
    asked = {
        Unit.HOUR: _("%(name)s: what is an hour worth?"),
        Unit.PIECE: _("%(name)s: what is it worth?"),
        Unit.TURN: _("%(name)s: what is it worth each time?"),
    }
    return asked[Unit(item.unit)] % {"name": name}
