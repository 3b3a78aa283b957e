"""What a line of the bank is, as far as it says so itself: money that was announced, a payout, or why neither."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ledger.kinds import AccountKind, AccountState, FundingState
from ledger.queries import accounts_of_all, fundings_with
from neighbourhoods.models import Neighbourhood
from wallet.bankfiles.references import own_numbers_in, references_in
from wallet.models import BankLine, HandMatch, Payout, PayoutRun, Treasury
from wallet.states import PayoutState, SecondLookState

if TYPE_CHECKING:
    from ledger.models import Account, Funding


class OpenReason(TextChoices):
    """Why nothing was booked for a line by itself."""

    WAITS = "waits", _("A match by hand waits for a second person.")
    FITS = "fits", _("This fits. Match the lines again to book it.")
    NO_REFERENCE = "no_reference", _("There is no payment reference in it.")
    TWO_REFERENCES = "two_references", _("There is more than one reference in it.")
    UNKNOWN_REFERENCE = "unknown_reference", _("Nothing was announced with this payment reference.")
    OTHER_COIN = "other_coin", _("The payment reference is of another coin.")
    OTHER_AMOUNT = "other_amount", _("Another amount was announced.")
    RECEIVED_BEFORE = "received_before", _("The money with this reference came in before.")
    NOT_EXPECTED = (
        "not_expected",
        _("The money with this reference is no longer expected: withdrawn or too late."),
    )
    PAYEE_NOT_OPEN = "payee_not_open", _("The account that the coins are for is blocked or closed.")
    NO_PAYOUT = "no_payout", _("There is no number of a payout in it.")
    UNKNOWN_PAYOUT = "unknown_payout", _("We know no payout with this number.")
    OTHER_PAYOUT_AMOUNT = "other_payout_amount", _("The payout with this number has another amount.")
    OTHER_IBAN = "other_iban", _("The payout with this number goes to another bank account.")
    PAID_AFTER_ALL = (
        "paid_after_all",
        _(
            "Somebody wrote down that this payout failed, and the bank paid it after all. Match the lines again: that"
            " takes the coins off the account."
        ),
    )
    COINS_GONE = (
        "coins_gone",
        _(
            "Somebody wrote down that this payout failed, and the bank paid it after all. Its coins are no longer on"
            " the account. Ask the payee to see to that, and match the lines again."
        ),
    )
    PAYOUT_OVER = "payout_over", _("The payout with this number is not at the bank any more, or not yet.")
    PERHAPS_BACK = (
        "perhaps_back",
        _("It has the number of a payout. Did that come back? The bank does not say so."),
    )
    TAKEN_BACK = "taken_back", _("The bank took money back that had come in.")


class Deed(Enum):
    """What a line can be booked as."""

    RECEIVE = auto()
    SETTLE = auto()
    SETTLE_RUN = auto()
    TAKE_BACK = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What a line may be booked as, or why it stays open. `thing` is what it speaks of, when that is known."""

    reason: OpenReason
    deed: Deed | None = None
    funding: Funding | None = None
    payout: Payout | None = None
    run: PayoutRun | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """All that these lines speak of, read in one go."""

    treasury: Treasury
    codes: list[str]
    fundings: Mapping[str, Funding]
    payouts: Mapping[str, Payout]
    runs: Mapping[str, PayoutRun]
    own_accounts: Mapping[int, Account]  # of payees whose other account may take nothing any more
    waiting: set[int] = field(default_factory=set)


def verdicts(lines: Iterable[BankLine], treasury: Treasury) -> dict[int, Verdict]:
    """What each of these lines is, by its number, in as many queries as for one."""
    all_lines = list(lines)
    known = _known(all_lines, treasury)
    return {line.pk: _verdict(line, known) for line in all_lines}


def why_open(line: BankLine) -> OpenReason:
    """Why a line was not booked by itself."""
    return verdicts([line], line.treasury)[line.pk].reason


