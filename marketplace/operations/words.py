"""Words that the market of a neighbourhood does not want: the list that the board keeps, and looking texts through."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.refusals import Refusal
from marketplace.models import WordRule, WordUse
from marketplace.queries.words import STAR, first_found, reserved_in, words_not_wanted, written
from neighbourhoods.models import Neighbourhood
from neighbourhoods.operations.meetings.doors import member_of
from people.models import Party

LONGEST: Final = 60
MOST_RULES: Final = 500
SHORTEST_STEM: Final = 3


class BlockedWord(Refusal):
    """A word that the board does not want on this market."""

    code = "blocked_word"
    sentence = _("“%(word)s” cannot be used on this market. Choose other words.")


class ReservedName(Refusal):
    """A title in the name of the municipality or the board, by somebody else."""

    code = "reserved_name"
    sentence = _("Only the municipality and the board use “%(word)s” in a title. Choose another title.")
    field: ClassVar[str | None] = "title"


class NoWord(Refusal):
    """Nothing could be found by it, or nearly everything would."""

    code = "word_none"
    sentence = _("Enter a word, in no more than 60 characters. A star goes behind three letters at least.")
    field: ClassVar[str | None] = "word"


class WordOnList(Refusal):
    """Once is enough. Details: `word`."""

    code = "word_on_list"
    sentence = _("“%(word)s” is on the list already.")
    field: ClassVar[str | None] = "word"


class ListFull(Refusal):
    """Each text is looked through for each word. Details: `most`."""

    code = "word_list_full"
    sentence = _("There are %(most)d words on the list. Take some off first.")


class RuleGone(Refusal):
    """Somebody else of the board was quicker."""

    code = "word_rule_gone"
    sentence = _("This word is off the list already.")


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
    name = reserved_in(neighbourhood, title)
    if name is not None:
        raise ReservedName(word=name)


def add_word(*, neighbourhood: Neighbourhood, word: str, use: str, actor: Actor, at: datetime) -> WordRule:
    """This will put a word on the list of a neighbourhood, in its one form. What is on the market already stays.

    :raises BoardOnly: to who is not on the board.
    :raises NoWord, WordOnList, ListFull: when it cannot come on the list.
    """
    member = member_of(actor, neighbourhood, at)
    plainly = written(word)
    if not 0 < len(plainly) <= LONGEST or use not in WordUse.values:
        raise NoWord
    if plainly.endswith(STAR) and len(plainly.removesuffix(STAR)) < SHORTEST_STEM:
        raise NoWord
    with transaction.atomic():
        # Boards add few words: one after another, so that the list cannot grow past its end.
        Neighbourhood.objects.select_for_update(no_key=True).get(pk=neighbourhood.pk)
        rules = WordRule.objects.filter(neighbourhood=neighbourhood)
        if rules.filter(word=plainly).exists():
            raise WordOnList(word=plainly)
        if rules.count() >= MOST_RULES:
            raise ListFull(most=MOST_RULES)
        made = rules.create(
            neighbourhood=neighbourhood, word=plainly, use=use, made_by_id=member.canonical_id, made_at=at
        )
        record("word_rule.add", subject=made, actor=actor, at=at, about=[member], reason=plainly)
    return made


def remove_word(*, rule: WordRule, actor: Actor, at: datetime) -> None:
    """This will take a word off the list.

    :raises BoardOnly: to who is not on the board.
    :raises RuleGone: when it is off it already.
    """
    member = member_of(actor, rule.neighbourhood, at)
    with transaction.atomic():
        found = WordRule.objects.select_for_update(of=("self",)).filter(pk=rule.pk).first()
        if found is None:
            raise RuleGone
        record("word_rule.remove", subject=found, actor=actor, at=at, about=[member], reason=found.word)
        found.delete()
