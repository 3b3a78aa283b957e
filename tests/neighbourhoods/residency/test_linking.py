from __future__ import annotations

import pytest

from core.refusals import NotAllowed
from neighbourhoods.models import Neighbourhood, Residency
from neighbourhoods.operations.linking import link_at_desk, unlink_at_desk
from neighbourhoods.queries.residency import (
    neighbourhood_of,
    request_of,
    residency_of,
    residents_count,
)
from people.models import Party, User
from people.operations.links import link_same_person
from people.operations.privacy import erase_person
from tests.factories.people import actor, child
from tests.factories.residency import (
    DAY,
    NOON,
    SYSTEM,
    TODAY,
    ask,
    at_the_desk,
    place,
    resident,
    seated,
)


def address_of(residency: Residency) -> list[str]:
    residency.refresh_from_db()
    return [residency.street, residency.house_number, residency.postcode, residency.town, residency.code_hash]


def test_linking_takes_along_where_the_duplicate_lives_and_unlinking_gives_it_back(
    ann: User, clara: User, dijkstad: Party, molenwijk: Neighbourhood
) -> None:
    kim = child("Kim")
    lives = resident(kim, molenwijk)
    ask(ann, molenwijk)
    desk = at_the_desk(clara, dijkstad)

    link_at_desk(duplicate=kim, same_as=ann.person, reason="Same passport", actor=desk, at=NOON)
    lives.refresh_from_db()
    assert (lives.person_id, lives.state, residents_count(molenwijk)) == (ann.person_id, "ATTESTED", 1)
    assert request_of(ann.person) is None

    duplicate = Party.objects.get(pk=kim.pk)
    unlink_at_desk(duplicate=duplicate, reason="Twins", actor=desk, at=NOON)
    lives.refresh_from_db()
    assert (lives.person_id, lives.state) == (kim.pk, "ATTESTED")
    assert residency_of(ann.person) is None


def test_two_residencies_of_one_person_become_one_whoever_links(
    ann: User, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    kim = child("Kim")
    of_ann, of_kim = resident(ann, molenwijk), resident(kim, sluiskade)
    seat = seated(kim, sluiskade)

    link_same_person(duplicate=kim, same_as=ann.person, reason="One person", actor=SYSTEM, at=NOON)

    of_ann.refresh_from_db()
    of_kim.refresh_from_db()
    seat.refresh_from_db()
    assert [of_ann.state, of_kim.state, seat.until_on] == ["ATTESTED", "ENDED", TODAY]
    assert neighbourhood_of(Party.objects.get(pk=kim.pk)) == molenwijk


def test_a_clerk_links_only_people_of_her_own_municipality_and_never_herself(
    ann: User, ben: User, clara: User, dijkstad: Party, molenwijk: Neighbourhood, cas: User
) -> None:
    resident(ann, molenwijk)
    resident(clara, molenwijk)
    veenstad = cas.person.mandates.get().principal
    resident(ben, place("Veenwijk", of=veenstad))

    for duplicate in (ben.person, clara.person):
        with pytest.raises(NotAllowed):
            link_at_desk(
                duplicate=duplicate,
                same_as=ann.person,
                reason="So",
                actor=at_the_desk(clara, dijkstad),
                at=NOON,
            )

    assert Party.objects.filter(same_person_as__isnull=False).count() == 0


def test_whoever_is_erased_lives_nowhere_and_sits_on_no_board(ann: User, molenwijk: Neighbourhood) -> None:
    lives = resident(ann, molenwijk)
    seat = seated(ann, molenwijk)

    erase_person(person=ann.person, actor=actor(ann), at=NOON + DAY)

    lives.refresh_from_db()
    seat.refresh_from_db()
    assert (lives.state, address_of(lives)) == ("ENDED", ["", "", "", "", ""])
    assert (seat.until_on, residents_count(molenwijk)) == (TODAY + DAY, 0)
