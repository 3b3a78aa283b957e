"""Whoever reads what was done with their data reads sentences, never codes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from core.states import StateTable
from people.trail import words_of

ROOT = Path(settings.SITE_DIR).parent
APPS = [
    folder for folder in (*ROOT.iterdir(), *(ROOT / "site").iterdir()) if (folder / "__init__.py").exists()
]
EVENT = re.compile(r"[a-z]+\.[a-z_]+")


def recorded(source: str) -> Iterator[str]:
    """The events that a module records: what stands in the call, or what the name in it was set to."""
    tree = ast.parse(source)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and called(node) == "record"]
    names = {call.args[0].id for call in calls if call.args and isinstance(call.args[0], ast.Name)}
    values: list[ast.AST] = [call.args[0] for call in calls if call.args]
    values += [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and {getattr(target, "id", "") for target in node.targets} & names
    ]
    for value in values:
        for part in ast.walk(value):
            if isinstance(part, ast.Constant) and EVENT.fullmatch(str(part.value)):
                yield str(part.value)


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def all_events() -> list[str]:
    modules = [path for app in APPS if app.name != "tests" for path in app.rglob("*.py")]
    sources = [path.read_text() for path in modules]
    # Taking a module apart is slow, and every worker does it before its first test.
    events = {event for source in sources if "record(" in source for event in recorded(source)}
    events |= {f"{table.name}.{event}" for table in StateTable.all.values() for event in table.events}
    return sorted(events)


def test_the_walk_finds_events_in_every_form_in_which_they_are_written() -> None:
    assert {"person.add", "seat.cancel", "residency.carry_over", "residency.attest", "coin.founded"} <= set(
        all_events()
    )


@pytest.mark.parametrize("event", all_events())
def test_every_event_has_a_sentence(event: str) -> None:
    assert words_of(event).endswith(".")
