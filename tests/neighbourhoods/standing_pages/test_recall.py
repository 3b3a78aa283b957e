from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from neighbourhoods.models import Election, Neighbourhood, Proposal, Subject, Support
from neighbourhoods.states import ElectionState, ProposalState
from people.models import User
from tests.factories.democracy import election, policy
from tests.factories.residency import seated
from tests.neighbourhoods.polling_pages.pages import read, sent
from tests.neighbourhoods.standing_pages.conftest import browser

KEY = "6c8c7a52-0a4e-4c39-8a0e-2a5b7e0f0006"
CALL: dict[str, Any] = {"key": KEY, "title": "Een nieuw bestuur", "text": "Er is een jaar niet vergaderd."}


@pytest.fixture
def governed(molenwijk: Neighbourhood, cas: User) -> Neighbourhood:
    """Cas is the board; two thirds of the residents can call for another one."""
    for subject in (Subject.ELECTION, Subject.CONFIRMATION):
        policy(molenwijk, subject)
    policy(molenwijk, Subject.RECALL, support_needed="2/3")
    seated(cas, molenwijk)
    return molenwijk


def page(name: str = "recall") -> str:
    return reverse(name, args=["molenwijk"])


def test_everybody_reads_how_a_new_election_is_called_for(
    client: Client, governed: Neighbourhood, ann: User, ben: User, now: object
) -> None:
    words = read(client, page())

    assert "2 residents support it" in words
    assert "Within 60 days." in words


def test_ann_calls_ben_supports_and_there_is_an_election(
    as_ann: Client, as_ben: Client, governed: Neighbourhood
) -> None:
    called = sent(as_ann, page("recall_start"), **CALL)
    assert "Ann de Vries asks for a new election of the board of Molenwijk." in called
    assert "1 of the 2 that are needed" in called

    done = sent(as_ben, page("recall_support"))

    assert Proposal.objects.get().state == ProposalState.CALLED
    assert Election.objects.get().state == ElectionState.ANNOUNCED
    assert "There will be an election already" in done


def test_sent_twice_there_is_one_call(as_ann: Client, governed: Neighbourhood, ben: User) -> None:
    sent(as_ann, page("recall_start"), **CALL)
    sent(as_ann, page("recall_start"), **CALL)

    assert (Proposal.objects.count(), Support.objects.count()) == (1, 1)


def test_support_is_taken_back_and_nobody_else_sees_it(
    as_ann: Client, as_ben: Client, governed: Neighbourhood
) -> None:
    sent(as_ann, page("recall_start"), **CALL)
    assert "I do not support it any more" in read(as_ann, page())
    assert "I do not support it any more" not in read(as_ben, page())

    assert "0 of the 2 that are needed" in sent(as_ann, page("recall_take_back"))
    assert not Support.objects.exists()


def test_nobody_supports_twice(as_ann: Client, governed: Neighbourhood, ben: User) -> None:
    sent(as_ann, page("recall_start"), **CALL)

    again = sent(as_ann, page("recall_support"))

    assert "You already support this." in again
    assert Support.objects.count() == 1


def test_only_who_began_it_takes_the_call_back(
    as_ann: Client, as_ben: Client, governed: Neighbourhood
) -> None:
    sent(as_ann, page("recall_start"), **CALL)
    assert "Take my call back" not in read(as_ben, page())

    assert "Only the person who began this call can take it back." in sent(as_ben, page("recall_withdraw"))
    assert Proposal.objects.get().state == ProposalState.PROPOSED
    sent(as_ann, page("recall_withdraw"))

    assert Proposal.objects.get().state == ProposalState.WITHDRAWN


def test_who_lives_elsewhere_cannot_call_or_support(
    as_dora: Client, as_ann: Client, governed: Neighbourhood, ben: User
) -> None:
    refused = sent(as_dora, page("recall_start"), **CALL)
    assert "Only people who live in Molenwijk can do this." in refused

    sent(as_ann, page("recall_start"), **{**CALL, "key": KEY.replace("6c8c", "7d9d")})
    assert "Only people who live here can support it." in read(as_dora, page())
    assert "Only people who live in Molenwijk can do this." in sent(as_dora, page("recall_support"))
    assert Support.objects.count() == 1


def test_without_a_board_there_is_nothing_to_call_for(
    client: Client, molenwijk: Neighbourhood, now: object
) -> None:
    policy(molenwijk, Subject.RECALL, support_needed="1/5")

    assert "There is no board now" in read(client, page())


def test_with_an_election_coming_the_page_says_so(
    client: Client, as_ann: Client, governed: Neighbourhood
) -> None:
    election(governed, state=ElectionState.ANNOUNCED)

    assert "There will be an election already" in read(client, page())
    assert "An election has already been announced." in sent(as_ann, page("recall_start"), **CALL)


def test_while_it_is_not_written_down_the_page_says_who_writes_it(
    client: Client, molenwijk: Neighbourhood, cas: User, now: object
) -> None:
    seated(cas, molenwijk)

    assert "The municipality still has to say" in read(client, page())


def test_who_is_not_signed_in_changes_nothing(
    client: Client, as_ann: Client, governed: Neighbourhood, ben: User
) -> None:
    sent(as_ann, page("recall_start"), **CALL)

    for name in ("recall_start", "recall_support", "recall_take_back", "recall_withdraw"):
        response = client.post(page(name), CALL)
        assert (response.status_code, reverse("account_login") in response.headers["Location"]) == (302, True)
    assert Support.objects.count() == 1


def test_a_call_that_is_over_leads_back_to_the_page(governed: Neighbourhood, ann: User, now: object) -> None:
    response = browser(ann).post(page("recall_support"))

    assert (response.status_code, response.headers["Location"]) == (302, page())
