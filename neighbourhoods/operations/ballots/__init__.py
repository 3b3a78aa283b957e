"""The ballot box: who votes in it, what goes in, what happens when it is closed, what comes out."""

from __future__ import annotations

from neighbourhoods.operations.ballots.boxes import (
    NotLater,
    NotTheTime,
    ReasonMissing,
    RollNotFrozen,
    TooMuchLater,
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
from neighbourhoods.operations.ballots.paper import (
    EnteredAlready,
    NoPaper,
    PaperDiffers,
    WrongNumber,
    enter_paper,
)
from neighbourhoods.operations.ballots.proxies import (
    HolderNotOnRoll,
    NoChains,
    NoProxiesHere,
    NoProxyGiven,
    ProxyGiven,
    ProxyToSelf,
    TooManyProxies,
    VotesForOthers,
    give_proxy,
    take_back_proxy,
)
from neighbourhoods.operations.ballots.recorded import (
    HasInterest,
    NotRecorded,
    SeatExpired,
    SteppedAside,
    WhyNotMissing,
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
    "EnteredAlready",
    "HasInterest",
    "HolderNotOnRoll",
    "LeftOut",
    "NoChains",
    "NoPaper",
    "NoProxiesHere",
    "NoProxy",
    "NoProxyGiven",
    "NotClosedYet",
    "NotCounted",
    "NotLater",
    "NotOnRoll",
    "NotRecorded",
    "NotSecret",
    "NotTheTime",
    "PaperDiffers",
    "PaperMissing",
    "ProxyGiven",
    "ProxyToSelf",
    "ReasonMissing",
    "RollNotFrozen",
    "SeatExpired",
    "SteppedAside",
    "TooEarly",
    "TooLate",
    "TooManyProxies",
    "TooMuchLater",
    "UrnDoesNotAddUp",
    "VotesForOthers",
    "WhyNotMissing",
    "WrongNumber",
    "cast",
    "cast_assisted",
    "close_box",
    "count_box",
    "enter_paper",
    "extend_box",
    "give_proxy",
    "mark_paper",
    "open_box",
    "record_vote",
    "recuse",
    "sweep",
    "take_back_proxy",
    "void_box",
]
