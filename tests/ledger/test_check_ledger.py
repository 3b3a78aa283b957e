"""`check_ledger` says that a ledger adds up when it does, and names the accounts when it does not."""

from __future__ import annotations

from io import StringIO
from itertools import permutations, product
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from core.snapshot import one_moment
from ledger.address import in_groups
from ledger.booking import Entry, Occasion, book
from ledger.management.commands.check_ledger import TOLD
from ledger.models import Account, Reservation, Transfer
from ledger.operations import release
from ledger.proving import CHECKS, find_faults
from ledger.proving.transfers import FITS
from tests.factories.ledger import AT, SYSTEM, account, fund, key, town
from tests.ledger.busy import Busy, busy_town, pay, promise
from tests.ledger.faults import FAULTS, Plant
from tests.ledger.faults.fault import NOBODY
from tests.ledger.tampering import tamper
from tests.plugins.data import RealCommits


@pytest.fixture
def busy(db: None) -> Busy:
    return busy_town()


def check_ledger() -> tuple[int, str]:
    """With which number the command ends, and all that it says."""
    said = StringIO()
    try:
        call_command("check_ledger", stdout=said)
    except CommandError as error:
        return error.returncode, f"{said.getvalue()}{error}"
    return 0, said.getvalue()


class TestClean:
    @pytest.mark.django_db
    def test_an_empty_ledger_adds_up(self) -> None:
        code, said = check_ledger()

        assert code == 0
        assert said.splitlines()[-1] == "The ledger adds up."

    def test_a_town_in_which_everything_has_happened_adds_up(self, busy: Busy) -> None:
        assert find_faults() == []

    def test_it_says_what_it_looked_at(self, busy: Busy) -> None:
        code, said = check_ledger()

        table = [line.split() for line in said.splitlines()[1 : len(CHECKS) + 1]]
        assert code == 0
        assert [" ".join(line[:-2]) for line in table] == [check.name for check in CHECKS]
        assert [line[-1] for line in table] == ["0"] * len(CHECKS)
        assert ["floors", str(Account.objects.count()), "0"] in table
        assert ["amounts", str(Transfer.objects.count()), "0"] in table

    def test_a_reservation_long_past_its_time_is_no_fault(self, busy: Busy) -> None:
        tamper("UPDATE ledger_reservation SET expires_at = made_at WHERE id = %s", busy.open.pk)

        assert find_faults() == []

    def test_nothing_is_written(self, busy: Busy) -> None:
        before = busy.town.accounts, list(Transfer.objects.order_by("pk"))

        check_ledger()

        assert (busy.town.accounts, list(Transfer.objects.order_by("pk"))) == before


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
def test_a_planted_fault_is_found_and_its_account_named(busy: Busy, plant: Plant) -> None:
    named = plant(busy)

    code, said = check_ledger()

    assert {fault.check for fault in find_faults()} == FAULTS[plant]
    assert code == 1
    assert f"account {in_groups(named.address)} (id {named.pk})" in said
    assert "The ledger adds up." not in said


def test_every_check_has_found_a_fault_above() -> None:
    assert set().union(*FAULTS.values()) == {check.name for check in CHECKS}


@pytest.mark.django_db
def test_the_kinds_that_fit_are_those_that_the_write_path_lets_pass() -> None:
    """Stated twice, and on purpose in two places: here they meet."""
    one, two = town(), town("SLUIS", "Sluismunt")
    issue = account(one, "Issue", coin=one.euro, kind="ISSUE")
    more = [
        account(
            one, f"{kind} {name}", coin=one.euro, kind=kind, funder=one.pot.holder if kind == "POT" else None
        )
        for kind in ("HOLDER", "POT", "CLEARING")
        for name in ("one", "two")
    ]
    accounts = [issue, one.reserve, one.bank, two.reserve, two.bank, *more]
    tried = list(product(FITS, permutations(accounts, 2)))
    entries = [
        Entry(payer_id=payer.pk, payee_id=payee.pk, amount=1, kind=kind, key=uuid4(), label="GIFT")
        for kind, (payer, payee) in tried
    ]

    answers = book(entries, Occasion(acted_by_id=None, at=AT, on=AT.date(), only_judge=True))

    assert {
        (kind, payer.kind, payee.kind)
        for (kind, (payer, payee)), answer in zip(tried, answers, strict=True)
        if answer.code != "unknown_account"
    } == {(kind, payer, payee) for kind, pairs in FITS.items() for payer, payee in pairs}


