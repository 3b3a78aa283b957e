"""The limit: pgbench, PostgreSQL's own measuring program, calls one function that writes the same rows."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import psycopg

from tests.postgres import Server

SQL = Path(__file__).with_name("limit.sql")
THREADS = 2

SPREAD = """
\\set payer random(:first, :first + :accounts - 1)
\\set payee :first + (:payer - :first + random(1, :accounts - 1)) % :accounts
"""
HOT = """
\\set payer random(:first + 1, :first + :accounts - 1)
\\set payee :first
"""
CALL = """
\\set amount random(1, 100)
SELECT limited.{function}(:payer, :payee, :amount);
"""
SCRIPTS = {
    "limit": SPREAD + CALL.format(function="pay"),
    "limit_hot": HOT + CALL.format(function="pay"),
    "limit_counted": SPREAD + CALL.format(function="pay_and_count"),
    "limit_counted_hot": HOT + CALL.format(function="pay_and_count"),
}


def build(connection: psycopg.Connection[Any]) -> None:
    """Make the copies of the tables in a database that holds a world."""
    connection.execute(SQL.read_bytes())
    connection.execute("VACUUM (ANALYZE)")


def run(
    server: Server, database: str, work: str, clients: int, seconds: float, *, first: int, accounts: int
) -> dict[str, Any]:
    """Have pgbench do one of the scripts."""
    command = arguments(clients, seconds)
    ran = subprocess.run(
        [str(server.programs / "pgbench"), *command, "-f", "-", "-D", f"first={first}", "-D", f"accounts={accounts}",
         "-h", str(server.home), "-U", "postgres", database],
        input=SCRIPTS[work],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    found = re.search(r"tps = ([\d.]+)", ran.stdout)
    if ran.returncode or not found:
        raise RuntimeError(f"pgbench failed:\n{ran.stdout}{ran.stderr}")
    failed = re.search(r"failed transactions: (\d+)", ran.stdout)
    latency = re.search(r"latency average = ([\d.]+)", ran.stdout)
    return {
        "rate": round(float(found[1]), 1),
        "mean": float(latency[1]) if latency else None,
        "errors": {"failed": int(failed[1])} if failed and int(failed[1]) else {},
    }


def arguments(clients: int, seconds: float) -> list[str]:
    """As they are given to pgbench, and told on the page."""
    return [
        "-n",
        "-M",
        "prepared",
        "-c",
        str(clients),
        "-j",
        str(min(clients, THREADS)),
        "-T",
        f"{seconds:.0f}",
    ]
