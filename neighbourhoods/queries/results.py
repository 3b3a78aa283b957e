"""What a vote came to: the paper that is counted, the sheet, and what of them is published. Nothing before counting."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.refusals import Refusal
from neighbourhoods.counting import FORMAT, Method, canonical
from neighbourhoods.models import BallotBox, Channel
from neighbourhoods.queries.ballots import RECUSED, labels_of, last_votes, marks
from neighbourhoods.queries.elections import countbacks
from neighbourhoods.queries.result_csv import write
from neighbourhoods.states import BoxState

# With fewer secret ballots than this, who knows three voters knows the fourth: the outcome alone is published.
FEW = 5
# In the place of the channels that few people took: all of those together.
OTHER = "OTHER"

Json = dict[str, Any]


class NotClosedYet(Refusal):
    """Nobody sees an interim result, whoever they are."""

    code = "not_closed_yet"
    sentence = _("Voting is not over yet. Nobody can see votes before it is.")


class NotCounted(Refusal):
    """There is no result yet."""

    code = "not_counted"
    sentence = _("The votes have not been counted yet. Come back later.")


@dataclass(frozen=True)
class Receipt:
    """What became of the ballot with a receipt code. `choice` is as it was counted; empty when nothing is published."""

    is_counted: bool
    choice: Any = None
    is_shown: bool = False


def check_closed(box: BallotBox) -> None:
    """:raises NotClosedYet: to everybody, while ballots can still come in. It asks the database, not the object."""
    if BallotBox.objects.get(pk=box.pk).state not in {BoxState.CLOSED, BoxState.COUNTED}:
        raise NotClosedYet


def paper_of(box: BallotBox, *, withdrawn: Collection[str] = (), guarded: Collection[str] = ()) -> Json:
    """What is counted, as it is published. The order of the ballots is that of the alphabet.

    `withdrawn` and `guarded` are for a recount that fills a vacancy.

    :raises NotClosedYet: to everybody, before voting is over.
    """
    check_closed(box)
    has_seats, has_amounts = box.method in {Method.STV, Method.APPROVAL}, box.method == Method.MEDIAN
    amounts = {
        name: getattr(box, name) if has_amounts else None for name in ("low", "high", "step", "present")
    }
    size, channels, ballots = _secret(box) if box.is_secret else _recorded(box)
    return {
        "format": FORMAT,
        "method": box.method,
        "options": box.options,
        "seats": box.seats if has_seats else None,
        **amounts,
        "withdrawn": sorted(withdrawn),
        "guarded": sorted(guarded),
        "seed": box.roll.root,
        "roll": {"size": size, "channels": channels},
        "rules": _rules(box),
        "ballots": sorted(ballots, key=canonical),
    }


def sheet_of(box: BallotBox) -> Json:
    """The whole result sheet, as it was counted. Not for showing as it is: `published` leaves out what must be.

    :raises NotCounted: before the count.
    """
    result = getattr(box, "result", None)
    if result is None:
        raise NotCounted
    sheet: Json = json.loads(result.sheet)
    return sheet


def is_secret_few(box: BallotBox) -> bool:
    """Whether so few secret ballots were cast that the outcome alone may be shown.

    :raises NotCounted: before the count.
    """
    return box.is_secret and int(sheet_of(box)["cast"]) < FEW


def published(box: BallotBox) -> Json:
    """All that is published of a count, for page, JSON and CSV alike: labels, input and sheet.

    Of fewer than five secret ballots: labels, roll size and outcome. The names in it are those of this moment. When
    empty chairs were filled by counting again, `countbacks` says what of; input and sheet stay those of the vote.

    :raises NotCounted: before the count.
    """
    sheet, labels = sheet_of(box), labels_of(box)
    if is_secret_few(box):
        few = {"labels": labels, "roll_size": sheet["roll_size"], "outcome": sheet["outcome"]}
        return {**few, **_countbacks(box)}
    return {"labels": labels, "input": paper_of(box), "sheet": sheet, **_countbacks(box)}


def as_csv(box: BallotBox) -> str:
    """The same figures for a spreadsheet: one figure a line, in the columns of `result_csv.COLUMNS`.

    :raises NotCounted: before the count.
    """
    return write(published(box))


def find_receipt(box: BallotBox, code: str) -> Receipt:
    """Whether the ballot with this receipt code was counted, and as what. Spaces, dashes and capitals do not matter.

    :raises NotCounted: before the count.
    """
    few = is_secret_few(box)
    found = box.ballots.filter(receipt=written(code)).values_list("choice", flat=True).first()
    if found is None:
        return Receipt(is_counted=False)
    return (
        Receipt(is_counted=True) if few else Receipt(is_counted=True, choice=json.loads(found), is_shown=True)
    )


def written(code: str) -> str:
    """A receipt code as it is kept: "k3m4 n5p6-q7r8" becomes "K3M4-N5P6-Q7R8"."""
    signs = "".join(sign for sign in code.upper() if sign.isascii() and sign.isalnum())
    return "-".join(signs[start : start + 4] for start in range(0, len(signs), 4))


def _countbacks(box: BallotBox) -> Json:
    election = getattr(box, "election", None)
    found = countbacks(election) if election else []
    return {"countbacks": [{**one, "at": one["at"].isoformat()} for one in found]} if found else {}


def _secret(box: BallotBox) -> tuple[int, dict[str, int], list[list[Any]]]:
    ballots = [[json.loads(choice), code] for choice, code in box.ballots.values_list("choice", "receipt")]
    return box.roll.size, _none_with_few(marks(box)), ballots


def _none_with_few(channels: dict[str, int]) -> dict[str, int]:
    """The channels, those that fewer than five people took together, with the next smallest where that is still few.

    Beside "one on paper" the one ballot that is not valid would have a voter: on paper alone it can be that.
    """
    kept = dict(sorted(channels.items(), key=lambda one: (-one[1], one[0])))
    together = sum(number for number in kept.values() if number < FEW)
    if not together:
        return channels
    kept = {name: number for name, number in kept.items() if number >= FEW}
    if together < FEW and kept:
        together += kept.popitem()[1]
    return {**kept, OTHER: together}


def _recorded(box: BallotBox) -> tuple[int, dict[str, int], list[list[Any]]]:
    """Whoever stepped aside is left out of the roll and of all sums."""
    choices = list(last_votes(box).values_list("choice", flat=True))
    cast = [[json.loads(choice), None] for choice in choices if choice != RECUSED]
    channels = {**dict.fromkeys(Channel.values, 0), Channel.ONLINE.value: len(cast)}
    return box.roll.size - (len(choices) - len(cast)), channels, cast


def _rules(box: BallotBox) -> Json:
    policy = box.policy
    return {
        "turnout_quorum": _part(policy.turnout_quorum),
        "approval_quorum": _part(policy.approval_quorum),
        "majority": _part(policy.majority),
        "is_strict": policy.is_strict,
        "blanks_count": policy.blanks_count,
    }


def _part(share: Fraction) -> list[int]:
    return [share.numerator, share.denominator]
