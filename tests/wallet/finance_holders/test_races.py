"""Two at the desk at one moment: a payment is undone once, an organisation gets one account, a limit is set once."""

from __future__ import annotations

import pytest

from ledger.models import Account, LimitRule
from ledger.proving import find_faults
from people.models import User
from tests.factories.people import organisation
from tests.factories.wallet import Place, fund, place
from tests.plugins.data import RealCommits
from tests.races import Call
from tests.wallet.finance_holders.racers import approves, opens, proposes, sets_limit
from tests.wallet.finance_holders.undoing import alone_is, paid, undo
from wallet.models import ChargebackCase
from wallet.states import SecondLookState


@pytest.fixture(autouse=True)
def _on_a_day() -> None:
    """The processes tell the time themselves."""


@pytest.fixture
def there(real_commits: RealCommits) -> Place:
    made = place()
    fund(made, made.ann, 500_00)
    return made


def who(user: User, there: Place) -> dict[str, int | str]:
    principal = there.neighbourhood.party if user == there.tom else there.municipality
    return {"person": user.person.pk, "principal": principal.pk}


def test_two_who_approve_one_case_undo_it_once(there: Place, real_commits: RealCommits) -> None:
    payment = paid(there.ann, there.shop, 200_00, there.ann_login)
    case = undo(there, payment, 200_00, there.fenna)
    calls = [{"case": case.pk, **who(user, there)} for user in (there.vera, there.tom)]

    outcomes = [outcome.result for outcome in real_commits.race(approves, calls)]

    assert sorted(outcomes) == ["done", "move_refused"]
    assert Account.objects.get(pk=there.ann.pk).balance == 500_00
    assert find_faults() == []


def test_two_who_undo_one_payment_at_one_moment_undo_no_more_than_was_paid(
    there: Place, real_commits: RealCommits
) -> None:
    payment = paid(there.ann, there.shop, 40_00, there.ann_login)
    call: Call = {"treasury": there.treasury.pk, "transfer": payment.pk, "amount": 40_00}
    calls = [
        {**call, "form": str(number), **who(user, there)}
        for number, user in enumerate((there.fenna, there.vera, there.tom))
    ]

    outcomes = [outcome.result for outcome in real_commits.race(proposes, calls)]

    assert sorted(outcomes) == ["chargeback_exceeds", "chargeback_exceeds", "done"]
    assert [case.state for case in ChargebackCase.objects.all()] == [SecondLookState.APPROVED]


def test_parts_that_one_person_undoes_at_one_moment_are_one_sum(
    there: Place, real_commits: RealCommits
) -> None:
    payment = paid(there.ann, there.shop, 200_00, there.ann_login)
    alone_is(there, 0)
    cases = [undo(there, payment, 50_00, there.fenna) for _time in range(3)]
    alone_is(there, 50_00)

    calls = [{"case": case.pk, **who(there.fenna, there)} for case in cases]
    outcomes = [outcome.result for outcome in real_commits.race(approves, calls)]

    assert sorted(outcomes) == ["done", "same_person", "same_person"]
    assert Account.objects.get(pk=there.ann.pk).balance == 350_00


def test_what_is_too_much_for_one_person_by_then_waits_for_a_second(
    there: Place, real_commits: RealCommits
) -> None:
    payment = paid(there.ann, there.shop, 200_00, there.ann_login)
    call: Call = {"treasury": there.treasury.pk, "transfer": payment.pk, "amount": 50_00}
    calls = [{**call, "form": str(number), **who(there.fenna, there)} for number in range(3)]

    outcomes = [outcome.result for outcome in real_commits.race(proposes, calls)]

    assert outcomes == ["done"] * 3
    states = ChargebackCase.objects.order_by("state").values_list("state", flat=True)
    assert list(states) == [SecondLookState.APPROVED, SecondLookState.PROPOSED, SecondLookState.PROPOSED]


def test_one_form_sent_three_times_is_one_case(there: Place, real_commits: RealCommits) -> None:
    payment = paid(there.ann, there.shop, 40_00, there.ann_login)
    call: Call = {"treasury": there.treasury.pk, "transfer": payment.pk, "amount": 40_00, "form": "one"}

    outcomes = [
        outcome.result for outcome in real_commits.race(proposes, [{**call, **who(there.fenna, there)}] * 3)
    ]

    assert outcomes == ["done"] * 3
    assert ChargebackCase.objects.count() == 1


def test_an_organisation_gets_one_account(there: Place, real_commits: RealCommits) -> None:
    bakery = organisation("Bakery")
    calls = [
        {
            "neighbourhood": there.neighbourhood.pk,
            "organisation": bakery.pk,
            "form": str(number),
            **who(user, there),
        }
        for number, user in enumerate((there.fenna, there.vera, there.tom))
    ]

    outcomes = [outcome.result for outcome in real_commits.race(opens, calls)]

    assert sorted(outcomes) == ["done", "has_account", "has_account"]


def test_a_limit_said_three_times_is_one(there: Place, real_commits: RealCommits) -> None:
    call = {"neighbourhood": there.neighbourhood.pk, **who(there.fenna, there)}

    outcomes = [outcome.result for outcome in real_commits.race(sets_limit, [call] * 3)]

    assert outcomes == ["done"] * 3
    assert LimitRule.objects.count() == 1
