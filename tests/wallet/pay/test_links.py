"""The link in a QR code: what it says is a hint, wherever it comes from."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from ledger.operations import block_account
from people.models import Role
from tests.factories.people import mandate
from tests.factories.wallet import AT, SYSTEM, Place
from tests.wallet.pay.scene import carried, confirm, page_of, payments, signed_in, words


def link(address: str, **hints: str) -> tuple[str, dict[str, str]]:
    return f"/en/pay/to/{address}/", hints


def opened(client: Client, address: str, **hints: str) -> str:
    """What the page says to which the link leads in the end."""
    return words(client.get(*link(address, **hints), follow=True))


def test_a_link_leads_to_the_preview_with_its_amount_and_words(there: Place) -> None:
    page = opened(signed_in(there.ann_login), there.shop.address, a="400", m="Soup")

    for said in ("Is this right?", "Pay 4.00", "Shop Molenwijk", "Soup", "You keep 6.00"):
        assert said in page
    assert payments(there) == []


def test_signed_out_it_says_nothing_and_comes_back_after_signing_in(there: Place, client: Client) -> None:
    path, hints = link(there.shop.address, a="400", m="Soup & bread")

    answer = client.get(path, hints)

    assert answer.status_code == 302
    where = urlsplit(answer["Location"])
    assert where.path == "/en/account/login/"
    back = urlsplit(parse_qs(where.query)["next"][0])
    assert (back.path, parse_qs(back.query)) == (path, {"a": ["400"], "m": ["Soup & bread"]})
    assert "Shop" not in words(client.get(answer["Location"]))


def test_without_an_amount_it_asks_how_much(there: Place) -> None:
    page = opened(signed_in(there.ann_login), there.shop.address, m="Soup")

    assert "How much do you want to pay?" in page
    assert "not right" not in page


@pytest.mark.parametrize("amount", ["-400", "0", "4.00", "x", "NaN", "9" * 5000, "٤", "1" * 16, "²"])
def test_an_amount_that_is_none_is_left_out(there: Place, amount: str) -> None:
    assert "How much do you want to pay?" in opened(signed_in(there.ann_login), there.shop.address, a=amount)


def test_more_than_there_is_is_said_at_once(there: Place) -> None:
    page = opened(signed_in(there.ann_login), there.shop.address, a="1250")

    assert "You have 10.00. This costs 12.50." in page


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "x" * 10_000,
        "a\r\nSet-Cookie: b=c\nd",
        "\u202e00.1 yap",
        "\x00",
        '"><img src=x>',
    ],
)
def test_hostile_words_are_words(there: Place, text: str) -> None:
    ann = signed_in(there.ann_login)

    answer = ann.get(*link(there.shop.address, a="400", m=text), follow=True)

    body = answer.content.decode()
    assert "Is this right?" in body
    said = [one for one in ("<script>alert", "<img src=x", "\u202e", "\x00", "x" * 141) if one in body]
    assert said == []
    assert confirm(ann, there.ann, carried(answer)).status_code == 302


def test_somebody_without_this_coin_is_told_so_without_a_name(there: Place) -> None:
    page = opened(signed_in(there.cas_login), there.shop.address, a="400")

    assert "You cannot pay in Molenmunten yet" in page
    assert "Shop" not in page


def test_ones_own_code_is_no_way_to_pay_oneself(there: Place) -> None:
    assert "This code is your own account." in opened(signed_in(there.ann_login), there.ann.address)


def test_who_acts_for_others_pays_with_their_own_account_unless_they_have_none(there: Place) -> None:
    mandate(person=there.ben_login, principal=there.ann.holder, role=Role.HELPER)
    mandate(person=there.fenna, principal=there.ann.holder, role=Role.HELPER)
    mandate(person=there.fenna, principal=there.ben.holder, role=Role.HELPER)

    own = signed_in(there.ben_login).get(*link(there.shop.address, a="400"))
    several = opened(signed_in(there.fenna), there.shop.address, a="400")

    assert own["Location"].startswith(page_of(there.ben))
    assert "From which account do you pay?" in several
    assert "a=400" in signed_in(there.fenna).get(*link(there.shop.address, a="400")).content.decode()


def test_closed_blocked_and_invented_addresses_answer_alike(there: Place) -> None:
    ann = signed_in(there.ann_login)
    block_account(account=there.ben, reason="Suspicion", actor=SYSTEM, at=AT)

    answers = [ann.get(*link(one)) for one in (there.ben.address, "W72J7Y5BCVHN", "nonsense")]

    assert {one.status_code for one in answers} == {404}
    assert len({words(one).replace(there.ben.address, "") for one in answers}) == 1
