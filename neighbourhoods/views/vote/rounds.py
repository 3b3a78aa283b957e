"""A count round by round: who had how many votes, what happened, which lots were drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.amounts import marks

Json = dict[str, Any]
Words = Mapping[str, str]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """The part of a sheet that tells how a count by preference went. `labels` are the names in this language."""

    sheet: Json
    labels: Words

    def name(self, option: str) -> str:
        return self.labels.get(option, option)

    def names(self, options: Sequence[str]) -> list[str]:
        return [self.name(option) for option in options]

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


def _rank(one: Json, elected: Sequence[str]) -> tuple[int, int, int]:
    if one["option"] in elected:
        return 0, list(elected).index(one["option"]), 0
    kinds = {"standing": 1, "excluded": 2, "withdrawn": 3}
    return kinds.get(one["status"], 1), -(one["stage"] or 0), -one["first"]


def _list(names: Sequence[str]) -> str:
    """Names in a sentence: "Ann, Ben and Cas"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}
