"""The state machines of the ledger, as data."""

from __future__ import annotations

from core.states import StateTable
from ledger.kinds import AccountState, FundingState, ReservationState

ACCOUNT = StateTable(
    name="account",
    start=AccountState.OPEN,
    moves={
        (AccountState.OPEN, "block"): AccountState.BLOCKED,
        (AccountState.BLOCKED, "unblock"): AccountState.OPEN,
        (AccountState.OPEN, "close"): AccountState.CLOSED,
    },
    ends=frozenset({AccountState.CLOSED}),
    may_stay=frozenset({AccountState.OPEN, AccountState.BLOCKED}),
)

RESERVATION = StateTable(
    name="reservation",
    start=ReservationState.OPEN,
    moves={
        (ReservationState.OPEN, "capture"): ReservationState.DONE,
        (ReservationState.OPEN, "release"): ReservationState.RELEASED,
        (ReservationState.OPEN, "expire"): ReservationState.EXPIRED,
    },
    ends=frozenset({ReservationState.DONE, ReservationState.RELEASED, ReservationState.EXPIRED}),
)

FUNDING = StateTable(
    name="funding",
    start=FundingState.ANNOUNCED,
    moves={
        (FundingState.ANNOUNCED, "receive"): FundingState.ISSUED,
        (FundingState.ANNOUNCED, "cancel"): FundingState.CANCELLED,
        (FundingState.ANNOUNCED, "expire"): FundingState.EXPIRED,
        (FundingState.ISSUED, "return"): FundingState.RETURNED,
    },
    ends=frozenset({FundingState.RETURNED, FundingState.CANCELLED, FundingState.EXPIRED}),
    may_stay=frozenset({FundingState.ISSUED}),
)
