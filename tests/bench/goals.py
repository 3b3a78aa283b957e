"""What we aim at, and whether it was reached. The aims were set before what they are about was built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Results = dict[str, Any]
PAGES = ("first page", "deep page", "a month")


@dataclass(frozen=True)
class Goal:
    """`aim` is the least that will do, or with `is_most` the most. `reading` takes the figure out of the results."""

    name: str
    says: str
    aim: float
    unit: str
    reading: Callable[[Results], float]
    is_most: bool = False

    def is_reached(self, results: Results) -> bool:
        figure = self.reading(results)
        return figure <= self.aim if self.is_most else figure >= self.aim

    def missed_by(self, results: Results) -> float:
        """How far off it is, as a part of the aim; 0 when it was reached."""
        if self.is_reached(results):
            return 0.0
        return abs(self.reading(results) - self.aim) / (self.aim or 1.0)


def _case(results: Results, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(case for case in results["cases"] if case["name"] == name)
    return found


def rate(name: str) -> Callable[[Results], float]:
    return lambda results: float(_case(results, name)["median"])


def ratio(name: str) -> Callable[[Results], float]:
    return lambda results: float(next(one for one in results["ratios"] if one["name"] == name)["median"])


def _sqlite(results: Results) -> list[dict[str, Any]]:
    return [case for case in results["cases"] if case["name"].startswith("sqlite")]


def _sqlite_errors(results: Results) -> float:
    return float(sum(sum(case["errors"].values()) for case in _sqlite(results)))


def _sqlite_wait(results: Results) -> float:
    return float(max(case["slowest"] for case in _sqlite(results)))


def _best_batch(results: Results) -> float:
    return max(rate("batch_100-1")(results), rate("batch_100-8")(results))


def _smallest_and_largest(results: Results) -> tuple[dict[str, Any], dict[str, Any]]:
    histories = results["histories"]
    by_size = sorted(histories, key=lambda name: int(histories[name]["transfers"]))
    return results["reads"][by_size[0]], results["reads"][by_size[-1]]


def _verifying(results: Results) -> float:
    return float(results["sealing"]["verifying"]["median"])


def _loss(results: Results) -> float:
    return (1 - ratio("sealed-unsealed-8")(results)) * 100


def _balance(results: Results) -> float:
    return max(float(reads["balance"]["median"]) for reads in results["reads"].values())


def _page(results: Results) -> float:
    _smallest, largest = _smallest_and_largest(results)
    return max(float(largest[page]["median"]) for page in PAGES)


def _growth(results: Results) -> float:
    """The deepest page, beside the first: in a short history there are no others of the same length."""
    smallest, largest = _smallest_and_largest(results)
    return float(largest["deep page"]["median"]) / float(smallest["first page"]["median"])


def _pages(results: Results, page: str = "") -> list[dict[str, Any]]:
    """What was measured of the pages of the market, or of one of them: the smallest market first."""
    found = [one for one in results["market"]["measured"] if page in ("", one["page"])]
    return sorted(found, key=lambda one: int(one["offers"]))


def _visits(page: str) -> Callable[[Results], float]:
    """In the largest market, eight visitors at once."""
    return lambda results: float(_pages(results, page)[-1]["visits"]["8"]["rate"]["median"])


def _queries(results: Results) -> float:
    return float(max(one["queries"] for one in _pages(results)))


def _more_queries(results: Results) -> float:
    """Of the page whose queries grow the most from the smallest market to the largest."""
    kinds = {one["page"] for one in _pages(results)}
    of_each = [[int(one["queries"]) for one in _pages(results, page)] for page in kinds]
    return float(max(queries[-1] - queries[0] for queries in of_each))


GOALS = (
    Goal("limit", "A payment, beside the limit; 8 at once", 0.60, "of the limit", ratio("spread-limit-8")),
    Goal("hordak", "A payment, beside django-hordak; 8 at once", 10, "times as many", ratio("spread-hordak-8")),
    Goal("hot", "Everybody pays one shop, beside the limit; 8 at once", 0.85, "of the limit", ratio("hot-limit-8")),
    Goal("hot-32", "Everybody pays one shop, 32 at once beside one alone", 1, "times as many", ratio("hot-32-1")),
    Goal("batch", "Payments in batches of 100", 12_000, "a second", _best_batch),
    Goal("sqlite-1", "SQLite, one at a time", 2_000, "a second", rate("sqlite-1")),
    Goal("sqlite-4", "SQLite, 4 at once", 2_000, "a second", rate("sqlite-4")),
    Goal("sqlite-errors", "SQLite refuses anybody: “database is locked”", 0, "times", _sqlite_errors, is_most=True),
    Goal("sqlite-wait", "SQLite, the longest that anybody waited", 250, "ms", _sqlite_wait, is_most=True),
    Goal("balance", "Reading a balance, whatever its history", 0.5, "ms", _balance, is_most=True),
    Goal("page", "A page of a statement, at any depth of ten million", 1, "ms", _page, is_most=True),
    Goal("growth", "A page far back in ten million, beside one in ten thousand", 1.5, "times as long", _growth,
         is_most=True),
    Goal("full", "A payment after ten million, beside one in a new ledger", 0.9, "of the rate", ratio("full-empty-8")),
    Goal("sealing", "What payments lose to the sealer beside them; 8 at once", 3, "%", _loss, is_most=True),
    Goal("verifying", "Verifying the sealed log from the database", 200_000, "leaves a second", _verifying),
    Goal("market", "The market among 100,000 offers; 8 visitors at once", 100, "pages a second", _visits("market")),
    Goal("market-search", "Two words and a filter among 100,000 offers; 8 at once", 100, "pages a second",
         _visits("search")),
    Goal("market-queries", "Questions to the database for one such page", 10, "queries", _queries, is_most=True),
    Goal("market-growth", "How many more of them than among 100 offers", 0, "queries", _more_queries, is_most=True),
)  # fmt: skip


def missed(results: Results) -> list[Goal]:
    return [goal for goal in GOALS if not goal.is_reached(results)]
