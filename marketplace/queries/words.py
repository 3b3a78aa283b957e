"""The words that a market does not want, and how a text is looked through for them.

Texts and rules are brought to one form first: small letters, without accents and signs that cannot be seen, with a
space for every other sign. A rule is found as whole words, so that "kat" is not found in "skateboard"; one that ends in
a star is found at the beginning of a word too, as Dutch glues its words together: "vuurwerk*" finds "vuurwerkpakket".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

from django.db.models import QuerySet

from marketplace.models import WordRule, WordUse
from neighbourhoods.models import Neighbourhood

STAR: Final = "*"
UNSEEN: Final = frozenset({"Mn", "Me", "Cf"})  # accents, what encloses a sign, and signs that only steer


def rules_of(neighbourhood: Neighbourhood) -> QuerySet[WordRule]:
    """The list of a neighbourhood, with who put each word on it."""
    return (
        WordRule.objects.filter(neighbourhood=neighbourhood)
        .select_related("made_by__person_details")
        .order_by("word", "pk")
    )


def words_not_wanted(neighbourhood: Neighbourhood, use: WordUse) -> list[str]:
    """The words of one use on the list of a neighbourhood."""
    rules = WordRule.objects.filter(neighbourhood=neighbourhood, use=use)
    return list(rules.order_by("word").values_list("word", flat=True))


def reserved_in(neighbourhood: Neighbourhood, text: str) -> str | None:
    """The first name in a text that is the municipality's or the board's alone: what the board wrote down, and what the
    municipality itself is called."""
    names = [*words_not_wanted(neighbourhood, WordUse.RESERVED), neighbourhood.municipality.display_name]
    found = first_found(names, [text])
    return None if found is None else found.removesuffix(STAR)


def plain(text: str) -> str:
    """The words of a text in one form, with one space between them."""
    bare = "".join(
        sign for sign in unicodedata.normalize("NFKD", text) if unicodedata.category(sign) not in UNSEEN
    )
    return " ".join("".join(sign if sign.isalnum() else " " for sign in bare.casefold()).split())


def written(word: str) -> str:
    """A rule in the form in which it is kept: plain, with its star. Empty when nothing is left of it."""
    kept = plain(word)
    return f"{kept}{STAR}" if kept and word.rstrip().endswith(STAR) else kept


def first_found(rules: Iterable[str], texts: Iterable[str]) -> str | None:
    """The first rule that is found in one of the texts."""
    padded = [f" {plain(text)} " for text in texts if text]
    return next((rule for rule in rules if any(is_in(rule, text) for text in padded)), None)


def is_in(rule: str, padded: str) -> bool:
    """Whether a rule is found in a plain text that has a space before and behind it."""
    words = plain(rule)
    return bool(words) and (f" {words}" if rule.endswith(STAR) else f" {words} ") in padded