def _known(lines: list[BankLine], treasury: Treasury) -> Known:
    codes = list(Neighbourhood.objects.order_by("pk").values_list("coin__code", flat=True))
    references, numbers = set(), set()
    for line in lines:
        references |= references_in(_texts(line), codes)
        numbers |= own_numbers_in(_texts(line), codes)
    found = Payout.objects.filter(treasury=treasury, end_to_end_id__in=numbers)
    payouts = list(found.select_related("payee", "account").prefetch_related("bank_lines"))
    runs = PayoutRun.objects.filter(treasury=treasury, message_id__in=numbers)
    waiting = HandMatch.objects.filter(line__in=[line.pk for line in lines], state=SecondLookState.PROPOSED)
    return Known(
        treasury=treasury,
        codes=codes,
        fundings=fundings_with(references),
        payouts={one.end_to_end_id: one for one in payouts},
        runs={one.message_id: one for one in runs.prefetch_related("payouts__bank_lines")},
        own_accounts=_own_accounts(payouts),
        waiting=set(waiting.values_list("line_id", flat=True)),
    )


def _verdict(line: BankLine, known: Known) -> Verdict:
    if line.pk in known.waiting:
        return Verdict(reason=OpenReason.WAITS)
    return _came_in(line, known) if line.amount > 0 else _went_out(line, known)


def _came_in(line: BankLine, known: Known) -> Verdict:
    references = references_in(_texts(line), known.codes)
    numbers = own_numbers_in(_texts(line), known.codes)
    if len(references) + len(numbers) > 1:
        return Verdict(reason=OpenReason.TWO_REFERENCES)
    if numbers:
        return _came_back(line, known, *numbers)
    if not references:
        return Verdict(reason=OpenReason.NO_REFERENCE)
    funding = known.fundings.get(*references)
    if funding is None:
        return Verdict(reason=OpenReason.UNKNOWN_REFERENCE)
    return _of_funding(line, funding, known.treasury)


def _of_funding(line: BankLine, funding: Funding, treasury: Treasury) -> Verdict:
    if funding.coin_id != treasury.neighbourhood.coin_id:
        return Verdict(reason=OpenReason.OTHER_COIN)
    if funding.state in {FundingState.ISSUED, FundingState.RETURNED}:
        reason = OpenReason.RECEIVED_BEFORE
    elif funding.state != FundingState.ANNOUNCED:
        reason = OpenReason.NOT_EXPECTED
    elif funding.amount != line.amount:
        reason = OpenReason.OTHER_AMOUNT
    elif funding.payee.state != AccountState.OPEN:
        reason = OpenReason.PAYEE_NOT_OPEN
    else:
        return Verdict(reason=OpenReason.FITS, deed=Deed.RECEIVE, funding=funding)
    return Verdict(reason=reason, funding=funding)


def _came_back(line: BankLine, known: Known, number: str) -> Verdict:
    payout = known.payouts.get(number)
    if payout is None:
        return Verdict(reason=OpenReason.UNKNOWN_PAYOUT)
    may_come = payout.state in {PayoutState.EXPORTED, PayoutState.FAILED, PayoutState.PAID}
    if not line.is_return:
        reason = OpenReason.PERHAPS_BACK
    elif payout.amount != line.amount:
        reason = OpenReason.OTHER_PAYOUT_AMOUNT
    elif not may_come or _came_back_before(payout):
        reason = OpenReason.PAYOUT_OVER
    elif payout.state == PayoutState.PAID and not _can_take(line, payout, known):
        reason = OpenReason.PAYEE_NOT_OPEN
    else:
        return Verdict(reason=OpenReason.FITS, deed=Deed.TAKE_BACK, payout=payout)
    return Verdict(reason=reason, payout=payout)


def _can_take(line: BankLine, payout: Payout, known: Known) -> bool:
    """Whether there is an account for the coins: the one that they left, or else the payee's own, opened when there is
    none."""
    account = payout.account
    if account.state == AccountState.OPEN and (account.ends_on is None or account.ends_on >= line.booked_on):
        return True
    own = known.own_accounts.get(payout.payee_id)
    return own is None or own.state == AccountState.OPEN


