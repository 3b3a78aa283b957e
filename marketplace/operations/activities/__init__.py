"""Activities: written, looked at by the board, open, over. What others call stands here."""

from __future__ import annotations

from marketplace.operations.activities.drafting import (
    change_activity,
    change_words,
    draft_activity,
    submit,
    withdraw,
)
from marketplace.operations.activities.facts import Facts, facts_of
from marketplace.operations.activities.judging import (
    change_money,
    publish,
    release,
    return_activity,
    suspend,
)
from marketplace.operations.activities.posting import Words, post_activity, rewrite_activity, send_activity
from marketplace.operations.activities.running import cancel, pause, resume
from marketplace.operations.activities.telling import Told, on_told
from marketplace.operations.activities.words import put_text, write_words

__all__ = [
    "Facts",
    "Told",
    "Words",
    "cancel",
    "change_activity",
    "change_money",
    "change_words",
    "draft_activity",
    "facts_of",
    "on_told",
    "pause",
    "post_activity",
    "publish",
    "put_text",
    "release",
    "resume",
    "return_activity",
    "rewrite_activity",
    "send_activity",
    "submit",
    "suspend",
    "withdraw",
    "write_words",
]
