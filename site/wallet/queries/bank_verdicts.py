"""What a line of the bank is, as far as it says so itself: money that was announced, a payout, or why neither."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ledger.kinds import AccountState, FundingState
from ledger.queries import fundings_with
from neighbourhoods.models import Neighbourhood
from wallet.bankfiles.references import own_numbers_in, references_in
from wallet.models import BankLine, HandMatch, Payout, PayoutRun, Treasury
from wallet.states import PayoutState, SecondLookState

if TYPE_CHECKING:
    from ledger.models import Funding


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
        numbers |= own_numbers_in(_texts(line))
    payouts = Payout.objects.filter(treasury=treasury, end_to_end_id__in=numbers).select_related("payee")
    runs = PayoutRun.objects.filter(treasury=treasury, message_id__in=numbers).prefetch_related("payouts")
    waiting = HandMatch.objects.filter(line__in=[line.pk for line in lines], state=SecondLookState.PROPOSED)
    return Known(
        treasury=treasury,
        codes=codes,
        fundings=fundings_with(references),
        payouts={one.end_to_end_id: one for one in payouts},
        runs={one.message_id: one for one in runs},
        waiting=set(waiting.values_list("line_id", flat=True)),
    )


def _verdict(line: BankLine, known: Known) -> Verdict:
    if line.pk in known.waiting:
        return Verdict(reason=OpenReason.WAITS)
    return _came_in(line, known) if line.amount > 0 else _went_out(line, known)


def _came_in(line: BankLine, known: Known) -> Verdict:
    references = references_in(_texts(line), known.codes)
    numbers = own_numbers_in(_texts(line))
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
    if not line.is_return:
        return Verdict(reason=OpenReason.PERHAPS_BACK, payout=payout)
    if payout.amount != line.amount:
        return Verdict(reason=OpenReason.OTHER_PAYOUT_AMOUNT, payout=payout)
    if payout.state not in {PayoutState.EXPORTED, PayoutState.PAID}:
        return Verdict(reason=OpenReason.PAYOUT_OVER, payout=payout)
    return Verdict(reason=OpenReason.FITS, deed=Deed.TAKE_BACK, payout=payout)


def _went_out(line: BankLine, known: Known) -> Verdict:
    numbers = own_numbers_in(_texts(line))
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
    # A payout that came back before its debit was known has failed, and its debit still comes in.
    if payout.state not in {PayoutState.EXPORTED, PayoutState.FAILED}:
        reason = OpenReason.PAYOUT_OVER
    elif payout.amount != -line.amount:
        reason = OpenReason.OTHER_PAYOUT_AMOUNT
    elif line.iban and line.iban != payout.iban:
        reason = OpenReason.OTHER_IBAN
    else:
        return Verdict(reason=OpenReason.FITS, deed=Deed.SETTLE, payout=payout)
    return Verdict(reason=reason, payout=payout)


def _of_run(line: BankLine, run: PayoutRun) -> Verdict:
    """One line for a whole file: only when all that is in it is at the bank, and is this amount."""
    payouts = list(run.payouts.all())
    if any(one.state != PayoutState.EXPORTED for one in payouts):
        return Verdict(reason=OpenReason.PAYOUT_OVER, run=run)
    if sum(one.amount for one in payouts) != -line.amount:
        return Verdict(reason=OpenReason.OTHER_PAYOUT_AMOUNT, run=run)
    return Verdict(reason=OpenReason.FITS, deed=Deed.SETTLE_RUN, run=run)


def _texts(line: BankLine) -> tuple[Any, ...]:
    return line.text, line.end_to_end_id