def _own_accounts(payouts: Iterable[Payout]) -> dict[int, Account]:
    """The first account that is not closed, of payees of payouts that cannot go back where they came from."""
    hard = [one for one in payouts if one.account.state != AccountState.OPEN or one.account.ends_on]
    if not hard:
        return {}
    theirs = accounts_of_all({one.payee for one in hard}).filter(coin=hard[0].account.coin_id)
    usable = theirs.filter(kind=AccountKind.HOLDER).exclude(state=AccountState.CLOSED)
    return {one.holder_id: one for one in usable.order_by("-pk")}


def _came_back_before(payout: Payout) -> bool:
    return any(one.amount > 0 for one in payout.bank_lines.all())


def _left_before(payout: Payout) -> bool:
    return any(one.amount < 0 for one in payout.bank_lines.all())


def _went_out(line: BankLine, known: Known) -> Verdict:
    numbers = own_numbers_in(_texts(line), known.codes)
    own = {number for number in numbers if number in known.payouts}
    if len(own) == 1:
        return _of_payout(line, known.payouts[own.pop()])
    if own:
        return Verdict(reason=OpenReason.TWO_REFERENCES)
    runs = [known.runs[number] for number in numbers if number in known.runs]
    if len(runs) == 1:
        return _of_run(line, runs[0])
    if numbers:
        return Verdict(reason=OpenReason.UNKNOWN_PAYOUT)
    return Verdict(reason=OpenReason.TAKEN_BACK if line.is_return else OpenReason.NO_PAYOUT)


def _of_payout(line: BankLine, payout: Payout) -> Verdict:
    if payout.state not in {PayoutState.EXPORTED, PayoutState.FAILED} or _left_before(payout):
        reason = OpenReason.PAYOUT_OVER
    elif payout.amount != -line.amount:
        reason = OpenReason.OTHER_PAYOUT_AMOUNT
    elif line.iban and line.iban != payout.iban:
        reason = OpenReason.OTHER_IBAN
    elif not _failed_by_hand(payout):
        # One that came back before its debit was known has failed, and its debit still comes in.
        return Verdict(reason=OpenReason.FITS, deed=Deed.SETTLE, payout=payout)
    elif _has_the_coins(payout):
        return Verdict(reason=OpenReason.PAID_AFTER_ALL, deed=Deed.SETTLE, payout=payout)
    else:
        reason = OpenReason.COINS_GONE
    return Verdict(reason=reason, payout=payout)


def _of_run(line: BankLine, run: PayoutRun) -> Verdict:
    """One line for a whole file: only when what the bank still had of it is this amount."""
    in_file = list(run.payouts.all())
    if paid_together(in_file, -line.amount):
        return Verdict(reason=OpenReason.FITS, deed=Deed.SETTLE_RUN, run=run)
    is_there = any(one.state == PayoutState.EXPORTED for one in in_file)
    reason = OpenReason.OTHER_PAYOUT_AMOUNT if is_there else OpenReason.PAYOUT_OVER
    return Verdict(reason=reason, run=run)


def paid_together(in_file: Iterable[Payout], amount: int) -> list[Payout]:
    """Those of a file that one line of this amount (minor units) has paid: all that are at the bank; or these and all
    that failed, when the bank took off the whole before it said so. None when it is another amount."""
    all_of_it = list(in_file)
    at_bank = [one for one in all_of_it if one.state == PayoutState.EXPORTED]
    failed = [one for one in all_of_it if one.state == PayoutState.FAILED and not _left_before(one)]
    for some in (at_bank, at_bank + failed):
        if some and sum(one.amount for one in some) == amount:
            return some
    return []


def _failed_by_hand(payout: Payout) -> bool:
    return payout.state == PayoutState.FAILED and not _came_back_before(payout)


def _has_the_coins(payout: Payout) -> bool:
    return payout.account.state == AccountState.OPEN and payout.account.available >= payout.amount


def _texts(line: BankLine) -> tuple[Any, ...]:
    return line.text, line.end_to_end_id
