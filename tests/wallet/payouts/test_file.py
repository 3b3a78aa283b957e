"""The file for the bank: valid, complete, the same each time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import sepaxml
import xmlschema

from tests.factories.wallet import AT, Place
from tests.wallet.payouts.stage import MONDAY, approved, at_desk, made, sent
from wallet.bankdays import easter_sunday, is_bank_day, next_bank_day
from wallet.models import PayoutRun, PayoutVersion, Treasury
from wallet.operations.payouts import SentInTheFuture, UnfitForTheBank, fail_payout, send_run
from wallet.payment_file import Order, Payer, Unfit, payment_file, tidy
from wallet.queries.payouts import file_of

VERSIONS = [PayoutVersion.V03, PayoutVersion.V09]
PAYER = Payer(name="Stichting Molenmunt", iban="NL91ABNA0417164300", bic="")


def order(number: int = 1, **more: Any) -> Order:
    words = {
        "name": "Fietsenmaker Van Dam", "iban": "NL20INGB0001234567", "amount": 12_50 + number,
        "end_to_end_id": f"SCP{number:012}", "text": f"Socialcoin SCP{number:012}",
    }  # fmt: skip
    return Order(**{**words, **more})


def file(orders: list[Order], version: str = PayoutVersion.V09, payer: Payer = PAYER) -> bytes:
    return payment_file(
        payer=payer,
        orders=orders,
        message_id="SC20261122TEST",
        version=version,
        made_at=AT,
        execute_on=MONDAY,
    )


def is_valid(made: bytes, version: str) -> bool:
    """By the schema of ISO 20022 and a validator of our own calling, not by what made the file."""
    return bool(schema_of(version).is_valid(made.decode()))


@cache
def schema_of(version: str) -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(Path(sepaxml.__file__).parent / "schemas" / f"{version}.xsd"))


def texts(made: bytes, name: str) -> list[str | None]:
    return [one.text for one in ET.fromstring(made).iter() if one.tag.endswith(f"}}{name}")]


class TestContent:
    @pytest.mark.parametrize("version", VERSIONS)
    @pytest.mark.parametrize("count", [1, 2, 500])
    def test_it_is_valid_and_adds_up(self, version: str, count: int) -> None:
        made = file([order(number) for number in range(count)], version)

        total = sum(12_50 + number for number in range(count))
        written = f"{total // 100}.{total % 100:02}"
        assert is_valid(made, version)
        assert texts(made, "CtrlSum") == [written, written]
        assert texts(made, "NbOfTxs") == [str(count), str(count)]
        assert len(texts(made, "InstdAmt")) == count

    @pytest.mark.parametrize("version", VERSIONS)
    @pytest.mark.parametrize("bic", ["", "ABNANL2A"])
    def test_with_and_without_a_bic(self, version: str, bic: str) -> None:
        made = file([order()], version, Payer(name="Stichting", iban=PAYER.iban, bic=bic))

        assert is_valid(made, version)
        assert texts(made, "BIC" if version == PayoutVersion.V03 else "BICFI") == ([bic] if bic else [])
        assert ("NOTPROVIDED" in made.decode()) == (not bic)

    @pytest.mark.parametrize("version", VERSIONS)
    def test_the_same_values_give_the_same_file(self, version: str) -> None:
        assert file([order(1), order(2)], version) == file([order(1), order(2)], version)

    def test_what_the_bank_reads(self) -> None:
        made = file([order(7, amount=5)])

        assert texts(made, "MsgId") == ["SC20261122TEST"]
        assert texts(made, "PmtInfId") == ["SC20261122TEST"]
        assert texts(made, "CreDtTm") == ["2026-11-22T10:00:00"]
        assert texts(made, "BtchBookg") == ["false"]
        assert texts(made, "Dt") == ["2026-11-23"]
        assert texts(made, "EndToEndId") == ["SCP000000000007"]
        assert texts(made, "Ustrd") == ["Socialcoin SCP000000000007"]
        assert texts(made, "InstdAmt") == ["0.05"]
        assert texts(made, "IBAN") == ["NL91ABNA0417164300", "NL20INGB0001234567"]
        assert texts(made, "Cd") == ["SEPA"]
        assert texts(made, "ChrgBr") == ["SLEV"]

    @pytest.mark.parametrize("version", VERSIONS)
    def test_nothing_to_pay_is_no_file(self, version: str) -> None:
        with pytest.raises(Unfit):
            file([], version)

    @pytest.mark.parametrize(
        "wrong", [{"iban": "NOT AN IBAN"}, {"end_to_end_id": "x" * 36}, {"end_to_end_id": ""}]
    )
    def test_what_no_bank_takes_is_refused(self, wrong: dict[str, Any]) -> None:
        with pytest.raises(Unfit):
            file([order(**wrong)])

    @pytest.mark.parametrize("version", VERSIONS)
    @pytest.mark.parametrize("name", [
        'Café Ünïque & Zn. <b>"Özdemir"</b>', "Ελληνικό", "😀", "///", "a\x00b\x1f", "]]><!--", "x" * 200, "  ",
    ])  # fmt: skip
    def test_any_name_makes_a_valid_file(self, version: str, name: str) -> None:
        made = file([order(name=name)], version, Payer(name=name, iban=PAYER.iban, bic=""))

        assert is_valid(made, version)


@pytest.mark.parametrize(("name", "written"), [
    ("Bakkerij Özdemir", "Bakkerij Ozdemir"),
    ("Van Dam & Zn.", "Van Dam + Zn."),
    ("Café <Wiek>", "Cafe Wiek"),
    ("//Slash//er//", "Slash/er"),
    ("😀", "NOTPROVIDED"),
    ("x" * 80, "x" * 70),
    ("x" * 69 + "/y", "x" * 69),
])  # fmt: skip
def test_names_are_written_with_the_signs_of_banks(name: str, written: str) -> None:
    assert tidy(name) == written


class TestRun:
    def test_the_file_stays_the_same_whatever_happens(self, there: Place) -> None:
        payout = sent(there)
        assert payout.run is not None
        before = file_of(payout.run)
        Treasury.objects.filter(pk=there.treasury.pk).update(
            account_name="Another name", iban="NL02RABO0123456789", bic="RABONL2U"
        )

        fail_payout(payout=payout, reason="No.", actor=at_desk(there, there.fenna), at=AT)

        assert file_of(PayoutRun.objects.get(pk=payout.run.pk)) == before

    @pytest.mark.parametrize("version", VERSIONS)
    def test_it_says_who_is_paid_how_much(self, there: Place, version: str) -> None:
        first, second = approved(there), approved(there, 33_33, "second")

        run = made(there, first, second, version=version)

        bytes_ = file_of(run)
        assert is_valid(bytes_, version)
        assert texts(bytes_, "EndToEndId") == [first.end_to_end_id, second.end_to_end_id]
        assert texts(bytes_, "InstdAmt") == ["100.00", "33.33"]
        assert texts(bytes_, "MsgId") == [run.message_id]
        assert run.execute_on == MONDAY

    def test_a_wrong_bic_of_the_neighbourhood_is_said_before_there_is_a_file(self, there: Place) -> None:
        Treasury.objects.filter(pk=there.treasury.pk).update(bic="wrong")
        payout = approved(there)

        with pytest.raises(UnfitForTheBank):
            made(there, payout)

        payout.refresh_from_db()
        assert (payout.state, PayoutRun.objects.count()) == ("APPROVED", 0)

    def test_that_it_was_sent_is_written_once(self, there: Place) -> None:
        run = made(there, approved(there))

        send_run(run=run, on=AT.date(), actor=at_desk(there, there.vera), at=AT)
        send_run(run=run, on=AT.date(), actor=at_desk(there, there.tom), at=AT)

        run.refresh_from_db()
        assert (run.sent_by, run.sent_at) == (there.vera.person, AT)

    @pytest.mark.parametrize("on", [date(2026, 11, 21), date(2026, 11, 23)])
    def test_it_was_not_sent_before_it_was_made_nor_tomorrow(self, there: Place, on: date) -> None:
        run = made(there, approved(there))

        with pytest.raises(SentInTheFuture):
            send_run(run=run, on=on, actor=at_desk(there, there.vera), at=AT)

    def test_a_day_that_has_passed_can_be_said(self, there: Place) -> None:
        run = made(there, approved(there))

        send_run(
            run=run,
            on=date(2026, 11, 24),
            actor=at_desk(there, there.vera),
            at=datetime(2026, 11, 26, tzinfo=UTC),
        )

        run.refresh_from_db()
        assert run.sent_at == datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


class TestBankDays:
    """The closing days as the ECB publishes them."""

    @pytest.mark.parametrize("on", [
        date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 1), date(2026, 12, 25), date(2026, 11, 22),
        date(2026, 11, 21), date(2027, 3, 26), date(2027, 3, 29), date(2028, 4, 14), date(2028, 4, 17),
        date(2024, 12, 26),
    ])  # fmt: skip
    def test_closed(self, on: date) -> None:
        assert not is_bank_day(on)

    @pytest.mark.parametrize(
        "on", [date(2026, 4, 27), date(2026, 5, 5), date(2026, 5, 14), date(2026, 12, 24)]
    )
    def test_open_also_on_dutch_holidays(self, on: date) -> None:
        assert is_bank_day(on)

    @pytest.mark.parametrize(("after", "day"), [
        (date(2026, 11, 20), date(2026, 11, 23)), (date(2026, 11, 23), date(2026, 11, 24)),
        (date(2026, 12, 24), date(2026, 12, 28)), (date(2026, 4, 2), date(2026, 4, 7)),
        (date(2026, 12, 31), date(2027, 1, 4)),
    ])  # fmt: skip
    def test_the_next_one(self, after: date, day: date) -> None:
        assert next_bank_day(after) == day

    @pytest.mark.parametrize("on", [
        date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2038, 4, 25), date(2049, 4, 18), date(2285, 3, 22),
    ])  # fmt: skip
    def test_easter(self, on: date) -> None:
        assert easter_sunday(on.year) == on
