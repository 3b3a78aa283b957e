"""Being paid: the code on the screen leads back to the page that pays."""

from __future__ import annotations

import re
from html import unescape

from ledger.address import in_groups
from ledger.operations import block_account
from people.models import Role
from tests.factories.people import mandate
from tests.factories.wallet import AT, SYSTEM, Place
from tests.wallet.pay.scene import signed_in, words


def shown(there: Place, **asked: str) -> str:
    page = signed_in(there.ann_login).get(f"/en/wallet/{there.ann.address}/receive/", asked)
    assert page.status_code == 200
    return page.content.decode()


def link_on(page: str) -> str:
    found = re.search(r'class="receive__link"[^>]*>([^<]+)<', page)
    assert found is not None
    return unescape(found.group(1))


def test_the_code_the_address_and_the_link_are_there_without_an_amount(there: Place) -> None:
    page = shown(there)

    assert '<svg class="qr"' in page
    assert in_groups(there.ann.address) in page
    assert link_on(page) == f"http://testserver/en/pay/to/{there.ann.address}/"


def test_the_link_for_an_amount_leads_another_to_the_preview(there: Place) -> None:
    page = shown(there, amount="4,50", text="Soup & bread")

    link = link_on(page)

    assert link == f"http://testserver/en/pay/to/{there.ann.address}/?a=450&m=Soup+%26+bread"
    opened = words(signed_in(there.ben_login).get(link, follow=True))
    assert "Ann V." in opened
    assert "You have 0.00. This costs 4.50." in opened


def test_an_amount_that_is_none_is_a_sentence_and_the_code_stays(there: Place) -> None:
    page = shown(there, amount="-3", text="x" * 200)

    assert "without a minus sign" in page
    assert "This is too long." in page
    assert '<svg class="qr"' in page


def test_words_do_not_break_out(there: Place) -> None:
    assert "<script>alert" not in shown(there, text="<script>alert(1)</script>")


def test_a_blocked_account_shows_no_code(there: Place) -> None:
    block_account(account=there.ann, reason="Suspicion", actor=SYSTEM, at=AT)

    page = shown(there)

    assert "qr" not in page
    assert "This account takes nothing now" in page


def test_for_the_shop_its_finances_show_the_code_and_a_till_or_a_stranger_does_not(there: Place) -> None:
    mandate(person=there.ann_login, principal=there.shop.holder, role=Role.FINANCE)
    mandate(person=there.ben_login, principal=there.shop.holder, role=Role.OPERATOR)
    path = f"/en/wallet/{there.shop.address}/receive/"

    assert "You act for Shop Molenwijk" in words(signed_in(there.ann_login).get(path))
    for login in (there.ben_login, there.cas_login):
        assert signed_in(login).get(path).status_code == 404
