"""Papers that are wrong, by accident or on purpose: each is refused with a sentence, and nothing else ever happens."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neighbourhoods.counting import BadPaper, canonical, count
from tests.neighbourhoods.counting.papers import approval, median, paper, stv, yes_no

ROLL = "The size of the roll is not a whole number."
CHANNELS = "The channels of the roll are not an object."
STUFFED = "There are more ballots than people on the roll."
ORDER = "The ballots are not sorted: ballot 2 comes too late."
GUARDED = "More options are guarded than there are seats."
UTF_8 = "A text in the paper can't be written in UTF-8."
RECEIPT = "A receipt code stands there twice."
TURNOUT = "“turnout_quorum” is not a fraction from 0 to 1."
SEATLESS = "Only a vote about seats has withdrawn options."
Change = Callable[[dict[str, Any]], Any]


def put(name: str, value: Any) -> Change:
    return lambda found: found.update({name: value})


def rule(name: str, value: Any) -> Change:
    return lambda found: found["rules"].update({name: value})


def ballots(*values: Any) -> Change:
    return put("ballots", list(values))


def right() -> dict[str, Any]:
    return stv({"AB": 2, "B": 1}, seats=1, options="AB", size=9)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param(put("format", "socialcoin-count/2"), "The format is not “socialcoin-count/1”.", id="format"),
        pytest.param(put("method", "BORDA"), "The method is none of YES_NO, APPROVAL, STV, MEDIAN.", id="method"),
        pytest.param(put("method", ["STV"]), "The method is none of YES_NO, APPROVAL, STV, MEDIAN.", id="method list"),
        pytest.param(lambda found: found.pop("seed"), "In the paper is missing: seed.", id="a name too few"),
        pytest.param(put("\x1b[2Jx", 1), r"In the paper is what does not belong there: '\x1b[2Jx'.", id="a name more"),
        pytest.param(put("options", []), "There are no options.", id="no options"),
        pytest.param(put("options", "AB"), "The options are no list of 200 at most.", id="options no list"),
        pytest.param(put("options", ["A"] * 201), "The options are no list of 200 at most.", id="too many options"),
        pytest.param(put("options", ["A", "A"]), "An option stands there twice.", id="an option twice"),
        pytest.param(put("options", ["A", 2]), "The key of option 2 is not usable.", id="a number for a key"),
        pytest.param(put("options", ["A", "   "]), "The key of option 2 is not usable.", id="a key of spaces"),
        pytest.param(put("options", ["A", "B "]), "The key of option 2 is not usable.", id="a space behind"),
        pytest.param(put("options", ["A", "B\n"]), "The key of option 2 is not usable.", id="a key with a line in it"),
        pytest.param(put("options", ["A", "x" * 101]), "The key of option 2 is not usable.", id="a very long key"),
        pytest.param(put("seats", None), "The seats are not a number from 1 to 15.", id="no seats"),
        pytest.param(put("seats", value=True), "The seats are not a number from 1 to 15.", id="true is not one"),
        pytest.param(put("seats", 1.0), "The seats are not a number from 1 to 15.", id="a floating seat"),
        pytest.param(put("seats", 0), "The seats are not a number from 1 to 15.", id="no seat at all"),
        pytest.param(put("seats", 10**30), "The seats are not a number from 1 to 15.", id="seats without end"),
        pytest.param(put("low", 1), "A vote by STV has no amounts.", id="an amount where none belongs"),
        pytest.param(put("withdrawn", ["Z"]), "“withdrawn” names an unknown option.", id="a stranger withdrawn"),
        pytest.param(put("withdrawn", ["A", "A"]), "“withdrawn” names an option twice.", id="withdrawn twice"),
        pytest.param(put("guarded", "A"), "“guarded” is not a list of keys.", id="guarded no list"),
        pytest.param(put("guarded", ["A", "B"]), GUARDED, id="guarded"),
        pytest.param(
            lambda found: found.update(withdrawn=["A"], guarded=["A"]),
            "An option is both withdrawn and guarded.",
            id="gone and seated",
        ),
        pytest.param(put("seed", "A0"), "The seed is not of hexadecimal digits.", id="capitals in the seed"),
        pytest.param(put("seed", ""), "The seed is not of hexadecimal digits.", id="no seed"),
        pytest.param(put("seed", "٠١"), "The seed is not of hexadecimal digits.", id="digits of another script"),
        pytest.param(put("roll", None), "The roll is not an object.", id="no roll"),
        pytest.param(put("roll", {"size": 9}), "In the roll is missing: channels.", id="no channels"),
        pytest.param(put("roll", {"size": -1, "channels": {}}), ROLL, id="below zero"),
        pytest.param(put("roll", {"size": 2, "channels": {}}), STUFFED, id="stuffed"),
        pytest.param(
            put("roll", {"size": 9, "channels": {"ONLINE": 8, "PAPER": 2}}),
            "More people are marked on the roll than it has.",
            id="more marked than there are",
        ),
        pytest.param(
            put("roll", {"size": 9, "channels": {"ONLINE": True}}),
            "A channel of the roll is not a whole number.",
            id="true is no number of people",
        ),
        pytest.param(put("roll", {"size": 9, "channels": []}), CHANNELS, id="a list"),
        pytest.param(put("rules", []), "The rules are not an object.", id="no rules"),
        pytest.param(rule("quorum", 1), "In the rules is what does not belong there: 'quorum'.", id="a new rule"),
        pytest.param(rule("majority", [1, 0]), "“majority” is not a fraction from 0 to 1.", id="divided by zero"),
        pytest.param(rule("majority", [3, 2]), "“majority” is not a fraction from 0 to 1.", id="more than all"),
        pytest.param(rule("majority", [-1, 2]), "“majority” is not a fraction from 0 to 1.", id="less than none"),
        pytest.param(rule("majority", 0.5), "“majority” is not a fraction from 0 to 1.", id="a floating half"),
        pytest.param(rule("turnout_quorum", [1, 10**40]), TURNOUT, id="long"),
        pytest.param(rule("is_strict", 1), "“is_strict” is neither true nor false.", id="one is not true"),
        pytest.param(put("ballots", {}), "The ballots are not a list.", id="ballots an object"),
        pytest.param(ballots(["A"]), "Ballot 1 is not a choice and a receipt.", id="no receipt"),
        pytest.param(ballots("AB"), "Ballot 1 is not a choice and a receipt.", id="a word for a ballot"),
        pytest.param(ballots([["A"], 7]), "Ballot 1 has no usable receipt.", id="a number for a receipt"),
        pytest.param(ballots([["A"], " "]), "Ballot 1 has no usable receipt.", id="a space for a receipt"),
        pytest.param(ballots([["A", "A"], None]), "Ballot 1 can't be counted: twice.", id="the same name twice"),
        pytest.param(ballots([["Z"], None]), "Ballot 1 can't be counted: unknown_option.", id="a stranger"),
        pytest.param(ballots([[["A"]], None]), "Ballot 1 can't be counted: shape.", id="a list in a list"),
        pytest.param(ballots([None, None]), "Ballot 1 can't be counted: shape.", id="nothing"),
        pytest.param(ballots([float("nan"), None]), "Ballot 1 can't be counted: shape.", id="not a number"),
        pytest.param(ballots(["invalid", None]), "Ballot 1 can't be counted: shape.", id="invalid in small letters"),
        pytest.param(
            ballots([["B"], None], [["A"], None]), ORDER, id="not sorted"
        ),
        pytest.param(ballots([["A"], "R1"], [["B"], "R1"]), RECEIPT, id="a receipt twice"),
        pytest.param(ballots([["A"], "\ud800"]), UTF_8, id="half a character"),
    ],
)  # fmt: skip
def test_a_paper_that_is_wrong_is_refused(change: Change, sentence: str) -> None:
    found = right()
    change(found)
    with pytest.raises(BadPaper) as refused:
        count(found)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("found", [None, [], "paper", 7, True])
def test_what_is_no_paper_is_refused(found: Any) -> None:
    with pytest.raises(BadPaper, match=r"^The paper is not an object\.$"):
        count(found)


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        pytest.param(yes_no(yes=1) | {"seats": 1}, "A vote by YES_NO has no seats.", id="seats by yes and no"),
        pytest.param(yes_no(yes=1) | {"withdrawn": ["A"]}, SEATLESS, id="left"),
        pytest.param(yes_no(yes=1) | {"guarded": ["A"]}, GUARDED, id="kept"),
        pytest.param(median([5]) | {"seats": 1}, "A vote by MEDIAN has no seats.", id="seats by median"),
        pytest.param(median([5]) | {"step": 0}, "“step” is not a whole amount of one or more.", id="no step"),
        pytest.param(median([5]) | {"low": 10**16}, "“low” is not a whole amount.", id="too large for JSON"),
        pytest.param(median([5]) | {"present": 2.5}, "“present” is not a whole amount.", id="half a cent"),
        pytest.param(median([5]) | {"low": 9, "high": 8}, "The lower bound is above the upper one.", id="turned"),
        pytest.param(median([5]) | {"high": 4}, "Ballot 1 can't be counted: out_of_bounds.", id="out of bounds"),
        pytest.param(median([5]) | {"step": 2}, "Ballot 1 can't be counted: off_step.", id="off the step"),
        pytest.param(
            approval(["AB"], seats=1) | {"ballots": [[["B", "A"], None]]},
            "Ballot 1 is not in its canonical form.",
            id="approvals not sorted",
        ),
        pytest.param(paper("YES_NO", [{"A": "yes"}]), "Ballot 1 can't be counted: missing.", id="an answer too few"),
        pytest.param(
            paper("YES_NO", [{"A": "yes", "B": "no", "C": "maybe"}]),
            "Ballot 1 can't be counted: unknown_answer.",
            id="maybe",
        ),
    ],
)  # fmt: skip
def test_each_method_has_its_own_wrongs(found: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadPaper) as refused:
        count(found)
    assert str(refused.value) == sentence


def test_keys_may_be_of_any_script() -> None:
    """Two ways to write the same letter are two keys: they are compared as they stand, never as they look."""
    found = paper(
        "STV", [["Zoë"], ["Zoe\u0308"], ["Zoë"], ["愛"]], seats=1, options=["Zoë", "Zoe\u0308", "愛"]
    )
    assert count(found)["options"][0]["first"] == 2


def test_counting_leaves_the_paper_as_it_was() -> None:
    found = right()
    before = copy.deepcopy(found)
    count(found)
    assert found == before


def test_a_paper_that_was_written_and_read_again_counts_the_same() -> None:
    found = right()
    assert canonical(count(json.loads(canonical(found)))) == canonical(count(found))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
PAPERS = (right(), yes_no(yes=2, no=1), approval(["A", "BC"], seats=1), median([3, 4], present=2))


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(PAPERS), st.data())
def test_whatever_stands_in_a_paper_it_is_counted_or_refused(
    found: dict[str, Any], data: st.DataObject
) -> None:
    """One place, at any depth, gets something else: never another error, and never a count that can't be written."""
    changed = copy.deepcopy(found)
    inner: Any = changed
    while True:
        place = data.draw(st.sampled_from(sorted(inner) if isinstance(inner, dict) else range(len(inner))))
        if isinstance(inner[place], dict | list) and inner[place] and data.draw(st.booleans()):
            inner = inner[place]
            continue
        inner[place] = data.draw(anything)
        break
    try:
        sheet = count(changed)
    except BadPaper:
        return
    assert json.loads(canonical(sheet)) == sheet
