from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from neighbourhoods.models import Election, Nomination
from neighbourhoods.states import NominationState
from people.models import Role, User
from tests.factories.democracy import election, nomination
from tests.factories.people import mandate
from tests.neighbourhoods.polling_pages.pages import read, sent

WORDS = {"statement": "Ik wil meer groen.", "interests": "Bestuur van de voetbalclub\n\nCafé De Wiek"}


def page(of: Election, name: str = "election_nominations") -> str:
    return reverse(name, args=[of.ref])


# --- Looking ----------------------------------------------------------------------------------------------------------


def test_everybody_reads_who_stands_in_their_own_words(
    client: Client, going_on: Election, ann: User, now: object
) -> None:
    nomination(going_on, ann, statement="Meer groen.", interests="Voetbalclub", has_no_interests=False)

    words = read(client, page(going_on))

    assert "1 candidate so far" in words
    assert "Ann de Vries Meer groen." in words
    assert "Voetbalclub" in words
    assert "Sign in and stand" in words


@pytest.mark.parametrize(
    "state", [NominationState.PROPOSED, NominationState.REJECTED, NominationState.WITHDRAWN]
)
def test_who_does_not_stand_is_on_no_page(
    client: Client, as_ben: Client, going_on: Election, ann: User, state: str
) -> None:
    nomination(going_on, ann, state=state)

    for visitor in (client, as_ben):
        assert "Ann" not in read(visitor, page(going_on))


@pytest.mark.parametrize("state", ["DRAFT", "CANCELLED"])
def test_a_draft_is_not_found_also_not_after_it_is_thrown_away(
    as_ann: Client, going_on: Election, state: str
) -> None:
    draft = election(going_on.neighbourhood, state=state, policy=going_on.policy)

    for name in ("election_nominations", "stand", "nominate", "candidature_words", "candidature_withdraw"):
        assert (name, as_ann.get(page(draft, name)).status_code) == (name, 404)
        assert (name, as_ann.post(page(draft, name), WORDS).status_code) == (name, 404)


def test_who_is_not_signed_in_is_asked_to_before_standing(client: Client, going_on: Election) -> None:
    for name in ("stand", "nominate", "candidature_words", "candidature_withdraw"):
        response = client.get(page(going_on, name))
        assert (response.status_code, response.headers["Location"]) == (
            302, f"{reverse('account_login')}?next={page(going_on, name)}",
        )  # fmt: skip


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(
    as_ann: Client, going_on: Election, ann: User, ben: User, cas: User, number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for who in (ann, ben, cas)[:number]:
        nomination(going_on, who)
    as_ann.get(page(going_on))

    with django_assert_num_queries(13):
        as_ann.get(page(going_on))


# --- Standing -------------------------------------------------------------------------------------------------------


def test_ann_stands_with_her_own_words_and_interests(as_ann: Client, ann: User, going_on: Election) -> None:
    words = sent(as_ann, page(going_on, "stand"), **WORDS)

    made = Nomination.objects.get()
    assert (made.candidate, made.proposed_by, made.state) == (
        ann.person,
        ann.person,
        NominationState.ACCEPTED,
    )
    assert (made.statement, made.interests) == (
        "Ik wil meer groen.",
        "Bestuur van de voetbalclub\nCafé De Wiek",
    )
    assert made.language == "en"
    assert "You stand for election. Everybody can read your words now." in words


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"statement": "", "has_no_interests": "on"}, "Write in a few words why you stand."),
        ({"statement": "Groen."}, "Write down your interests, one on each line, or say that you have none."),
        ({"statement": "Groen.", "interests": "Café", "has_no_interests": "on"}, "Choose one of the two."),
        ({"statement": "Groen.", "interests": "x" * 201}, "This text is too long."),
    ],
)
def test_what_is_missing_is_told_and_the_words_stay(
    as_ann: Client, going_on: Election, form: dict[str, str], words: str
) -> None:
    response = as_ann.post(page(going_on, "stand"), form)

    assert words in response.content.decode()
    assert form["statement"] in response.content.decode()
    assert not Nomination.objects.exists()


def test_sent_twice_ann_stands_once(as_ann: Client, going_on: Election) -> None:
    sent(as_ann, page(going_on, "stand"), **WORDS)
    sent(as_ann, page(going_on, "stand"), **WORDS)

    assert Nomination.objects.count() == 1


