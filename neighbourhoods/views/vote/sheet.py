"""A result sheet in words and rows, for its page. It takes what is published and adds nothing: page, JSON and CSV are
one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.amounts import format_amount, marks
from neighbourhoods.counting import INVALID, Method
from neighbourhoods.models import Channel

Json = dict[str, Any]
Words = Mapping[str, str]
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
class Cell:
    """The votes of one candidate at the end of one round."""

    stage: int
    votes: str
    exact: str
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A row of the rounds: one candidate from the first round to the last."""

    name: str
    first: int
    cells: list[Cell]
    status: str
    is_elected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One round in sentences: what moved, and who was elected by that."""

    stage: int
    moved: str
    elected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """A lot that was drawn, with the numbers by which anybody draws it again."""

    text: str
    hashes: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is published of one count, with the words of this language."""

    method: Method
    sheet: Json
    labels: Words
    decimals: int = 2
    is_election: bool = False

    def name(self, option: str) -> str:
        return self.labels.get(option, option)

    def names(self, options: Sequence[str]) -> list[str]:
        return [self.name(option) for option in options]

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
            return Outcome(title=_("Adopted") if chosen else _("Rejected"), is_decided=bool(chosen))
        if not chosen:
            return Outcome(title=_("Nobody was elected"), is_decided=False)
        return Outcome(title=_("Elected:"), names=chosen)

    def _amount(self, found: Json) -> Outcome:
        if not found["has_quorum"]:
            title = _("Too few people voted. The amount stays as it was.")
            return Outcome(title=title, amount=found["amount"], is_decided=False)
        return Outcome(title=_("The middle amount"), amount=found["amount"])

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
        """How people voted, without the ways that nobody took."""
        known = {channel.value: str(channel.label) for channel in Channel}
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

    # --- Round by round -----------------------------------------------------------------------------------------------

    @property
    def rounds(self) -> list[Json]:
        rounds: list[Json] = self.sheet["rounds"]
        return rounds

    @property
    def stages(self) -> list[int]:
        return [one["stage"] for one in self.rounds]

    @property
    def candidates(self) -> list[Candidate]:
        """Who was elected stands first, in that order; then who stayed longest."""
        order = self.sheet["outcome"]["elected"]
        return [
            Candidate(
                name=self.name(one["option"]),
                first=one["first"],
                cells=[self._cell(one, stage) for stage in self.rounds if one["option"] in stage["votes"]],
                status=self._status(one),
                is_elected=one["is_elected"],
            )
            for one in sorted(self.sheet["options"], key=lambda one: _rank(one, order))
        ]

    def _cell(self, one: Json, stage: Json) -> Cell:
        votes, number = stage["votes"][one["option"]], stage["stage"]
        is_out = one["status"] == "excluded" and one["stage"] is not None and number >= one["stage"]
        mark = "elected" if one["option"] in stage["elected"] else "out" if is_out else ""
        return Cell(stage=number, votes=self.number(votes), exact=votes["exact"], mark=mark)

    def _status(self, one: Json) -> str:
        words = {
            "elected": _("elected in round %(stage)s"), "excluded": _("out in round %(stage)s"),
            "standing": _("not elected"), "withdrawn": _("withdrew"),
        }  # fmt: skip
        text = words[one["status"]]
        return text % {"stage": one["stage"]} if "%" in text else text

    @property
    def spent(self) -> list[Cell]:
        """Votes that no next choice was left for, round by round."""
        return [
            Cell(stage=one["stage"], votes=self.number(one["non_transferable"]),
                 exact=one["non_transferable"]["exact"])
            for one in self.rounds
        ]  # fmt: skip

    @property
    def has_fractions(self) -> bool:
        """Whether anything in the table is no whole number: then all of it has two decimals, so that digits line up."""
        every = [votes for one in self.rounds for votes in (*one["votes"].values(), one["non_transferable"])]
        return any(not votes["exact"].isdigit() for votes in every)

    def number(self, votes: Words) -> str:
        """A number of votes as the reader's language writes it."""
        if not self.has_fractions:
            return votes["exact"]
        return votes["rounded"].replace(".", marks(get_language() or "nl")[0])

    @property
    def story(self) -> list[Told]:
        """What happened in each round, in sentences."""
        return [
            Told(stage=one["stage"], moved=" ".join(self._moved(one)), elected=" ".join(self._elected(one)))
            for one in self.rounds
        ]

    def _moved(self, one: Json) -> list[str]:
        name = self.name(one["of"]) if one["of"] else ""
        told = [
            {
                "first": _("We count every first choice."),
                "surplus": _("%(name)s has more votes than are needed. What is left over goes on to the next choices."),
                "exclusion": _("%(name)s has fewest votes and is out. These votes go on to the next choices."),
            }[one["action"]] % {"name": name}
        ]  # fmt: skip
        if one["tie"]:
            told.insert(0, self._tie(one["tie"]))
        return told

    def _elected(self, one: Json) -> list[str]:
        told = []
        by_quota = [option for option in one["elected"] if option not in one["without_quota"]]
        if by_quota:
            told.append(_("Elected: %(names)s.") % {"names": _list(self.names(by_quota))})
        if one["without_quota"]:
            names = _list(self.names(one["without_quota"]))
            told.append(_("No more names are left than seats, so elected: %(names)s.") % {"names": names})
        return told

    def _tie(self, tie: Json) -> str:
        names = _list(self.names(tie["between"]))
        if tie["by"] == "draw":
            return _("%(names)s had as many votes, in the rounds before too. The lot decided.") % {
                "names": names
            }
        words = {"names": names, "stage": tie["stage"]}
        return _("%(names)s had as many votes. Round %(stage)s decided: there they differed.") % words

    # --- The draws ----------------------------------------------------------------------------------------------------

    @property
    def draws(self) -> list[Draw]:
        return [self._draw(one) for one in self.sheet["draws"]]

    def _draw(self, one: Json) -> Draw:
        texts = {
            "exclude": _("Between %(between)s the lot decided that %(chosen)s is out."),
            "transfer": _("Between %(between)s the lot decided that the votes of %(chosen)s went on first."),
            "elect": _("Between %(between)s the lot decided that the seat is for %(chosen)s."),
        }
        words = {"between": _list(self.names(one["between"])), "chosen": _list(self.names(one["chosen"]))}
        hashes = [(self.name(option), one["hashes"][option]) for option in one["order"]]
        return Draw(text=texts[one["purpose"]] % words, hashes=hashes)

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


def _rank(one: Json, elected: Sequence[str]) -> tuple[int, int, int]:
    if one["option"] in elected:
        return 0, list(elected).index(one["option"]), 0
    kinds = {"standing": 1, "excluded": 2, "withdrawn": 3}
    return kinds.get(one["status"], 1), -(one["stage"] or 0), -one["first"]


def _sum(text: str, found: Json, part: int, whole: int) -> Sum:
    return Sum(
        text=text.strip(), is_reached=found["is_reached"], part=part, needed=found["needed"], whole=whole
    )


def _percent(part: int, whole: int) -> str:
    """For a drawing: how far across."""
    share = 100 * min(part, whole) / whole if whole else 0
    return f"{share:.2f}%"


def _list(names: Sequence[str]) -> str:
    """Names in a sentence: "Ann, Ben and Cas"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}
