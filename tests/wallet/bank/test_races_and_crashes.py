"""Several people at the finance desk at one moment, and a computer that stops half-way: each line is booked once."""

from __future__ import annotations

import pytest

from ledger.models import BankEntry
from ledger.proving import find_faults
from tests.factories.wallet import Place, place
from tests.plugins.data import RealCommits
from tests.races import Call
from tests.wallet.bank.files import camt, line
from tests.wallet.bank.stage import announced, circulation, line_of, matched, uploaded
from tests.wallet.bank.test_by_hand import proposed
from tests.wallet.bank.workers import approve, bring, match, match_until_stopped, upload
from wallet.models import BankLine, BankStatement
from wallet.states import BankLineState

MANY = 8


@pytest.fixture
def molen(real_commits: RealCommits) -> Place:
    return place()


def file_for(molen: Place, first: int, last: int) -> str:
    """Lines for fundings of 1.00, which are announced when they are not."""
    lines = [
        line(f"B{no}", 1_00, announced(molen, 1_00, f"funding {no}").reference) for no in range(first, last)
    ]
    return camt(*lines).decode()


def test_the_same_file_sent_four_times_at_once_comes_in_once(real_commits: RealCommits, molen: Place) -> None:
    call: Call = {
        "treasury": molen.treasury.pk,
        "user": molen.fenna.pk,
        "content": file_for(molen, 0, MANY),
    }

    outcomes = real_commits.race(upload, [call] * 4)

    assert len({one.result for one in outcomes}) == 1
    assert (BankStatement.objects.count(), BankLine.objects.count()) == (1, MANY)


def test_files_that_overlap_and_are_matched_at_once_issue_each_coin_once(
    real_commits: RealCommits, molen: Place
) -> None:
    files = [file_for(molen, 0, MANY), file_for(molen, 2, MANY + 2), file_for(molen, 4, MANY + 4)]
    calls: list[Call] = [
        {"treasury": molen.treasury.pk, "user": molen.fenna.pk, "content": one} for one in files
    ]

    real_commits.race(bring, calls)

    assert matched(molen) >= 0
    assert BankLine.objects.filter(state=BankLineState.MATCHED).count() == MANY + 4
    assert (BankEntry.objects.count(), circulation(molen)) == (MANY + 4, (MANY + 4) * 1_00)


def test_the_same_lines_matched_by_four_at_once_are_booked_once(
    real_commits: RealCommits, molen: Place
) -> None:
    uploaded(molen, file_for(molen, 0, MANY).encode())

    outcomes = real_commits.race(match, [{"treasury": molen.treasury.pk, "user": molen.fenna.pk}] * 4)

    assert sum(one.result for one in outcomes) == MANY
    assert (BankEntry.objects.count(), circulation(molen)) == (MANY, MANY * 1_00)
    assert find_faults() == []


def test_two_lines_for_one_funding_matched_by_itself_and_by_hand_at_once(
    real_commits: RealCommits, molen: Place
) -> None:
    funding = announced(molen, 1_00)
    uploaded(molen, camt(line("1", 1_00, funding.reference), line("2", 1_00, "soep")))
    proposal = proposed(molen, line_of(molen, "2"), funding)

    real_commits.race_between(
        [
            (match, {"treasury": molen.treasury.pk, "user": molen.fenna.pk}),
            (approve, {"proposal": proposal.pk, "user": molen.vera.pk}),
        ]
    )

    assert BankLine.objects.filter(state=BankLineState.MATCHED).count() == 1
    assert circulation(molen) == 1_00
    assert find_faults() == []


@pytest.mark.once
@pytest.mark.parametrize("begin", [1, 2])
def test_a_match_that_is_killed_anywhere_is_gone_on_with(
    real_commits: RealCommits, molen: Place, begin: int
) -> None:
    kill_before(real_commits, molen, range(begin, 60, 2))


@pytest.mark.once("postgres")
def test_a_match_that_is_killed_on_a_server_is_gone_on_with_too(
    real_commits: RealCommits, molen: Place
) -> None:
    kill_before(real_commits, molen, range(5, 60, 9))


def kill_before(real_commits: RealCommits, molen: Place, statements: range) -> None:
    uploaded(molen, file_for(molen, 0, 3).encode())
    call = {"treasury": molen.treasury.pk, "user": molen.fenna.pk}

    for stop_at in statements:
        worker = real_commits.begin(match_until_stopped, {**call, "stop_at": stop_at})
        if worker.said() == "through":
            break
        worker.kill()
        assert find_faults() == []
        done = BankLine.objects.filter(state=BankLineState.MATCHED).count()
        assert (BankEntry.objects.count(), circulation(molen)) == (done, done * 1_00)
    assert matched(molen) >= 0

    assert BankLine.objects.filter(state=BankLineState.MATCHED).count() == 3
    assert (BankEntry.objects.count(), circulation(molen)) == (3, 3_00)
