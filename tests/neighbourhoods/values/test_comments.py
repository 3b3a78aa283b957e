from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from core.refusals import NotAllowed, Refusal
from neighbourhoods.models import ValueComment, ValueDecision, ValuedItem
from neighbourhoods.operations import values
from neighbourhoods.operations.elections.drafting import NeedsReason
from neighbourhoods.operations.meetings.doors import BoardOnly, LeadersOnly
from neighbourhoods.operations.residency import FormUsed
from neighbourhoods.operations.values.comments import (
    MOST_REACTIONS,
    AlreadyHidden,
    NoReactionsNow,
    NotHidden,
    ReactionMissing,
    TooManyReactions,
)
from neighbourhoods.operations.values.proposing import ReasonTooLong
from neighbourhoods.queries.values import comments_of, moderation_of
from neighbourhoods.states import ValueState
from people.models import User
from tests.factories import values as make
from tests.factories.people import actor, person
from tests.factories.residency import DAY, NOON, SYSTEM, second_login
from tests.neighbourhoods.values.making import leaves_the_board, lines, reacted

KEY = uuid.UUID("6c8c7a52-0a4e-4c39-8a0e-2a5b7e0f0006")
UNTIL = NOON + 14 * DAY


@pytest.fixture
def consulted(reading: ValuedItem) -> ValueDecision:
    return make.value_decision(reading, state=ValueState.CONSULTATION, consulted_until=UNTIL)


# --- Reacting -------------------------------------------------------------------------------------------------------


def test_anybody_signed_in_reacts_with_their_name(consulted: ValueDecision, dirk: User, cas: User) -> None:
    reacted(consulted, dirk, text="  Acht is genoeg. ")
    reacted(consulted, cas, text="Bij ons is het negen.", at=NOON + DAY)

    assert [(one.author.display_name, one.text) for one in comments_of(consulted)] == [
        ("Dirk de Vries", "Acht is genoeg."), ("Cas de Vries", "Bij ons is het negen."),
    ]  # fmt: skip
    assert [line.acted_by_id for line in lines("value_comment.write")] == [dirk.person_id, cas.person_id]


def test_the_system_has_no_opinion(consulted: ValueDecision, dirk: User) -> None:
    with pytest.raises(NotAllowed):
        reacted(consulted, dirk, actor=SYSTEM)


@pytest.mark.parametrize("text", ["", " \n ", "a" * 1001])
def test_a_reaction_says_something_and_not_too_much(consulted: ValueDecision, dirk: User, text: str) -> None:
    with pytest.raises(ReactionMissing):
        reacted(consulted, dirk, text=text)


@pytest.mark.parametrize("moment", [timedelta(0), timedelta(days=30)])
def test_once_the_vote_is_due_nobody_reacts_any_more(
    consulted: ValueDecision, dirk: User, moment: timedelta
) -> None:
    reacted(consulted, dirk, at=UNTIL - timedelta(seconds=1))

    with pytest.raises(NoReactionsNow):
        reacted(consulted, dirk, at=UNTIL + moment)


@pytest.mark.parametrize("state", ["DRAFT", "PROPOSED", "ADMITTED", "VOTING", "IN_FORCE", "WITHDRAWN"])
def test_people_react_during_the_consultation_only(reading: ValuedItem, dirk: User, state: str) -> None:
    made = make.value_decision(reading, state=ValueState(state), consulted_until=UNTIL)

    with pytest.raises(NoReactionsNow):
        reacted(made, dirk)


def test_a_form_sent_twice_says_it_once(consulted: ValueDecision, dirk: User, eva: User) -> None:
    first = reacted(consulted, dirk, key=KEY)

    assert reacted(consulted, dirk, key=KEY) == first
    assert reacted(consulted, second_login(dirk), key=KEY, at=UNTIL + DAY) == first
    with pytest.raises(FormUsed):
        reacted(consulted, eva, key=KEY)
    assert ValueComment.objects.count() == 1


def test_a_key_of_another_decision_does_nothing_here(
    consulted: ValueDecision, dirk: User, reading: ValuedItem
) -> None:
    coffee = make.value_decision(
        make.item(reading.neighbourhood, "Koffie"), state=ValueState.CONSULTATION, consulted_until=UNTIL
    )
    reacted(coffee, dirk, key=KEY)

    with pytest.raises(FormUsed):
        reacted(consulted, dirk, key=KEY)


def test_one_person_leaves_room_for_others_under_whichever_number(
    consulted: ValueDecision, dirk: User, eva: User
) -> None:
    twin = second_login(dirk)
    for number in range(MOST_REACTIONS):
        reacted(consulted, (dirk, twin)[number % 2])

    for who in (dirk, twin):
        with pytest.raises(TooManyReactions):
            reacted(consulted, who)
    reacted(consulted, eva)

    assert {one.author for one in ValueComment.objects.all()} == {dirk.person, eva.person}


