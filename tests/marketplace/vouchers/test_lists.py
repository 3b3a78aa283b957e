"""Lists of vouchers on paper: what stands on them takes nothing without the buyer, and nothing twice."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from marketplace.codes import first_signs, in_groups
from marketplace.models import Voucher
from marketplace.operations.vouchers.listed import use_many
from people.models import PersonDetails
from tests.factories.wallet import fund
from tests.marketplace.vouchers.conftest import Pool


def taken(pool: Pool, key: UUID, *lines: str) -> list[bool]:
    done = use_many(lines=lines, seller=pool.there.shop.holder, key=key, actor=pool.seller, at=pool.at)
    return [one.use is not None for one in done]


def used(voucher: Voucher) -> int:
    return Voucher.objects.get(pk=voucher.pk).used


def test_the_list_to_print_holds_half_of_each_code(pool: Pool) -> None:
    voucher = pool.buy()
    sjoerd = Client()
    sjoerd.force_login(pool.there.sjoerd)

    page = sjoerd.get(reverse("voucher_list_print", args=[pool.there.shop.holder.uuid])).content.decode()

    assert first_signs(voucher.code) in page
    assert pool.there.ann.holder.display_name in page
    assert voucher.code not in page
    assert voucher.code[5:] not in page


@pytest.mark.parametrize("again", ["same", "without_the_first", "turned_round", "written_otherwise"])
def test_a_list_that_is_sent_again_takes_nothing_twice(pool: Pool, again: str) -> None:
    fund(pool.there.place, pool.there.ann, 100_00, "more")
    one, two, key = pool.buy(), pool.buy(), uuid4()
    lines = ["2222222222", f"{one.code} 2", two.code]
    taken(pool, key, *lines)

    after = {
        "same": lines,
        "without_the_first": lines[1:],
        "turned_round": lines[::-1],
        "written_otherwise": [f"{in_groups(one.code).lower()} x 2", in_groups(two.code)],
    }[again]
    taken(pool, key, *after)

    assert (used(one), used(two)) == (2, 1)


def test_a_code_that_stands_there_twice_is_taken_twice(pool: Pool) -> None:
    voucher, key = pool.buy(), uuid4()

    assert taken(pool, key, voucher.code, in_groups(voucher.code)) == [True, True]
    taken(pool, key, voucher.code, in_groups(voucher.code))

    assert used(voucher) == 2


def test_the_buyer_hears_of_each_turn(pool: Pool) -> None:
    PersonDetails.objects.filter(party=pool.there.ann.holder).update(language="en")
    voucher, key = pool.buy(), uuid4()
    mail.outbox.clear()

    pool.take(voucher, key=key)
    pool.take(voucher, key=key)  # the same form again is the same turn

    assert [letter.to for letter in mail.outbox] == [[pool.there.ann_login.email]]
    assert "was just used" in mail.outbox[0].body
    assert voucher.code not in mail.outbox[0].body