def test_who_lives_elsewhere_cannot_stand(as_dora: Client, going_on: Election) -> None:
    assert "You are not enrolled in Molenwijk" in read(as_dora, page(going_on))

    sent(as_dora, page(going_on, "stand"), **WORDS)

    assert not Nomination.objects.exists()


def test_who_runs_the_election_cannot_stand_in_it(as_ann: Client, ann: User, going_on: Election) -> None:
    mandate(person=ann, principal=going_on.neighbourhood.party, role=Role.POLLING)

    words = sent(as_ann, page(going_on, "stand"), **WORDS)

    assert "Whoever works at the polling office cannot stand in an election there." in words


def test_after_the_nominations_nobody_stands_any_more(
    as_ann: Client, going_on: Election, now: time_machine.Traveller
) -> None:
    now.move_to(going_on.nominations_until)

    assert "Nominations are closed" in read(as_ann, page(going_on))
    assert "This is not possible now." in sent(as_ann, page(going_on, "stand"), **WORDS)
    assert not Nomination.objects.exists()


# --- Answering --------------------------------------------------------------------------------------------------------


def test_only_the_one_who_was_nominated_says_yes(
    as_ann: Client, as_ben: Client, ann: User, ben: User, going_on: Election
) -> None:
    asked = nomination(going_on, ann, state=NominationState.PROPOSED, proposed_by=ben.person, statement="")
    assert "You were nominated Ben de Vries thinks of you." in read(as_ann, page(going_on))
    assert "nominated" not in read(as_ben, page(going_on))

    sent(as_ann, page(going_on, "stand"), **WORDS)

    asked.refresh_from_db()
    assert (asked.state, asked.statement) == (NominationState.ACCEPTED, "Ik wil meer groen.")
    assert asked.proposed_by == ben.person


def test_a_yes_still_counts_after_the_nominations_until_all_is_fixed(
    as_ann: Client, ann: User, ben: User, going_on: Election, now: time_machine.Traveller
) -> None:
    asked = nomination(going_on, ann, state=NominationState.PROPOSED, proposed_by=ben.person)
    now.move_to(going_on.nominations_until)

    sent(as_ann, page(going_on, "stand"), **WORDS)

    asked.refresh_from_db()
    assert asked.state == NominationState.ACCEPTED


def test_a_no_is_told_to_nobody(
    as_ann: Client, as_ben: Client, ann: User, ben: User, going_on: Election
) -> None:
    asked = nomination(going_on, ann, state=NominationState.PROPOSED, proposed_by=ben.person)
    assert "Nobody is told that you were asked." in read(as_ann, page(going_on, "candidature_withdraw"))

    sent(as_ann, page(going_on, "candidature_withdraw"))

    asked.refresh_from_db()
    assert asked.state == NominationState.WITHDRAWN
    assert "Ann" not in read(as_ben, page(going_on))


def test_withdrawn_twice_is_withdrawn_once(as_ann: Client, ann: User, going_on: Election) -> None:
    nomination(going_on, ann)

    assert "You are no candidate." in sent(as_ann, page(going_on, "candidature_withdraw"))
    assert "Who stands for the board?" in sent(as_ann, page(going_on, "candidature_withdraw"))


def test_words_are_changed_until_the_candidates_are_fixed(
    as_ann: Client, ann: User, going_on: Election, now: time_machine.Traveller
) -> None:
    stands = nomination(going_on, ann)
    sent(as_ann, page(going_on, "candidature_words"), **WORDS)
    stands.refresh_from_db()
    assert stands.statement == "Ik wil meer groen."

    now.move_to(going_on.freezes_at)
    refused = sent(as_ann, page(going_on, "candidature_words"), statement="Te laat.", has_no_interests="on")

    assert "This is not possible now." in refused
    stands.refresh_from_db()
    assert stands.statement == "Ik wil meer groen."


def test_nobody_changes_the_words_of_somebody_else(as_ben: Client, ann: User, going_on: Election) -> None:
    stands = nomination(going_on, ann)

    assert as_ben.post(page(going_on, "candidature_words"), WORDS).status_code == 404
    as_ben.post(page(going_on, "candidature_withdraw"))

    stands.refresh_from_db()
    assert (stands.statement, stands.state) == ("Ik wil dat iedereen mee kan doen.", NominationState.ACCEPTED)
