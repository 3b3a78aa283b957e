"""The page of the roll: what everybody sees of it, one's own entry and its proof, objections, proxies."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from neighbourhoods.models import BallotBox, Election, Neighbourhood, Proxy, Roll, RollEntry, RollObjection
from neighbourhoods.operations.rolls import build_roll, decide_objection, freeze_roll
from neighbourhoods.roll_proofs import verify_roll_proof
from neighbourhoods.states import BoxState, ElectionState, ObjectionState
from people.models import Role, User
from tests.factories import democracy
from tests.factories.democracy import VOTING
from tests.factories.people import mandate, person
from tests.factories.residency import SYSTEM, TODAY, resident
from tests.neighbourhoods.vote_pages.scene import acting, carried, people, signed_in, url, words

TEXT = "I moved to the Molenweg in March."


@pytest.fixture
def election(molenwijk: Neighbourhood, ann: User, cas: User) -> Election:
    """Nominations run and the roll was built: Ann lives here; Cas has a residency that does not touch the day."""
    resident(ann, molenwijk)
    made = democracy.election(molenwijk)
    roll = build_roll(
        neighbourhood=molenwijk, policy=made.policy, reference_on=TODAY, actor=SYSTEM, at=VOTING
    )
    Election.objects.filter(pk=made.pk).update(roll=roll)
    made.refresh_from_db()
    return made


@pytest.fixture
def with_proxies(molenwijk: Neighbourhood, ann: User, ben: User) -> BallotBox:
    """An open vote in which somebody may vote for two others."""
    rules = democracy.policy(molenwijk, method="YES_NO", max_proxies=2)
    return democracy.box(molenwijk, [ann, ben], of=rules)


def roll_url(election: Election, rest: str = "roll/") -> str:
    return f"/en/vote/elections/{election.ref}/{rest}"


def object_to(login: User, election: Election, text: str = TEXT) -> Any:
    client = signed_in(login)
    form = carried(client.get(roll_url(election, "roll/objection/")))
    return client.post(roll_url(election, "roll/objection/"), {**form, "text": text})


# --- Looking it up ----------------------------------------------------------------------------------------------------


def test_ann_reads_that_she_is_on_the_roll_and_cas_why_he_is_not(
    election: Election, ann: User, cas: User
) -> None:
    hers, his = (words(signed_in(who).get(roll_url(election))) for who in (ann, cas))

    assert "You are on the roll" in hers
    assert "You meet every condition." in hers
    assert "You are not on the roll" in his
    assert "1 resident for now" in his
    assert "Lives in the neighbourhood" in his
    assert "Ann" not in his


def test_a_stranger_sees_the_size_and_the_root_and_no_entry(
    molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    box = democracy.box(molenwijk, [ann, ben])

    page = words(Client().get(url(box, "roll/")))

    assert "2 residents" in page
    assert democracy.ROOT in page
    assert "Sign in to look whether you are on the roll" in page
    assert "Ann" not in page


@pytest.mark.parametrize("entries", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_roll(
    molenwijk: Neighbourhood, ann: User, entries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    box = democracy.box(molenwijk, [ann, *people(entries - 1)])
    client = signed_in(ann)
    client.get(url(box, "roll/"))

    with django_assert_num_queries(12):
        client.get(url(box, "roll/"))


def test_before_nominations_there_is_no_roll_and_the_page_says_when(
    molenwijk: Neighbourhood, ann: User
) -> None:
    announced = democracy.election(molenwijk, state=ElectionState.ANNOUNCED)

    assert "There is no roll yet" in words(signed_in(ann).get(roll_url(announced)))
    assert signed_in(ann).get(roll_url(announced, "roll/objection/")).status_code == 404


@pytest.mark.parametrize("state", [ElectionState.DRAFT, ElectionState.CANCELLED])
def test_a_draft_is_nobodys_business_also_not_after_it_is_thrown_away(
    molenwijk: Neighbourhood, ann: User, state: str
) -> None:
    draft = democracy.election(molenwijk, state=state)

    assert signed_in(ann).get(roll_url(draft)).status_code == 404


# --- The proof --------------------------------------------------------------------------------------------------------


def test_ann_downloads_a_proof_that_holds_and_cas_gets_none(election: Election, ann: User, cas: User) -> None:
    assert election.roll is not None
    assert signed_in(ann).get(roll_url(election, "roll.json")).status_code == 404  # it can still change
    freeze_roll(roll=election.roll, actor=SYSTEM, at=VOTING)
    root = Roll.objects.get(pk=election.roll.pk).root

    answer = signed_in(ann).get(roll_url(election, "roll.json"))
    proof = json.loads(answer.content)

    assert verify_roll_proof(proof)
    assert proof["root"] == root
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert signed_in(cas).get(roll_url(election, "roll.json")).status_code == 404
    assert Client().get(roll_url(election, "roll.json")).status_code == 302


# --- An objection -----------------------------------------------------------------------------------------------------


def test_cas_objects_and_reads_the_answer(election: Election, cas: User, molenwijk: Neighbourhood) -> None:
    object_to(cas, election)
    waiting = words(signed_in(cas).get(roll_url(election)))
    olga = person("Olga")
    mandate(person=olga, principal=molenwijk.party, role=Role.POLLING)
    decide_objection(
        objection=RollObjection.objects.get(),
        upheld=True,
        answer="You do live here.",
        actor=acting(olga),
        at=VOTING,
    )

    decided = words(signed_in(cas).get(roll_url(election)))

    assert "Your objection waits for an answer" in waiting
    assert TEXT in waiting
    assert "You are on the roll" in decided
    assert "You were right: your entry was changed" in decided
    assert "You do live here." in decided


def test_an_objection_that_is_sent_twice_is_filed_once_and_can_be_withdrawn(
    election: Election, cas: User
) -> None:
    client = signed_in(cas)
    form = {**carried(client.get(roll_url(election, "roll/objection/"))), "text": TEXT}
    for _time in range(2):
        client.post(roll_url(election, "roll/objection/"), form)
    assert RollObjection.objects.count() == 1

    client.post(roll_url(election, "roll/objection/"), {"step": "withdraw"})

    assert RollObjection.objects.get().state == ObjectionState.WITHDRAWN
    assert "You withdrew your objection" in words(client.get(roll_url(election)))


def test_nobody_reads_the_objection_of_another(election: Election, ann: User, cas: User) -> None:
    object_to(cas, election)

    assert TEXT not in words(signed_in(ann).get(roll_url(election)))
    assert TEXT not in words(Client().get(roll_url(election)))


def test_once_the_roll_is_fixed_an_objection_is_refused_and_what_was_written_is_kept(
    election: Election, cas: User
) -> None:
    assert election.roll is not None
    client = signed_in(cas)
    form = {**carried(client.get(roll_url(election, "roll/objection/"))), "text": TEXT}
    freeze_roll(roll=election.roll, actor=SYSTEM, at=VOTING)

    late = client.post(roll_url(election, "roll/objection/"), form)

    assert "Objections are no longer possible" in words(late)
    assert TEXT in words(late)
    assert "Object to my entry" not in words(client.get(roll_url(election)))


def test_an_objection_without_words_is_asked_for_them(election: Election, cas: User) -> None:
    assert "Write what is wrong, in your own words." in words(object_to(cas, election, ""))


# --- Proxies ----------------------------------------------------------------------------------------------------------


def give(login: User, box: BallotBox, address: str) -> Any:
    return signed_in(login).post(url(box, "proxy/"), {"holder": address})


def test_ann_lets_ben_vote_for_her_and_takes_it_back(with_proxies: BallotBox, ann: User, ben: User) -> None:
    give(ann, with_proxies, ben.email.upper())
    assert "You asked Ben de Vries to vote for you." in words(signed_in(ann).get(url(with_proxies, "roll/")))
    assert "Ann de Vries asked you to vote for them." in words(signed_in(ben).get(url(with_proxies, "roll/")))

    signed_in(ann).post(url(with_proxies, "proxy/"), {"step": "take_back"})

    assert Proxy.objects.count() == 0
    assert "Let somebody vote for me" in words(signed_in(ann).get(url(with_proxies, "roll/")))


def test_an_unknown_address_and_one_of_a_stranger_get_the_same_answer(
    with_proxies: BallotBox, ann: User, cas: User
) -> None:
    stranger, unknown = give(ann, with_proxies, cas.email), give(ann, with_proxies, "nobody@example.org")

    said = "This person is not entitled to vote in this, so they cannot vote for you."
    assert said in words(stranger)
    assert said in words(unknown)
    assert 'value="nobody@example.org"' in unknown.content.decode()


def test_nobody_goes_through_many_addresses(with_proxies: BallotBox, ann: User, ben: User) -> None:
    for place in range(10):
        give(ann, with_proxies, f"somebody{place}@example.org")

    assert "You tried many addresses today." in words(give(ann, with_proxies, ben.email))
    assert Proxy.objects.count() == 0


def test_where_the_rules_know_no_proxies_there_is_no_such_page(molenwijk: Neighbourhood, ann: User) -> None:
    box = democracy.box(molenwijk, [ann])

    assert signed_in(ann).get(url(box, "proxy/")).status_code == 404
    assert "Voting for each other" not in words(signed_in(ann).get(url(box, "roll/")))


def test_who_voted_gives_no_proxy_any_more(with_proxies: BallotBox, ann: User, ben: User) -> None:
    RollEntry.objects.filter(roll=with_proxies.roll, person=ann.person).update(channel="ONLINE")

    assert "Let somebody vote for me" not in words(signed_in(ann).get(url(with_proxies, "roll/")))
    assert "You have already voted." in words(give(ann, with_proxies, ben.email))


def test_after_voting_the_roll_says_nothing_of_proxies(with_proxies: BallotBox, ann: User) -> None:
    BallotBox.objects.filter(pk=with_proxies.pk).update(state=BoxState.CLOSED)

    assert "Voting for each other" not in words(signed_in(ann).get(url(with_proxies, "roll/")))
