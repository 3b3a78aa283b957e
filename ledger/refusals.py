"""What the ledger refuses: a closed list, each with a code that a client can translate.

The codes are those that the database function gives back; `refusal` turns one into its exception.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.amounts import format_amount
from core.refusals import Refusal


class BookingRefused(Refusal):
    """The ledger does not book this."""

    code = "booking_refused"
    sentence = _("This cannot be booked.")

    @classmethod
    def told(cls, detail: int | None) -> BookingRefused:
        """Made from what the write path gives back beside the code: most have no use for it."""
        del detail
        return cls()


class WithRoom(BookingRefused):
    """A refusal that says how much would have been possible (`room`, minor units)."""

    code = "no_room"
    sentence = _("At most %(room)s is possible.")

    def __init__(self, room: int = 0) -> None:
        self.room = room
        super().__init__(room=format_amount(room, get_language() or "nl"))

    @classmethod
    def told(cls, detail: int | None) -> BookingRefused:
        return cls(room=max(detail or 0, 0))


class InsufficientFunds(WithRoom):
    """The payer has not enough available."""

    code = "insufficient_funds"
    sentence = _("There is not enough on this account. You can spend %(room)s.")
    field = "amount"


class CeilingReached(BookingRefused):
    """The payee would have more than its account may hold. How much it has is nobody else's business."""

    code = "ceiling_reached"
    sentence = _("The receiver cannot take this amount: the account may not hold that much.")
    field = "amount"


class LimitExceeded(WithRoom):
    """The payer would pay more at once, in a day or in a month than its kind of holder may."""

    code = "limit_exceeded"
    sentence = _("This is more than may be paid at once, in a day or in a month. You can still pay %(room)s.")
    field = "amount"


class ActorLimitExceeded(WithRoom):
    """Whoever acts would pay more today than the mandate allows."""

    code = "actor_limit_exceeded"
    sentence = _(
        "This is more than you may pay in a day for somebody else. You can still pay %(room)s today."
    )
    field = "amount"


class AccountNotOpen(BookingRefused):
    """The payer's or the payee's account is blocked or closed, or a pot of which the last day has passed."""

    code = "account_not_open"
    sentence = _(
        "One of the two accounts is not open: it is blocked or closed, or it is a pot that has ended."
    )


class CoinMismatch(BookingRefused):
    """The two accounts are in different coins."""

    code = "coin_mismatch"
    sentence = _("These two accounts have different coins.")


class OutsideArea(BookingRefused):
    """A coin bound to its area was to be spent outside it."""

    code = "outside_area"
    sentence = _("This coin can be spent only in its own neighbourhood. The receiver is not there.")


class KeyReused(BookingRefused):
    """The key was used before, for something else."""

    code = "key_reused"
    sentence = _("This form was used before, for something else. Open the page again.")


class NotBacked(BookingRefused):
    """There would be more coins in circulation than euros in the reserve."""

    code = "not_backed"
    sentence = _("There would be more coins than euros behind them.")


class NotRedeemable(BookingRefused):
    """Coins of this account are not paid out in euros, or not to this party."""

    code = "not_redeemable"
    sentence = _("Coins on this account cannot be exchanged for euros.")


class SameAccount(BookingRefused):
    """Payer and payee are one account."""

    code = "same_account"
    sentence = _("You cannot pay to the account that you pay from.")


class ReservationOver(BookingRefused):
    """The reservation was paid, released or expired."""

    code = "reservation_over"
    sentence = _("These coins are no longer reserved.")


class InvalidAmount(BookingRefused):
    """The amount is not above nought, is too large, or is more than is reserved."""

    code = "invalid_amount"
    sentence = _("This amount is not possible.")
    field = "amount"


class LabelMissing(BookingRefused):
    """A reward without saying what it is in law."""

    code = "label_missing"
    sentence = _(
        "Say what this reward is in law: an allowance for volunteers, a wage, a gift or something else."
    )
    field = "label"


class UnknownAccount(BookingRefused):
    """There is no such account, or none that can take part in this kind of transfer."""

    code = "unknown_account"
    sentence = _("We do not know this account. Check the address.")
    field = "address"


class AccountNotEmpty(BookingRefused):
    """An account with coins, with reserved coins, or with coins promised to it cannot be closed."""

    code = "account_not_empty"
    sentence = _(
        "There are still coins on this account, or reserved for it. It can be closed when it is empty."
    )


class ChargebackExceeds(WithRoom):
    """More would be paid back than was paid and is not paid back yet."""

    code = "chargeback_exceeds"
    sentence = _("More cannot be paid back than was paid. %(room)s is left.")
    field = "amount"


class FundingOver(BookingRefused):
    """The funding was received, cancelled or has expired."""

    code = "funding_over"
    sentence = _("This funding is no longer expected.")


class BankLineUsed(BookingRefused):
    """This line of the bank statement was booked before."""

    code = "bank_line_used"
    sentence = _("This line of the bank statement was booked before.")


class LinesRefused(BookingRefused):
    """Nothing of a batch was booked. `lines` says of each line (its place, from nought) what was wrong with it."""

    code = "lines_refused"
    sentence = _("Nothing was booked: %(count)s of the lines cannot be.")

    def __init__(self, lines: Mapping[int, BookingRefused]) -> None:
        self.lines = dict(lines)
        super().__init__(count=len(self.lines))


class InvalidAccount(Refusal):
    """An account that cannot be: what was said of it does not fit its kind."""

    code = "invalid_account"
    sentence = _("This cannot be an account: %(why)s")


class InvalidLimit(Refusal):
    """A limit that cannot be: below nought, in the past, or ending before it begins."""

    code = "invalid_limit"
    sentence = _("This cannot be a limit: %(why)s")


CLOSED_LIST: tuple[type[BookingRefused], ...] = (
    InsufficientFunds, CeilingReached, LimitExceeded, AccountNotOpen, CoinMismatch, OutsideArea, KeyReused, NotBacked,
    NotRedeemable, SameAccount, ReservationOver, InvalidAmount, LabelMissing, UnknownAccount, AccountNotEmpty,
    ActorLimitExceeded, ChargebackExceeds, FundingOver, BankLineUsed,
)  # fmt: skip
BY_CODE = {one.code: one for one in CLOSED_LIST}


def refusal(code: str, detail: int | None = None) -> BookingRefused:
    """The exception that belongs to a code of the write path."""
    return BY_CODE[code].told(detail)
