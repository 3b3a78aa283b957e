"""Things that can have a value: added, named in each language, and what organisations think that they are worth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from core.actor import Actor
from core.amounts import DECIMALS, LARGEST_AMOUNT
from core.audit import record
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from core.words import one_line
from neighbourhoods.models import Category, Indication, ItemText, Neighbourhood, ValuedItem
from neighbourhoods.operations.meetings.doors import member_of
from neighbourhoods.permissions import acting_person, check
from neighbourhoods.queries.prices import public_items
from people.models import Party, PartyKind, Role
from people.permissions import holds

LONGEST_NAME, LONGEST_ABOUT, LONGEST_TAG, MOST_TAGS = 80, 300, 40, 8
LONGEST_GROUNDS: Final = 500
LARGEST: Final = LARGEST_AMOUNT * 10**DECIMALS
# Who speaks for an organisation about what things are worth.
SPEAKS = frozenset({Role.OWNER, Role.ORGANISER, Role.OPERATOR})
PRIVATE = frozenset({PartyKind.PERSON, PartyKind.HOUSEHOLD})


class ItemKnown(Refusal):
    """The same thing per the same unit is there already. Details: `name`, and `ref` of what is there."""

    code = "item_known"
    sentence = _("“%(name)s” is on the list already. Choose it there.")
    field = "name"


class ItemUnnamed(Refusal):
    """Nobody can vote about something without a name."""

    code = "item_unnamed"
    sentence = _("Give it a short name, in no more than 80 characters.")
    field = "name"


class ItemAboutTooLong(Refusal):
    """What belongs to it is told in one or two sentences."""

    code = "item_about_too_long"
    sentence = _("Say what belongs to it in no more than 300 characters.")
    field = "about"


class TagsRefused(Refusal):
    """A few short words."""

    code = "item_tags"
    sentence = _("Use no more than 8 tags, of no more than 40 characters each.")
    field = "tags"


class AmountRefused(Refusal):
    """A value is more than nothing, and no slip of the keyboard."""

    code = "value_amount"
    sentence = _("Enter an amount above 0, for example 8.50.")
    field = "amount"


class GroundsNeeded(Refusal):
    """Others weigh an indication by its reasons."""

    code = "indication_grounds"
    sentence = _("Say why, in no more than 500 characters.")
    field = "grounds"


class OnlyOrganisations(Refusal):
    """A resident proposes and votes; an organisation indicates."""

    code = "indication_only_organisations"
    sentence = _("You can only do this for an organisation. For yourself you can propose a value.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """Something that nobody put a value on yet, as whoever proposes it describes it."""

    kind: str
    unit: str
    category: Category
    name: str
    about: str = ""
    tags: tuple[str, ...] = ()


def add_item(
    *,
    neighbourhood: Neighbourhood,
    kind: str,
    unit: str,
    category: Category,
    name: str,
    about: str = "",
    language: str,
    tags: Iterable[str] = (),
    besides_drafts: bool = False,
    actor: Actor,
    at: datetime,
) -> ValuedItem:
    """Add something that can have a value, with its words in one language. With `besides_drafts` what stands in drafts
    of the board alone does not count as there: nobody else may learn of it.

    :raises ItemUnnamed, ItemAboutTooLong, TagsRefused: for words that do not do.
    :raises ItemKnown: when it is there already, per the same unit, under this name in whatever language.
    """
    words, found_tags = _words(name, about), _tags(tags)
    with transaction.atomic():
        # Two who add the same at the same moment take turns: the second finds the first.
        Neighbourhood.objects.select_for_update(no_key=True).get(pk=neighbourhood.pk)
        check_unknown(neighbourhood, unit, words["name"], besides_drafts=besides_drafts)
        item = ValuedItem.objects.create(
            neighbourhood=neighbourhood, kind=kind, unit=unit, category=category, made_at=at
        )
        _write(item, language, words)
        item.tags.set(found_tags)
        record("valued_item.add", subject=item, actor=actor, at=at, about=_who(actor))
    return item


def write_words(
    *, item: ValuedItem, language: str, name: str, about: str, actor: Actor, at: datetime
) -> ItemText:
    """Name an item in a language, or change what stands there. Board members do; the same words again change nothing.

    :raises BoardOnly: to whoever is not on the board.
    :raises ItemUnnamed, ItemAboutTooLong: for words that do not do.
    :raises ItemKnown: when another item per the same unit is called so.
    """
    member_of(actor, item.neighbourhood, at)
    words = _words(name, about)
    with transaction.atomic():
        Neighbourhood.objects.select_for_update(no_key=True).get(pk=item.neighbourhood_id)
        present = ItemText.objects.filter(item=item, locale__language_code=language).first()
        if present and (present.name, present.about) == (words["name"], words["about"]):
            return present
        check_unknown(item.neighbourhood, item.unit, words["name"], besides=item)
        written = _write(item, language, words)
        record("valued_item.words", subject=item, actor=actor, at=at, about=_who(actor))
    return written


def set_tags(*, item: ValuedItem, tags: Iterable[str], actor: Actor, at: datetime) -> list[str]:
    """Give an item these tags and no others, by a board member. Gives them back as they were written down.

    :raises BoardOnly: to whoever is not on the board.
    :raises TagsRefused: for too many, or one that is too long.
    """
    member_of(actor, item.neighbourhood, at)
    found = _tags(tags)
    with transaction.atomic():
        ValuedItem.objects.select_for_update(no_key=True).get(pk=item.pk)
        if sorted(item.tags.names()) != sorted(found):
            item.tags.set(found)
            record("valued_item.words", subject=item, actor=actor, at=at, about=_who(actor))
    return found


def indicate(
    *,
    item: ValuedItem,
    organisation: Party,
    amount: int,
    grounds: str,
    language: str,
    actor: Actor,
    at: datetime,
) -> Indication:
    """Say for an organisation what something is worth to it, in minor units. The last one of each counts; the same
    again gives the one that stands.

    :raises OnlyOrganisations: for a person or a household.
    :raises NotAllowed: to whoever does not speak for the organisation.
    :raises AmountRefused, GroundsNeeded: when it says nothing.
    """
    if organisation.kind in PRIVATE:
        raise OnlyOrganisations
    person = speaker_for(actor, organisation, at)
    check_amount(amount)
    reasons = grounds.strip()
    if not 0 < len(reasons) <= LONGEST_GROUNDS:
        raise GroundsNeeded
    with transaction.atomic():
        ValuedItem.objects.select_for_update(no_key=True).get(pk=item.pk)
        mine = Indication.objects.filter(item=item, organisation=organisation)
        last = mine.order_by("-made_at", "-pk").first()
        if last and (last.amount, last.grounds) == (amount, reasons):
            return last
        made = Indication.objects.create(
            item=item, organisation=organisation, amount=amount, grounds=reasons, language=language,
            made_by_id=person.canonical_id, made_at=at,
        )  # fmt: skip
        record("indication.make", subject=made, actor=actor, at=at, about=[made.made_by, organisation])
    return made


def speaker_for(actor: Actor, organisation: Party, at: datetime) -> Party:
    """The person who speaks for an organisation about values.

    :raises NotAllowed: to anybody else, the system too.
    """
    person = acting_person(actor)
    if person is None:
        raise NotAllowed
    check(holds(person, organisation, SPEAKS, day_of(at)))
    return person


def check_amount(amount: int) -> None:
    """:raises AmountRefused: for nothing, less than nothing, or more than there are coins."""
    if not 0 < amount <= LARGEST:
        raise AmountRefused


def _words(name: str, about: str) -> dict[str, str]:
    """On one line each, without room at the ends or signs that nobody sees."""
    words = {"name": one_line(name), "about": one_line(about)}
    if not 0 < len(words["name"]) <= LONGEST_NAME:
        raise ItemUnnamed
    if len(words["about"]) > LONGEST_ABOUT:
        raise ItemAboutTooLong
    return words


def _tags(tags: Iterable[str]) -> list[str]:
    """Each once, in small letters: else "Zorg" and "zorg" would be two."""
    found = list(dict.fromkeys(filter(None, (one_line(tag).lower() for tag in tags))))
    if len(found) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in found):
        raise TagsRefused
    return found


def check_unknown(
    neighbourhood: Neighbourhood,
    unit: str,
    name: str,
    *,
    besides: ValuedItem | None = None,
    besides_drafts: bool = False,
) -> None:
    """Compared here: not every database knows which letters are the same but for their size.

    :raises ItemKnown: when something per this unit is called so.
    """
    texts = ItemText.objects.filter(item__neighbourhood=neighbourhood, item__unit=unit)
    if besides:
        texts = texts.exclude(item=besides)
    if besides_drafts:
        texts = texts.filter(item__in=public_items(neighbourhood))
    for known, ref in texts.values_list("name", "item__ref"):
        if known.casefold() == name.casefold():
            raise ItemKnown(name=known, ref=ref)


def _write(item: ValuedItem, language: str, words: dict[str, str]) -> ItemText:
    locale = Locale.objects.get(language_code=language)
    written, _is_new = ItemText.objects.update_or_create(
        item=item, locale=locale, defaults=words, create_defaults={**words, "translation_key": item.ref}
    )
    return written


def _who(actor: Actor) -> list[Party]:
    person = acting_person(actor)
    return [person] if person else []
