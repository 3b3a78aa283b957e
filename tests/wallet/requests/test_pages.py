"""The pages of payment requests: asking, the two lists, and answering."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from core import clock
from ledger.operations import set_limit
from people.models import Role
from tests.factories.people import mandate, person
from tests.factories.wallet import AT, SYSTEM, Place, fund, open_for
from tests.wallet.pay.scene import acting, payments, signed_in, words
from tests.wallet.requests.test_requests import END, asked, code_at
from wallet.models import PaymentRequest


def list_of(address: str) -> str:
    return f"/en/wallet/{address}/requests/"


def page_of(request: PaymentRequest) -> str:
    return f"/en/pay/request/{request.uuid}/"


def asking(there: Place, **changed: Any) -> Any:
    """Ben fills in the form, as the page gave it to him."""
    ben = signed_in(there.ben_login)
    path = f"{list_of(there.ben.address)}ask/"
    page = ben.get(path, {"to": there.ann.address}).content.decode()
    found = re.search(r'name="form_id" value="([^"]+)"', page)
    assert found is not None
    form = {
        "form_id": found.group(1),
        "to": there.ann.address,
        "amount": "4",
        "text": "Soup",
        "until": "2026-12-06",
    }
    return ben.post(path, {**form, **changed})


def test_ben_asks_ann_who_sees_it_and_pays(there: Place) -> None:
    answer = asking(there)

    assert answer["Location"] == f"{list_of(there.ben.address)}?show=ours"
    request = PaymentRequest.objects.get()
    assert (request.amount, clock.day_of(request.expires_at - timedelta(seconds=1)).isoformat()) == (
        4_00, "2026-12-06",
    )  # fmt: skip
    ann = signed_in(there.ann_login)
    listed = words(ann.get(list_of(there.ann.address)))
    for said in ("Ben V.", "Soup", "4.00", "can be paid until 6 December 2026", "Look and pay"):
        assert said in listed
    shown = words(ann.get(page_of(request)))
    for said in ("Do you want to pay this?", "Ben V.", "Pay 4.00", "You keep 6.00", "Refuse"):
        assert said in shown

    paid = ann.post(page_of(request), {"step": "pay"})

    assert "Paid" in words(ann.get(paid["Location"]))
    assert payments(there) == [(there.ann.pk, there.ben.pk, 4_00)]
    assert "Paid" in words(signed_in(there.ben_login).get(f"{list_of(there.ben.address)}?show=ours"))


def test_the_form_of_asking_that_is_sent_twice_asks_once(there: Place) -> None:
    form_id = "7d444840-9dc0-11d1-b245-5ffdce74fad2"

    first, second = asking(there, form_id=form_id), asking(there, form_id=form_id)

    assert (first.status_code, second.status_code) == (302, 302)
    assert PaymentRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"amount": "-4"}, "without a minus sign"),
        ({"amount": "NaN"}, "Enter an amount, for example 4.00."),
        ({"until": "2026-11-21"}, "Choose a day from today on, within a year."),
        ({"until": "2031-01-01"}, "Choose a day from today on, within a year."),
        ({"until": "9999-12-31"}, "Choose a day from today on, within a year."),
        ({"until": "0001-01-01"}, "Choose a day from today on, within a year."),
        ({"until": "soon"}, "Enter a date, for example 21-11-2026."),
        ({"form_id": "x"}, "This form is out of date. Open the page again."),
        ({"text": "x" * 141}, "This is too long."),
        ({"to": "W72J7Y5BCVHN"}, "We know nobody with this address"),
    ],
)
def test_what_is_wrong_is_a_sentence_and_asks_nothing(
    there: Place, changed: dict[str, str], said: str
) -> None:
    page = asking(there, **changed)

    assert said in words(page)
    assert not PaymentRequest.objects.exists()


def test_sent_again_after_paying_it_shows_the_receipt_and_that_it_was_paid_already(there: Place) -> None:
    request, ann = asked(there), signed_in(there.ann_login)

    first, second = (ann.post(page_of(request), {"step": "pay"}) for _time in range(2))

    assert first["Location"] == second["Location"]
    assert "This was paid already." in words(ann.get(second["Location"]))
    assert ann.get(page_of(request))["Location"] == first["Location"]
    assert len(payments(there)) == 1


def test_refusing_asks_once_more_and_pays_nothing(there: Place) -> None:
    request, ann = asked(there), signed_in(there.ann_login)

    sure = ann.get(f"{page_of(request)}decline/")
    assert "Do you refuse to pay this?" in words(sure)
    assert PaymentRequest.objects.get().state == "OPEN"
    answer = ann.post(f"{page_of(request)}decline/", follow=True)

    assert "You refused. Nothing was paid." in words(answer)
    assert PaymentRequest.objects.get().state == "DECLINED"
    assert "can no longer be paid" in words(ann.get(page_of(request)))
    assert "can no longer be paid" in words(ann.post(page_of(request), {"step": "pay"}))
    assert payments(there) == []


def test_taking_back_asks_once_more(there: Place) -> None:
    request, ben = asked(there), signed_in(there.ben_login)
    path = f"{list_of(there.ben.address)}{request.uuid}/cancel/"

    assert "Do you take this back?" in words(ben.get(path))
    assert "Taken back." in words(ben.post(path, follow=True))
    assert "already been dealt with" in words(ben.post(path, follow=True))
    assert PaymentRequest.objects.get().state == "CANCELLED"


def test_a_second_too_late_the_page_says_so_and_pays_nothing(there: Place) -> None:
    request, ann = asked(there), signed_in(there.ann_login)

    with time_machine.travel(END, tick=False):
        ann = signed_in(there.ann_login)
        assert "can no longer be paid" in words(ann.post(page_of(request), {"step": "pay"}))
        assert "Expired" in words(ann.get(list_of(there.ann.address)))

    assert payments(there) == []


def test_nobody_else_sees_a_request(there: Place) -> None:
    request = asked(there)

    for login in (there.cas_login, there.sjoerd, there.fenna, there.tom):
        stranger = signed_in(login)
        assert stranger.get(page_of(request)).status_code == 404
        assert stranger.post(page_of(request), {"step": "pay"}).status_code == 404
        assert stranger.post(f"{page_of(request)}decline/").status_code == 404
        assert stranger.get(list_of(there.ann.address)).status_code == 404
        assert stranger.post(f"{list_of(there.ben.address)}{request.uuid}/cancel/").status_code == 404
        assert stranger.post(f"{list_of(there.shop.address)}{request.uuid}/cancel/").status_code == 404
    assert PaymentRequest.objects.get().state == "OPEN"


def test_who_asked_is_led_to_their_own_list(there: Place) -> None:
    answer = signed_in(there.ben_login).get(page_of(asked(there)))

    assert answer["Location"] == f"{list_of(there.ben.address)}?show=ours"


def test_who_stands_at_the_till_of_the_account_can_neither_pay_nor_refuse(there: Place) -> None:
    request = asked(there, payer=there.shop)
    mandate(person=there.cas_login, principal=there.shop.holder, role=Role.OPERATOR)
    cas = signed_in(there.cas_login)

    assert cas.post(page_of(request), {"step": "pay"}).status_code == 404
    assert cas.post(f"{page_of(request)}decline/").status_code == 404

    assert PaymentRequest.objects.get().state == "OPEN"


class TestACodeAtATill:
    def test_whoever_opens_it_pays_it_and_the_next_one_hears_so(self, there: Place) -> None:
        request = code_at(there)
        fund(there, there.ben, 9_00)
        ann, ben = signed_in(there.ann_login), signed_in(there.ben_login)
        assert "Shop Molenwijk" in words(ann.get(page_of(request)))
        assert "Shop Molenwijk" in words(ben.get(page_of(request)))

        ann.post(page_of(request), {"step": "pay"})
        late = ben.post(page_of(request), {"step": "pay"})

        assert "This was paid already. You paid nothing." in words(late)
        assert payments(there) == [(there.ann.pk, there.shop.pk, 4_00)]

    def test_it_cannot_be_refused(self, there: Place) -> None:
        assert signed_in(there.ann_login).get(f"{page_of(code_at(there))}decline/").status_code == 404

    def test_who_has_no_such_coin_hears_it(self, there: Place) -> None:
        page = signed_in(there.cas_login).get(page_of(code_at(there)))

        assert "You cannot pay in Molenmunten yet" in words(page)

    def test_of_several_accounts_one_chooses(self, there: Place) -> None:
        mandate(person=there.ann_login, principal=there.ben.holder, role=Role.HELPER)
        fund(there, there.ben, 9_00)
        request, ann = code_at(there), signed_in(there.ann_login)

        assert "From which account do you pay?" in words(ann.get(page_of(request)))
        chosen = words(ann.get(page_of(request), {"from": there.ben.address}))
        assert "You act for Ben de Vries" in chosen
        ann.post(page_of(request), {"step": "pay", "from": there.ben.address})

        assert payments(there) == [(there.ben.pk, there.shop.pk, 4_00)]

    def test_another_account_than_ones_own_cannot_be_chosen(self, there: Place) -> None:
        fund(there, there.ben, 9_00)
        request = code_at(there)

        signed_in(there.ann_login).post(page_of(request), {"step": "pay", "from": there.ben.address})

        assert payments(there) in ([], [(there.ann.pk, there.shop.pk, 4_00)])

    def test_a_pot_is_no_purse_for_a_till(self, there: Place) -> None:
        page = signed_in(there.owner_of_club).get(page_of(code_at(there)), {"from": there.pot.address})

        assert "You cannot pay in Molenmunten yet" in words(page)


def test_too_little_is_said_before_the_button(there: Place) -> None:
    page = words(signed_in(there.ann_login).get(page_of(asked(there, amount=12_50))))

    assert "You have 10.00. This costs 12.50." in page
    assert "Pay 12.50" not in page


def test_a_limit_is_said_after_the_button_and_nothing_is_paid(there: Place) -> None:
    set_limit(
        coin=there.coin, holder_kind="PERSON", per_payment=3_00, per_day=None, per_month=None, from_on=AT.date(),
        actor=SYSTEM, at=AT - timedelta(days=1),
    )  # fmt: skip

    page = signed_in(there.ann_login).post(page_of(asked(there)), {"step": "pay"})

    assert "Now you can still pay 3.00. This costs 4.00." in words(page)
    assert payments(there) == []


def test_words_of_a_request_do_not_break_out(there: Place) -> None:
    request = asked(there, text="<script>alert(1)</script>")
    ann = signed_in(there.ann_login)

    for path in (page_of(request), f"{page_of(request)}decline/", list_of(there.ann.address)):
        assert "<script>alert" not in ann.get(path).content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("show", ["", "?show=ours"])
def test_the_lists_ask_as_much_for_one_as_for_three(
    there: Place, count: int, show: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ann = signed_in(there.ann_login)
    for number in range(count):
        other = person(f"Other {number}")
        account = open_for(there.neighbourhood, other.person)
        asked(there, payee=account, actor=acting(other))
        asked(there, payee=there.ann, payer=account, actor=acting(there.ann_login))
    ann.get(list_of(there.ann.address))

    with django_assert_num_queries(9):
        ann.get(list_of(there.ann.address) + show)
