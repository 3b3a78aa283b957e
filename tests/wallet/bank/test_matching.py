"""A line that says what it is is booked by itself; every other one stays open, and says why."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from stdnum.iso7064 import mod_37_36

from core.refusals import NotAllowed
from core.spoken import ALPHABET
from ledger.operations import block_account, cancel_funding, expire_fundings, unblock_account
from tests.factories.people import actor
from tests.factories.wallet import SYSTEM, Place, place
from tests.wallet.bank.files import OTHER_IBAN, camt, line, swift
from tests.wallet.bank.stage import AT, announced, at_desk, circulation, line_of, matched, uploaded
from tests.wallet.payouts.stage import SHOP_IBAN, exported, made, sells, sent
from tests.wallet.payouts.stage import approved as approved_payout
from wallet.bankfiles.references import own_numbers_in, references_in
from wallet.models import BankLine
from wallet.operations.bank import bring_in, match_lines
from wallet.operations.payouts import fail_payout, send_run
from wallet.queries.bank_verdicts import OpenReason, why_open
from wallet.states import BankLineState


def written(reference: str, how: str) -> str:
    head, body = reference[:-9], reference[-9:]
    return {
        "as it is": reference,
        "small": reference.lower(),
        "in groups": f"{head[:2]} {head[2:]} {body[:4]} {body[4:8]} {body[8:]}",
        "with dashes": f"{head}-{body[:4]}-{body[4:]}",
        "broken off": f"{head}{body[:3]}\n{body[3:]}",
        "in a sentence": f"Bijdrage 2026 ({reference}), met dank",
        "twice": f"{reference} {reference.lower()}",
        "wide": "".join(chr(ord(sign) + 0xFEE0) for sign in reference),
    }[how]


@pytest.mark.parametrize(
    "how",
    ["as it is", "small", "in groups", "with dashes", "broken off", "in a sentence", "twice", "wide"],
)
def test_money_that_was_announced_becomes_coins(there: Place, how: str) -> None:
    funding = announced(there)
    uploaded(there, camt(line("1", 250_00, written(funding.reference, how))))

    assert matched(there) == 1

    funding.refresh_from_db()
    booked = line_of(there, "1")
    assert (funding.state, funding.received) == ("ISSUED", 250_00)
    assert (booked.state, booked.funding, booked.settled_by) == ("MATCHED", funding, there.fenna.person)
    assert funding.issued is not None
    assert funding.issued.reference == booked.ledger_reference
    assert circulation(there) == 250_00


@pytest.mark.parametrize("write", [camt, swift])
def test_in_both_formats(there: Place, write: object) -> None:
    assert callable(write)
    funding = announced(there)
    uploaded(there, write(line("1", 250_00, f"voor de soep {funding.reference}")))

    assert matched(there) == 1


def test_a_reference_where_the_payment_order_has_its_own(there: Place) -> None:
    funding = announced(there)
    uploaded(there, camt(line("1", 250_00, "", end_to_end_id=funding.reference)))

    assert matched(there) == 1


def test_two_formats_of_one_day_issue_once(there: Place) -> None:
    funding = announced(there)
    uploaded(there, camt(line("1", 250_00, funding.reference)))
    matched(there)

    uploaded(there, swift(line("1", 250_00, funding.reference)))

    assert matched(there) == 0
    assert circulation(there) == 250_00
    (second,) = BankLine.objects.filter(state=BankLineState.NEW)
    assert why_open(second) == OpenReason.RECEIVED_BEFORE


class TestStaysOpen:
    def why(self, there: Place, amount: int, text: str, **more: object) -> OpenReason:
        uploaded(there, camt(line("1", amount, text, **more)))
        before = circulation(there)
        assert matched(there) == 0
        assert circulation(there) == before
        return why_open(line_of(there, "1"))

    def test_without_a_reference(self, there: Place) -> None:
        announced(there)
        assert self.why(there, 250_00, "voor de soep") == OpenReason.NO_REFERENCE

    def test_with_another_amount(self, there: Place) -> None:
        funding = announced(there)
        assert self.why(there, 249_99, funding.reference) == OpenReason.OTHER_AMOUNT

    def test_with_a_reference_of_nobody(self, there: Place) -> None:
        announced(there)
        assert self.why(there, 250_00, "SCMOLENWIJK222222222") == OpenReason.NO_REFERENCE
        assert (
            why_open(line_of(there, "1")) == OpenReason.NO_REFERENCE
        )  # its last sign does not check the others

    def test_with_a_reference_that_could_be_one(self, there: Place) -> None:
        body = "BCDFGHJK"
        reference = f"SC{there.coin.code}{body}{mod_37_36.calc_check_digit(body, ALPHABET)}"
        assert self.why(there, 250_00, reference) == OpenReason.UNKNOWN_REFERENCE

    def test_with_two_references(self, there: Place) -> None:
        first, second = announced(there, name="first"), announced(there, name="second")
        assert self.why(there, 250_00, f"{first.reference} {second.reference}") == OpenReason.TWO_REFERENCES

    @pytest.mark.parametrize("around", ["X{}", "{}X", "{}9", "_{}", "{}_", "é{}"])
    def test_with_a_reference_within_a_longer_word(self, there: Place, around: str) -> None:
        funding = announced(there)
        assert self.why(there, 250_00, around.format(funding.reference)) == OpenReason.NO_REFERENCE

    def test_with_the_reference_of_another_coin(self, there: Place) -> None:
        other = place("Sluiskade", iban=OTHER_IBAN)
        funding = announced(other)
        assert self.why(there, 250_00, funding.reference) == OpenReason.OTHER_COIN

    def test_when_it_was_withdrawn(self, there: Place) -> None:
        funding = announced(there)
        cancel_funding(funding=funding, actor=SYSTEM, at=AT)
        assert self.why(there, 250_00, funding.reference) == OpenReason.NOT_EXPECTED

    def test_when_it_came_too_late(self, there: Place) -> None:
        funding = announced(there)
        expire_fundings(at=AT + timedelta(days=40))
        assert self.why(there, 250_00, funding.reference) == OpenReason.NOT_EXPECTED

    def test_when_the_account_is_blocked(self, there: Place) -> None:
        funding = announced(there)
        block_account(account=there.pot, actor=SYSTEM, at=AT)
        assert self.why(there, 250_00, funding.reference) == OpenReason.PAYEE_NOT_OPEN

    def test_money_that_goes_out_with_a_payment_reference(self, there: Place) -> None:
        funding = announced(there)
        assert self.why(there, -250_00, funding.reference) == OpenReason.NO_PAYOUT

    def test_bank_costs(self, there: Place) -> None:
        assert self.why(there, -9_95, "kosten") == OpenReason.NO_PAYOUT


class TestPayouts:
    def test_the_bank_says_that_it_paid(self, there: Place) -> None:
        sells(there)
        payout = sent(there)
        uploaded(there, camt(line("1", -100_00, "weg", end_to_end_id=payout.end_to_end_id, iban=SHOP_IBAN)))

        assert matched(there) == 1

        payout.refresh_from_db()
        assert (payout.state, line_of(there, "1").payout) == ("PAID", payout)
        assert circulation(there) == 900_00

    def test_its_number_stands_in_the_text(self, there: Place) -> None:
        sells(there)
        payout = sent(there)
        uploaded(there, swift(line("1", -100_00, f"kenmerk {payout.end_to_end_id}", iban=SHOP_IBAN)))

        assert matched(there) == 1

    def test_it_comes_back_in_the_same_file_as_it_left(self, there: Place) -> None:
        sells(there)
        payout = sent(there)
        back = line("0", 100_00, "", end_to_end_id=payout.end_to_end_id, is_return=True)
        gone = line("1", -100_00, "", end_to_end_id=payout.end_to_end_id, iban=SHOP_IBAN)
        uploaded(there, camt(back, gone))

        assert matched(there) == 2

        there.shop.refresh_from_db()
        assert (there.shop.balance, circulation(there)) == (1_000_00, 1_000_00)

    @pytest.mark.parametrize(
        ("amount", "more", "reason"),
        [
            (-99_99, {"iban": SHOP_IBAN}, OpenReason.OTHER_PAYOUT_AMOUNT),
            (-100_00, {"iban": OTHER_IBAN}, OpenReason.OTHER_IBAN),
            (100_00, {}, OpenReason.PERHAPS_BACK),
            (99_00, {"is_return": True}, OpenReason.OTHER_PAYOUT_AMOUNT),
        ],
    )
    def test_what_does_not_fit_stays_open(
        self, there: Place, amount: int, more: dict[str, object], reason: OpenReason
    ) -> None:
        sells(there)
        payout = sent(there)
        uploaded(there, camt(line("1", amount, "", end_to_end_id=payout.end_to_end_id, **more)))

        assert matched(there) == 0
        assert why_open(line_of(there, "1")) == reason

    def test_a_payout_that_is_in_no_file_stays_open(self, there: Place) -> None:
        sells(there)
        payout = approved_payout(there)
        uploaded(there, camt(line("1", -100_00, "", end_to_end_id=payout.end_to_end_id, iban=SHOP_IBAN)))

        assert matched(there) == 0
        assert why_open(line_of(there, "1")) == OpenReason.PAYOUT_OVER

    def test_a_line_with_a_number_of_nobody(self, there: Place) -> None:
        body = "BCDFGHJKMNP"
        number = f"SCP{body}{mod_37_36.calc_check_digit(body, ALPHABET)}"
        uploaded(there, camt(line("1", -100_00, number)))

        assert matched(there) == 0
        assert why_open(line_of(there, "1")) == OpenReason.UNKNOWN_PAYOUT

    def test_a_number_of_which_the_last_sign_is_wrong_is_none(self, there: Place) -> None:
        uploaded(there, camt(line("1", -100_00, "SCPBCDFGHJKMNPQ")))

        assert why_open(line_of(there, "1")) == OpenReason.NO_PAYOUT

    def test_a_payment_reference_of_a_coin_that_begins_like_a_payout_is_a_reference(
        self, there: Place
    ) -> None:
        # Of some coins it looks in every way like the number of a payout, its last sign included.
        body = "2345678B"
        reference, code = next(
            (f"SC{code}{body}{mod_37_36.calc_check_digit(body, ALPHABET)}", code)
            for code in ("P" + "".join(three) for three in product(ALPHABET, repeat=3))
            if mod_37_36.is_valid(f"{code[1:]}{body}{mod_37_36.calc_check_digit(body, ALPHABET)}", ALPHABET)
        )

        assert own_numbers_in([reference]) == {reference}
        assert references_in([reference], [code]) == {reference}
        assert own_numbers_in([reference], [code]) == set()

    def test_a_file_of_which_one_payout_failed_is_closed_by_what_the_bank_paid_of_it(
        self, there: Place
    ) -> None:
        sells(there)
        paid, failed = approved_payout(there, 100_00, "one"), approved_payout(there, 50_00, "two")
        run = made(there, paid, failed)
        send_run(run=run, on=AT.date(), actor=at_desk(there, there.vera), at=AT)
        uploaded(there, camt(line("1", -100_00, f"SEPA batch {run.message_id}", name="", iban="")))
        assert matched(there) == 0
        assert why_open(line_of(there, "1")) == OpenReason.OTHER_PAYOUT_AMOUNT

        fail_payout(payout=failed, reason="Account closed.", actor=at_desk(there), at=AT)

        assert matched(there) == 1
        assert list(run.payouts.order_by("pk").values_list("state", flat=True)) == ["PAID", "FAILED"]
        assert circulation(there) == 900_00

    @pytest.mark.parametrize("comes_back", [True, False])
    def test_a_file_that_left_whole_is_closed_though_one_payout_had_failed(
        self, there: Place, comes_back: bool
    ) -> None:
        sells(there)
        both = [approved_payout(there, 100_00, "one"), approved_payout(there, 50_00, "two")]
        run = made(there, *both)
        send_run(run=run, on=AT.date(), actor=at_desk(there, there.vera), at=AT)
        if comes_back:
            back = line("0", 50_00, "", end_to_end_id=both[1].end_to_end_id, is_return=True)
            uploaded(there, camt(back))
            assert matched(there) == 1
        else:
            fail_payout(payout=both[1], reason="Account closed.", actor=at_desk(there), at=AT)
        uploaded(there, camt(line("1", -150_00, f"SEPA batch {run.message_id}", name="", iban="")))

        assert matched(there) == 1

        states = list(run.payouts.order_by("pk").values_list("state", flat=True))
        assert states == ["PAID", "FAILED" if comes_back else "PAID"]
        assert circulation(there) == (900_00 if comes_back else 850_00)

    def test_a_file_of_which_nothing_is_at_the_bank_any_more_is_over(self, there: Place) -> None:
        sells(there)
        payout = sent(there)
        assert payout.run is not None
        uploaded(there, camt(line("1", -100_00, "", end_to_end_id=payout.end_to_end_id, iban=SHOP_IBAN)))
        matched(there)
        uploaded(there, camt(line("2", -100_00, payout.run.message_id)))

        assert why_open(line_of(there, "2")) == OpenReason.PAYOUT_OVER

    def test_one_line_for_a_whole_file_closes_each_payout_in_it(self, there: Place) -> None:
        sells(there)
        both = [approved_payout(there, 100_00, "one"), approved_payout(there, 50_00, "two")]
        run = made(there, *both)
        uploaded(there, camt(line("1", -150_00, f"SEPA batch {run.message_id}", name="", iban="")))

        assert matched(there) == 1

        assert set(run.payouts.values_list("state", flat=True)) == {"PAID"}
        assert circulation(there) == 850_00
        assert matched(there) == 0

    def test_one_line_for_a_file_of_another_amount_closes_nothing(self, there: Place) -> None:
        sells(there)
        payout = exported(there)
        assert payout.run is not None
        uploaded(there, camt(line("1", -99_00, payout.run.message_id)))

        assert matched(there) == 0
        assert why_open(line_of(there, "1")) == OpenReason.OTHER_PAYOUT_AMOUNT


def test_a_second_match_changes_nothing(there: Place) -> None:
    funding = announced(there)
    uploaded(there, camt(line("1", 250_00, funding.reference)))
    matched(there)

    assert matched(there) == 0
    assert circulation(there) == 250_00


def test_what_fits_later_is_booked_when_the_lines_are_matched_again(there: Place) -> None:
    funding = announced(there)
    block_account(account=there.pot, actor=SYSTEM, at=AT)
    uploaded(there, camt(line("1", 250_00, funding.reference)))
    assert matched(there) == 0
    unblock_account(account=there.pot, actor=SYSTEM, at=AT)
    assert why_open(line_of(there, "1")) == OpenReason.FITS

    assert matched(there) == 1


def test_a_line_that_the_ledger_refuses_holds_up_no_other(there: Place) -> None:
    first, second = announced(there, name="first"), announced(there, name="second")
    type(there.pot).objects.filter(pk=there.pot.pk).update(ceiling=300_00)
    statement = bring_in(
        treasury=there.treasury, name="a", actor=at_desk(there), at=AT,
        content=camt(line("1", 250_00, first.reference), line("2", 250_00, second.reference)),
    )  # fmt: skip

    assert statement.new_lines == 2
    assert {one.bank_id: one.state for one in BankLine.objects.all()} == {"1": "MATCHED", "2": "NEW"}
    assert circulation(there) == 250_00


def test_who_does_not_sit_at_the_finance_desk_matches_nothing(there: Place) -> None:
    for somebody in (actor(there.ann_login), actor(there.cas_login)):
        with pytest.raises(NotAllowed):
            match_lines(treasury=there.treasury, actor=somebody, at=AT)


def test_it_costs_no_more_queries_to_say_why_of_three_lines_than_of_one(
    there: Place, django_assert_num_queries: object
) -> None:
    from wallet.queries.bank_verdicts import verdicts

    assert callable(django_assert_num_queries)
    fundings = [announced(there, 10_00, f"f{no}") for no in range(3)]
    uploaded(there, camt(*(line(f"{no}", 20_00, one.reference) for no, one in enumerate(fundings))))
    lines = list(BankLine.objects.order_by("pk"))
    for some in (lines[:1], lines):
        with django_assert_num_queries(3):
            assert set(verdicts(some, there.treasury)) == {one.pk for one in some}
