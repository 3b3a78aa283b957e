"""Elections of the board: drafted, announced, stood for, voted in, counted, final. DESIGN.md has the table.

Each module is one part of the way; what others call stands here.
"""

from __future__ import annotations

from neighbourhoods.operations.elections.candidates import (
    accept,
    change_statement,
    nominate,
    reject,
    stand,
    withdraw_nomination,
)
from neighbourhoods.operations.elections.clock import Advanced, advance, by_the_clock
from neighbourhoods.operations.elections.dates import ElectionDates, suggest_dates
from neighbourhoods.operations.elections.drafting import (
    announce,
    cancel,
    change_draft,
    draft_election,
    of_election,
    on_announced,
)
from neighbourhoods.operations.elections.freezing import freeze, open_nominations, open_voting
from neighbourhoods.operations.elections.outcome import (
    annul,
    close_voting,
    confirm_result,
    count_votes,
    publish_result,
)
from neighbourhoods.operations.elections.vacancies import (
    ask_next,
    candidate_declines,
    install,
    recount,
)

__all__ = [
    "Advanced",
    "ElectionDates",
    "accept",
    "advance",
    "announce",
    "annul",
    "ask_next",
    "by_the_clock",
    "cancel",
    "candidate_declines",
    "change_draft",
    "change_statement",
    "close_voting",
    "confirm_result",
    "count_votes",
    "draft_election",
    "freeze",
    "install",
    "nominate",
    "of_election",
    "on_announced",
    "open_nominations",
    "open_voting",
    "publish_result",
    "recount",
    "reject",
    "stand",
    "suggest_dates",
    "withdraw_nomination",
]
