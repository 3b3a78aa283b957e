"""Euros that come in and go out at the same moment: each line of the bank counts once, each coin has its euro."""

from __future__ import annotations

from datetime import timedelta

from ledger import operations
from ledger.kinds import FundingState, TransferKind
from ledger.models import Account, BankEntry, Funding
from tests.factories.ledger import AT, SYSTEM, Town, fund, key
from tests.ledger.races.conftest import Race, deed
from tests.ledger.races.racers import announce, cancel, give_back, receive, redeem

FOUR = range(4)
MANY = 10


def announced(molen: Town, name: str) -> int:
    """The municipality will pay 1.00 for coins of the football club."""
    (number,) = announce(molen.coin.pk, molen.pot.pk, name)
    return int(number)


def requested(molen: Town, name: str) -> int:
    """The shop wants to be paid out 1.00."""
    reservation = operations.reserve(
        payer=molen.shop, payee=molen.issue, amount=1_00, kind=TransferKind.REDEEM, key=key(name),
        expires_at=AT + timedelta(days=30), actor=SYSTEM, at=AT,
    )  # fmt: skip
    return reservation.pk


def joined(values: list[int] | list[str]) -> str:
    return ",".join(str(one) for one in values)


def circulation_and_reserve(molen: Town) -> tuple[int, int]:
    issue, reserve = (Account.objects.get(pk=one.pk) for one in (molen.issue, molen.reserve))
    return -issue.balance, reserve.balance


def test_one_bank_line_sent_four_times_is_booked_once(molen: Town, race: Race) -> None:
    fundings = [announced(molen, f"funding {number}") for number in range(MANY)]
    lines = [f"BANK-{one}" for one in fundings]
    call = deed(receive, fundings=joined(fundings), bank_lines=joined(lines), amount=1_00, name="receive")

    outcomes = race([call for _one in FOUR])

    assert outcomes == [fundings] * 4
    assert BankEntry.objects.count() == MANY
    assert circulation_and_reserve(molen) == (MANY * 1_00, MANY * 1_00)


def test_one_bank_line_matched_by_two_people_is_booked_once(molen: Town, race: Race) -> None:
    fundings = [announced(molen, f"funding {number}") for number in range(MANY)]
    lines = [f"BANK-{one}" for one in fundings]

    outcomes = race(
        [
            deed(
                receive, fundings=joined(fundings), bank_lines=joined(lines), amount=1_00, name=f"clerk {one}"
            )
            for one in FOUR
        ]
    )

    assert set(outcomes.refused) <= {"bank_line_used", "funding_over"}
    assert (outcomes.refused.total(), outcomes.done) == (3 * MANY, fundings)
    assert circulation_and_reserve(molen) == (MANY * 1_00, MANY * 1_00)


def test_one_funding_is_received_once_though_the_bank_has_two_lines(molen: Town, race: Race) -> None:
    fundings = [announced(molen, f"funding {number}") for number in range(MANY)]

    outcomes = race(
        [
            deed(
                receive, fundings=joined(fundings), amount=1_00, name="receive",
                bank_lines=joined([f"BANK-{one}-{clerk}" for one in fundings]),
            )
            for clerk in FOUR
        ]
    )  # fmt: skip

    assert outcomes.refused == {"funding_over": 3 * MANY}
    assert BankEntry.objects.count() == MANY
    assert circulation_and_reserve(molen) == (MANY * 1_00, MANY * 1_00)


def test_one_bank_line_does_not_pay_two_fundings(molen: Town, race: Race) -> None:
    fundings = [[announced(molen, f"funding {one} {number}") for number in range(MANY)] for one in FOUR]
    lines = [f"BANK-{number}" for number in range(MANY)]

    outcomes = race(
        [
            deed(receive, fundings=joined(mine), bank_lines=joined(lines), amount=1_00, name="receive")
            for mine in fundings
        ]
    )

    assert outcomes.refused == {"bank_line_used": 3 * MANY}
    assert Funding.objects.filter(state=FundingState.ANNOUNCED).count() == 3 * MANY
    assert circulation_and_reserve(molen) == (MANY * 1_00, MANY * 1_00)


