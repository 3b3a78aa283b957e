"""What paying books, and what it refuses with which words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from core.actor import Actor
from core.refusals import NotAllowed, Refusal
from ledger.kinds import Label
from ledger.models import Account, Transfer
from ledger.operations import InsufficientFunds, LabelMissing, block_account, set_limit
from people.models import PartyKind, Role
from people.permissions import day_limit
from tests.factories.people import mandate, organisation, person
from tests.factories.residency import second_login
from tests.factories.wallet import AT, SYSTEM, Place, fund, open_for
from tests.wallet.pay.scene import LATER, acting, payments
from wallet.operations.payments import NotEnough, OverDayLimit, PayeeNotOpen, PayerNotOpen, TakesNoMore, pay
from wallet.permissions import OwnMoney
from wallet.queries.paying import left_today, payable_by

if TYPE_CHECKING:
    from people.models import User


def paying(payer: Account, payee: Account, amount: int, by: User, **more: Any) -> Transfer:
    words: dict[str, Any] = {"text": "Soup", "key": uuid4(), "at": LATER, "day_limit": None, **more}
    return pay(payer=payer, payee=payee, amount=amount, actor=acting(by, payer), **words)


def said(payer: Account, payee: Account, amount: int, by: User, **more: Any) -> str:
    with pytest.raises(Refusal) as refused:
        paying(payer, payee, amount, by, **more)
    return str(refused.value)


def test_ann_pays_the_shop_and_it_is_a_payment_with_her_words(there: Place) -> None:
    paid = paying(there.ann, there.shop, 4_00, there.ann_login)

    assert (paid.kind, paid.label, paid.note.text, paid.payer_balance) == ("PAYMENT", "", "Soup", 6_00)


def test_the_same_key_pays_once(there: Place) -> None:
    key = uuid4()

    first = paying(there.ann, there.shop, 4_00, there.ann_login, key=key)
    second = paying(there.ann, there.shop, 4_00, there.ann_login, key=key)

    assert first == second
    assert payments(there) == [(there.ann.pk, there.shop.pk, 4_00)]


def test_out_of_a_pot_it_is_a_reward_with_a_label(there: Place) -> None:
    paid = paying(there.pot, there.ann, 4_00, there.owner_of_club, label=Label.GIFT)

    assert (paid.kind, paid.label) == ("REWARD", "GIFT")


def test_out_of_a_pot_without_a_label_nothing_is_paid(there: Place) -> None:
    with pytest.raises(LabelMissing):
        paying(there.pot, there.ann, 4_00, there.owner_of_club)

    assert payments(there) == []


def test_nobody_pays_themselves_out_of_a_pot_also_not_a_party_that_they_act_for(there: Place) -> None:
    club = there.pot.holder
    to_pay = [open_for(there.neighbourhood, there.owner_of_club.person), open_for(there.neighbourhood, club)]

    for payee in to_pay:
        with pytest.raises(OwnMoney):
            paying(there.pot, payee, 1_00, there.owner_of_club, label=Label.GIFT)

    assert payments(there) == []


def test_a_stranger_cannot_pay_from_anothers_account(there: Place) -> None:
    with pytest.raises(NotAllowed):
        paying(there.ann, there.ben, 1_00, there.ben_login)

    assert payments(there) == []


def test_who_only_stands_at_the_till_cannot_pay_from_the_account(there: Place) -> None:
    mandate(person=there.ben_login, principal=there.shop.holder, role=Role.OPERATOR)

    with pytest.raises(NotAllowed):
        paying(there.shop, there.ben, 1_00, there.ben_login)

    assert payments(there) == []


def test_a_helper_pays_to_the_last_cent_of_the_day_and_not_one_more(there: Place) -> None:
    mandate(person=there.ben_login, principal=there.ann.holder, role=Role.HELPER, day_limit=3_00)
    paying(there.ann, there.shop, 1_00, there.ben_login, day_limit=3_00)

    assert said(there.ann, there.shop, 2_01, there.ben_login, day_limit=3_00) == (
        "For Ann de Vries you can still pay 2.00 today. This costs 2.01."
    )
    paying(there.ann, there.shop, 2_00, there.ben_login, day_limit=3_00)
    with pytest.raises(OverDayLimit):
        paying(there.ann, there.shop, 1, there.ben_login, day_limit=3_00)
    paying(there.ann, there.shop, 3_00, there.ben_login, day_limit=3_00, at=LATER + timedelta(days=1))


def test_the_limit_of_the_mandate_holds_also_when_the_caller_forgets_it(there: Place) -> None:
    mandate(person=there.ben_login, principal=there.ann.holder, role=Role.HELPER, day_limit=3_00)

    with pytest.raises(OverDayLimit):
        paying(there.ann, there.shop, 3_01, there.ben_login, day_limit=None)


def test_a_second_login_gives_no_second_limit_of_a_day(there: Place) -> None:
    mandate(person=there.ben_login, principal=there.ann.holder, role=Role.HELPER, day_limit=3_00)
    twin = second_login(there.ben_login)

    paying(there.ann, there.shop, 2_00, twin)
    with pytest.raises(OverDayLimit):
        paying(there.ann, there.shop, 1_01, there.ben_login)
    paying(there.ann, there.shop, 1_00, there.ben_login)
    with pytest.raises(OverDayLimit):
        paying(there.ann, there.shop, 1, twin)

    left = [left_today(there.ann, one.person, 3_00, LATER.date()) for one in (there.ben_login, twin)]
    assert left == [0, 0]


def test_a_helper_of_who_is_known_twice_pays_from_the_account_under_the_other_number(there: Place) -> None:
    twin = second_login(there.ann_login)
    account = open_for(there.neighbourhood, twin.person)
    fund(there, account, 5_00)
    mandate(person=there.ben_login, principal=there.ann.holder, role=Role.HELPER, day_limit=3_00)
    ben, on = there.ben_login.person, LATER.date()

    assert account in [one.account for one in payable_by(ben, on)]
    assert day_limit(ben, twin.person, on) == 3_00
    paying(account, there.shop, 3_00, there.ben_login)
    with pytest.raises(OverDayLimit):
        paying(account, there.shop, 1, there.ben_login)


def test_accounts_that_take_no_payment_out_are_not_offered_to_pay_from(there: Place) -> None:
    mandate(person=there.ben_login, principal=there.shop.holder, role=Role.OPERATOR)
    mandate(person=there.ben_login, principal=there.ann.holder, role=Role.HELPER)
    block_account(account=there.ann, reason="Suspicion", actor=SYSTEM, at=AT)

    assert [one.account for one in payable_by(there.ben_login.person, LATER.date())] == [there.ben]


class TestTheWordsOfARefusal:
    def test_too_little_says_both_numbers(self, there: Place) -> None:
        assert said(there.ann, there.shop, 12_50, there.ann_login) == "You have 10.00. This costs 12.50."
        with pytest.raises(InsufficientFunds):
            paying(there.ann, there.shop, 12_50, there.ann_login)

    def test_too_little_of_another_says_whose(self, there: Place) -> None:
        mandate(person=there.ben_login, principal=there.ann.holder, role=Role.HELPER)

        assert said(there.ann, there.shop, 12_50, there.ben_login) == (
            "Ann de Vries has 10.00. This costs 12.50."
        )

    def test_a_limit_says_what_is_left_of_it(self, there: Place) -> None:
        set_limit(
            coin=there.coin, holder_kind="PERSON", per_payment=3_00, per_day=None, per_month=None,
            from_on=AT.date(), actor=SYSTEM, at=AT - timedelta(days=1),
        )  # fmt: skip

        assert "Now you can still pay 3.00. This costs 4.00." in said(
            there.ann, there.shop, 4_00, there.ann_login
        )

    def test_a_full_payee_is_not_told_how_full(self, there: Place) -> None:
        full = open_for(there.neighbourhood, person("Dora").person, ceiling=2_00)
        fund(there, full, 1_50)

        sentence = said(there.ann, full, 1_00, there.ann_login)

        assert sentence == "Dora V. cannot take this much."
        assert issubclass(TakesNoMore, Refusal)

    def test_whose_account_is_blocked_is_told_and_the_others_reason_is_not(self, there: Place) -> None:
        block_account(account=there.shop, reason="Suspicion", actor=SYSTEM, at=AT)
        with pytest.raises(PayeeNotOpen) as refused:
            paying(there.ann, there.shop, 1_00, there.ann_login)
        assert str(refused.value) == "Shop Molenwijk cannot be paid now. Nothing was paid."

        block_account(account=there.ann, reason="Suspicion", actor=SYSTEM, at=AT)
        with pytest.raises(PayerNotOpen):
            paying(there.ann, there.shop, 1_00, there.ann_login)

    def test_another_coin_one_account_and_no_amount_are_refused(self, there: Place) -> None:
        sentences = {
            said(there.ann, there.cas, 1_00, there.ann_login),
            said(there.ann, there.ann, 1_00, there.ann_login),
            said(there.ann, there.shop, 0, there.ann_login),
            said(there.ann, there.shop, -1, there.ann_login),
            said(there.ann, there.shop, 10**18, there.ann_login),
        }

        assert sentences == {
            "These two accounts have different coins.",
            "You cannot pay to the account that you pay from.",
            "This amount is not possible.",
        }

    def test_an_account_of_the_system_takes_no_payment(self, there: Place) -> None:
        issue = Account.objects.select_related("holder").get(coin=there.coin, kind="ISSUE")

        assert "We do not know this account" in said(there.ann, issue, 1_00, there.ann_login)


def test_a_household_pays_by_its_member_for_itself(there: Place) -> None:
    home = organisation("Home of Ann", kind=PartyKind.HOUSEHOLD)
    mandate(person=there.ann_login, principal=home, role=Role.MEMBER)
    account = open_for(there.neighbourhood, home)
    fund(there, account, 2_00)

    paid = paying(account, there.shop, 2_00, there.ann_login)

    assert (paid.payer_balance, paid.acted_by_id) == (0, there.ann_login.person.pk)


def test_the_system_may_pay_for_the_demo(there: Place) -> None:
    paid = pay(
        payer=there.ann, payee=there.shop, amount=1_00, text="", key=uuid4(), actor=Actor.system(), at=LATER,
        day_limit=None,
    )  # fmt: skip

    assert paid.acted_by_id is None
    assert NotEnough.code != InsufficientFunds.code
