"""Lines that do not say what they are: one person says it, another agrees. Or a line is left aside."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from core.states import transition
from ledger.kinds import FundingState
from ledger.operations import KeyReused, return_funding
from people.models import Party
from people.queries import is_same_person
from wallet.models import BankLine, HandMatch, Payout
from wallet.operations.bank.match import locked, receive
from wallet.operations.bank.upload import somebody
from wallet.operations.payouts import settle, take_back
from wallet.operations.second_look import decide
from wallet.operations.second_look import locked as locked_look
from wallet.permissions import acting_person, check, check_finance, check_not_own_money, check_second
from wallet.queries.debits import payouts_named_in
from wallet.states import BankLineState, PayoutState, SecondLookState

if TYPE_CHECKING:
    from ledger.models import Funding

NAMESPACE = uuid.UUID("c7a0b0e4-51f0-5f3e-9d43-27d5b6f2a9c1")


class LineOver(Refusal):
    """The line was booked or left aside, by somebody else or by itself."""

    code = "line_over"
    sentence = _("This line of the bank has been worked off already.")


class AlreadyProposed(Refusal):
    """One match of a line at a time waits for a second person."""

    code = "already_proposed"
    sentence = _("A match of this line is waiting already.")


class DoesNotFit(Refusal):
    """The line cannot be this: another coin, another amount, no longer expected, not received, or the other direction.

    A line that names a payout of ours is not money of a funder that went back.
    """

    code = "does_not_fit"
    sentence = _("This line of the bank cannot be that. Choose something else.")
    field = "target"


class NamesPayout(Refusal):
    """The line has the number of a payout that is at the bank: it says how that ended."""

    code = "names_payout"
    sentence = _("This line is about a payout that is at the bank. Say what it is; it cannot be left aside.")


def propose_match(
    *,
    line: BankLine,
    funding: Funding | None = None,
    payout: Payout | None = None,
    reason: str,
    key: uuid.UUID,
    actor: Actor,
    at: datetime,
) -> HandMatch:
    """This will say that a line is this funding or this payout, for another person to approve. Exactly one of the two.

    A funding that is expected arrived, whatever the amount; one that was received went back, whole. The same key gives
    the same proposal.

    :raises DoesNotFit, LineOver, AlreadyProposed, OwnMoney, NotAllowed, KeyReused: nothing happened.
    """
    check_finance(actor, line.treasury.neighbourhood, day_of(at))
    person = somebody(actor)
    with transaction.atomic():
        held = locked(line.pk)
        if known := HandMatch.objects.filter(key=key).first():
            return _same(known, held, funding, payout)
        _check_own(actor, funding, payout, at)
        if held.state != BankLineState.NEW:
            raise LineOver
        if held.hand_matches.filter(state=SecondLookState.PROPOSED).exists():
            raise AlreadyProposed
        if not _fits(held, funding, payout):
            raise DoesNotFit
        proposed = HandMatch.objects.create(
            treasury=held.treasury, line=held, funding=funding, payout=payout, reason=reason, key=key,
            proposed_by=person, proposed_at=at,
        )  # fmt: skip
        about = _beneficiaries(funding, payout)
        record("second_look.propose", subject=proposed, actor=actor, at=at, about=about, reason=reason)
    return proposed


def decide_match(*, match: HandMatch, event: str, actor: Actor, at: datetime) -> None:
    """This will `approve` a proposal and book the line, or `reject` it, by a second person; or `withdraw` it, by who
    made it.

    :raises SamePerson, OwnMoney, NotAllowed: nothing happened.
    :raises MoveRefused, LineOver: somebody was first.
    :raises DoesNotFit, BookingRefused: it can no longer be booked; the proposal stays.
    """
    check_finance(actor, match.treasury.neighbourhood, day_of(at))
    if event == "withdraw":
        person = acting_person(actor)
        check(person is not None and is_same_person(person, match.proposed_by))
    else:
        check_second(actor, match.proposed_by)
        _check_own(actor, match.funding, match.payout, at)
    with transaction.atomic():
        line = locked(match.line_id)
        locked_look(match, event)
        about = _beneficiaries(match.funding, match.payout)
        decide(look=match, event=event, actor=actor, at=at, about=about)
        if event == "approve":
            _book(line, match, actor, at)


def ignore_line(*, line: BankLine, reason: str, actor: Actor, at: datetime) -> None:
    """This will leave a line aside: bank costs, or money that has nothing to do with coins. Nothing is booked.

    :raises LineOver, AlreadyProposed, NamesPayout, OwnMoney, NotAllowed: nothing happened.
    """
    check_finance(actor, line.treasury.neighbourhood, day_of(at))
    with transaction.atomic():
        held = locked(line.pk)
        if held.state != BankLineState.NEW:
            raise LineOver
        if held.hand_matches.filter(state=SecondLookState.PROPOSED).exists():
            raise AlreadyProposed
        for payout in payouts_named_in(held):
            _check_own(actor, None, payout, at)
            if payout.state == PayoutState.EXPORTED:
                raise NamesPayout
        along = {"settled_by": acting_person(actor), "settled_at": at}
        transition(held, "ignore", actor=actor, at=at, reason=reason, along=along)


def _book(line: BankLine, match: HandMatch, actor: Actor, at: datetime) -> None:
    if line.state != BankLineState.NEW:
        raise LineOver
    if not _fits(line, match.funding, match.payout):
        raise DoesNotFit
    if match.funding is not None:
        arrive = receive if line.amount > 0 else _go_back
        arrive(line=line, funding=match.funding, actor=actor, at=at, reason=match.reason)
    elif match.payout is not None:
        book = settle if line.amount < 0 else take_back
        book(payout=match.payout, line=line, actor=actor, at=at)


def _go_back(*, line: BankLine, funding: Funding, actor: Actor, at: datetime, reason: str) -> None:
    """Take coins back whose euros went off the bank account again by this line.

    :raises BookingRefused: when they are spent, or were given back before.
    """
    along = {"funding": funding, "settled_by": acting_person(actor), "settled_at": at}
    transition(line, "match", actor=actor, at=at, about=(funding.funder,), along=along, reason=reason)
    return_funding(
        funding=funding, bank_reference=line.ledger_reference, actor=actor, at=at, reason=reason,
        key=uuid.uuid5(NAMESPACE, f"return {funding.key} {line.pk}"),
    )  # fmt: skip


def _fits(line: BankLine, funding: Funding | None, payout: Payout | None) -> bool:
    if funding is not None and payout is None:
        if funding.coin_id != line.treasury.neighbourhood.coin_id:
            return False
        if line.amount > 0:
            return funding.state == FundingState.ANNOUNCED
        went_back = funding.state == FundingState.ISSUED and line.amount == -(funding.received or 0)
        return went_back and not payouts_named_in(line)
    if payout is not None and funding is None:
        open_states = {PayoutState.EXPORTED} if line.amount < 0 else {PayoutState.EXPORTED, PayoutState.PAID}
        is_ours = payout.treasury_id == line.treasury_id and payout.state in open_states
        return is_ours and abs(line.amount) == payout.amount
    return False


def _same(known: HandMatch, line: BankLine, funding: Funding | None, payout: Payout | None) -> HandMatch:
    asked = (line.pk, funding and funding.pk, payout and payout.pk)
    if (known.line_id, known.funding_id, known.payout_id) != asked:
        raise KeyReused
    return known


def _check_own(actor: Actor, funding: Funding | None, payout: Payout | None, at: datetime) -> None:
    for party in _beneficiaries(funding, payout):
        check_not_own_money(actor, party, day_of(at))


def _beneficiaries(funding: Funding | None, payout: Payout | None) -> list[Party]:
    """Whose money it is: who gives it and who gets the coins, or who is paid."""
    numbers = {funding.funder_id, funding.payee.holder_id} if funding else set()
    if payout:
        numbers |= {payout.payee_id, payout.account.holder_id}
    return list(Party.objects.filter(pk__in=numbers).order_by("pk"))
