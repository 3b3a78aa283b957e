"""The words that a market does not want."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from core.refusals import Refusal
from marketplace.models import WordRule
from marketplace.operations import words
from marketplace.operations.words import BlockedWord, ReservedName, check_words
from marketplace.queries.words import plain, written
from neighbourhoods.operations.meetings.doors import BoardOnly
from people.models import User
from tests.factories.market import AT, Market, market
from tests.factories.people import actor
from tests.marketplace.trust.making import events_about


def block(there: Market, word: str, use: str = "BLOCKED", by: User | None = None) -> WordRule:
    return words.add_word(
        neighbourhood=there.neighbourhood, word=word, use=use, actor=actor(by or there.bea), at=AT
    )


@pytest.mark.parametrize(
    "text",
    [
        "wiet",
        "WIET te koop",
        "Goede wiet!",
        "«wiet»",
        "w\u200bi\u00adet",
        "wi\u0301et",
        "ｗｉｅｔ",
        "wat-wiet_ook",
        "wiet\nen meer",
    ],
)
def test_a_blocked_word_is_found_however_it_is_dressed_up(there: Market, text: str) -> None:
    block(there, "wiet")

    with pytest.raises(BlockedWord) as refused:
        check_words(there.neighbourhood, "Iets anders", text, party=there.ann.holder)

    assert str(refused.value) == "“wiet” cannot be used on this market. Choose other words."


@pytest.mark.parametrize("text", ["", "Zwietering", "wieteke", "twiet", "w i e t"])
def test_a_word_within_another_is_left_alone(there: Market, text: str) -> None:
    block(there, "wiet")

    check_words(there.neighbourhood, text, title=text, party=there.ann.holder)


def test_with_a_star_longer_words_are_found_too(there: Market) -> None:
    block(there, "Vuurwerk*")

    for text in ("vuurwerk", "een vuurwerkpakket"):
        with pytest.raises(BlockedWord):
            check_words(there.neighbourhood, title=text, party=there.ann.holder)
    check_words(there.neighbourhood, "siervuurwerk", party=there.ann.holder)


def test_several_words_are_found_as_they_stand_together(there: Market) -> None:
    block(there, "snel geld")

    with pytest.raises(BlockedWord):
        check_words(there.neighbourhood, "Verdien snel, geld telt.", party=there.ann.holder)
    check_words(there.neighbourhood, "Geld is snel op.", party=there.ann.holder)


def test_the_municipality_does_not_use_a_blocked_word_either(there: Market) -> None:
    block(there, "wiet")

    with pytest.raises(BlockedWord):
        check_words(there.neighbourhood, "wiet", party=there.neighbourhood.municipality)


def test_a_reserved_name_stands_in_no_title_but_theirs(there: Market) -> None:
    block(there, "wijkbestuur", use="RESERVED")
    here = there.neighbourhood

    with pytest.raises(ReservedName):
        check_words(here, title="Koffie van het Wijkbestuur", party=there.ann.holder)
    with pytest.raises(ReservedName):
        check_words(here, title="Wijkbestuur", party=there.shop.holder)
    check_words(here, "Met dank aan het wijkbestuur", title="Koffie", party=there.ann.holder)
    for party in (here.party, here.municipality):
        check_words(here, title="Koffie van het wijkbestuur", party=party)


def test_the_name_of_the_municipality_is_reserved_without_a_list(there: Market) -> None:
    with pytest.raises(ReservedName) as refused:
        check_words(there.neighbourhood, title="MUNICIPALITY of Molenwijk: koffie", party=there.ann.holder)

    assert refused.value.details == {"word": "Municipality of Molenwijk"}


def test_the_list_of_elsewhere_does_not_count_here(there: Market) -> None:
    elsewhere = market("Sluiskade", "NL02ABNA0123456789")
    block(elsewhere, "wiet")

    check_words(there.neighbourhood, "wiet", party=there.ann.holder)


def test_a_word_is_kept_in_its_one_form_and_once(there: Market) -> None:
    made = block(there, "  Snel-GELD  ")

    assert (made.word, made.made_by, made.made_at) == ("snel geld", there.bea.person, AT)
    assert events_about(there.bea.person) == ["word_rule.add"]
    with pytest.raises(words.WordOnList):
        block(there, "snel geld", use="RESERVED")


def test_the_database_itself_keeps_a_word_once(there: Market) -> None:
    made = block(there, "wiet")

    with pytest.raises(IntegrityError), transaction.atomic():
        WordRule.objects.create(neighbourhood=there.neighbourhood, word=made.word, use="RESERVED", made_at=AT)


@pytest.mark.parametrize("word", ["", "   ", "*", "!!", "ab*", "x" * 61, "ß" * 31])
def test_what_finds_nothing_or_everything_is_refused(there: Market, word: str) -> None:
    with pytest.raises(words.NoWord):
        block(there, word)


def test_a_use_that_is_none_is_refused(there: Market) -> None:
    with pytest.raises(words.NoWord):
        block(there, "wiet", use="WHATEVER")


def test_the_list_has_an_end(there: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "MOST_RULES", 2)
    block(there, "een")
    block(there, "twee")

    with pytest.raises(words.ListFull):
        block(there, "drie")


@pytest.mark.parametrize("who", ["ann_login", "sjoerd"])
def test_only_the_board_keeps_the_list(there: Market, who: str) -> None:
    made = block(there, "wiet")
    outsider: User = getattr(there, who)

    with pytest.raises(BoardOnly):
        block(there, "hasj", by=outsider)
    with pytest.raises(BoardOnly):
        words.remove_word(rule=made, actor=actor(outsider), at=AT)


def test_a_word_comes_off_the_list_once(there: Market) -> None:
    made = block(there, "wiet")
    again = WordRule.objects.get(pk=made.pk)

    words.remove_word(rule=made, actor=actor(there.bob), at=AT)

    check_words(there.neighbourhood, "wiet", party=there.ann.holder)
    assert events_about(there.bob.person) == ["word_rule.remove"]
    with pytest.raises(words.RuleGone):
        words.remove_word(rule=again, actor=actor(there.bea), at=AT)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Één", "een"),
        ("  A  b ", "a b"),
        ("Straße", "strasse"),
        ("snel*", "snel*"),
        ("s*n", "s n"),
        ("*", ""),
        ("بيت", "بيت"),
    ],
)
def test_how_a_word_is_kept(typed: str, kept: str) -> None:
    assert written(typed) == kept
    assert plain(typed) == kept.removesuffix("*")


def test_a_refusal_is_a_sentence_about_the_field_of_the_title() -> None:
    refusal: Refusal = ReservedName(word="gemeente")

    assert (refusal.field, "gemeente" in str(refusal)) == ("title", True)
