"""The ballot box: who votes in it, what goes in, what happens when it is closed, what comes out."""

from __future__ import annotations

from neighbourhoods.operations.ballots.boxes import (
    ExtendedTooLate,
    NotLater,
    NotTheTime,
    ReasonMissing,
    RollNotFrozen,
    UrnDoesNotAddUp,
    close_box,
    extend_box,
    open_box,
    void_box,
)
from neighbourhoods.operations.ballots.casting import (
    BadBallot,
    ChangedForm,
    NoProxy,
    NotSecret,
    cast,
    cast_assisted,
    mark_paper,
)
from neighbourhoods.operations.ballots.mixing import sweep
from neighbourhoods.operations.ballots.recorded import (
    NotRecorded,
    SeatExpired,
    SteppedAside,
    record_vote,
    recuse,
)
from neighbourhoods.operations.ballots.tallying import PaperMissing, count_box
from neighbourhoods.operations.ballots.voters import AlreadyVoted, LeftOut, NotOnRoll, TooEarly, TooLate
from neighbourhoods.queries.results import NotClosedYet, NotCounted

__all__ = [
    "AlreadyVoted",
    "BadBallot",
    "ChangedForm",
    "ExtendedTooLate",
    "LeftOut",
    "NoProxy",
    "NotClosedYet",
    "NotCounted",
    "NotLater",
    "NotOnRoll",
    "NotRecorded",
    "NotSecret",
    "NotTheTime",
    "PaperMissing",
    "ReasonMissing",
    "RollNotFrozen",
    "SeatExpired",
    "SteppedAside",
    "TooEarly",
    "TooLate",
    "UrnDoesNotAddUp",
    "cast",
    "cast_assisted",
    "close_box",
    "count_box",
    "extend_box",
    "mark_paper",
    "open_box",
    "record_vote",
    "recuse",
    "sweep",
    "void_box",
]
