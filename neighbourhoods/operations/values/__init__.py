"""What things are worth: proposed, put before everybody, voted on, in force from a day. DESIGN.md has the table.

Each module is one part of the way; what others call stands here.
"""

from __future__ import annotations

from neighbourhoods.operations.values.admitting import (
    EvidenceMissing,
    admit,
    expire,
    on_admitted,
    support,
    take_back_support,
    take_up,
    turn_away,
)
from neighbourhoods.operations.values.comments import comment, hide_comment, show_comment
from neighbourhoods.operations.values.confirming import (
    ConfirmationRunning,
    NothingToConfirm,
    OutsideMargin,
    TooLateToConfirm,
    close_confirmation,
    open_confirmation,
    stay_silent,
)
from neighbourhoods.operations.values.consenting import answer_cover, answer_guideline
from neighbourhoods.operations.values.consulting import CONSULT_WITHIN, change_terms, consult, name_volume
from neighbourhoods.operations.values.items import (
    SPEAKS,
    ItemKnown,
    NewItem,
    add_item,
    indicate,
    set_tags,
    write_words,
)
from neighbourhoods.operations.values.lapsing import ANSWER_WITHIN, LAPSE_AFTER, lapse, lapses_at
from neighbourhoods.operations.values.outcome import AnotherToday, annul, take_effect
from neighbourhoods.operations.values.proposing import (
    AlreadyRunning,
    TooManyLately,
    TooManyProposals,
    TooSoon,
    draft,
    propose,
    propose_draft,
)
from neighbourhoods.operations.values.voting import NoTerms, close_vote, open_vote
from neighbourhoods.operations.values.withdrawing import withdraw
from neighbourhoods.queries.values import Terms

__all__ = [
    "ANSWER_WITHIN",
    "CONSULT_WITHIN",
    "LAPSE_AFTER",
    "SPEAKS",
    "AlreadyRunning",
    "AnotherToday",
    "ConfirmationRunning",
    "EvidenceMissing",
    "ItemKnown",
    "NewItem",
    "NoTerms",
    "NothingToConfirm",
    "OutsideMargin",
    "Terms",
    "TooLateToConfirm",
    "TooManyLately",
    "TooManyProposals",
    "TooSoon",
    "add_item",
    "admit",
    "annul",
    "answer_cover",
    "answer_guideline",
    "change_terms",
    "close_confirmation",
    "close_vote",
    "comment",
    "consult",
    "draft",
    "expire",
    "hide_comment",
    "indicate",
    "lapse",
    "lapses_at",
    "name_volume",
    "on_admitted",
    "open_confirmation",
    "open_vote",
    "propose",
    "propose_draft",
    "set_tags",
    "show_comment",
    "stay_silent",
    "support",
    "take_back_support",
    "take_effect",
    "take_up",
    "turn_away",
    "withdraw",
    "write_words",
]
