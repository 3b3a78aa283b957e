"""Values among what is open and decided, on the page of decisions and on the front page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core.actor import Actor
from neighbourhoods.counting import Method
from neighbourhoods.founding import add_decisions
from neighbourhoods.models import (
    Decider,
    DecisionsPage,
    HowWeDecidePage,
    Neighbourhood,
    Subject,
    ValueDecision,
    ValueDecisionPage,
    ValueVote,
)
from neighbourhoods.operations.policies import FIRST, set_policy
from neighbourhoods.states import ValueState
from people.models import User
from tests.factories import democracy as votes
from tests.factories import values
from tests.factories.democracy import AFTER, CLOSES, DAY, VOTING
from tests.factories.neighbourhoods import found, root_of
from tests.factories.people import person
from tests.factories.residency import resident

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


@pytest.fixture
def molenwijk() -> Neighbourhood:
    made = found("Molenwijk")
    add_decisions(made, actor=SYSTEM, at=votes.OPENS)
    return made


def listed(client: Client, of: Neighbourhood, language: str = "en", **query: str) -> Any:
    page = DecisionsPage.objects.descendant_of(root_of(of, language)).get()
    with time_machine.travel(VOTING, tick=False):
        return client.get(page.url, query).context


def voting(of: Neighbourhood, name: str, voters: list[User], **more: Any) -> ValueDecision:
    """The residents vote on it until CLOSES."""
    rules = values.value_policy(of)
    box = votes.box(
        of, voters, of=rules, method=Method.MEDIAN, options=[], low=6_00, high=12_00, step=50, present=8_00
    )
    made = values.value_decision(values.item(of, name), state=ValueState.VOTING, policy=rules, **more)
    ValueVote.objects.create(decision=made, number=1, decider=Decider.RESIDENTS, box=box)
    return made


OPEN: list[tuple[str, dict[str, Any], str]] = [
    (ValueState.ADMITTED, {"admitted_at": VOTING}, "It is on the agenda. Soon everybody can react."),
    (ValueState.CONSULTATION, {"consulted_until": VOTING + DAY}, "You can react until 22 November 2026, 12:00."),
    (
        ValueState.AWAITING_BOARD, {"board_until": VOTING + DAY},
        "The residents voted. The board answers until 22 November 2026, 12:00.",
    ),
    (ValueState.AWAITING_CONSENT, {"decided": 13_00}, "13.00 per hour. The municipality says whether it agrees."),
]  # fmt: skip


@pytest.mark.parametrize(("state", "more", "sentence"), OPEN)
def test_what_is_open_says_what_happens_now_and_until_when(
    client: Client, molenwijk: Neighbourhood, state: str, more: dict[str, Any], sentence: str
) -> None:
    made = values.value_decision(values.item(molenwijk), state=state, **more)

    [row] = listed(client, molenwijk)["open"]

    assert (row.title, row.meta) == ("Voorlezen op school: what is an hour worth?", sentence)
    assert row.url == f"/en/vote/values/{made.ref}/"


def test_a_vote_of_the_residents_and_one_of_the_board_are_told_apart(
    client: Client, molenwijk: Neighbourhood
) -> None:
    ann = person("Ann")
    voting(molenwijk, "Voorlezen", [ann])
    rules = values.value_policy(molenwijk, Decider.BOARD)
    by_board = values.value_decision(values.item(molenwijk, "Klussen"), state=ValueState.VOTING, policy=rules)
    box = votes.box(molenwijk, [ann], of=rules)
    ValueVote.objects.create(decision=by_board, number=1, decider=Decider.BOARD, box=box, amount=9_00)

    rows = {row.title.partition(":")[0]: row.meta for row in listed(client, molenwijk)["open"]}

    assert rows == {
        "Voorlezen": "You can vote until 26 November 2026, 21:00.", "Klussen": "The board votes, with names.",
    }  # fmt: skip


def test_what_was_proposed_stands_by_itself_and_a_draft_nowhere(
    client: Client, molenwijk: Neighbourhood
) -> None:
    values.value_decision(values.item(molenwijk, "Voorlezen"), at=VOTING)
    values.value_decision(values.item(molenwijk, "Geheim"), state=ValueState.DRAFT)

    found_there = listed(client, molenwijk)

    [row] = found_there["proposed"]
    assert (row.title, row.meta) == (
        "Voorlezen: what is an hour worth?",
        "9.00 per hour. You can support it until 20 January 2027, 12:00.",
    )
    assert (found_there["open"], found_there["decided"]) == ([], [])


def test_many_proposals_stand_on_an_address_of_their_own(client: Client, molenwijk: Neighbourhood) -> None:
    for number in range(14):
        values.value_decision(values.item(molenwijk, f"Klus {number}"))

    some, every = listed(client, molenwijk), listed(client, molenwijk, proposed="all")

    assert (len(some["proposed"]), some["has_more"]) == (12, True)
    assert (len(every["proposed"]), every["has_more"]) == (14, False)


DECIDED: list[tuple[str, dict[str, Any], str]] = [
    (
        ValueState.APPEAL,
        {},
        "9.00 per hour, from 1 January 2027. You can appeal until 10 December 2026, 22:00.",
    ),
    (ValueState.IN_FORCE, {}, "9.00 per hour, since 1 January 2027."),
    (ValueState.SUPERSEDED, {}, "9.00 per hour, from 1 January 2027 until a newer value."),
    (ValueState.IN_FORCE, {"is_ending": True, "decided": None}, "No value any more, since 1 January 2027."),
    (ValueState.ANNULLED, {}, "Annulled"),
    (ValueState.REJECTED, {"decided": None, "effective_on": None}, "Rejected"),
    (ValueState.NO_QUORUM, {"decided": None, "effective_on": None}, "Not enough votes"),
]


@pytest.mark.parametrize(("state", "more", "sentence"), DECIDED)
def test_what_was_decided_says_what_it_came_to(
    client: Client, molenwijk: Neighbourhood, state: str, more: dict[str, Any], sentence: str
) -> None:
    after = {
        "decided": 9_00, "decided_at": AFTER, "appeals_until": AFTER + 14 * DAY, "effective_on": date(2027, 1, 1),
    }  # fmt: skip
    values.value_decision(values.item(molenwijk), state=state, **{**after, **more})

    [row] = listed(client, molenwijk)["decided"]

    assert row.meta == sentence


LATE: list[tuple[dict[str, Any], str]] = [
    ({}, "9.00 per hour. Decided, but it does not hold yet."),
    (
        {"is_ending": True, "decided": None, "effective_on": VOTING.date()},
        "No value any more. Decided, but it does not hold yet.",
    ),
    ({"effective_on": VOTING.date() + DAY}, "9.00 per hour, from 22 November 2026."),
]


@pytest.mark.parametrize(("more", "sentence"), LATE)
def test_what_waits_after_the_time_to_appeal_is_not_told_as_if_it_held(
    client: Client, molenwijk: Neighbourhood, more: dict[str, Any], sentence: str
) -> None:
    values.value_decision(
        values.item(molenwijk), state=ValueState.APPEAL,
        **{"decided_at": VOTING - 15 * DAY, "appeals_until": VOTING - DAY, "effective_on": VOTING.date() - DAY, **more},
    )  # fmt: skip

    [row] = listed(client, molenwijk)["decided"]

    assert row.meta == sentence


def test_one_with_a_page_leads_there_in_the_language_of_the_list(
    client: Client, molenwijk: Neighbourhood
) -> None:
    made = voting(molenwijk, "Voorlezen", [person("Ann")])
    parent = DecisionsPage.objects.descendant_of(root_of(molenwijk)).get()
    page = parent.add_child(
        instance=ValueDecisionPage(decision=made, title="Hoeveel voor voorlezen?", slug="voorlezen")
    )

    [dutch], [english] = (listed(client, molenwijk, language)["open"] for language in ("nl", "en"))

    assert (dutch.title, dutch.url) == ("Hoeveel voor voorlezen?", page.url)
    assert english.url == f"/en/vote/values/{made.ref}/"


def test_nothing_of_another_neighbourhood_is_listed(client: Client, molenwijk: Neighbourhood) -> None:
    elsewhere = found("Sluiskade")
    for state, more, _sentence in OPEN[:1] + DECIDED[1:2]:
        values.value_decision(values.item(elsewhere, state), state=state, **more)
    values.value_decision(values.item(elsewhere, "Voorstel"))

    here = listed(client, molenwijk)

    assert [here[name] for name in ("open", "proposed", "decided")] == [[], [], []]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_however_many_values_there_are(
    client: Client, molenwijk: Neighbourhood, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(number):
        by = person(f"Ann{place}")
        voting(molenwijk, f"Nu {place}", [by], by=by)
        values.value_decision(values.item(molenwijk, f"Straks {place}"), by=by)
        values.value_decision(
            values.item(molenwijk, f"Toen {place}", of=values.category(f"soort-{place}")),
            by=by,
            state=ValueState.APPEAL,
        )
    listed(client, molenwijk)

    with django_assert_num_queries(LIST):
        listed(client, molenwijk)


class TestTheFrontPage:
    def test_a_resident_is_asked_for_their_price_with_what_it_is_worth_now(
        self, client: Client, molenwijk: Neighbourhood
    ) -> None:
        ann = person("Ann")
        resident(ann, molenwijk)
        box = voting(molenwijk, "Voorlezen", [ann]).votes.get().box
        client.force_login(ann)

        with time_machine.travel(VOTING, tick=False):
            asked = client.get(root_of(molenwijk, "en").url).context["ask"]

        assert (asked.question, asked.action) == ("Voorlezen: what is an hour worth?", "Name your price")
        assert asked.url == f"/en/vote/{box.ref}/"
        assert asked.facts[0] == ("Worth now", "8.00")

    def test_who_cannot_vote_is_shown_the_decision(self, client: Client, molenwijk: Neighbourhood) -> None:
        values.value_decision(
            values.item(molenwijk, "Klussen"), state=ValueState.CONSULTATION, consulted_until=CLOSES
        )
        made = voting(molenwijk, "Voorlezen", [person("Ann")])

        with time_machine.travel(VOTING, tick=False):
            told = client.get(root_of(molenwijk, "en").url).context["ask"]

        assert (told.action, told.url) == ("See the decision", f"/en/vote/values/{made.ref}/")

    def test_what_is_open_for_reactions_is_asked_about_when_nothing_is_voted_on(
        self, client: Client, molenwijk: Neighbourhood
    ) -> None:
        values.value_decision(
            values.item(molenwijk, "Klussen"), state=ValueState.CONSULTATION, consulted_until=CLOSES
        )

        with time_machine.travel(VOTING, tick=False):
            told = client.get(root_of(molenwijk, "en").url).context["ask"]

        assert told.action == "Read it, and say what you think"

    def test_a_proposal_without_support_is_not_asked_about(
        self, client: Client, molenwijk: Neighbourhood
    ) -> None:
        values.value_decision(values.item(molenwijk, "Klussen"))

        assert client.get(root_of(molenwijk, "en").url).context["ask"] is None


class TestHowValuesAreDecided:
    def read(self, client: Client, of: Neighbourhood) -> str:
        page = HowWeDecidePage.objects.descendant_of(root_of(of, "en")).get()
        return client.get(page.url).content.decode()

    @pytest.mark.parametrize(
        ("decider", "more", "said"),
        [
            (Decider.RESIDENTS, {}, "Everybody names an amount. The middle one wins."),
            (Decider.RESIDENTS, {}, "What 1 in 50 residents support within 60 days."),
            (Decider.RESIDENTS, {}, "First you have 14 days to react."),
            (Decider.RESIDENTS, {"support_needed": "0"}, "What one other resident supports."),
            (Decider.RESIDENTS, {}, "money in the pots for 3 months."),
            (Decider.RESIDENTS, {}, "A value holds for 90 days before it can be asked again"),
            (Decider.BOTH, {"margin": "1/20"}, "The board may go up or down by 1 in 20 of it at most."),
            (Decider.BOTH, {"margin": "0"}, "The board says yes or no. After a no the residents are asked once more."),
            (
                Decider.BOARD, {"method": "YES_NO", "secrecy": "RECORDED", "rules": FIRST[Subject.MOTION].rules},
                "With names. Everybody can see who voted what.",
            ),
        ],
    )  # fmt: skip
    def test_it_is_told_from_the_rules(
        self, client: Client, molenwijk: Neighbourhood, decider: str, more: dict[str, Any], said: str
    ) -> None:
        rules = replace(FIRST[Subject.VALUE], decider=decider, **more)
        set_policy(neighbourhood=molenwijk, subject=Subject.VALUE, values=rules, actor=SYSTEM, at=votes.OPENS)

        assert said in self.read(client, molenwijk)

    def test_rules_of_a_category_stand_after_those_for_all(
        self, client: Client, molenwijk: Neighbourhood
    ) -> None:
        set_policy(
            neighbourhood=molenwijk, subject=Subject.VALUE, values=FIRST[Subject.VALUE], actor=SYSTEM, at=votes.OPENS,
            category=values.category("een-soort"),
        )  # fmt: skip

        page = self.read(client, molenwijk)

        assert page.index('aria-labelledby="value"') < page.index('aria-labelledby="value-een-soort"')
        assert "What something is worth: Een-soort" in page


LIST = 42
