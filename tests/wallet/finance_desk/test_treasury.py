"""On which bank account the euros are: who says so, and what is no bank account."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core.models import AuditEntry
from people.models import Role
from tests.factories.people import mandate
from tests.factories.wallet import place
from tests.wallet.finance_desk.scene import at_desk, line, url
from tests.wallet.fundings.scene import NOW, Scene, announced, signed_in, words
from wallet.models import Treasury
from wallet.operations.fundings import withdraw
from wallet.operations.treasury import (
    AloneOutOfBounds,
    IbanOfAnother,
    MoneyUnderWay,
    NotYourTreasury,
    WrongAccountName,
    WrongBic,
    WrongIban,
    change_treasury,
)
from wallet.states import BankLineState

NEW = "NL39 RABO 0300 0652 64"


def change(of: Scene, **more: Any) -> Treasury:
    details: dict[str, Any] = {
        "neighbourhood": of.there.neighbourhood, "account_name": "Stichting Molenmunt", "iban": NEW, "bic": "",
        "chargeback_alone": 25_00, "reason": "Another bank", "actor": at_desk(of), "at": NOW, **more,
    }  # fmt: skip
    return change_treasury(**details)


def form(**changed: str) -> dict[str, str]:
    return {
        "account_name": "Stichting Molenmunt", "iban": NEW, "bic": "", "chargeback_alone": "25",
        "reason": "Another bank", **changed,
    }  # fmt: skip


def test_the_municipality_changes_it_and_the_trail_says_so(of: Scene) -> None:
    treasury = change(of, bic="rabonl2u")

    assert (treasury.pk, treasury.iban, treasury.bic, treasury.chargeback_alone) == (
        of.there.treasury.pk, "NL39RABO0300065264", "RABONL2U", 25_00,
    )  # fmt: skip
    entry = AuditEntry.objects.get(event="treasury.change")
    assert (entry.before, entry.after, entry.note.text) == (
        "NL91ABNA0417164300", "NL39RABO0300065264", "Another bank",
    )  # fmt: skip


def test_the_same_again_changes_nothing(of: Scene) -> None:
    change(of)
    change(of)

    assert AuditEntry.objects.filter(event="treasury.change").count() == 1


def test_a_new_neighbourhood_gets_its_own(of: Scene) -> None:
    desk = signed_in(of.there.fenna)

    assert desk.post("/en/finance/molenwijk-oost/treasury/", form()).status_code == 302
    assert desk.post("/en/finance/molenwijk-oost/treasury/", form()).status_code == 302

    assert Treasury.objects.get(neighbourhood__slug="molenwijk-oost").iban == "NL39RABO0300065264"
    assert "NL39 RABO 0300 0652 64" in words(desk.get("/en/finance/molenwijk-oost/treasury/"))


def test_an_owner_of_the_neighbourhoods_organisation_may_too(of: Scene) -> None:
    mandate(person=of.there.ben_login, principal=of.there.neighbourhood.party, role=Role.OWNER)

    assert change(of, actor=at_desk(of, of.there.ben_login)).account_name == "Stichting Molenmunt"


def test_the_treasurer_and_who_has_its_finances_read_it_and_do_not_change_it(of: Scene) -> None:
    mandate(person=of.there.ben_login, principal=of.there.neighbourhood.party, role=Role.FINANCE)

    for login in (of.there.tom, of.there.ben_login):
        with pytest.raises(NotYourTreasury):
            change(of, actor=at_desk(of, login))
        page = signed_in(login).get(url(of, "treasury/"))
        assert "You can read this, not change it" in words(page)
        assert 'name="iban"' not in page.content.decode()
        signed_in(login).post(url(of, "treasury/"), form())

    of.there.treasury.refresh_from_db()
    assert of.there.treasury.iban == "NL91ABNA0417164300"


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"iban": "NL39RABO0300065265"}, WrongIban),
        ({"iban": "1"}, WrongIban),
        ({"bic": "X"}, WrongBic),
        ({"bic": "12345678"}, WrongBic),
        ({"account_name": ""}, WrongAccountName),
        ({"account_name": "x"}, WrongAccountName),
        ({"account_name": "x" * 71}, WrongAccountName),
        ({"account_name": "Fund\nBCD"}, None),
        ({"account_name": "Фонд"}, WrongAccountName),
        ({"account_name": "Fund 🍲"}, WrongAccountName),
        ({"chargeback_alone": -1}, AloneOutOfBounds),
        ({"chargeback_alone": 10**12}, AloneOutOfBounds),
    ],
)
def test_what_is_no_bank_account_is_refused(of: Scene, wrong: dict[str, Any], refusal: Any) -> None:
    if refusal is None:  # a line break would begin a new line in the QR code: it is tidied away
        assert "\n" not in change(of, **wrong).account_name
        return
    with pytest.raises(refusal):
        change(of, **wrong)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"iban": "NL00"}, "This IBAN is not right"),
        ({"iban": ""}, "Enter the IBAN"),
        ({"bic": "zz"}, "A BIC has eight or eleven"),
        ({"account_name": "<script>"}, "Type the name as the bank writes it"),
        ({"chargeback_alone": "-1"}, "without a minus sign"),
        ({"chargeback_alone": "10000.01"}, "at most 10,000"),
        ({"reason": ""}, "Write down why"),
    ],
)
def test_each_mistake_is_a_sentence(of: Scene, changed: dict[str, str], sentence: str) -> None:
    page = signed_in(of.there.fenna).post(url(of, "treasury/"), form(**changed))

    assert page.status_code == 200
    assert sentence in words(page)
    of.there.treasury.refresh_from_db()
    assert of.there.treasury.iban == "NL91ABNA0417164300"


def test_nobodys_amount_left_empty_means_that_two_always_look(of: Scene) -> None:
    signed_in(of.there.fenna).post(url(of, "treasury/"), form(chargeback_alone=""))

    of.there.treasury.refresh_from_db()
    assert of.there.treasury.chargeback_alone == 0
    assert "two people always look" in words(signed_in(of.there.fenna).get(url(of, "treasury/")))


def test_two_coins_never_share_a_bank_account(of: Scene) -> None:
    place("Sluiskade", "NL39RABO0300065264")

    with pytest.raises(IbanOfAnother):
        change(of)
    with pytest.raises(IntegrityError), transaction.atomic():
        Treasury.objects.filter(pk=of.there.treasury.pk).update(iban="NL39RABO0300065264")


def test_the_iban_stays_while_lines_of_the_old_account_wait(of: Scene) -> None:
    waiting = line(of, 5_00)

    with pytest.raises(MoneyUnderWay):
        change(of)
    assert change(of, iban="NL91ABNA0417164300").chargeback_alone == 25_00  # all else may change

    type(waiting).objects.filter(pk=waiting.pk).update(state=BankLineState.IGNORED)
    assert change(of).iban == "NL39RABO0300065264"


def test_the_iban_stays_while_letters_name_it_for_money_that_is_to_come(of: Scene) -> None:
    funding = announced(of)
    page = words(signed_in(of.there.fenna).get(url(of, "treasury/")))
    assert "1 announced amount is still to come" in page

    with pytest.raises(MoneyUnderWay):
        change(of)
    sent = signed_in(of.there.fenna).post(url(of, "treasury/"), form())
    assert "Wait for it, or withdraw it" in words(sent)
    assert change(of, iban="NL91ABNA0417164300").chargeback_alone == 25_00  # all else may change

    withdraw(funding=funding, actor=of.actor, at=NOW)
    assert change(of).iban == "NL39RABO0300065264"
