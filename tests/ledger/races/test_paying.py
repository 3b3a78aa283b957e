"""Payments at the same moment: nobody spends what another spent, nothing is paid twice, nobody is locked out."""

from __future__ import annotations

from datetime import timedelta

from core.clock import day_of
from ledger.kinds import Label, TransferKind
from ledger.models import Account, Tally, Transfer
from ledger.operations import set_limit
from tests.factories.ledger import AT, SYSTEM, Town, account, fund
from tests.factories.people import child
from tests.ledger.races.conftest import Deed, Race, deed
from tests.ledger.races.racers import charge_back, pay, pay_in_a_ring, reserve

EIGHT = range(8)
LATER = (AT + timedelta(days=7)).isoformat()


def stands(one: Account) -> Account:
    """As it stands now."""
    return Account.objects.get(pk=one.pk)


def rivals(payer: Account, payee: Account, amount: int, **words: str | int | None) -> list[Deed]:
    """Eight processes that pay the same from the same account, half of them by reserving it."""
    words = {"payer": payer.pk, "payee": payee.pk, "amount": amount, **words}
    return [
        deed(pay, name=f"rival {one}", **words)
        if one % 2
        else deed(reserve, name=f"rival {one}", until=LATER, **words)
        for one in EIGHT
    ]


class TestTheSameCoins:
    def test_eight_who_pay_from_one_account_spend_what_is_there_and_no_more(
        self, molen: Town, race: Race
    ) -> None:
        fund(molen, molen.ann, 17)

        outcomes = race(
            [
                deed(pay, payer=molen.ann.pk, payee=molen.ben.pk, amount=1, name=f"rival {one}", times=5)
                for one in EIGHT
            ]
        )

        assert outcomes.refused == {"insufficient_funds": 8 * 5 - 17}
        assert (stands(molen.ann).balance, stands(molen.ben).balance) == (0, 17)
        assert outcomes.done == list(
            Transfer.objects.filter(payer=molen.ann).order_by("pk").values_list("pk", flat=True)
        )

    def test_payments_and_reservations_do_not_take_the_same_coins(self, molen: Town, race: Race) -> None:
        fund(molen, molen.ann, 17)

        outcomes = race(rivals(molen.ann, molen.ben, 1, times=5))

        assert outcomes.refused == {"insufficient_funds": 8 * 5 - 17}
        ann = stands(molen.ann)
        assert (ann.available, ann.reserved) == (0, 17 - stands(molen.ben).balance)

    def test_an_account_takes_in_no_more_than_its_ceiling(self, molen: Town, race: Race) -> None:
        dora = account(molen, "Dora", ceiling=5)
        payers = [account(molen, f"Payer {one}") for one in EIGHT]
        for payer in payers:
            fund(molen, payer, 2)

        outcomes = race(
            [
                deed(pay, payer=payer.pk, payee=dora.pk, amount=1, name=f"payer {payer.pk}", times=2)
                for payer in payers
            ]
        )

        assert outcomes.refused == {"ceiling_reached": 8 * 2 - 5}
        assert stands(dora).balance == 5

    def test_nobody_passes_the_limit_of_the_day(self, molen: Town, race: Race) -> None:
        fund(molen, molen.ann, 100)
        set_limit(
            coin=molen.coin, holder_kind="PERSON", per_payment=None, per_day=17, per_month=None,
            from_on=day_of(AT), actor=SYSTEM, at=AT,
        )  # fmt: skip

        outcomes = race(rivals(molen.ann, molen.ben, 1, times=5))

        assert outcomes.refused == {"limit_exceeded": 8 * 5 - 17}
        ann = stands(molen.ann)
        assert (ann.available, ann.spent_day) == (100 - 17, 17)

    def test_nobody_passes_the_limit_of_a_mandate(self, molen: Town, race: Race) -> None:
        fund(molen, molen.pot, 100)
        organiser = child("Olga")

        outcomes = race(rivals(molen.pot, molen.ben, 1, times=5, actor=organiser.pk, day_limit=17))

        assert outcomes.refused == {"actor_limit_exceeded": 8 * 5 - 17}
        assert stands(molen.pot).available == 100 - 17

    def test_what_eight_pay_one_person_under_one_label_is_all_counted(self, molen: Town, race: Race) -> None:
        payers = [account(molen, f"Payer {one}") for one in EIGHT]
        for payer in payers:
            fund(molen, payer, 5)

        outcomes = race(
            [
                deed(
                    pay, payer=payer.pk, payee=molen.ben.pk, amount=1, name=f"payer {payer.pk}", times=5,
                    kind=TransferKind.REWARD, label=Label.VOLUNTEER_ALLOWANCE,
                )
                for payer in payers
            ]
        )  # fmt: skip

        assert outcomes.refused == {}
        assert list(Tally.objects.values_list("holder", "label", "amount")) == [
            (molen.ben.holder_id, Label.VOLUNTEER_ALLOWANCE, 8 * 5)
        ]


