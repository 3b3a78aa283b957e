"""Reactions are hidden with a reason, things are named in every language, and limits of demand are set."""

from __future__ import annotations

import uuid

import pytest
from wagtail.models import Locale

from core.models import AuditEntry
from neighbourhoods.models import DemandLimit, ItemText, Neighbourhood, ValueComment, ValuedItem
from neighbourhoods.states import ValueState
from people.models import User
from tests.factories import values
from tests.factories.residency import DAY, NOON
from tests.neighbourhoods.meetings.visiting import SignIn, at, html, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def reaction(reading: ValuedItem, eva: User) -> ValueComment:
    """Eva's, while people can react."""
    made = values.value_decision(
        reading, state=ValueState.CONSULTATION, by=eva, at=NOON, consulted_until=NOON + DAY
    )
    return ValueComment.objects.create(
        decision=made, author=eva.person, text="Wat een onzin.", language="nl", at=NOON, key=uuid.uuid4()
    )


@pytest.fixture
def english(db: None) -> Locale:
    return Locale.objects.get_or_create(language_code="en")[0]


# --- Reactions ------------------------------------------------------------------------------------------------------


def test_a_reaction_is_hidden_with_a_reason_and_shown_again(
    browser: SignIn, ann: User, reaction: ValueComment
) -> None:
    client = browser(ann)

    refused = post(client, "board_comment_hide", reaction.ref, reason="")
    post(client, "board_comment_hide", reaction.ref, reason="Scheldwoorden.")
    hidden = ValueComment.objects.get().hidden_reason
    shown = html(client, "board_value", reaction.decision.ref)
    post(client, "board_comment_show", reaction.ref)

    assert "Write down why." in refused.content.decode()
    assert (hidden, "hidden: Scheldwoorden." in shown) == ("Scheldwoorden.", True)
    assert ValueComment.objects.get().hidden_at is None
    events = AuditEntry.objects.filter(event__startswith="value_comment.").order_by("pk")
    assert list(events.values_list("event", flat=True)) == ["value_comment.hide", "value_comment.show"]


def test_who_hides_a_reaction_reads_it_there(browser: SignIn, ann: User, reaction: ValueComment) -> None:
    shown = html(browser(ann), "board_comment_hide", reaction.ref)

    quoted = shown.split("<figure", 1)[1].split("</figure>")[0]
    assert reaction.text in quoted
    assert reaction.author.display_name in quoted
    assert "Leave the reaction there" in shown


def test_a_member_who_does_not_lead_hides_nothing(
    browser: SignIn, ann: User, ben: User, reaction: ValueComment
) -> None:
    client = browser(ben)

    shown = html(client, "board_value", reaction.decision.ref)
    refused = post(client, "board_comment_hide", reaction.ref, reason="Oneens.")

    assert at("board_comment_hide", reaction.ref) not in shown
    assert "Ask the chair or the secretary to do this." in refused.content.decode()
    assert ValueComment.objects.get().hidden_at is None


def test_a_reaction_elsewhere_is_hidden_by_no_other_board(
    browser: SignIn, cas: User, reaction: ValueComment
) -> None:
    client = browser(cas)

    theirs = client.post(at("board_comment_hide", reaction.ref, slug="sluiskade"), {"reason": "Weg"})
    shown = client.post(at("board_comment_show", reaction.ref, slug="sluiskade"))

    assert (theirs.status_code, shown.status_code) == (404, 404)
    assert ValueComment.objects.get().hidden_at is None


def test_showing_is_no_link_that_a_browser_could_follow_by_itself(
    browser: SignIn, ann: User, reaction: ValueComment
) -> None:
    assert browser(ann).get(at("board_comment_show", reaction.ref)).status_code == 405


# --- Words ----------------------------------------------------------------------------------------------------------


def test_a_thing_gets_a_name_in_both_languages(
    browser: SignIn, ben: User, reading: ValuedItem, english: Locale
) -> None:
    client = browser(ben)
    before = "missing: English" in html(client, "board_items")

    post(
        client, "board_item_words", reading.ref,
        name_nl="Voorlezen", about_nl="Een uur op school.", name_en="Reading aloud", about_en="",
    )  # fmt: skip

    words = ItemText.objects.order_by("locale__language_code").values_list("name", "about")
    assert before
    assert list(words) == [("Reading aloud", ""), ("Voorlezen", "Een uur op school.")]
    assert "missing: English" not in html(client, "board_items")


def test_words_that_are_refused_in_one_language_are_saved_in_none(
    browser: SignIn, ben: User, reading: ValuedItem, molenwijk: Neighbourhood, english: Locale
) -> None:
    values.add_words(values.item(molenwijk, "Soep koken"), "Cooking soup", language="en")

    sent = post(
        browser(ben), "board_item_words", reading.ref,
        name_nl="Lezen", about_nl="", name_en="Cooking soup", about_en="",
    )  # fmt: skip

    assert "is on the list already" in sent.content.decode()
    assert [text.name for text in reading.texts.all()] == ["Voorlezen op school"]


def test_what_belongs_to_it_needs_a_name(
    browser: SignIn, ben: User, reading: ValuedItem, english: Locale
) -> None:
    sent = post(
        browser(ben), "board_item_words", reading.ref,
        name_nl="Lezen", about_nl="", name_en="", about_en="An hour at school.",
    )  # fmt: skip

    assert set(sent.context["form"].errors) == {"name_en"}


def test_the_words_of_another_neighbourhood_are_not_ours(
    browser: SignIn, ann: User, sluiskade: Neighbourhood
) -> None:
    theirs = values.item(sluiskade, "Boten varen")

    assert post(browser(ann), "board_item_words", theirs.ref, name_nl="Weg").status_code == 404
    assert theirs.texts.get().name == "Boten varen"


# --- Limits of demand -----------------------------------------------------------------------------------------------


def test_limits_are_set_and_left_to_what_holds_elsewhere(
    browser: SignIn, ann: User, molenwijk: Neighbourhood
) -> None:
    client = browser(ann)

    post(client, "board_limits", WAITING="4", OPEN_DEMAND="", OPEN_PLACES="")
    first = dict(DemandLimit.objects.values_list("measure", "number"))
    post(client, "board_limits", WAITING="", OPEN_DEMAND="7", OPEN_PLACES="")

    assert first == {"WAITING": 4}
    assert dict(DemandLimit.objects.values_list("measure", "number")) == {"OPEN_DEMAND": 7}


def test_the_same_limits_again_write_nothing(browser: SignIn, ann: User, molenwijk: Neighbourhood) -> None:
    client = browser(ann)

    for _time in range(2):
        post(client, "board_limits", WAITING="4", OPEN_DEMAND="", OPEN_PLACES="")

    assert AuditEntry.objects.filter(event="demand_limit.set").count() == 1


@pytest.mark.parametrize("typed", ["0", "-3", "veel", "1000000"])
def test_a_limit_is_a_number_that_makes_sense(
    typed: str, browser: SignIn, ann: User, molenwijk: Neighbourhood
) -> None:
    sent = post(browser(ann), "board_limits", WAITING=typed, OPEN_DEMAND="", OPEN_PLACES="")

    assert set(sent.context["form"].errors) == {"WAITING"}
    assert not DemandLimit.objects.exists()


def test_a_member_who_does_not_lead_sets_no_limit(
    browser: SignIn, ann: User, ben: User, molenwijk: Neighbourhood
) -> None:
    sent = post(browser(ben), "board_limits", WAITING="4", OPEN_DEMAND="", OPEN_PLACES="")

    assert "Ask the chair or the secretary to do this." in sent.content.decode()
    assert not DemandLimit.objects.exists()
