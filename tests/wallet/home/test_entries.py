"""The wallet and the doors of money on somebody's account page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from ledger.operations import close_account
from people.models import Role, User
from tests.factories.people import mandate, person
from tests.factories.wallet import AT, SYSTEM, Place, fund, place


@pytest.fixture
def there(db: None) -> Place:
    return place()


def entries(login: User) -> dict[str, tuple[str, str]]:
    """What the account page says of money, by the address that it leads to."""
    client = Client()
    client.force_login(login)
    money = {reverse(name) for name in ("wallet", "tills", "fundings", "finance")}
    shown = client.get(reverse("account")).context["entries"]
    return {entry.url: (entry.title, entry.text) for entry in shown if entry.url in money}


def test_a_resident_reads_what_there_is_to_spend(there: Place) -> None:
    fund(there, there.ann, 20_00)

    assert entries(there.ann_login) == {reverse("wallet"): ("Wallet", "You have 20.00 Molenmunten to spend.")}


def test_who_has_none_reads_that_and_a_closed_one_is_none(there: Place) -> None:
    close_account(account=there.ben, actor=SYSTEM, at=AT)

    nothing = {reverse("wallet"): ("Wallet", "You have no wallet yet.")}
    assert entries(person("Dirk")) == nothing
    assert entries(there.ben_login) == nothing


def test_owners_and_finances_of_an_organisation_find_its_wallet_and_money_in(there: Place) -> None:
    name = there.shop.holder.display_name

    assert entries(there.sjoerd) == {
        reverse("wallet"): ("Wallet", f"You can see the wallet of {name}."),
        reverse("tills"): ("The till", f"You take payments for {name}."),
        reverse("fundings"): (
            "Money for the neighbourhood",
            f"You can bring in money for {name}, and see what became of it.",
        ),
    }


def test_whoever_stands_at_the_till_finds_the_tills_and_neither_the_wallet_nor_money_in(there: Place) -> None:
    dirk, name = person("Dirk"), there.shop.holder.display_name
    mandate(person=dirk, principal=there.shop.holder, role=Role.OPERATOR)

    assert entries(dirk) == {
        reverse("wallet"): ("Wallet", "You have no wallet yet."),
        reverse("tills"): ("The till", f"You take payments for {name}."),
    }


def test_treasurer_and_finances_of_the_municipality_find_the_finance_desk(there: Place) -> None:
    desk = "The finance desk"
    assert entries(there.tom)[reverse("finance")] == (desk, "You do the finances of Molenwijk.")
    assert entries(there.fenna)[reverse("finance")] == (
        desk,
        "You do the finances of Molenwijk, Molenwijk Oost.",
    )
