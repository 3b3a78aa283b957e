"""What somebody has to write before something is done."""

from __future__ import annotations

from core.refusals import Refusal


def words_of(text: str, longest: int, refusal: Refusal) -> str:
    """What somebody wrote, without the space around it.

    :raises Refusal: the one that is given, when nothing is left or it is longer than this.
    """
    words = text.strip()
    if not 0 < len(words) <= longest:
        raise refusal
    return words
