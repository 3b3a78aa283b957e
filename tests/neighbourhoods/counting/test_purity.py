"""Counting needs nothing but Python: no package, no database, no network, and the same bytes everywhere."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import neighbourhoods.counting
from neighbourhoods.counting import canonical
from tests.databases import ROOT
from tests.neighbourhoods.counting.papers import stv

FOLDER = Path(neighbourhoods.counting.__file__).parent
# All that reaches the network, the clock or chance is missing from this list on purpose.
ALLOWED = {
    "__future__", "argparse", "collections", "collections.abc", "dataclasses", "enum", "fractions", "hashlib",
    "itertools", "json", "pathlib", "re", "sys", "typing",
}  # fmt: skip


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(f"{'.' * node.level}{node.module}")
    return found


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_it_imports_a_few_parts_of_python_and_itself(path: Path) -> None:
    others = {name for name in imported(path) if not name.startswith("neighbourhoods.counting")}
    assert others <= ALLOWED


def test_the_folder_around_it_imports_nothing() -> None:
    """Whatever stood in neighbourhoods/__init__.py would run before every count."""
    assert (FOLDER.parent / "__init__.py").read_text().strip() == ""


@pytest.mark.once
@pytest.mark.parametrize("hash_seed", ["0", "1", "4242"])
def test_another_order_of_hashes_gives_the_same_bytes(hash_seed: str, tmp_path: Path) -> None:
    """In a process without any package: many ties, so the lots are drawn, and many fractions."""
    piles = {"ABC": 9, "BD": 4, "CAB": 3, "DE": 3, "E": 3, "FA": 3, "GB": 3, "HC": 5}
    paper = stv(piles, seats=4, options="HGFEDCBA")
    file = tmp_path / "paper.json"
    file.write_text(canonical(paper))
    ran = subprocess.run(
        [sys.executable, "-S", "-s", "-m", "neighbourhoods.counting", "count", str(file)],
        cwd=ROOT,
        env={"PYTHONHASHSEED": hash_seed, "PATH": os.defpath},
        capture_output=True,
        check=True,
    )
    assert ran.stdout.decode() == canonical(neighbourhoods.counting.count(paper)) + "\n"
