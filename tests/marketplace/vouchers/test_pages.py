"""Vouchers on the screen: the buyer's code, the seller's desk, lists on paper. Others find nothing there."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from time_machine import TimeMachineFixture

from marketplace.codes import first_signs, in_groups, new_code
from marketplace.models import Voucher, VoucherUse
from marketplace.operations import vouchers
from marketplace.states import VoucherState
from people.models import User
from tests.factories.market import AT
from tests.factories.wallet import fund
from tests.flows.visitor import Visitor
from tests.marketplace.vouchers.conftest import DAY, Pool, a_pool

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(AT)


def desk_of(pool: Pool) -> str:
    return f"/en/market/vouchers/desk/{pool.there.shop.holder.uuid}/"


def test_a_buyer_sees_the_code_as_drawing_and_in_signs(pool: Pool) -> None:
    voucher = pool.buy()

    ann = Visitor(pool.there.ann_login).open("/en/market/vouchers/").follow("Tien keer zwemmen")

    assert in_groups(voucher.code) in ann.words
    assert "10 times of 10" in ann.words
    assert len(ann.page.find_all("nav", class_="crumbs")) == 1
    assert ann.page.find("svg", class_="qr") is not None


def test_the_account_leads_to_vouchers_and_saved_searches(pool: Pool) -> None:
    ann = Visitor(pool.there.ann_login).open("/en/account/").follow("See your orders")

    assert "Your vouchers" in ann.words
    assert ann.follow("Your vouchers").page.find("nav", class_="crumbs").find("a")["href"] == "/en/account/"  # type: ignore[union-attr,index]
    assert "Saved searches" in ann.open("/en/market/orders/").follow("Saved searches").words


def test_blocking_that_is_loaded_again_shows_the_voucher(pool: Pool) -> None:
    voucher = pool.buy()
    client = Client()
    client.force_login(pool.there.ann_login)

    answer = client.get(reverse("voucher_block", args=[voucher.code]))

    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("voucher", args=[voucher.code]))
    voucher.refresh_from_db()
    assert voucher.state == VoucherState.ISSUED


def test_the_desk_takes_some_turns_and_says_so(pool: Pool) -> None:
    voucher = pool.buy()

    desk = Visitor(pool.there.sjoerd).open(desk_of(pool))
    desk.press("Look at this voucher", code=in_groups(voucher.code).lower())
    assert "Ann" in desk.words
    desk.press("Take it", uses="3")

    assert "3 times" in desk.words
    assert "7 times of 10" in desk.words
    assert Voucher.objects.get().used == 3


def test_a_scanned_code_leads_who_sells_to_the_desk_and_others_nowhere(pool: Pool) -> None:
    url = reverse("voucher", args=[pool.buy().code])

    assert "Take it" in Visitor(pool.there.sjoerd).open(url).page.get_text()
    for login in (pool.there.ben_login, pool.there.bea):
        assert status(login, url) == 404


def status(login: User, url: str) -> int:
    client = Client()
    client.force_login(login)
    return client.get(url).status_code


def test_the_desk_belongs_to_who_sells_there(pool: Pool) -> None:
    party = pool.there.shop.holder.uuid
    for name in ("voucher_desk", "voucher_many", "voucher_list_print"):
        assert status(pool.there.ann_login, reverse(name, args=[party])) == 404
    assert status(pool.there.sjoerd, reverse("voucher_taken", args=[party, uuid4()])) == 404


def test_who_is_not_signed_in_is_asked_to(pool: Pool, client: Client) -> None:
    for url in (reverse("vouchers"), reverse("voucher", args=[pool.buy().code]), desk_of(pool)):
        assert client.get(url).status_code == 302


def test_a_wrong_code_gets_a_sentence_and_takes_nothing(pool: Pool) -> None:
    pool.buy()
    desk = Visitor(pool.there.sjoerd).open(desk_of(pool))

    desk.press("Look at this voucher", code=new_code())
    assert "We know no voucher for you with this code" in desk.words
    desk.open(desk_of(pool)).press("Look at this voucher", code="")

    assert "Type the code of the voucher" in desk.words
    assert VoucherUse.objects.count() == 0


@pytest.mark.parametrize(
    ("uses", "said"), [("0", "At least 1"), ("11", "10 times more"), ("x", "whole number")]
)
def test_a_wrong_number_keeps_the_page_and_says_why(pool: Pool, uses: str, said: str) -> None:
    desk = Visitor(pool.there.sjoerd).open(desk_of(pool) + f"?code={pool.buy().code}")

    desk.press("Take it", uses=uses)

    assert said in desk.words
    assert VoucherUse.objects.count() == 0


def test_a_page_sent_again_takes_nothing_more(pool: Pool) -> None:
    client = Client()
    client.force_login(pool.there.sjoerd)
    sent = {"key": str(uuid4()), "code": pool.buy().code, "uses": "2"}

    first = client.post(desk_of(pool), sent)
    second = client.post(desk_of(pool), sent)

    assert first.headers["Location"] == second.headers["Location"]
    assert Voucher.objects.get().used == 2


def test_a_list_from_paper_is_taken_line_by_line(pool: Pool) -> None:
    fund(pool.there.place, pool.there.ann, 100_00, "more")
    one, two, blocked = pool.buy(), pool.buy(), pool.buy()
    vouchers.block(voucher=blocked, actor=pool.buyer, at=pool.at)
    lines = f"{in_groups(one.code)}\n{two.code} 3\n{blocked.code}\n2222222222\n"

    desk = Visitor(pool.there.sjoerd).open(desk_of(pool) + "many/")
    desk.press("Take these vouchers", lines=lines)

    assert sorted(Voucher.objects.values_list("used", flat=True)) == [0, 1, 3]
    assert "blocked" in desk.words
    assert "We know no voucher for you with this code" in desk.words
    left = desk.page.find("textarea")
    assert left is not None
    assert left.get_text().split() == [blocked.code, "2222222222"]


def test_the_list_on_paper_holds_what_can_be_taken_and_no_more(pool: Pool) -> None:
    fund(pool.there.place, pool.there.ann, 100_00, "more")
    good, used, blocked = pool.buy(), pool.buy(), pool.buy()
    pool.take(used, 10)
    vouchers.block(voucher=blocked, actor=pool.buyer, at=pool.at)

    page = Visitor(pool.there.sjoerd).open(desk_of(pool) + "list/").words

    assert first_signs(good.code) in page
    assert first_signs(used.code) not in page
    assert first_signs(blocked.code) not in page


def test_a_lost_voucher_is_blocked_and_found_again(pool: Pool) -> None:
    voucher = pool.buy()
    ann = Visitor(pool.there.ann_login).open(reverse("voucher", args=[voucher.code]))

    ann.press("Lost it? Block it")
    assert "This voucher is blocked" in ann.words
    assert in_groups(voucher.code) not in ann.words
    ann.press("Let it be used again")

    assert Voucher.objects.get().state == VoucherState.ISSUED


def test_giving_back_is_asked_once_more_with_the_amount(pool: Pool) -> None:
    voucher = pool.buy()
    pool.take(voucher, 4)
    ann = Visitor(pool.there.ann_login).open(reverse("voucher", args=[voucher.code]))

    ann.follow("Give this voucher back").press("Give it back for 25.20")

    assert Voucher.objects.get().state == VoucherState.REFUNDED
    assert "You gave this voucher back" in ann.words


def test_what_cannot_be_given_back_does_not_offer_it(time_machine: TimeMachineFixture) -> None:
    pool = a_pool(refund="AT_END")
    voucher = pool.buy()
    ann = Visitor(pool.there.ann_login).open(reverse("voucher", args=[voucher.code]))

    assert "Give this voucher back" not in ann.words
    assert "Not before its last day" in ann.words


def test_after_its_last_day_no_code_is_shown(pool: Pool, time_machine: TimeMachineFixture) -> None:
    voucher = pool.buy()
    time_machine.move_to(pool.at + 31 * DAY)
    ann = Visitor(pool.there.ann_login)
    ann.client.force_login(pool.there.ann_login)

    page = ann.open(reverse("voucher", args=[voucher.code])).words

    assert "This voucher is no longer valid" in page
    assert in_groups(voucher.code) not in page


@pytest.mark.parametrize("number", [1, 3])
def test_lists_ask_the_same_for_one_as_for_three(
    pool: Pool, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fund(pool.there.place, pool.there.ann, 100_00, "more")
    for _voucher in range(number):
        pool.buy()
    ann, sjoerd = Client(), Client()
    ann.force_login(pool.there.ann_login)
    sjoerd.force_login(pool.there.sjoerd)

    with django_assert_num_queries(10):
        ann.get(reverse("vouchers"))
    with django_assert_num_queries(10):
        sjoerd.get(desk_of(pool) + "list/")
