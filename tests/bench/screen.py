"""The figures as a table for the screen."""

from __future__ import annotations

from typing import Any


def table(results: dict[str, Any]) -> str:
    """All cases, ratios and reading times; a case that was measured while others were busy has a tilde."""
    parts = [
        _aligned(
            ["transfers a second", "at once", "min", "median", "max", "slowest ms", "errors"],
            [_case(case) for case in results["cases"]],
        ),
        _aligned(
            ["within one round", "min", "median", "max"],
            [
                [one["says"], *(f"{one[key]:.2f}" for key in ("min", "median", "max"))]
                for one in results["ratios"]
            ],
        ),
        _aligned(
            [
                "reading, ms (median of each round)",
                "transfers",
                "min",
                "median",
                "max",
                "in the database",
                "slowest",
            ],
            _reads(results),
        ),
    ]
    found = results["sealing"]
    parts.append(
        f"{found['sealing']:,} leaves sealed a second, {found['verifying']['median']:,.0f} verified, "
        f"{found['proof']:.2f} ms for the proof of a receipt"
    )
    counted = results["tally"]
    parts.append(
        f"{counted['ballots']:,} ballots counted in {counted['seconds']['ours']['median']:.2f} s, "
        f"by pyrankvote in {counted['seconds']['pyrankvote']['median']:.2f} s"
    )
    parts.append(market_table(results["market"]))
    return "\n\n".join(parts)


def market_table(found: dict[str, Any]) -> str:
    """The pages of the market; one that was measured while others were busy has a tilde."""
    work = ["a page", "offers", "found", "rows", "queries", "alone ms", "database"]
    return _aligned(
        [*work, "at once", "a second", "p50", "p95", "errors"],
        [
            [f"{'~' if visits['noisy'] else ' '} {one['page']}", f"{one['offers']:,}", f"{one['found']:,}",
             str(one["rows"]), str(one["queries"]), f"{one['alone']:.1f}", f"{one['database']:.1f}", clients,
             *(f"{visits[key]['median']:,.0f}" for key in ("rate", "p50", "p95")), str(visits["errors"])]
            for one in found["measured"]
            for clients, visits in one["visits"].items()
        ],
    )  # fmt: skip


def _case(case: dict[str, Any]) -> list[str]:
    return [
        f"{'~' if case['noisy'] else ' '} {case['says']}",
        str(case["clients"]),
        *(f"{case[key]:,.0f}" for key in ("min", "median", "max")),
        "" if case["slowest"] is None else f"{case['slowest']:,.0f}",
        ", ".join(f"{count} x {name}" for name, count in case["errors"].items()),
    ]


def _reads(results: dict[str, Any]) -> list[list[str]]:
    return [
        [question, f"{results['histories'][name]['transfers']:,}"]
        + [f"{found[key]:.2f}" for key in ("min", "median", "max", "database", "slowest")]
        for name, questions in results["reads"].items()
        for question, found in questions.items()
    ]


def _aligned(head: list[str], rows: list[list[str]]) -> str:
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]

    def line(row: list[str]) -> str:
        first, *others = zip(row, widths, strict=True)
        return "  ".join([first[0].ljust(first[1]), *(word.rjust(width) for word, width in others)]).rstrip()

    return "\n".join([line(head), line(["-" * width for width in widths]), *map(line, rows)])
