"""Reading what a site publishes, and telling two sheets apart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from neighbourhoods.counting.canon import canonical

TOO_DEEP: Final = "The file is nested too deeply."
_LONGEST: Final = 100
_NOTHING: Final = object()


class BadFile(ValueError):
    """This file can't be read. The sentence says why."""


def load(path: Path) -> Any:
    """This will read a JSON file, strictly: UTF-8, no name twice, no NaN.

    :raises BadFile: when it is not that.
    """
    try:
        return json.loads(path.read_bytes().decode(), object_pairs_hook=_object, parse_constant=_constant)
    except OSError as error:
        raise BadFile(f"The file can't be opened: {error.strerror or 'no reason given'}.") from None
    except UnicodeDecodeError:
        raise BadFile("The file is not written in UTF-8.") from None
    except json.JSONDecodeError as error:
        raise BadFile(f"The file is not JSON: line {error.lineno} is malformed.") from None
    except RecursionError:
        raise BadFile(TOO_DEEP) from None
    except BadFile:
        raise
    except ValueError:
        raise BadFile("The file has a number that is too long.") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadFile("The file gives a name twice within one object.")
    return found


def _constant(name: str) -> Any:
    raise BadFile(f"The file has {name}, which is no number.")


def first_difference(said: Any, counted: Any) -> str:
    """Where two values differ first, with both; empty when they are the same bit for bit."""
    return next(_differences(said, counted, "the sheet"), "")


def _differences(said: Any, counted: Any, where: str) -> Iterator[str]:
    if isinstance(said, dict) and isinstance(counted, dict):
        for name in sorted(said.keys() | counted.keys()):
            yield from _differences(
                said.get(name, _NOTHING), counted.get(name, _NOTHING), f"{where}, {_text(name)}"
            )
    elif isinstance(said, list) and isinstance(counted, list):
        for place, (one, other) in enumerate(zip_longest(said, counted, fillvalue=_NOTHING), 1):
            yield from _differences(one, other, f"{where}, {place}")
    elif _written(said) != _written(counted):
        yield f"at {where} the file says {_text(said)}, the count says {_text(counted)}"


def _written(value: Any) -> str:
    """So that true is not 1, and 1.0 is not 1."""
    return "" if value is _NOTHING else canonical(value)


def _text(value: Any) -> str:
    """A value for the screen: in ASCII, so that a hostile file can't write to the terminal what it likes."""
    if value is _NOTHING:
        return "nothing"
    text = json.dumps(value, sort_keys=True)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
