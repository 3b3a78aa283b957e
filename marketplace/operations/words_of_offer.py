"""The words of an offer: told in a language, and gathered into what it is found by."""

from __future__ import annotations

import re
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.refusals import Refusal
from core.words import one_line
from marketplace.models import Offer, OfferText
from marketplace.operations.words import check_words
from marketplace.queries.words import plain
from neighbourhoods.models import CategoryText

SHORTEST_TITLE, LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_ABOUT = 3, 80, 300, 3000
NOT_A_WORD: Final = re.compile(r"[\W_]+")
BREAKS: Final = re.compile(r"\n{3,}")


class TitleRefused(Refusal):
    """A title is what somebody reads first."""

    code = "offer_title"
    sentence = _("Give it a title of 3 to 80 characters.")
    field = "title"


class SummaryRefused(Refusal):
    """One sentence, under the title."""

    code = "offer_summary"
    sentence = _("Say it in one sentence of no more than 300 characters.")
    field = "summary"


class AboutRefused(Refusal):
    """More than this nobody reads."""

    code = "offer_about"
    sentence = _("Tell more about it in no more than 3000 characters.")
    field = "about"


class LanguageRefused(Refusal):
    """Texts are marked with the language that they are in, so that they are read aloud as they should."""

    code = "offer_language"
    sentence = _("Choose the language in which you write.")
    field = "language"


def put_text(*, offer: Offer, language: str, title: str, summary: str = "", about: str = "") -> OfferText:
    """Tell an offer in a language, over what stood there. Called by what locked the offer and saw who may;
    `write_words` comes after the last of them.

    :raises TitleRefused, SummaryRefused, AboutRefused, LanguageRefused: for words that do not do.
    :raises BlockedWord, ReservedName: for words that this market does not want.
    """
    words = checked_words(title, summary, about, language)
    check_words(
        offer.neighbourhood, words["summary"], words["about"], title=words["title"], party=offer.provider
    )
    text, _made = OfferText.objects.update_or_create(offer=offer, language=language, defaults=words)
    return text


def checked_words(title: str, summary: str, about: str, language: str) -> dict[str, str]:
    """The three texts, made fit to be shown."""
    words = {"title": one_line(title), "summary": one_line(summary), "about": lines(about)}
    if not SHORTEST_TITLE <= len(words["title"]) <= LONGEST_TITLE:
        raise TitleRefused
    if len(words["summary"]) > LONGEST_SUMMARY:
        raise SummaryRefused
    if len(words["about"]) > LONGEST_ABOUT:
        raise AboutRefused
    if language not in dict(settings.LANGUAGES):
        raise LanguageRefused
    return words


def lines(text: str) -> str:
    """The same words with their lines, each made fit to be shown, and no more than one empty line between two."""
    return BREAKS.sub("\n\n", "\n".join(one_line(line) for line in text.splitlines())).strip()


def write_words(offer: Offer) -> None:
    """Gather all that an offer is found by. Called by whatever changed one of these, in its transaction."""
    texts = OfferText.objects.filter(offer=offer).order_by("pk").values_list("title", "summary", "about")
    of_category = {offer.category_id, offer.category.parent_id} - {None}
    names = (
        CategoryText.objects.filter(category__in=of_category).order_by("pk").values_list("name", flat=True)
    )
    tags = offer.tags.order_by("pk").values_list("name", flat=True)
    told = [
        *(part for text in texts for part in text),
        *tags,
        *names,
        offer.provider.display_name,
        offer.place,
    ]
    offer.words = found_by(told)
    Offer.objects.filter(pk=offer.pk).update(words=offer.words)


def found_by(told: list[str]) -> str:
    """Small letters with one space between words; a word with accents stands there without them too."""
    words = NOT_A_WORD.sub(" ", " ".join(told).lower()).split()
    bare = [other for word in dict.fromkeys(words) if (other := plain(word)) != word]
    return " ".join([*words, *bare])