def test_money_comes_in_and_goes_out_and_every_coin_keeps_its_euro(molen: Town, race: Race) -> None:
    fund(molen, molen.shop, 4 * MANY * 1_00)
    assert molen.shop.holder is not None
    shop = molen.shop.holder.pk
    deeds = []
    for one in FOUR:
        coming = [announced(molen, f"funding in {one} {number}") for number in range(MANY)]
        going = [requested(molen, f"payout {one} {number}") for number in range(MANY)]
        came, went = ([f"BANK-{way}-{number}" for number in coming] for way in ("IN", "OUT"))
        deeds += [
            deed(receive, fundings=joined(coming), bank_lines=joined(came), amount=1_00, name="receive"),
            deed(redeem, reservations=joined(going), bank_lines=joined(went), to=shop, name="redeem"),
        ]

    outcomes = race(deeds)

    assert outcomes.refused == {}
    assert circulation_and_reserve(molen) == (4 * MANY * 1_00, 4 * MANY * 1_00)
    assert Account.objects.get(pk=molen.shop.pk).balance == 0


def test_one_payout_is_paid_once(molen: Town, race: Race) -> None:
    fund(molen, molen.shop, MANY * 1_00)
    payouts = [requested(molen, f"payout {number}") for number in range(MANY)]

    outcomes = race(
        [
            deed(
                redeem, reservations=joined(payouts), to=molen.shop.holder_id, name=f"clerk {one}",
                bank_lines=joined([f"BANK-{payout}-{one}" for payout in payouts]),
            )
            for one in FOUR
        ]
    )  # fmt: skip

    assert outcomes.refused == {"reservation_over": 3 * MANY}
    assert circulation_and_reserve(molen) == (0, 0)


def test_one_payout_sent_four_times_is_paid_once(molen: Town, race: Race) -> None:
    fund(molen, molen.shop, MANY * 1_00)
    payouts = [requested(molen, f"payout {number}") for number in range(MANY)]
    lines = [f"BANK-{payout}" for payout in payouts]
    call = deed(
        redeem, reservations=joined(payouts), to=molen.shop.holder_id, name="payout", bank_lines=joined(lines)
    )

    outcomes = race([call for _one in FOUR])

    assert outcomes == [[BankEntry.objects.get(reference=line).pk for line in lines]] * 4
    assert circulation_and_reserve(molen) == (0, 0)


def test_one_bank_line_is_not_money_in_and_money_out(molen: Town, race: Race) -> None:
    fund(molen, molen.shop, MANY * 1_00)
    coming = [announced(molen, f"funding in {number}") for number in range(MANY)]
    going = [requested(molen, f"payout {number}") for number in range(MANY)]
    lines = joined([f"BANK-X{number}" for number in range(MANY)])

    outcomes = race(
        [
            deed(receive, fundings=joined(coming), bank_lines=lines, amount=1_00, name="receive"),
            deed(
                redeem, reservations=joined(going), bank_lines=lines, to=molen.shop.holder_id, name="redeem"
            ),
        ]
    )

    assert outcomes.refused == {"bank_line_used": MANY}


def test_a_funding_is_given_back_once(molen: Town, race: Race) -> None:
    funding = announced(molen, "funding")
    receive(str(funding), "BANK-IN", 1_00, "receive")

    outcomes = race(
        [deed(give_back, funding=funding, bank_line=f"BANK-{one}", name=f"back {one}") for one in FOUR]
    )

    assert outcomes.refused == {"funding_over": 3}
    assert Funding.objects.get().state == FundingState.RETURNED
    assert circulation_and_reserve(molen) == (0, 0)


def test_one_return_sent_four_times_gives_back_once(molen: Town, race: Race) -> None:
    funding = announced(molen, "funding")
    receive(str(funding), "BANK-IN", 1_00, "receive")
    call = deed(give_back, funding=funding, bank_line="BANK-OUT", name="back")

    outcomes = race([call for _one in FOUR])

    assert outcomes == [[funding]] * 4
    assert circulation_and_reserve(molen) == (0, 0)


def test_a_funding_is_received_or_cancelled_and_never_both(molen: Town, race: Race) -> None:
    fundings = [announced(molen, f"funding {number}") for number in range(MANY)]
    lines = [f"BANK-{one}" for one in reversed(fundings)]

    outcomes = race(
        [
            deed(cancel, fundings=joined(fundings)),
            deed(
                receive,
                fundings=joined(fundings[::-1]),
                bank_lines=joined(lines),
                amount=1_00,
                name="receive",
            ),
        ]
    )

    received = Funding.objects.filter(state=FundingState.ISSUED).count()
    assert Funding.objects.filter(state=FundingState.CANCELLED).count() == MANY - received
    assert outcomes.refused == {"funding_over": MANY}
    assert circulation_and_reserve(molen) == (received * 1_00, received * 1_00)


def test_one_announcement_sent_eight_times_is_one_funding(molen: Town, race: Race) -> None:
    call = deed(announce, coin=molen.coin.pk, payee=molen.pot.pk, name="form")

    outcomes = race([call] * 8)

    assert outcomes == [[Funding.objects.get().pk]] * 8