class TestOppositeWays:
    def test_ann_pays_ben_while_ben_pays_ann(self, molen: Town, race: Race) -> None:
        fund(molen, molen.ann, 1_00)
        fund(molen, molen.ben, 1_00)
        ways = [(molen.ann, molen.ben), (molen.ben, molen.ann)] * 2

        outcomes = race(
            [
                deed(pay, payer=payer.pk, payee=payee.pk, amount=1, name=f"way {number}", times=40)
                for number, (payer, payee) in enumerate(ways)
            ]
        )

        assert outcomes.refused == {}
        assert (stands(molen.ann).balance, stands(molen.ben).balance) == (1_00, 1_00)
        assert (stands(molen.ann).last_no, stands(molen.ben).last_no) == (161, 161)

    def test_batches_over_the_same_accounts_in_opposite_order(self, molen: Town, race: Race) -> None:
        ring = [account(molen, f"Friend {one}") for one in EIGHT]
        for one in ring:
            fund(molen, one, 50)
        there = ",".join(str(one.pk) for one in ring)
        back = ",".join(str(one.pk) for one in reversed(ring))

        outcomes = race(
            [
                deed(pay_in_a_ring, accounts=accounts, name=f"ring {number}", times=10)
                for number, accounts in enumerate([there, back, there, back])
            ]
        )

        assert outcomes.refused == {}
        assert [stands(one).balance for one in ring] == [50] * 8
        assert [stands(one).last_no for one in ring] == [1 + 4 * 10 * 2] * 8


class TestPayingBack:
    def test_two_who_pay_all_of_it_back_pay_it_back_once(self, molen: Town, race: Race) -> None:
        paid = self.paid(molen)

        outcomes = race([deed(charge_back, transfer=paid, name=f"back {one}") for one in EIGHT])

        assert outcomes.refused == {"chargeback_exceeds": 7}
        assert (stands(molen.ann).balance, stands(molen.ben).balance) == (1_00, 1_00)

    def test_parts_never_come_to_more_than_was_paid(self, molen: Town, race: Race) -> None:
        paid = self.paid(molen)

        outcomes = race([deed(charge_back, transfer=paid, name=f"back {one}", amount=30) for one in EIGHT])

        assert outcomes.refused == {"chargeback_exceeds": 5}
        assert (stands(molen.ann).balance, stands(molen.ben).balance) == (90, 1_10)

    def test_one_chargeback_sent_eight_times_is_one_transfer(self, molen: Town, race: Race) -> None:
        paid = self.paid(molen)

        outcomes = race([deed(charge_back, transfer=paid, name="back") for _one in EIGHT])

        assert outcomes == [[Transfer.objects.get(reverses=paid).pk]] * 8
        assert (stands(molen.ann).balance, stands(molen.ben).balance) == (1_00, 1_00)

    @staticmethod
    def paid(molen: Town) -> int:
        """Ann paid Ben 1.00, and he has as much again: what refuses is not that the coins are gone."""
        fund(molen, molen.ann, 1_00)
        fund(molen, molen.ben, 1_00)
        (number,) = pay(molen.ann.pk, molen.ben.pk, 1_00, "rent")
        assert isinstance(number, int)
        return number
