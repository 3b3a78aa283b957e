"""Reactions to a value decision, with names, and what the board hid of them."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from neighbourhoods.models import ValueComment, ValueDecision, ValuedItem
from neighbourhoods.operations.values import hide_comment, show_comment
from neighbourhoods.states import ValueState
from people.models import User
from people.operations.privacy import erase_person
from tests.factories import values
from tests.factories.democracy import DAY, VOTING
from tests.factories.people import actor
from tests.neighbourhoods.polling_pages.pages import read, sent
from tests.neighbourhoods.value_pages.conftest import as_
from tests.neighbourhoods.values.making import reacted

KEY = "6c8c7a52-0a4e-4c39-8a0e-2a5b7e0f0016"
MINE = {"key": KEY, "text": "Acht is genoeg."}


@pytest.fixture
def consultation(reading: ValuedItem) -> ValueDecision:
    """Everybody can react until tomorrow."""
    return values.value_decision(reading, state=ValueState.CONSULTATION, consulted_until=VOTING + DAY)


def url(decision: ValueDecision, name: str = "value_decision") -> str:
    return reverse(name, args=[decision.ref])


def lines(answer: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(answer.decode())))


def test_whoever_is_signed_in_reacts_with_their_name(
    client: Client, consultation: ValueDecision, cas: User
) -> None:
    assert "Everybody can read this, with your name." in read(as_(cas), url(consultation))

    assert "Everybody can read your reaction." in sent(as_(cas), url(consultation, "value_comment"), **MINE)

    page = read(client, url(consultation))
    assert ("Cas de Vries" in page, "Acht is genoeg." in page) == (True, True)
    assert "Sign in to react" in page


def test_sent_twice_it_is_said_once(consultation: ValueDecision, eva: User) -> None:
    for _again in range(2):
        sent(as_(eva), url(consultation, "value_comment"), **MINE)

    assert ValueComment.objects.count() == 1


def test_the_form_of_another_says_nothing_of_theirs(
    consultation: ValueDecision, eva: User, dirk: User
) -> None:
    sent(as_(eva), url(consultation, "value_comment"), **MINE)
    sent(as_(dirk), url(consultation, "value_comment"), **{**MINE, "text": "Negen."})

    found = ValueComment.objects.values_list("author__person_details__given_name", "text")
    assert sorted(found) == [("Dirk", "Negen."), ("Eva", "Acht is genoeg.")]


def test_without_words_the_form_says_so_and_nothing_is_written(
    consultation: ValueDecision, eva: User
) -> None:
    page = sent(as_(eva), url(consultation, "value_comment"), key=KEY, text=" ")

    assert "Write what you think." in page
    assert not ValueComment.objects.exists()


def test_after_the_time_to_react_the_words_are_kept_in_the_page_but_not_written_down(
    now: time_machine.Traveller, consultation: ValueDecision, eva: User
) -> None:
    now.move_to(VOTING + DAY)

    response = as_(eva).post(url(consultation, "value_comment"), MINE)

    assert "That is not now." in response.content.decode()
    assert not ValueComment.objects.exists()


def test_no_reaction_is_asked_for_before_or_after(client: Client, proposal: ValueDecision, eva: User) -> None:
    assert "Place my reaction" not in read(as_(eva), url(proposal))


def test_a_hidden_reaction_leaves_the_reason_in_its_place_and_nothing_of_its_words(
    client: Client, consultation: ValueDecision, ann: User, eva: User
) -> None:
    comment = reacted(consultation, eva, text="Dirk is een dief.", at=VOTING)
    hide_comment(comment=comment, reason="Dit gaat over een persoon.", actor=actor(ann), at=VOTING)

    everywhere = [client.get(url(consultation, name)).content.decode() for name in FILES]

    assert "Hidden by the board: Dit gaat over een persoon." in read(client, url(consultation))
    assert not any("dief" in one for one in everywhere)
    assert not any("Eva" in one for one in everywhere)


FILES = ("value_decision", "value_json", "value_csv", "value_moderation_csv")


def test_only_who_leads_the_board_is_offered_to_hide_one(
    consultation: ValueDecision, ann: User, ben: User, eva: User
) -> None:
    comment = reacted(consultation, eva, at=VOTING)
    link = reverse("board_comment_hide", args=["molenwijk", comment.ref])

    offered = [link in as_(who).get(url(consultation)).content.decode() for who in (ann, ben, eva)]

    assert offered == [True, False, False]


def test_who_leads_the_board_shows_one_again_from_the_page_of_the_decision(
    client: Client, consultation: ValueDecision, ann: User, eva: User
) -> None:
    comment = reacted(consultation, eva, at=VOTING)
    hide_comment(comment=comment, reason="Dit gaat over een persoon.", actor=actor(ann), at=VOTING)
    address = reverse("board_comment_show", args=["molenwijk", comment.ref])

    page = as_(ann).get(url(consultation)).content.decode()
    answer = as_(ann).post(address, follow=True)

    assert f'<form method="post" action="{address}"' in page
    assert f'href="{address}"' not in page  # a link would be refused: it changes something
    assert "Everybody can read the reaction again." in answer.content.decode()
    assert "Acht is genoeg." in read(client, url(consultation))


def test_everybody_can_fetch_what_was_hidden_and_shown_again_and_why(
    client: Client, consultation: ValueDecision, ann: User, eva: User
) -> None:
    comment = reacted(consultation, eva, at=VOTING)
    hide_comment(comment=comment, reason="=HYPERLINK(1)", actor=actor(ann), at=VOTING)
    show_comment(comment=comment, actor=actor(ann), at=VOTING)

    found = lines(client.get(url(consultation, "value_moderation_csv")).content)

    assert [(one["reaction"], one["deed"], one["reason"]) for one in found] == [
        (str(comment.ref), "hide", "'=HYPERLINK(1)"),
        (str(comment.ref), "show", ""),
    ]


def test_of_who_was_erased_the_place_stays_without_words_and_name(
    client: Client, consultation: ValueDecision, eva: User
) -> None:
    reacted(consultation, eva, at=VOTING)
    erase_person(person=eva.person, actor=actor(eva), at=VOTING)

    page = read(client, url(consultation))

    assert "These words were erased." in page
    assert ("Eva" in page, "Acht is genoeg." in page) == (False, False)
