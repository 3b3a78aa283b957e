"""Names behind addresses cannot be collected: so many looks and no more, whoever they come from."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from ledger.address import new_address
from ledger.models import Account
from people.models import Party
from tests.factories.people import person
from tests.factories.wallet import Place, fund, open_for
from tests.wallet.pay.scene import LATER, page_of, pay, signed_in, words
from wallet.operations.lookups import NobodyThere, TooManyLookups, look_up


@pytest.fixture
def market(there: Place) -> list[Account]:
    """Twenty-five whom Ann never paid."""
    return [open_for(there.neighbourhood, person(f"Stall {one}").person) for one in range(25)]


def looks(there: Place, address: str, minutes: float = 0, by: str = "ann_login") -> Account:
    person = getattr(there, by).person
    return look_up(address=address, person=person, at=LATER + timedelta(minutes=minutes), mine=there.ann)


def test_twenty_new_ones_in_ten_minutes_and_no_more_and_later_again(
    there: Place, market: list[Account]
) -> None:
    for one in market[:20]:
        assert looks(there, one.address) == one

    with pytest.raises(TooManyLookups):
        looks(there, market[20].address)
    assert looks(there, market[0].address) == market[0]
    with pytest.raises(TooManyLookups):
        looks(there, market[20].address, minutes=9.9)
    assert looks(there, market[20].address, minutes=10) == market[20]


def test_what_is_not_found_counts_double_also_when_asked_twice(there: Place, market: list[Account]) -> None:
    guessed = new_address()
    for _look in range(10):
        with pytest.raises(NobodyThere):
            looks(there, guessed)

    with pytest.raises(TooManyLookups):
        looks(there, market[0].address)


def test_a_hundred_in_a_day_and_no_more(there: Place) -> None:
    for number in range(50):
        with pytest.raises(NobodyThere):
            looks(there, new_address(), minutes=11 * number)

    with pytest.raises(TooManyLookups):
        looks(there, new_address(), minutes=11 * 50)
    with pytest.raises(NobodyThere):
        looks(there, new_address(), minutes=24 * 60 + 1)


def test_whom_somebody_knows_is_always_found(there: Place, market: list[Account]) -> None:
    ann = signed_in(there.ann_login)
    pay(ann, there.ann, there.shop, "1.00")
    for one in market[:19]:
        looks(there, one.address)

    refused = ann.get(page_of(there.ann), {"to": market[20].address})
    known = ann.get(page_of(there.ann), {"to": there.shop.address})

    assert refused.status_code == 429
    assert "You looked up many addresses." in words(refused)
    assert "Stall" not in words(refused)
    assert "Shop Molenwijk" in words(known)


def test_who_paid_ann_is_known_to_her(there: Place) -> None:
    fund(there, there.ben, 3_00)
    pay(signed_in(there.ben_login), there.ben, there.ann, "1.00")
    for _look in range(10):
        with pytest.raises(NobodyThere):
            looks(there, new_address())

    page = signed_in(there.ann_login).get(page_of(there.ann), {"to": there.ben.address})

    assert "Ben V." in words(page)


def test_links_and_typed_addresses_count_together(there: Place) -> None:
    ann = signed_in(there.ann_login)
    for _look in range(10):
        assert ann.get(f"/en/pay/to/{new_address()}/").status_code == 404

    assert ann.get(f"/en/pay/to/{new_address()}/").status_code == 429
    assert ann.get(page_of(there.ann), {"to": there.shop.address}).status_code == 429


def test_asking_is_no_way_around_it(there: Place) -> None:
    ann = signed_in(there.ann_login)
    for _look in range(10):
        ann.get(f"/en/pay/to/{new_address()}/")

    answer = ann.get(f"/en/wallet/{there.ann.address}/requests/ask/", {"to": there.shop.address})

    assert answer.status_code == 429


def test_a_mistyped_address_is_a_sentence_and_costs_nothing(there: Place) -> None:
    ann = signed_in(there.ann_login)
    for _look in range(30):
        page = ann.get(page_of(there.ann), {"to": "7KQ4 M2PX 9DTZ"})

    assert page.status_code == 200
    assert "This address is not right." in words(page)


def test_a_second_login_of_the_same_person_counts_along(there: Place, market: list[Account]) -> None:
    second = person("Ann", email="ann.again@molenwijk.example")
    Party.objects.filter(pk=second.person.pk).update(same_person_as=there.ann_login.person)
    second.person.refresh_from_db()
    there.tom = second
    for one in market[:20]:
        looks(there, one.address)

    with pytest.raises(TooManyLookups):
        looks(there, market[20].address, by="tom")


def test_others_are_not_held_up(there: Place, market: list[Account]) -> None:
    for one in market[:20]:
        looks(there, one.address)

    assert looks(there, market[20].address, by="ben_login") == market[20]


def test_paying_somebody_by_a_forged_form_counts_too(there: Place) -> None:
    ann = signed_in(there.ann_login)
    with time_machine.travel(LATER, tick=False):
        answers = [
            ann.post(page_of(there.ann), {"step": "pay", "to": new_address(), "amount": "0.01"}).status_code
            for _look in range(11)
        ]

    assert answers == [200] * 10 + [429]
