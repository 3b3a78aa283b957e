"""What may be cast: each choice comes back in its canonical form, or is refused with a code."""

from __future__ import annotations

from typing import Any

import pytest

from neighbourhoods.counting import INVALID, BadChoice, Method, check_choice

OPTIONS = ("B", "A", "10")


@pytest.mark.parametrize(
    ("method", "choice", "checked"),
    [
        pytest.param("STV", ["10", "B"], ["10", "B"], id="a ranking keeps its order"),
        pytest.param("STV", ("A",), ["A"], id="a tuple is a list"),
        pytest.param("STV", [], [], id="blank"),
        pytest.param("APPROVAL", ["B", "A", "10"], ["10", "A", "B"], id="approvals are sorted as texts"),
        pytest.param("APPROVAL", [], [], id="nobody approved"),
        pytest.param(
            Method.YES_NO,
            {"10": "blank", "A": "no", "B": "yes"},
            {"B": "yes", "A": "no", "10": "blank"},
            id="an answer to each",
        ),
        pytest.param("MEDIAN", 150, 150, id="an amount"),
        pytest.param("MEDIAN", None, None, id="no amount"),
    ],
)
def test_a_choice_that_is_right(method: str, choice: Any, checked: Any) -> None:
    found = check_choice(method, choice, options=OPTIONS, low=100, high=200, step=25)
    assert (found, type(found)) == (checked, type(checked))


@pytest.mark.parametrize(
    ("method", "choice", "code"),
    [
        ("STV", "A", "shape"),
        ("STV", None, "shape"),
        ("STV", INVALID, "shape"),
        ("STV", [1], "shape"),
        ("STV", {"A": 1}, "shape"),
        ("STV", ["C"], "unknown_option"),
        ("STV", [" A"], "unknown_option"),
        ("STV", ["A", "B", "A"], "twice"),
        ("APPROVAL", ["A", "A"], "twice"),
        ("APPROVAL", ["a"], "unknown_option"),
        ("APPROVAL", True, "shape"),
        ("YES_NO", ["yes"], "shape"),
        ("YES_NO", {"A": "yes", "B": "yes"}, "missing"),
        ("YES_NO", {"A": "yes", "B": "yes", "10": "YES"}, "unknown_answer"),
        ("YES_NO", {"A": "yes", "B": "yes", "10": ["no"]}, "unknown_answer"),
        ("YES_NO", {"A": "yes", "B": "yes", "10": "no", 10: "no"}, "unknown_option"),
        ("MEDIAN", 99, "out_of_bounds"),
        ("MEDIAN", 201, "out_of_bounds"),
        ("MEDIAN", 10**400, "out_of_bounds"),
        ("MEDIAN", 101, "off_step"),
        ("MEDIAN", True, "shape"),
        ("MEDIAN", 150.0, "shape"),
        ("MEDIAN", float("nan"), "shape"),
        ("MEDIAN", "150", "shape"),
        ("MEDIAN", "", "shape"),
    ],
)
def test_a_choice_that_is_wrong(method: str, choice: Any, code: str) -> None:
    with pytest.raises(BadChoice) as refused:
        check_choice(method, choice, options=OPTIONS, low=100, high=200, step=25)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("amount", "is_right"), [(110, True), (160, True), (125, False), (210, True), (260, False)]
)
def test_steps_begin_at_the_lower_bound(amount: int, is_right: bool) -> None:
    """As in a number field of a page with the same bounds."""
    if is_right:
        assert check_choice("MEDIAN", amount, options=(), low=10, high=210, step=50) == amount
    else:
        with pytest.raises(BadChoice):
            check_choice("MEDIAN", amount, options=(), low=10, high=210, step=50)


def test_without_bounds_an_amount_is_any_that_json_keeps() -> None:
    assert check_choice("MEDIAN", -(2**53) + 1, options=()) == -(2**53) + 1
    with pytest.raises(BadChoice, match="out_of_bounds"):
        check_choice("MEDIAN", 2**53, options=())


def test_there_is_no_other_method() -> None:
    with pytest.raises(ValueError, match="BORDA"):
        check_choice("BORDA", [], options=OPTIONS)
