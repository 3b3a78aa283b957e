"""Small parts of a payment that one person undoes through two logins."""

from __future__ import annotations

from ledger.models import Account
from tests.factories.wallet import AT, Place
from tests.wallet.finance_holders.undoing import alone_is, at_desk, paid, undo
from wallet.operations import chargebacks
from wallet.states import SecondLookState


def test_a_second_login_is_no_second_person_for_small_parts_either(there: Place) -> None:
    payment = paid(there.ann, there.shop, 200_00, there.ann_login)
    twin = there.vera.person
    twin.same_person_as = there.fenna.person
    twin.save()
    alone_is(there, 0)
    case = undo(there, payment, 30_00, there.fenna)
    alone_is(there, 50_00)

    chargebacks.approve(case=case, actor=at_desk(there, there.vera), at=AT)

    assert undo(there, payment, 30_00, there.fenna).state == SecondLookState.PROPOSED
    assert Account.objects.get(pk=there.shop.pk).balance == 170_00
