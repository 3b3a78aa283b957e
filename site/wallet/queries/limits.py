"""The limits of a coin as people ask for them: what holds today, what is to come, what was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from ledger.queries import limits_of
from people.models import PartyKind

if TYPE_CHECKING:
    from ledger.models import Coin, LimitRule


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Those of one kind of holder: in force today (or none), the first to come first, and those that hold no more.

    `waiting` were pushed aside by one that was said later; when that ends they hold again.
    """

    kind: PartyKind
    now: LimitRule | None
    coming: list[LimitRule]
    waiting: list[LimitRule]
    past: list[LimitRule]


def limits_by_kind(coin: Coin, today: date) -> list[Limits]:
    """For each kind of holder that ever had a limit in this coin. One query."""
    by_kind = {kind: list(rules) for kind, rules in groupby(limits_of(coin), key=lambda one: one.holder_kind)}
    return [_sorted(kind, by_kind[kind], today) for kind in PartyKind if kind in by_kind]


def _sorted(kind: PartyKind, rules: list[LimitRule], today: date) -> Limits:
    running = [one for one in rules if one.from_on <= today and not _is_over(one, today)]
    coming = [one for one in rules if one.from_on > today]
    return Limits(
        kind=kind,
        now=running[0] if running else None,
        coming=sorted(coming, key=lambda one: (one.from_on, one.pk)),
        waiting=[one for one in running[1:] if _may_hold_again(one, running[0])],
        past=[one for one in rules if _is_over(one, today)]
        + [one for one in running[1:] if not _may_hold_again(one, running[0])],
    )


def _is_over(rule: LimitRule, today: date) -> bool:
    return rule.until_on is not None and rule.until_on < today


def _may_hold_again(rule: LimitRule, now: LimitRule) -> bool:
    """Whether it lasts longer than the one that pushed it aside."""
    return now.until_on is not None and (rule.until_on is None or rule.until_on > now.until_on)
