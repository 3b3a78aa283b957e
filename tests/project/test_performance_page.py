"""The page about performance is made from the figures of a whole run, and every goal that was missed has its reason."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.bench.goals import GOALS, missed
from tests.bench.page import PAGE, RESULTS, page
from tests.bench.reasons import REASONS


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(RESULTS.read_text())
    return found


def test_the_page_is_what_the_figures_say(results: dict[str, Any]) -> None:
    """Else: python -m tests.bench.page."""
    assert PAGE.read_text() == page(results)


def test_the_figures_are_of_a_whole_run_after_which_everything_added_up(results: dict[str, Any]) -> None:
    assert results["command"] == "make bench"
    assert {name: check["wrong"] for name, check in results["checks"].items() if check["wrong"]} == {}


def test_every_goal_that_was_missed_says_why(results: dict[str, Any]) -> None:
    assert [goal.name for goal in missed(results) if not REASONS.get(goal.name)] == []


def test_every_reason_is_about_a_goal() -> None:
    assert set(REASONS) - {goal.name for goal in GOALS} == set()


def test_the_figures_name_no_place_on_a_machine() -> None:
    assert re.findall(r"/(?:home|root|tmp|work|var)/\S*|[\w.-]+@[\w.-]+", RESULTS.read_text()) == []
