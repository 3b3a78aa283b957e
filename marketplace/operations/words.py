"""Looking through what people write for words that the market of a neighbourhood does not want."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from core.refusals import Refusal
from marketplace.models import WordUse
from marketplace.queries.words import STAR, first_found, words_not_wanted
from neighbourhoods.models import Neighbourhood
from people.models import Party


class BlockedWord(Refusal):
    """A word that the board does not want on this market."""

    code = "blocked_word"
    sentence = _("“%(word)s” cannot be used on this market. Choose other words.")


class ReservedName(Refusal):
    """A title in the name of the municipality or the board, by somebody else."""

    code = "reserved_name"
    sentence = _("Only the municipality and the board use “%(word)s” in a title. Choose another title.")
    field: ClassVar[str | None] = "title"


def check_words(neighbourhood: Neighbourhood, *texts: str, title: str = "", party: Party) -> None:
    """Look through what this party writes on the market of a neighbourhood. Nobody uses a blocked word; a reserved
    name stands in no title but those of the municipality and the neighbourhood itself.

    :raises BlockedWord: naming the word.
    :raises ReservedName: naming the word.
    """
    blocked = first_found(words_not_wanted(neighbourhood, WordUse.BLOCKED), [title, *texts])
    if blocked is not None:
        raise BlockedWord(word=blocked.removesuffix(STAR))
    if not title or party.pk in {neighbourhood.party_id, neighbourhood.municipality_id}:
        return
    reserved = [
        *words_not_wanted(neighbourhood, WordUse.RESERVED), neighbourhood.municipality.display_name,
    ]  # fmt: skip
    name = first_found(reserved, [title])
    if name is not None:
        raise ReservedName(word=name.removesuffix(STAR))
