"""The statements to try a demo with: everything that is expected comes in, and nowhere but in a demo."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from core.clock import today
from tests.factories.wallet import Place
from tests.wallet.bank.stage import announced, at_desk, clean
from tests.wallet.payouts.stage import exported, sells, sent
from wallet.bankfiles import LineProblem
from wallet.models import BankFormat
from wallet.operations.bank import bring_in

FORMS = ["camt053", "mt940"]


@pytest.fixture(autouse=True)
def _in_a_demo(settings: Settings) -> None:
    settings.DEMO = True
    settings.STAFF_SECOND_FACTOR = False


@pytest.mark.parametrize("form", FORMS)
def test_it_brings_what_is_announced_and_pays_what_was_sent(there: Place, form: str, tmp_path: Path) -> None:
    sells(there)
    funding, payout, waiting = announced(there), sent(there), exported(there, 50_00, "waiting")
    file = tmp_path / "statement"

    call_command("sample_statement", "molenwijk", "--format", form, "--to", str(file), stdout=StringIO())

    statement = bring_in(
        treasury=there.treasury,
        name="a",
        content=file.read_bytes(),
        actor=at_desk(there),
        at=funding.announced_at,
    )
    for one in (funding, payout, waiting):
        one.refresh_from_db()
    assert (funding.state, payout.state, waiting.state) == ("ISSUED", "PAID", "EXPORTED")
    assert sorted(statement.lines.filter(state="NEW").values_list("amount", flat=True)) == [-9_95, 75_00]
    wrong = [one.code for one in statement.problems.all()]
    assert wrong == ([LineProblem.NOT_BOOKED] if form == "camt053" else [])
    assert statement.format in BankFormat.values
    clean()


def test_it_is_written_on_the_screen(there: Place) -> None:
    screen = StringIO()

    call_command("sample_statement", "molenwijk", stdout=screen)

    assert screen.getvalue().startswith("<?xml")


def test_it_is_refused_outside_a_demo(there: Place, settings: Settings) -> None:
    settings.DEMO = False

    with pytest.raises(CommandError, match="for demos only"):
        call_command("sample_statement", "molenwijk")


def test_a_neighbourhood_that_has_no_bank_account_is_told(there: Place) -> None:
    with pytest.raises(CommandError, match="molenwijk-oost has no bank account"):
        call_command("sample_statement", "molenwijk-oost")


@pytest.mark.parametrize("form", FORMS)
def test_somebody_at_the_finance_desk_downloads_it(there: Place, form: str, settings: Settings) -> None:
    client = Client()
    client.force_login(there.fenna)
    address = reverse("demo_statement", args=["molenwijk", form])

    answer = client.get(address)

    ending = {"camt053": "xml", "mt940": "sta"}[form]
    assert answer["Content-Disposition"] == f'attachment; filename="molenwijk-{today()}.{ending}"'
    assert client.get(reverse("demo_statement", args=["molenwijk", "csv"])).status_code == 404
    assert client.get(reverse("demo_statement", args=["molenwijk-oost", form])).status_code == 404
    settings.DEMO = False
    assert client.get(address).status_code == 404
