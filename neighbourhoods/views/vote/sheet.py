"""A result sheet in words and rows, for its page. It takes what is published and adds nothing: page, JSON and CSV are
one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.amounts import format_amount
from neighbourhoods.counting import INVALID, Method
from neighbourhoods.models import BallotBox, Channel, Election, ValueVote
from neighbourhoods.queries.ballots import labels_of, owner_of
from neighbourhoods.queries.items import per_unit
from neighbourhoods.queries.results import OTHER, is_secret_few, published, sheet_of
from neighbourhoods.states import ValueState
from neighbourhoods.views.vote.dots import Dots
from neighbourhoods.views.vote.rounds import Json, Rounds, Words

YES, NO, BLANK = "yes", "no", "blank"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was decided: the largest thing on the page."""

    title: str
    names: list[str] = field(default_factory=list)
    amount: int | None = None
    is_decided: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A quorum or majority written out as the sum that it is."""

    text: str
    is_reached: bool
    part: int
    needed: int
    whole: int

    @property
    def percent(self) -> str:
        return _percent(self.part, self.whole)

    @property
    def needed_percent(self) -> str:
        return _percent(self.needed, self.whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Rounds):
    """What is published of one count, with the words of this language.

    For named amounts also between which they were (minor units), and behind them what they are for ("per hour").
    """

    method: Method
    decimals: int = 2
    is_election: bool = False
    is_ending: bool = False
    is_missed: bool = False
    per: str = ""
    low: int | None = None
    high: int | None = None
    step: int | None = None

    @property
    def is_few(self) -> bool:
        """Whether so few votes were cast that the outcome alone is known."""
        return "options" not in self.sheet

    # --- The outcome --------------------------------------------------------------------------------------------------

    @property
    def outcome(self) -> Outcome:
        found = self.sheet["outcome"]
        if self.method == Method.MEDIAN:
            return self._amount(found)
        if not found["has_quorum"]:
            return Outcome(title=_("Too few people voted. Nothing was decided."), is_decided=False)
        chosen = self.names(found.get("elected", found.get("adopted", [])))
        if self.method == Method.YES_NO and not self.is_election:
            yes, no = _("Adopted"), _("Rejected")
            if self.is_ending:
                yes, no = _("It will have no value any more"), _("It keeps its value")
            return Outcome(title=yes if chosen else no, is_decided=bool(chosen))
        if not chosen:
            return Outcome(title=_("Nobody was elected"), is_decided=False)
        return Outcome(title=_("Elected:"), names=chosen)

    def _amount(self, found: Json) -> Outcome:
        if found["has_quorum"] and not self.is_missed:
            return Outcome(title=_("The middle amount"), amount=found["amount"])
        if found["amount"] is None:
            title = _("Too few people voted. Nothing was decided.")
        elif found["has_quorum"]:
            title = _("Too few people named an amount. It stays %(amount)s.") % {
                "amount": self._written(found["amount"])
            }
        else:
            title = _("Too few people voted. The amount stays %(amount)s.") % {
                "amount": self._written(found["amount"])
            }
        return Outcome(title=title, amount=found["amount"], is_decided=False)

    def _written(self, minor: int) -> str:
        return format_amount(minor, get_language() or "nl", self.decimals)

    @property
    def dots(self) -> Dots | None:
        """The named amounts as a picture; nothing where none was named or none may be shown."""
        if self.method != Method.MEDIAN or not self.sheet.get("options"):
            return None
        return Dots(self.sheet, self.low, self.high, self.step, self.decimals)

    # --- The sums -----------------------------------------------------------------------------------------------------

    @property
    def turnout(self) -> Sum:
        found = self.sheet["quorums"]["turnout"]
        words = {"cast": found["cast"], "roll": found["roll"]}
        text = ngettext(
            "%(cast)d of the %(roll)d people who may vote took part.",
            "%(cast)d of the %(roll)d people who may vote took part.",
            words["cast"],
        ) % words  # fmt: skip
        return Sum(
            text=" ".join(filter(None, [text, self._needed(found)])), is_reached=found["is_reached"],
            part=found["cast"], needed=found["needed"], whole=found["roll"],
        )  # fmt: skip

    def _needed(self, found: Json) -> str:
        """How many were needed; nothing where any number would do."""
        if not found["quorum"][0]:
            return ""
        text = ngettext("%(number)d was needed.", "%(number)d were needed.", found["needed"])
        return text % {"number": found["needed"]}

    @property
    def sums(self) -> list[tuple[str, list[Sum]]]:
        """For each option what it had and what it needed. Only where more than the most votes was asked."""
        rows = [(self.name(one["option"]), self._sums(one)) for one in self.sheet["quorums"]["options"]]
        return [(name, sums) for name, sums in rows if sums]

    def _sums(self, one: Json) -> list[Sum]:
        found = []
        if (approval := one.get("approval")) and approval["quorum"][0]:
            text = _("%(votes)d of the %(roll)d people who may vote are in favour.") % approval
            found.append(
                _sum(f"{text} {self._needed(approval)}", approval, approval["votes"], approval["roll"])
            )
        if majority := one.get("majority"):
            text = _("%(votes)d of %(of)d votes are yes.") % majority
            needed = ngettext("%(number)d was needed.", "%(number)d were needed.", majority["needed"])
            text = f"{text} {needed % {'number': majority['needed']}}"
            found.append(_sum(text, majority, majority["votes"], majority["of"]))
        return found

    @property
    def channels(self) -> list[tuple[str, int]]:
        """How people voted, without the ways that nobody took. Nothing where only a sum of all may be told."""
        if list(self.sheet["channels"]) == [OTHER]:
            return []
        known = {channel.value: str(channel.label) for channel in Channel} | {OTHER: _("in other ways")}
        return [(known.get(name, name), number) for name, number in self.sheet["channels"].items() if number]

    @property
    def totals(self) -> list[tuple[str, int]]:
        """The ballots, and what was on them."""
        words = {
            "roll_size": _("May vote"), "cast": _("Votes cast"), "valid": _("Valid votes"), "blank": _("Blank votes"),
            "invalid": _("Invalid votes"),
        }  # fmt: skip
        return [(label, self.sheet[name]) for name, label in words.items()]

    # --- Per option ---------------------------------------------------------------------------------------------------

    @property
    def options(self) -> list[Json]:
        """Rows of the table, as they are published, each with its name; those with most votes first."""
        rows = [{**one, "name": self.name(one.get("option", ""))} for one in self.sheet["options"]]
        if self.method == Method.APPROVAL:
            rows.sort(key=lambda one: -one["approvals"])
        return rows

    @property
    def amounts(self) -> list[Json]:
        """The amounts from low to high, with a running count and the place of the middle one."""
        rows, total = [], 0
        for one in self.sheet["options"]:
            total += one["votes"]
            is_middle = one["amount"] == self.sheet["median"]["middle"]
            rows.append({**one, "total": total, "is_middle": is_middle})
        return rows

    # --- One ballot ---------------------------------------------------------------------------------------------------

    def ballot(self, choice: Any) -> list[tuple[str, str]]:
        """What stands on a ballot: (number or answer, name), for who looks up their receipt."""
        if choice == INVALID or choice in (None, []):
            return [("", _("invalid") if choice == INVALID else _("blank"))]
        match self.method:
            case Method.YES_NO:
                words = {YES: _("Yes"), NO: _("No"), BLANK: _("Blank")}
                lines = [(words[answer], option) for option, answer in choice.items()]
            case Method.MEDIAN:
                lines = [("", format_amount(choice, get_language() or "nl", self.decimals))]
            case Method.STV:
                lines = [(str(place), option) for place, option in enumerate(choice, 1)]
            case Method.APPROVAL:
                lines = [("", option) for option in choice]
        return [(mark, self.name(text)) for mark, text in lines]


def sheet_on(box: BallotBox) -> Sheet:
    """What everybody may see of a counted vote. Of few secret ballots the outcome and the size of the roll are fetched,
    and nothing else."""
    if is_secret_few(box):
        found = published(box)
        sheet, labels = {name: found[name] for name in ("outcome", "roll_size")}, found["labels"]
    else:
        sheet, labels = sheet_of(box), labels_of(box)
    return blank_sheet(box, sheet=sheet, labels=labels)


def blank_sheet(box: BallotBox, *, labels: Words, sheet: Json | None = None) -> Sheet:
    """The words for a vote, for who needs no more of its count."""
    owner = owner_of(box)
    about: Json = {"is_election": isinstance(owner, Election)}
    if isinstance(owner, ValueVote):
        decision = owner.decision
        about = {
            "is_ending": decision.is_ending,
            # Also when enough voted and none of them named an amount.
            "is_missed": decision.state == ValueState.NO_QUORUM,
            "per": per_unit(decision.item.unit),
        }
    return Sheet(
        method=Method(box.method), sheet=sheet or {}, labels=labels, decimals=box.neighbourhood.coin.decimals,
        low=box.low, high=box.high, step=box.step, **about,
    )  # fmt: skip


def _sum(text: str, found: Json, part: int, whole: int) -> Sum:
    return Sum(
        text=text.strip(), is_reached=found["is_reached"], part=part, needed=found["needed"], whole=whole
    )


def _percent(part: int, whole: int) -> str:
    """For a drawing: how far across."""
    share = 100 * min(part, whole) / whole if whole else 0
    return f"{share:.2f}%"
