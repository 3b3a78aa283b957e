"""From single measurements to what is told: the least, the median and the most, and ratios within one round."""

from __future__ import annotations

from statistics import median
from typing import Any

from tests.bench.cases import Case, Ratio


def spread(values: list[float], digits: int = 1) -> dict[str, float]:
    """The least, the median and the most of some values."""
    return {
        "min": round(min(values), digits),
        "median": round(median(values), digits),
        "max": round(max(values), digits),
    }


def of_case(case: Case, runs: list[dict[str, Any]]) -> dict[str, Any]:
    """All that is kept of a case."""
    errors: dict[str, int] = {}
    for run in runs:
        for name, count in run["errors"].items():
            errors[name] = errors.get(name, 0) + count
    return {
        "name": case.name,
        "says": case.says,
        "clients": case.clients,
        **spread([run["rate"] for run in runs]),
        "slowest": max((run["slowest"] for run in runs if "slowest" in run), default=None),
        "errors": errors,
        "noisy": sum(run["load"]["noisy"] for run in runs),
        "runs": runs,
    }


def of_ratio(ratio: Ratio, cases: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
    """One case by another, round by round; None when one of the two was not measured."""
    if ratio.of not in cases or ratio.to not in cases:
        return None
    pairs = zip(cases[ratio.of]["runs"], cases[ratio.to]["runs"], strict=True)
    values = [run["rate"] / base["rate"] for run, base in pairs if base["rate"]]
    if not values:
        return None
    return {
        "name": ratio.name,
        "says": ratio.says,
        "of": ratio.of,
        "to": ratio.to,
        **spread(values, 3),
        "runs": [round(value, 3) for value in values],
    }


def of_reads(rounds: list[dict[str, dict[str, float]]]) -> dict[str, dict[str, Any]]:
    """Each question: the medians of the rounds as least, median and most; the slowest of all."""
    return {
        question: {
            **spread([one[question]["median"] for one in rounds], 3),
            "database": round(median(one[question]["database"] for one in rounds), 3),
            "slowest": max(one[question]["slowest"] for one in rounds),
        }
        for question in rounds[0]
    }
