"""Four eyes: who approves did not ask, who makes the file did not approve, and nobody decides on their own money."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.refusals import NotAllowed
from core.states import MoveRefused
from ledger.operations import KeyReused
from people.models import Party, Role, User
from tests.factories.people import mandate, person
from tests.factories.wallet import AT, SYSTEM, Place, key, place
from tests.wallet.payouts.stage import (
    another_shop,
    approved,
    at_desk,
    ended_pot,
    exported,
    give_iban,
    made,
    requested,
)
from wallet.models import Payout, PayoutRun, PayoutVersion
from wallet.operations.payouts import Approved, NothingChosen, PayoutsChanged, approve_payouts, return_pot
from wallet.permissions import OwnMoney, SamePerson
from wallet.states import PayoutState


def approve(there: Place, user: User, *payouts: Payout) -> Approved:
    return approve_payouts(treasury=there.treasury, payouts=payouts, actor=at_desk(there, user), at=AT)


def why(answer: Approved) -> list[type]:
    return [type(refusal) for _payout, refusal in answer.refused]


def second_login(there: Place, of: User) -> User:
    """The same person under another number, who may also sit at the desk."""
    other = person("Double", email=f"second-{of.email}")
    mandate(person=other, principal=there.municipality, role=Role.FINANCE)
    Party.objects.filter(pk=other.person.pk).update(same_person_as=of.person)
    return User.objects.get(pk=other.pk)


class TestApproving:
    def test_somebody_at_the_desk_approves_several_at_once(self, there: Place) -> None:
        first, second = requested(there), requested(there, 50_00, "second")

        answer = approve(there, there.fenna, first, second)

        assert [one.pk for one in answer.done] == [first.pk, second.pk]
        first.refresh_from_db()
        assert (first.state, first.approved_by) == (PayoutState.APPROVED, there.fenna.person)

    def test_twice_is_once(self, there: Place) -> None:
        payout = requested(there)

        answers = [approve(there, there.fenna, payout) for _time in range(2)]

        assert [len(one.done) for one in answers] == [1, 1]

    def test_what_another_approved_is_done_already(self, there: Place) -> None:
        payout = approved(there)

        assert why(approve(there, there.vera, payout)) == [MoveRefused]

    def test_who_asked_does_not_approve(self, there: Place) -> None:
        give_iban(there.municipality)
        payout = return_pot(
            pot=ended_pot(there), key=key("pot"), actor=at_desk(there, there.fenna), at=AT + timedelta(days=9)
        )

        assert why(approve(there, there.fenna, payout)) == [SamePerson]
        assert why(approve(there, second_login(there, there.fenna), payout)) == [SamePerson]
        assert why(approve(there, there.vera, payout)) == []

    def test_not_the_money_of_whom_one_acts_for(self, there: Place) -> None:
        payout = requested(there)
        mandate(person=there.fenna, principal=there.shop.holder, role=Role.OPERATOR)

        assert why(approve(there, there.fenna, payout)) == [OwnMoney]

    def test_not_through_a_second_login_either(self, there: Place) -> None:
        payout = requested(there)
        mandate(person=there.fenna, principal=there.shop.holder)

        assert why(approve(there, second_login(there, there.fenna), payout)) == [OwnMoney]

    def test_one_that_is_refused_holds_up_no_other(self, there: Place) -> None:
        _owner, theirs = another_shop(there, "Oma", "NL02RABO0123456789")
        mandate(person=there.fenna, principal=theirs.payee)
        payout = requested(there)

        answer = approve(there, there.fenna, theirs, payout)

        assert [one.pk for one in answer.done] == [payout.pk]
        assert why(answer) == [OwnMoney]

    @pytest.mark.parametrize("who", ["ann_login", "sjoerd", "cas_login", "owner_of_club"])
    def test_only_at_the_desk(self, there: Place, who: str) -> None:
        with pytest.raises(NotAllowed):
            approve(there, getattr(there, who), requested(there))

    def test_never_by_the_system(self, there: Place) -> None:
        with pytest.raises(NotAllowed):
            approve_payouts(treasury=there.treasury, payouts=[requested(there)], actor=SYSTEM, at=AT)

    def test_the_treasurer_may(self, there: Place) -> None:
        assert len(approve(there, there.tom, requested(there)).done) == 1

    def test_payouts_of_another_neighbourhood_stay_as_they_are(self, there: Place) -> None:
        elsewhere = place("Sluiskade", iban="NL02RABO0123456789")
        payout = requested(there)

        answer = approve_payouts(
            treasury=elsewhere.treasury, payouts=[payout], actor=at_desk(elsewhere, elsewhere.fenna), at=AT
        )

        assert (answer.done, answer.refused) == ([], [])


class TestMakingTheFile:
    def test_who_approved_does_not_make_it(self, there: Place) -> None:
        payout = approved(there)

        with pytest.raises(SamePerson):
            made(there, payout, by=there.fenna)
        with pytest.raises(SamePerson):
            made(there, payout, by=second_login(there, there.fenna))

        payout.refresh_from_db()
        assert payout.state == PayoutState.APPROVED
        assert PayoutRun.objects.count() == 0

    def test_not_with_ones_own_money_in_it(self, there: Place) -> None:
        payout = approved(there)
        mandate(person=there.vera, principal=there.shop.holder)

        with pytest.raises(OwnMoney):
            made(there, payout)

    def test_one_of_those_who_approved_is_enough_to_refuse(self, there: Place) -> None:
        first = approved(there)
        second = requested(there, 50_00, "second")
        approve(there, there.vera, second)

        with pytest.raises(SamePerson):
            made(there, first, second)

        assert made(there, first, second, by=there.tom).payouts.count() == 2

    def test_the_same_form_twice_is_one_file(self, there: Place) -> None:
        payout = approved(there)

        assert made(there, payout) == made(there, payout)
        assert PayoutRun.objects.count() == 1

    def test_what_is_in_a_file_comes_into_no_other(self, there: Place) -> None:
        payout = approved(there)
        made(there, payout)

        with pytest.raises(PayoutsChanged):
            made(there, payout, name="other")

    def test_what_is_not_approved_comes_into_no_file(self, there: Place) -> None:
        good, early = approved(there), requested(there, 1_00, "early")

        with pytest.raises(PayoutsChanged):
            made(there, good, early)

        good.refresh_from_db()
        assert good.state == PayoutState.APPROVED

    def test_a_file_without_payouts_is_refused(self, there: Place) -> None:
        with pytest.raises(NothingChosen):
            made(there)

    def test_payouts_of_another_neighbourhood_come_into_no_file(self, there: Place) -> None:
        elsewhere = place("Sluiskade", iban="NL02RABO0123456789")
        payout = approved(there)

        with pytest.raises(PayoutsChanged):
            made(elsewhere, payout)

    @pytest.mark.parametrize("who", ["ann_login", "sjoerd", "cas_login", "owner_of_club"])
    def test_only_at_the_desk(self, there: Place, who: str) -> None:
        payout = approved(there)

        with pytest.raises(NotAllowed):
            made(there, payout, by=getattr(there, who))

    def test_the_payout_remembers_both(self, there: Place) -> None:
        payout = exported(there)

        assert payout.run is not None
        assert (payout.approved_by, payout.run.made_by) == (there.fenna.person, there.vera.person)


def test_a_form_that_is_sent_again_with_another_choice_makes_no_file(there: Place) -> None:
    first, second = approved(there), approved(there, 50_00, "second")
    run = made(there, first)

    assert made(there, first) == run
    with pytest.raises(KeyReused):
        made(there, second)
    with pytest.raises(KeyReused):
        made(there, first, second)
    with pytest.raises(KeyReused):
        made(there, first, version=PayoutVersion.V09)

    second.refresh_from_db()
    assert second.state == PayoutState.APPROVED
    assert PayoutRun.objects.count() == 1
