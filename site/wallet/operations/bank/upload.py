"""Taking in a file from the bank: all of it or nothing, and each line once, in whichever files it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import NotAllowed
from people.models import Party
from wallet.bankfiles import BankFileRefused, Entry, LineProblem, Problem, ReadStatement, read
from wallet.models import BankLine, BankStatement, StatementProblem, Treasury
from wallet.operations.bank.match import match_lines
from wallet.permissions import acting_person, check_finance

LONGEST_FILE_NAME = 120
LONGEST_DETAIL = 200
AT_ONCE = 500  # lines in one query: SQLite takes no more than some thousands of values


class OtherAccount(BankFileRefused):
    """A statement, and of none of the accounts that this coin stands on."""

    code = "other_account"
    sentence = _(
        "This statement is of another bank account than %(iban)s. Choose the statement of that account."
    )


def bring_in(*, treasury: Treasury, name: str, content: bytes, actor: Actor, at: datetime) -> BankStatement:
    """This will take in a file, and then book what its lines say: what `upload_statement` and `match_lines` do.

    When it stops between the two, the lines are there and the next match goes on with them.

    :raises BankFileRefused, NotAllowed: nothing happened.
    """
    statement = upload_statement(treasury=treasury, name=name, content=content, actor=actor, at=at)
    match_lines(treasury=treasury, actor=actor, at=at)
    return statement


def upload_statement(
    *, treasury: Treasury, name: str, content: bytes, actor: Actor, at: datetime
) -> BankStatement:
    """This will keep the lines of a file that are not here yet, and say of the others why not. Nothing is booked.

    The same file again gives what it gave the first time, and changes nothing.

    :raises BankFileRefused: when the file cannot be read, or is of another account. Nothing happened.
    :raises NotAllowed: to whoever does not sit at the finance desk.
    """
    check_finance(actor, treasury.neighbourhood, day_of(at))
    person = somebody(actor)
    digest = hashlib.sha256(content).hexdigest()
    if known := _sent_before(treasury, digest):
        return known
    file = read(content)
    if not any(_is_ours(account, treasury) for account in file.accounts):
        raise OtherAccount(iban=treasury.iban)
    with transaction.atomic():
        # One file at a time: of two that overlap the second finds the lines of the first.
        Treasury.objects.select_for_update(no_key=True).get(pk=treasury.pk)
        if known := _sent_before(treasury, digest):
            return known
        statement = BankStatement.objects.create(
            treasury=treasury, name=_tidy(name), format=file.format, digest=digest,
            uploaded_by=person, uploaded_at=at,
        )  # fmt: skip
        _keep(statement, file)
        record("bank_statement.upload", subject=statement, actor=actor, at=at)
    return statement


def somebody(actor: Actor) -> Party:
    """The person who acts.

    :raises NotAllowed: to the system: what comes of it, somebody answers for.
    """
    person = acting_person(actor)
    if person is None:
        raise NotAllowed
    return person


def _sent_before(treasury: Treasury, digest: str) -> BankStatement | None:
    return BankStatement.objects.filter(treasury=treasury, digest=digest).first()


def _keep(statement: BankStatement, file: ReadStatement) -> None:
    treasury = statement.treasury
    problems = [*file.problems]
    entries = []
    for entry in file.entries:
        if code := _wrong_here(entry, treasury):
            problems.append(_problem(entry, code))
        else:
            entries.append(entry)
    here = _here_already(treasury, entries)
    problems += [
        _problem(entry, LineProblem.DIFFERS)
        for entry in entries
        if entry.bank_id in here and here[entry.bank_id] != (entry.amount, entry.booked_on)
    ]
    new = [entry for entry in entries if entry.bank_id not in here]
    BankLine.objects.bulk_create((_line(statement, entry) for entry in new), batch_size=AT_ONCE)
    StatementProblem.objects.bulk_create(
        (
            StatementProblem(
                statement=statement, no=one.no, code=one.code, detail=one.detail[:LONGEST_DETAIL]
            )
            for one in sorted(problems, key=lambda one: one.no)
        ),
        batch_size=AT_ONCE,
    )
    statement.new_lines = len(new)
    statement.known_lines = sum(here.get(one.bank_id) == (one.amount, one.booked_on) for one in entries)
    statement.save(update_fields=["new_lines", "known_lines"])


def _wrong_here(entry: Entry, treasury: Treasury) -> LineProblem | None:
    if not _is_ours(entry.account, treasury):
        return LineProblem.WRONG_ACCOUNT
    national = treasury.neighbourhood.coin.pegged_to
    if entry.currency and (national is None or entry.currency != national.code):
        return LineProblem.FOREIGN_CURRENCY
    return None


def _problem(entry: Entry, code: LineProblem) -> Problem:
    whole, part = divmod(abs(entry.amount), 100)
    sign = "-" if entry.amount < 0 else ""
    detail = f"{entry.booked_on} · {sign}{whole}.{part:02} {entry.currency} · {entry.bank_id}"
    return Problem(no=entry.no, code=code.value, detail=detail)


def _here_already(treasury: Treasury, entries: list[Entry]) -> dict[str, tuple[int, object]]:
    numbers = [entry.bank_id for entry in entries]
    here: dict[str, tuple[int, object]] = {}
    for part in _parts(numbers):
        found = BankLine.objects.filter(treasury=treasury, bank_id__in=part)
        here |= {
            number: (amount, day)
            for number, amount, day in found.values_list("bank_id", "amount", "booked_on")
        }
    return here


def _parts(numbers: list[str]) -> Iterable[list[str]]:
    return (numbers[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE))


def _line(statement: BankStatement, entry: Entry) -> BankLine:
    return BankLine(
        treasury=statement.treasury, statement=statement, no=entry.no, bank_id=entry.bank_id,
        booked_on=entry.booked_on, amount=entry.amount, name=entry.name, iban=entry.iban, text=entry.text,
        end_to_end_id=entry.end_to_end_id, is_return=entry.is_return,
    )  # fmt: skip


def _is_ours(account: str, treasury: Treasury) -> bool:
    """Its IBAN; or only its number, as older files of ABN AMRO have it."""
    iban = treasury.iban.replace(" ", "")
    return account == iban or (account.isdigit() and len(account) >= 7 and account.zfill(10) == iban[-10:])


def _tidy(name: str) -> str:
    kept = "".join(sign if sign.isprintable() else " " for sign in name)
    return " ".join(kept.split())[-LONGEST_FILE_NAME:]
