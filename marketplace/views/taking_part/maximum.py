"""What a legal maximum does to somebody who is about to sign up, in sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from marketplace.models import OverCap
from marketplace.queries.rewards import Room, Verdict, VerdictKind
from marketplace.views.taking_part.words import money


@dataclass(frozen=True, slots=True, kw_only=True)
class Maximum:
    """What is said before the button: as a notice when it `warns`, with a link where something can be done."""

    title: str
    text: str = ""
    warns: bool = False
    url: str = ""
    action: str = ""


def maximum_words(verdict: Verdict) -> Maximum | None:
    """What somebody may still earn, and what happens above it; nothing where there is no maximum."""
    if verdict.kind == VerdictKind.AGE:
        return _without_age()
    if verdict.kind == VerdictKind.NOT_CONFIRMED:
        return _without_amounts(verdict.room)
    if verdict.is_above:
        return _above(verdict)
    return _within(verdict.room, verdict.reward) if verdict.room.left is not None else None


def _without_age() -> Maximum:
    return Maximum(
        title=_("We do not know your date of birth."),
        text=_("The maximum depends on your age. Without it nothing can be paid."),
        warns=True, url=reverse("account_details"), action=_("Fill in your date of birth"),
    )  # fmt: skip


def _without_amounts(room: Room) -> Maximum:
    said = {"year": room.on.year}
    return Maximum(
        title=_("The maximum amounts of %(year)s are not set yet.") % said,
        text=_("You can sign up. You are paid as soon as the municipality has set them."), warns=True,
    )  # fmt: skip


def _within(room: Room, reward: int) -> Maximum:
    """With this one counted as well."""
    left = (room.left or 0) - reward
    if room.month.left is not None and room.month.left == room.left:
        words = _("In %(month)s you may still earn %(left)s. With this, %(after)s of that is left.")
    else:
        words = _("In %(year)s you may still earn %(left)s. With this, %(after)s of that is left.")
    said = {**_of(room), "left": money(room.left or 0), "after": money(max(left, 0))}
    return Maximum(title=words % said)


def _above(verdict: Verdict) -> Maximum:
    title = _TITLES[verdict.kind](verdict.room)
    text = {
        OverCap.BLOCK: _("You may come. These coins are not paid, unless another maximum will hold for you.")
        if verdict.is_never_paid
        else _("You may come. These coins then wait until there is room again."),
        OverCap.SIGN: _("You may come. You are paid when you sign that you know of the maximum."),
        OverCap.WARN: _("You are paid all of it. It can count for your taxes, allowances or benefit."),
    }[verdict.effect or OverCap.WARN]
    return Maximum(
        title=title, text=text, warns=True, url=reverse("earning"), action=_("What you may still earn")
    )


def _above_hour(room: Room) -> str:
    said = {"amount": money(room.per_hour or 0)}
    return _("This is more than %(amount)s per hour, the maximum for volunteers.") % said


def _above_month(room: Room) -> str:
    words = _("With this you go above the maximum of %(amount)s in %(month)s.")
    return words % {**_of(room), "amount": money(room.month.maximum or 0)}


def _above_year(room: Room) -> str:
    words = _("With this you go above the maximum of %(amount)s in %(year)s.")
    return words % {**_of(room), "amount": money(room.year.maximum or 0)}


def _of(room: Room) -> dict[str, object]:
    return {"month": MONTHS[room.on.month], "year": room.on.year}


_TITLES: Final[dict[str, Callable[[Room], str]]] = {
    VerdictKind.HOUR: _above_hour,
    VerdictKind.MONTH: _above_month,
    VerdictKind.YEAR: _above_year,
}
