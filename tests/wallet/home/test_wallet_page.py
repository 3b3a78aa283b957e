"""The page of an account: what there is to spend, and who may see it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from ledger.address import in_groups, new_address
from ledger.kinds import AccountKind, AccountState, Label, TransferKind
from ledger.models import Account, Transfer
from ledger.operations import block_account, charge_back, close_account, reclassify_account, reserve, transfer
from people.models import Role, User
from tests.factories.people import actor, mandate, organisation, person
from tests.factories.residency import resident, second_login
from tests.factories.wallet import AT, SYSTEM, Place, fund, key, open_for, place
from wallet.operations.requests import ask

DAY = timedelta(days=1)


@pytest.fixture
def there(db: None) -> Place:
    """Molenwijk, in which Ann has 20.00."""
    made = place()
    fund(made, made.ann, 20_00)
    return made


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(AT + timedelta(hours=1), tick=False):
        yield


def as_(login: User) -> Client:
    client = Client()
    client.force_login(login)
    return client


def page_of(login: User, account: Account) -> str:
    response = as_(login).get(reverse("wallet_account", args=[account.address]))
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def pay(there: Place, payer: Account, payee: Account, amount: int, name: str) -> Transfer:
    return transfer(
        payer=payer, payee=payee, amount=amount, kind=TransferKind.PAYMENT, note=name, key=key(name), actor=SYSTEM,
        at=AT,
    )  # fmt: skip


# --- Which one ----------------------------------------------------------------------------------------------------


def test_who_has_one_account_is_sent_straight_on(there: Place) -> None:
    answer = as_(there.ann_login).get(reverse("wallet"))

    assert answer["Location"] == reverse("wallet_account", args=[there.ann.address])


def test_who_has_more_chooses_among_them_their_own_first(there: Place) -> None:
    mandate(person=there.ann_login, principal=there.shop.holder, role=Role.OWNER)
    mandate(person=there.ann_login, principal=there.pot.holder, role=Role.FINANCE)

    answer = as_(there.ann_login).get(reverse("wallet"))

    held = answer.context["held"]
    assert [(one.account, one.is_own, one.may_pay) for one in held] == [
        (there.ann, True, True),
        (there.pot, False, True),
        (there.shop, False, True),
    ]
    assert "20.00" in answer.content.decode()


def test_who_has_none_and_stands_at_a_till_is_sent_there(there: Place) -> None:
    dirk = person("Dirk")
    mandate(person=dirk, principal=there.shop.holder, role=Role.OPERATOR)

    assert as_(dirk).get(reverse("wallet"))["Location"] == reverse("tills")


def test_a_closed_account_sends_nobody_straight_on_and_stays_in_the_list(there: Place) -> None:
    close_account(account=there.ben, actor=SYSTEM, at=AT)

    answer = as_(there.ben_login).get(reverse("wallet"))

    assert [one.account for one in answer.context["held"]] == [there.ben]


def test_who_has_none_reads_how_one_gets_one(there: Place) -> None:
    page = as_(person("Dirk")).get(reverse("wallet")).content.decode()

    assert "You have no wallet yet" in page
    assert f'href="{reverse("residency")}"' in page


def test_a_visitor_signs_in_first(there: Place) -> None:
    for name, args in (("wallet", []), ("wallet_account", [there.ann.address]), ("wallet_open", [])):
        answer = Client().get(reverse(name, args=args))
        assert reverse("account_login") in answer["Location"], name


def test_a_resident_without_an_account_opens_it_with_one_button(there: Place) -> None:
    dirk = person("Dirk")
    resident(dirk, there.neighbourhood)
    close_account(account=Account.objects.get(holder=dirk.person), actor=SYSTEM, at=AT)
    client = as_(dirk)

    assert reverse("wallet_open") in client.get(reverse("wallet")).content.decode()
    first, second = (client.post(reverse("wallet_open")) for _time in range(2))

    opened = Account.objects.get(holder=dirk.person, state=AccountState.OPEN)
    assert first["Location"] == second["Location"] == reverse("wallet_account", args=[opened.address])


def test_looking_opens_nothing_and_who_lives_nowhere_opens_nothing(there: Place) -> None:
    dirk, eva = person("Dirk"), person("Eva")
    resident(dirk, there.neighbourhood)
    close_account(account=Account.objects.get(holder=dirk.person), actor=SYSTEM, at=AT)

    assert as_(dirk).get(reverse("wallet_open"))["Location"] == reverse("wallet")
    assert as_(eva).post(reverse("wallet_open"))["Location"] == reverse("wallet")

    assert not Account.objects.filter(holder__in=[dirk.person, eva.person], state=AccountState.OPEN).exists()


# --- Who may see ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.OWNER, Role.FINANCE])
def test_offices_of_a_shop_that_deal_with_its_money_open_its_wallet(there: Place, role: str) -> None:
    dirk = person("Dirk")
    mandate(person=dirk, principal=there.shop.holder, role=role)

    page = page_of(dirk, there.shop)

    assert f"You act for {there.shop.holder.display_name}" in page


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.EDITOR, Role.ORGANISER])
def test_other_offices_do_not(there: Place, role: str) -> None:
    mandate(person=there.ben_login, principal=there.shop.holder, role=role)

    assert as_(there.ben_login).get(reverse("wallet_account", args=[there.shop.address])).status_code == 404
    assert as_(there.ben_login).get(reverse("wallet"))["Location"] == reverse(
        "wallet_account", args=[there.ben.address]
    )


def test_a_helper_opens_the_wallet_of_whom_they_help(there: Place) -> None:
    mandate(person=there.cas_login, principal=there.ann.holder, role=Role.HELPER)

    page = page_of(there.cas_login, there.ann)

    assert "You act for Ann de Vries" in page
    assert "Ann de Vries has 20.00" in page


def test_a_member_opens_the_wallet_of_the_household(there: Place) -> None:
    household = organisation("De Vries", kind="HOUSEHOLD")
    theirs = open_for(there.neighbourhood, household)
    mandate(person=there.ann_login, principal=household, role=Role.MEMBER)

    assert "You act for De Vries" in page_of(there.ann_login, theirs)


def test_when_an_office_has_ended_the_wallet_is_gone(there: Place) -> None:
    dirk = person("Dirk")
    mandate(person=dirk, principal=there.shop.holder, role=Role.OWNER, until_on=(AT - DAY).date())

    assert as_(dirk).get(reverse("wallet_account", args=[there.shop.address])).status_code == 404
    assert as_(dirk).get(reverse("wallet")).context["held"] == []


def test_a_second_login_of_the_same_person_opens_it_as_their_own(there: Place) -> None:
    page = page_of(second_login(there.ann_login), there.ann)

    assert "You act for" not in page
    assert "You have 20.00" in page


def test_an_office_for_who_is_known_twice_holds_for_the_account_of_the_other_number(there: Place) -> None:
    twin, dirk = second_login(there.ann_login), person("Dirk")
    account = open_for(there.neighbourhood, twin.person)
    mandate(person=dirk, principal=there.ann.holder, role=Role.HELPER)

    assert page_of(dirk, account)
    assert {one.account for one in as_(dirk).get(reverse("wallet")).context["held"]} == {account, there.ann}


def test_nobody_else_finds_the_page_nor_an_account_of_the_system(there: Place) -> None:
    issue = Account.objects.get(coin=there.coin, kind=AccountKind.ISSUE)
    mandate(person=there.tom, principal=there.neighbourhood.party, role=Role.OWNER)

    for login in (there.ben_login, there.cas_login, there.fenna):
        assert as_(login).get(reverse("wallet_account", args=[there.ann.address])).status_code == 404
    assert as_(there.tom).get(reverse("wallet_account", args=[issue.address])).status_code == 404
    for address in (new_address(), "nonsense", "%00", "x" * 300):
        assert as_(there.ann_login).get(f"/en/wallet/{address}/").status_code == 404


# --- What it says --------------------------------------------------------------------------------------------------


def test_the_largest_is_what_can_be_spent_and_the_split_explains_it(there: Place) -> None:
    reserve(
        payer=there.ann, payee=there.shop, amount=7_50, kind=TransferKind.PAYMENT, key=key("soup"), actor=SYSTEM,
        at=AT, expires_at=AT + 3 * DAY,
    )  # fmt: skip

    page = page_of(there.ann_login, there.ann)

    assert "You have 12.50 Molenmunten to spend In the wallet 20.00 Set apart 7.50" in page
    assert f"{there.shop.holder.display_name} until 25 November 2026" in page
    assert in_groups(there.ann.address) in page


def test_what_is_set_apart_to_be_paid_out_is_said_to_be_that(there: Place) -> None:
    fund(there, there.shop, 9_00)
    issue = Account.objects.get(coin=there.coin, kind=AccountKind.ISSUE)
    reserve(
        payer=there.shop, payee=issue, amount=9_00, kind=TransferKind.REDEEM, key=key("out"), actor=SYSTEM,
        at=AT, expires_at=AT + 90 * DAY,
    )  # fmt: skip

    assert "Payout in euros 9.00" in page_of(there.sjoerd, there.shop)


def test_only_what_was_earned_stands_on_the_accent(there: Place) -> None:
    fund(there, there.pot, 9_00)
    transfer(
        payer=there.pot, payee=there.ann, amount=4_00, kind=TransferKind.REWARD, label=Label.VOLUNTEER_ALLOWANCE,
        key=key("reward"), actor=SYSTEM, at=AT, note="Soup",
    )  # fmt: skip
    paid = pay(there, there.ann, there.shop, 6_00, "Bread")
    charge_back(transfer=paid, amount=2_00, key=key("back"), actor=SYSTEM, at=AT)

    bookings = (
        as_(there.ann_login).get(reverse("wallet_account", args=[there.ann.address])).context["bookings"]
    )

    assert [(one.kind, one.line.amount, one.is_earned) for one in bookings] == [
        ("Got back", 2_00, False),
        ("Paid", -6_00, False),
        ("Earned", 4_00, True),
        ("Paid in", 20_00, False),
    ]


def test_a_blocked_wallet_says_so_with_the_phone_and_offers_no_buttons(there: Place) -> None:
    there.neighbourhood.help_phone = "0570 00 12 34"
    there.neighbourhood.save()
    block_account(account=there.ann, actor=SYSTEM, at=AT, reason="Secret reason.")

    page = page_of(there.ann_login, there.ann)

    assert "This wallet is blocked" in page
    assert "0570 00 12 34" in page
    assert "Secret reason" not in page
    answer = as_(there.ann_login).get(reverse("wallet_account", args=[there.ann.address])).content.decode()
    assert reverse("receive", args=[there.ann.address]) not in answer
    assert reverse("pay_from", args=[there.ann.address]) not in answer


def test_a_closed_wallet_can_still_be_read(there: Place) -> None:
    close_account(account=there.ben, actor=SYSTEM, at=AT)

    assert "This wallet is closed" in page_of(there.ben_login, there.ben)


def test_a_pot_that_has_ended_says_to_whom_the_rest_goes(there: Place) -> None:
    fund(there, there.pot, 9_00)
    reclassify_account(account=there.pot, ends_on=(AT - DAY).date(), actor=SYSTEM, at=AT)

    page = page_of(there.owner_of_club, there.pot)

    assert "This pot ended on 21 November 2026" in page
    assert f"What is left, 9.00, goes back to {there.municipality.display_name} in euros." in page


def test_a_request_that_waits_for_an_answer_comes_first(there: Place) -> None:
    def asked(amount: int, until: timedelta) -> str:
        made = ask(
            payee=there.shop, payer=there.ann, amount=amount, text=f"Bread for {amount}", expires_at=AT + until,
            key=key(f"ask {amount}"), actor=actor(there.sjoerd, principal=there.shop.holder), at=AT,
        )  # fmt: skip
        return reverse("pay_request", args=[made.uuid])

    open_one, over = asked(4_00, 5 * DAY), asked(5_00, timedelta(minutes=1))

    page = as_(there.ann_login).get(reverse("wallet_account", args=[there.ann.address])).content.decode()

    assert page.index(open_one) < page.index("You have")
    assert over not in page


def test_doors_open_to_whom_they_are_for(there: Place) -> None:
    def links(login: User, account: Account) -> set[str]:
        page = as_(login).get(reverse("wallet_account", args=[account.address])).content.decode()
        addressed = ("pay_from", "receive", "payouts", "requests")
        urls = {name: reverse(name, args=[account.address]) for name in addressed} | {
            "tills": reverse("tills")
        }
        return {name for name, url in urls.items() if f'href="{url}"' in page}

    assert links(there.ann_login, there.ann) == {"pay_from", "receive", "requests"}
    assert links(there.sjoerd, there.shop) == {"pay_from", "receive", "payouts", "requests", "tills"}
    assert links(there.owner_of_club, there.pot) == {"pay_from", "receive", "requests"}
    reclassify_account(account=there.pot, ends_on=(AT - DAY).date(), actor=SYSTEM, at=AT)
    assert links(there.owner_of_club, there.pot) == {"payouts", "requests"}


def test_ten_lines_are_shown_and_the_rest_is_one_press_away(there: Place) -> None:
    for number in range(11):
        pay(there, there.ann, there.shop, 10, f"Bread {number}")

    answer = as_(there.ann_login).get(reverse("wallet_account", args=[there.ann.address]))
    assert len(answer.context["bookings"]) == 10
    older = f"{reverse('statement', args=[there.ann.address])}?before={answer.context['older']}"
    assert f'href="{older}"' in answer.content.decode()

    assert [one.title for one in as_(there.ann_login).get(older).context["bookings"]] == [
        "Bread 0",
        "Paid in",
    ]


def test_an_empty_wallet_says_that_nothing_happened_yet(there: Place) -> None:
    assert "Nothing came in or went out yet" in page_of(there.ben_login, there.ben)


def test_the_page_asks_the_database_no_more_for_three_than_for_one(
    there: Place, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, address = as_(there.ann_login), reverse("wallet_account", args=[there.ann.address])
    for number in range(3):
        shop = organisation(f"Shop {number}")
        theirs = open_for(there.neighbourhood, shop)
        mandate(person=there.ann_login, principal=shop, role=Role.FINANCE)
        pay(there, there.ann, theirs, 1_00, f"Bread {number}")
        reserve(
            payer=there.ann, payee=theirs, amount=1_00, kind=TransferKind.PAYMENT, key=key(f"r {number}"),
            actor=SYSTEM, at=AT, expires_at=AT + DAY,
        )  # fmt: skip
        kim = person(f"Kim{number}")
        ask(
            payee=open_for(there.neighbourhood, kim.person), payer=there.ann, amount=4_00, text="",
            expires_at=AT + DAY, key=key(f"ask {number}"), actor=actor(kim), at=AT,
        )  # fmt: skip
        if number in {0, 2}:
            client.get(address)
            with django_assert_num_queries(21):
                client.get(address)


def test_the_list_asks_the_database_no_more_for_three_than_for_one(
    there: Place, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, address = as_(there.ann_login), reverse("wallet")
    for number in range(3):
        shop = organisation(f"Shop {number}")
        open_for(there.neighbourhood, shop)
        mandate(person=there.ann_login, principal=shop, role=Role.FINANCE)
        if number in {0, 2}:
            client.get(address)
            with django_assert_num_queries(11):
                client.get(address)
