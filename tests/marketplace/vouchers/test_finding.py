"""Codes, and finding a voucher by one: right ones at once, wrong ones a few times."""

from __future__ import annotations

from datetime import timedelta

import pytest

from marketplace.codes import CODE_LENGTH, in_groups, new_code, parse_code
from marketplace.models import Voucher
from marketplace.operations.vouchers import TooManyTries, UnknownVoucher, find
from marketplace.operations.vouchers.finding import MOST, WITHIN
from marketplace.permissions import NotYourTrade
from marketplace.queries.vouchers import good_for, vouchers_of
from people.models import Party
from tests.factories.market import admitted, supply
from tests.factories.people import actor, mandate, organisation, person
from tests.factories.residency import second_login
from tests.marketplace.vouchers.conftest import CARD, Pool

pytestmark = pytest.mark.django_db


def look(pool: Pool, code: str, seller: Party | None = None) -> Voucher:
    return find(code=code, seller=seller or pool.there.shop.holder, actor=pool.seller, at=pool.at)


def test_a_code_is_read_as_it_is_said(pool: Pool) -> None:
    code = pool.buy().code

    for typed in (code, in_groups(code), code.lower(), f" {code[:5]}-{code[5:]} "):
        assert look(pool, typed).code == code


def test_one_wrong_sign_is_no_code() -> None:
    code = new_code()
    other = next(sign for sign in "23456789" if sign != code[3])

    assert len(code) == CODE_LENGTH
    assert parse_code(code) == code
    assert parse_code(code[:3] + other + code[4:]) is None


def test_a_forged_code_and_that_of_another_seller_are_equally_unknown(pool: Pool) -> None:
    other = organisation("Zwembad")
    admitted(other, pool.there.neighbourhood)
    mandate(person=pool.there.sjoerd, principal=other)
    code = pool.buy().code

    with pytest.raises(UnknownVoucher) as of_another:
        look(pool, code, other)
    with pytest.raises(UnknownVoucher) as forged:
        look(pool, new_code(), other)

    assert str(of_another.value) == str(forged.value)


def test_going_through_codes_stops_also_under_a_second_login(pool: Pool) -> None:
    code = pool.buy().code
    for _try in range(MOST):
        with pytest.raises(UnknownVoucher):
            look(pool, "22222 22222")
    twin = second_login(pool.there.sjoerd)

    for who in (pool.seller, actor(twin)):
        with pytest.raises(TooManyTries):
            find(code=code, seller=pool.there.shop.holder, actor=who, at=pool.at)
    later = pool.at + WITHIN + timedelta(seconds=1)
    assert find(code=code, seller=pool.there.shop.holder, actor=pool.seller, at=later).code == code


def test_only_who_sells_there_looks(pool: Pool) -> None:
    with pytest.raises(NotYourTrade):
        find(
            code=pool.buy().code, seller=pool.there.shop.holder, actor=actor(pool.there.ben_login), at=pool.at
        )


def test_of_somebody_who_was_known_twice_vouchers_are_found_under_the_number_of_then(pool: Pool) -> None:
    there, dora = pool.there, person("Dora")
    lessons = supply(there, "Zwemles", 10_00, by=there.ben.holder, terms=CARD)
    voucher = Pool(there=there, offer=lessons).buy()
    for holder in (there.ann.holder, there.ben.holder):
        Party.objects.filter(pk=holder.pk).update(same_person_as=dora.person)

    found = find(code=voucher.code, seller=dora.person, actor=actor(dora), at=pool.at)

    assert found == voucher
    assert list(vouchers_of([dora.person.pk])) == [voucher]
    assert list(good_for(dora.person)) == [voucher]
