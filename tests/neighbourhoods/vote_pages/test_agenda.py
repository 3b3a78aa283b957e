"""What is open for me."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from neighbourhoods.models import Neighbourhood, Proxy, RollEntry
from people.models import User
from tests.factories import democracy
from tests.factories.democracy import election_in_voting
from tests.factories.people import person
from tests.factories.residency import resident
from tests.neighbourhoods.vote_pages.scene import cast_from, fill_in, people, signed_in, url, words

VOTES = "/en/vote/"


def test_ann_sees_the_vote_that_is_open_for_her_until_she_voted(molenwijk: Neighbourhood, ann: User) -> None:
    box = election_in_voting(molenwijk, [person("Dirk"), person("Esra")], [ann]).box
    assert box is not None
    client = signed_in(ann)

    before = client.get(VOTES)
    cast_from(client, fill_in(client, box, option_0="1"), box)
    after = words(client.get(VOTES))

    assert "1 thing is open for you" in words(before)
    assert url(box) in before.content.decode()
    assert "Nothing is open for you now" in after
    assert "You have voted Bestuursverkiezing 2026" in after


def test_cas_who_lives_elsewhere_sees_nothing_of_it(molenwijk: Neighbourhood, ann: User, cas: User) -> None:
    election_in_voting(molenwijk, [person("Dirk"), person("Esra")], [ann])

    page = words(signed_in(cas).get(VOTES))

    assert "Nothing is open for you now" in page
    assert "Bestuursverkiezing" not in page
    assert "Enrol in your neighbourhood" in page


def test_a_proxy_is_one_more_thing_to_do(molenwijk: Neighbourhood, ann: User, ben: User) -> None:
    box = democracy.box(molenwijk, [ann, ben])
    Proxy.objects.create(entry=RollEntry.objects.get(roll=box.roll, person=ben.person), holder=ann.person)

    page = signed_in(ann).get(VOTES)

    assert "Vote for Ben de Vries, by proxy" in words(page)
    assert f"?for={ben.person.uuid}" in page.content.decode()


def test_a_resident_can_stand_while_nominations_run(molenwijk: Neighbourhood, ann: User) -> None:
    resident(ann, molenwijk)
    election = democracy.election(molenwijk)

    page = signed_in(ann).get(VOTES)

    assert "Stand, or put somebody forward" in words(page)
    assert f"/en/vote/elections/{election.ref}/" in page.content.decode()


def test_who_is_not_signed_in_signs_in_first() -> None:
    assert Client().get(VOTES).status_code == 302


@pytest.mark.parametrize("open_votes", [1, 3])
def test_the_number_of_queries_does_not_grow_with_what_is_open(
    molenwijk: Neighbourhood,
    ann: User,
    ben: User,
    open_votes: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    resident(ann, molenwijk)
    for place in range(open_votes):
        box = election_in_voting(molenwijk, people(0), [ann, ben], title=f"Verkiezing {place}").box
        assert box is not None
        Proxy.objects.create(entry=RollEntry.objects.get(roll=box.roll, person=ben.person), holder=ann.person)
    for _place in range(open_votes):
        done = democracy.box(molenwijk, [ann])
        RollEntry.objects.filter(roll=done.roll).update(channel="ONLINE")
    client = signed_in(ann)
    client.get(VOTES)

    with django_assert_num_queries(18):
        client.get(VOTES)