# --- Hiding ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def rude(consulted: ValueDecision, dirk: User) -> ValueComment:
    return reacted(consulted, dirk, text="Wie dit wil is niet goed wijs.")


def hide(comment: ValueComment, by: User, **more: Any) -> None:
    values.hide_comment(
        comment=comment, **{"reason": "Scheldt op buren.", "actor": actor(by), "at": NOON, **more}
    )


def test_who_leads_the_board_hides_one_for_a_reason_and_shows_it_again(rude: ValueComment, ann: User) -> None:
    hide(rude, second_login(ann), at=NOON + DAY)
    assert (rude.hidden_at, rude.hidden_by, rude.hidden_reason) == (
        NOON + DAY, ann.person, "Scheldt op buren.",
    )  # fmt: skip
    assert rude.text == "Wie dit wil is niet goed wijs."

    values.show_comment(comment=rude, actor=actor(ann), at=NOON + 2 * DAY)

    assert (rude.hidden_at, rude.hidden_by, rude.hidden_reason) == (None, None, "")


def test_what_was_moderated_stays_known_with_its_reasons(
    consulted: ValueDecision, rude: ValueComment, ann: User
) -> None:
    hide(rude, ann)
    values.show_comment(comment=rude, actor=actor(ann), at=NOON)
    hide(rude, ann, reason="Toch niet.")

    told = [(line.event, getattr(line, "note", None), about) for line, about in moderation_of(consulted)]
    assert [(event, note.text if note else "", about) for event, note, about in told] == [
        ("value_comment.hide", "Scheldt op buren.", rude),
        ("value_comment.show", "", rude),
        ("value_comment.hide", "Toch niet.", rude),
    ]


def test_moderation_of_another_decision_is_not_among_it(
    consulted: ValueDecision, rude: ValueComment, ann: User
) -> None:
    hide(rude, ann)
    other = make.value_decision(make.item(consulted.neighbourhood, "Koffie"))

    assert moderation_of(other) == []


def test_nobody_else_hides_or_shows(rude: ValueComment, ann: User, ben: User, dirk: User, cas: User) -> None:
    hide(rude, ann)
    for by, refusal in (
        (actor(ben), LeadersOnly), (actor(dirk), BoardOnly), (actor(cas), BoardOnly), (SYSTEM, BoardOnly),
    ):  # fmt: skip
        with pytest.raises(refusal):
            hide(rude, ben, actor=by)
        with pytest.raises(refusal):
            values.show_comment(comment=rude, actor=by, at=NOON)


def test_whose_seat_has_ended_hides_nothing_any_more(rude: ValueComment, ann: User, ben: User) -> None:
    leaves_the_board(ann)

    with pytest.raises(BoardOnly):
        hide(rude, ann)


@pytest.mark.parametrize(
    ("reason", "refusal"), [("", NeedsReason), ("  ", NeedsReason), ("a" * 301, ReasonTooLong)]
)
def test_nothing_is_hidden_without_a_reason_that_fits_in_its_place(
    rude: ValueComment, ann: User, reason: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        hide(rude, ann, reason=reason)

    assert ValueComment.objects.get().hidden_at is None


def test_it_is_hidden_once_and_shown_once(rude: ValueComment, ann: User) -> None:
    with pytest.raises(NotHidden):
        values.show_comment(comment=rude, actor=actor(ann), at=NOON)
    hide(rude, ann)
    with pytest.raises(AlreadyHidden):
        hide(rude, ann, reason="Nog een keer.")

    assert ValueComment.objects.get().hidden_reason == "Scheldt op buren."


def test_the_database_hides_nothing_without_a_reason(rude: ValueComment) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ValueComment.objects.filter(pk=rude.pk).update(hidden_at=NOON)


@pytest.mark.parametrize("change", [{"key": KEY}, {"ref": KEY}, {"at": NOON + DAY}, {"decision": None}])
def test_nor_does_it_let_a_reaction_become_anothers(rude: ValueComment, change: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ValueComment.objects.filter(pk=rude.pk).update(**change)


def test_nor_does_it_let_one_go(rude: ValueComment) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ValueComment.objects.filter(pk=rude.pk)._raw_delete("default")


# --- Reading --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_reactions_are_read_with_names_in_one_query_and_moderation_in_two(
    consulted: ValueDecision, ann: User, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for who in range(number):
        hide(reacted(consulted, person(f"Buur{who}")), ann)

    with django_assert_num_queries(1):
        assert len([one.author.display_name for one in comments_of(consulted)]) == number
    with django_assert_num_queries(2):
        assert [line.note.text for line, _about in moderation_of(consulted)] == ["Scheldt op buren."] * number
