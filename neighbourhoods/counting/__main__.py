"""The command with which anybody counts again, without a database: `python -m neighbourhoods.counting check FILE`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, Final

from neighbourhoods.counting.canon import canonical
from neighbourhoods.counting.files import TOO_DEEP, BadFile, first_difference, load
from neighbourhoods.counting.paper import BadPaper
from neighbourhoods.counting.sheet import VERSION, count

SAME, OTHER, BAD = 0, 1, 2
DOES: Final = "Count a vote again, from the file that a site publishes. Needs no database and no network."


def main(words: list[str] | None = None) -> int:
    """This will do what the words say: 0 all is well, 1 the sheet is another one, 2 the file is no good."""
    asked = _parser().parse_args(words)
    try:
        found = load(Path(asked.file))
        return _check(found) if asked.verb == "check" else _count(found)
    except (BadFile, BadPaper) as error:
        return _say(str(error), BAD)
    except RecursionError:  # reading goes deeper than writing in some versions of Python
        return _say(TOO_DEEP, BAD)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m neighbourhoods.counting", description=DOES)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="check|count")
    checking = verbs.add_parser("check", help="is the published sheet what the published ballots come to?")
    counting = verbs.add_parser("count", help="print the sheet of a bare paper")
    for verb in (checking, counting):
        verb.add_argument("file", metavar="FILE", help="a JSON file")
    return parser


def _check(found: Any) -> int:
    if not isinstance(found, dict) or not {"input", "sheet"} <= found.keys():
        return _say("The file has no “input” or no “sheet”, so there is nothing to compare.", BAD)
    counted = count(found["input"])
    difference = first_difference(found["sheet"], counted)
    if difference:
        return _say(f"The sheet is NOT what these ballots come to: {difference}.", OTHER)
    return _say(
        f"The sheet is what these {counted['cast']} ballots come to, bit for bit (version {VERSION}, "
        f"input {counted['input_hash']}).",
        SAME,
    )


def _count(found: Any) -> int:
    return _say(canonical(count(found)), SAME)


def _say(text: str, code: int) -> int:
    """In UTF-8 whatever the terminal is set to: what is printed is compared bit for bit."""
    out = sys.stderr if code == BAD else sys.stdout
    out.buffer.write(f"{text}\n".encode())
    out.flush()
    return code


if __name__ == "__main__":
    sys.exit(main())