class TestTelling:
    def test_a_fault_says_what_was_expected_and_what_was_found(self, busy: Busy) -> None:
        ben = busy.town.ben
        ben.refresh_from_db()
        tamper("UPDATE ledger_account SET last_no = 0 WHERE id = %s", ben.pk)

        code, said = check_ledger()

        ben_is = f"account {in_groups(ben.address)} (id {ben.pk})"
        assert code == 1
        assert said.splitlines()[-2:] == [
            f"last numbers: {ben_is}: expected {ben.last_no}, found 0",
            "The ledger does not add up. Faults: 1, checks that found them: 1.",
        ]

    def test_no_name_of_a_person_is_told(self, busy: Busy) -> None:
        tamper("UPDATE ledger_account SET last_no = last_no + 1, label = 'Ann de Vries'")

        assert "Ann" not in check_ledger()[1]

    def test_of_many_faults_the_first_are_told_and_the_others_counted(self, busy: Busy) -> None:
        tamper("UPDATE ledger_transfer SET acted_by_id = %s", NOBODY)
        tamper("UPDATE ledger_reservation SET acted_by_id = %s", NOBODY)
        count = Transfer.objects.count() + Reservation.objects.count()

        _code, said = check_ledger()

        told = [line for line in said.splitlines() if line.startswith("references: ")]
        assert len(told) == TOLD + 1
        assert told[-1] == f"references: … and {count - TOLD} more"
        assert len(find_faults()) == count

    def test_a_balance_that_goes_wrong_once_is_told_once(self, busy: Busy) -> None:
        """Every balance after it is wrong too; where it began is what somebody has to look at."""
        tamper(
            "UPDATE ledger_transfer SET payer_balance = payer_balance + 1 WHERE payer_id = %s AND id >= %s",
            busy.town.ann.pk,
            busy.payment.pk,
        )
        tamper(
            "UPDATE ledger_transfer SET payee_balance = payee_balance + 1 WHERE payee_id = %s AND id >= %s",
            busy.town.ann.pk,
            busy.payment.pk,
        )

        assert [(fault.subject, fault.number) for fault in find_faults()] == [("transfer", busy.payment.pk)]


def ann_pays_ben_often(ann: int, ben: int, times: int) -> int:
    """What another process does meanwhile."""
    payer, payee = Account.objects.get(pk=ann), Account.objects.get(pk=ben)
    return sum(pay(payer, payee, 1, f"meanwhile {one}").amount for one in range(times))


class TestOneMoment:
    def test_payments_meanwhile_raise_no_alarm(self, real_commits: RealCommits) -> None:
        molen = town()
        fund(molen, molen.ann, 5_00)
        call = {"ann": molen.ann.pk, "ben": molen.ben.pk, "times": 50}

        payments = real_commits.begin(ann_pays_ben_often, call)
        found = [find_faults() for _once_more in range(3)]

        assert payments.outcome().result == 50
        assert found == [[], [], []]

    def test_what_is_paid_meanwhile_is_not_seen_and_does_not_wait(self, real_commits: RealCommits) -> None:
        molen = town()
        fund(molen, molen.ann, 5_00)
        call = {"ann": molen.ann.pk, "ben": molen.ben.pk, "times": 1}
        before = Transfer.objects.count()

        with one_moment():
            seen = [Transfer.objects.count()]
            outcome = real_commits.begin(ann_pays_ben_often, call).outcome()
            seen.append(Transfer.objects.count())

        assert outcome.result == 1
        assert seen == [before, before]
        assert Transfer.objects.count() == before + 1
        assert find_faults() == []

    def test_nothing_can_be_written_in_it_and_everything_after_it(self, real_commits: RealCommits) -> None:
        molen = town()

        with pytest.raises(DatabaseError), one_moment():
            Account.objects.update(label="written")

        fund(molen, molen.ann, 5_00)
        assert molen.ann.balance == 5_00
        assert Account.objects.filter(label="written").count() == 0


def test_a_key_that_a_careless_restore_left_pointing_at_nobody_is_found(real_commits: RealCommits) -> None:
    """Such as SQLite's own tools make: they do not check keys unless they are told to."""
    molen = town()
    fund(molen, molen.ann, 5_00)
    dora = account(molen, "Dora")
    promised = promise(molen.ann, dora, 1_00, "for Dora")
    release(reservation=promised, key=key("not for Dora"), actor=SYSTEM, at=AT)
    tamper("DELETE FROM ledger_account WHERE id = %s", dora.pk)

    process = real_commits.python("manage.py", "check_ledger")
    said, _wrong = process.communicate()

    anns = f"account {in_groups(molen.ann.address)} (id {molen.ann.pk})"
    assert process.returncode == 1
    assert said.splitlines()[-1] == (
        f"references: reservation {promised.pk}, {anns}, account (id {dora.pk}, not there): "
        f"expected its payee to be there, found no {dora.pk}"
    )


def test_the_command_ends_with_nought_when_all_is_well(real_commits: RealCommits) -> None:
    busy_town()

    process = real_commits.python("manage.py", "check_ledger")
    said, wrong = process.communicate()

    assert (process.returncode, said.splitlines()[-1], wrong) == (0, "The ledger adds up.", "")
