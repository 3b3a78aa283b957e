"""`python -m neighbourhoods.counting`: one clear sentence, and never a trace."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from neighbourhoods.counting import canonical, count
from neighbourhoods.counting.__main__ import main
from neighbourhoods.counting.files import first_difference
from tests.databases import ROOT
from tests.neighbourhoods.counting.papers import stv

PAPER = stv({"AB": 5, "B": 3, "C": 2}, seats=1, options="ABC")


def published(**changes: Any) -> dict[str, Any]:
    return {"labels": {"A": "Ann", "B": "Ben", "C": "Cas"}, "input": PAPER, "sheet": count(PAPER) | changes}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(published(), indent=2))
    return path


def said(capsysbinary: pytest.CaptureFixture[bytes]) -> str:
    out, err = capsysbinary.readouterr()
    return (out + err).decode().removesuffix("\n")


def test_a_sheet_that_is_right_is_told_so(file: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["check", str(file)]) == 0
    assert said(capsysbinary) == (
        f"The sheet is what these 10 ballots come to, bit for bit (version 1, input {count(PAPER)['input_hash']})."
    )


def test_the_order_and_spaces_of_the_file_do_not_matter(
    file: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file.write_text(json.dumps(dict(reversed(list(published().items())))))
    assert main(["check", str(file)]) == 0


def test_another_winner_is_found_out(file: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    file.write_text(json.dumps(published(outcome={"has_quorum": True, "elected": ["B"]})))
    assert main(["check", str(file)]) == 1
    assert said(capsysbinary) == (
        'The sheet is NOT what these ballots come to: at the sheet, "outcome", "elected", 1 the file says "B", '
        'the count says "A".'
    )


def test_another_ballot_is_found_out(file: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """One preference taken away changes nothing but the hash; that is enough."""
    found = published()
    found["input"] = stv({"AB": 4, "A": 1, "B": 3, "C": 2}, seats=1, options="ABC")
    file.write_text(json.dumps(found))
    assert main(["check", str(file)]) == 1
    assert '"input_hash"' in said(capsysbinary)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param(b"", "The file is not JSON: line 1 is malformed.", id="empty"),
        pytest.param(b'{\n"a":', "The file is not JSON: line 2 is malformed.", id="half"),
        pytest.param(b"\xff\xfe", "The file is not written in UTF-8.", id="not UTF-8"),
        pytest.param(b"[" * 200_000, "The file is nested too deeply.", id="deep"),
        pytest.param(b"9" * 5_000, "The file has a number that is too long.", id="a number without end"),
        pytest.param(b'{"a": NaN}', "The file has NaN, which is no number.", id="NaN"),
        pytest.param(b'{"a": -Infinity}', "The file has -Infinity, which is no number.", id="infinity"),
        pytest.param(
            b'{"a": 1, "a": 2}', "The file gives a name twice within one object.", id="a name twice"
        ),
        pytest.param(
            b"[]", "The file has no “input” or no “sheet”, so there is nothing to compare.", id="a list"
        ),
        pytest.param(
            b'{"labels": {}, "sheet": {}}',
            "The file has no “input” or no “sheet”, so there is nothing to compare.",
            id="the outcome only, of fewer than five ballots",
        ),
        pytest.param(b'{"input": [], "sheet": {}}', "The paper is not an object.", id="no paper"),
    ],
)
def test_a_file_that_is_no_good_gets_a_sentence(
    text: bytes, sentence: str, file: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file.write_bytes(text)
    assert main(["check", str(file)]) == 2
    assert said(capsysbinary) == sentence


@pytest.mark.parametrize("depth", [100, 900, 990, 2_000, 20_000])
def test_however_deep_a_sheet_is_there_is_a_sentence_and_no_trace(
    depth: int, file: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file.write_text(f'{{"input": {canonical(PAPER)}, "sheet": {"[" * depth}{"]" * depth}}}')
    assert main(["check", str(file)]) in {1, 2}
    assert said(capsysbinary).count("\n") == 0


def test_a_file_that_is_not_there_gets_a_sentence(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["check", str(tmp_path / "nowhere.json")]) == 2
    assert said(capsysbinary) == "The file can't be opened: No such file or directory."


def test_a_sheet_can_be_made_from_a_bare_paper(
    file: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file.write_text(json.dumps(PAPER))
    assert main(["count", str(file)]) == 0
    assert said(capsysbinary) == canonical(count(PAPER))


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        pytest.param(
            {"a": 1}, {"a": True}, 'at the sheet, "a" the file says 1, the count says true', id="true"
        ),
        pytest.param([1], ["1"], 'at the sheet, 1 the file says 1, the count says "1"', id="a text"),
        pytest.param({}, [], "at the sheet the file says {}, the count says []", id="another kind of empty"),
        pytest.param([1], [1.0], "at the sheet, 1 the file says 1, the count says 1.0", id="a floating one"),
        pytest.param([1], [1, 2], "at the sheet, 2 the file says nothing, the count says 2", id="longer"),
        pytest.param(
            {"a": None}, {}, 'at the sheet, "a" the file says null, the count says nothing', id="more names"
        ),
        pytest.param({"b": 1, "a": [2]}, {"a": [2], "b": 1}, "", id="the same"),
        pytest.param(
            "\x1b[2J\u202e",
            "",
            r'at the sheet the file says "\u001b[2J\u202e", the count says ""',
            id="for the terminal",
        ),
        pytest.param(
            "x" * 300, "", f'at the sheet the file says "{"x" * 99}…, the count says ""', id="very long"
        ),
    ],
)
def test_the_first_difference(one: Any, other: Any, difference: str) -> None:
    assert first_difference(one, other) == difference


@pytest.mark.once
def test_it_runs_where_there_is_nothing_but_python(file: Path) -> None:
    """No package can be found, and nothing of the environment is read."""
    ran = subprocess.run(
        [sys.executable, "-S", "-s", "-m", "neighbourhoods.counting", "check", str(file)],
        cwd=ROOT,
        env={"PATH": os.defpath},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("The sheet is what these 10 ballots come to, bit for bit")


@pytest.mark.once
def test_it_runs_in_a_python_that_is_cut_off_from_its_folder_and_its_environment(file: Path) -> None:
    begin = (
        f"import runpy, sys; sys.path.insert(0, {str(ROOT)!r}); sys.argv = ['count', 'check', {str(file)!r}]"
    )
    code = f"{begin}; runpy.run_module('neighbourhoods.counting', run_name='__main__')"
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
