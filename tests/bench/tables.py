"""Figures as tables of a page."""

from __future__ import annotations

from typing import Any

from tests.bench.goals import GOALS, Goal, Results

WHO = {
    "limit": "the limit",
    "counted": "the limit, counts the label too",
    "ours": "**ours**",
    "textbook": "plain Django",
    "hordak": "django-hordak",
}


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def number(figure: float) -> str:
    """Three digits that count, and a comma between thousands."""
    if abs(figure) >= 100 or figure == int(figure):
        return f"{figure:,.0f}"
    return f"{figure:.1f}" if abs(figure) >= 10 else f"{figure:.2f}"


def spread(found: dict[str, Any], times: str = "") -> str:
    """The median, with the least and the most behind it."""
    low, middle, high = (number(found[key]) for key in ("min", "median", "max"))
    return f"{middle}{times} [{low}–{high}]"


def goals(results: Results) -> str:
    return table(
        ["", "goal", "measured", "", "reached"],
        [
            [goal.says, f"{'at most' if goal.is_most else 'at least'} {number(goal.aim)}",
             number(goal.reading(results)), goal.unit, _outcome(goal, results)]
            for goal in GOALS
        ],
    )  # fmt: skip


def _outcome(goal: Goal, results: Results) -> str:
    if goal.is_reached(results):
        return "yes"
    off = goal.missed_by(results)
    return f"**no**, by {off:.0%}" if goal.aim else "**no**"


def payments(results: Results, place: str) -> str:
    """Who pays how often a second, by the number of clients."""
    cases = {case["name"]: case for case in results["cases"]}
    clients = results["plan"]["clients"]
    rows = [
        [
            says,
            *(
                spread(cases[name]) if (name := f"{who}-{place}-{count}") in cases else ""
                for count in clients
            ),
        ]
        for who, says in WHO.items()
    ]
    return table(["payments a second", *(f"{count} at once" for count in clients)], rows)


def ratios(results: Results, place: str) -> str:
    """Ours by each of the others, within one round."""
    found = {one["name"]: one for one in results["ratios"]}
    clients = results["plan"]["clients"]
    rows = [
        [f"ours by {says.replace('*', '')}",
         *(spread(found[name], " ×") if (name := f"{place}-{who}-{count}") in found else "" for count in clients)]
        for who, says in WHO.items() if who != "ours"
    ]  # fmt: skip
    return table(["", *(f"{count} at once" for count in clients)], rows)


def waits(results: Results) -> str:
    """How long a payment takes."""
    cases = [case for case in results["cases"] if case["name"].startswith(("ours-spread", "ours-hot"))]
    return table(
        ["ours, ms", "at once", "half of them within", "95 of 100 within", "the slowest"],
        [
            [case["says"].rpartition(", ")[2], str(case["clients"]), *(_middle(case, key) for key in ("p50", "p95")),
             number(case["slowest"])]
            for case in cases
        ],
    )  # fmt: skip


def _middle(case: dict[str, Any], key: str) -> str:
    values = sorted(run[key] for run in case["runs"])
    return number(values[len(values) // 2])


def others(results: Results) -> str:
    """What is told by itself: batches, reservations."""
    cases = [case for case in results["cases"] if case["name"].startswith(("reserving", "batch"))]
    return table(
        ["a second", "at once", "transfers"],
        [[case["says"], str(case["clients"]), spread(case)] for case in cases],
    )


def sqlite(results: Results) -> str:
    rows = []
    for case in results["cases"]:
        if case["name"].startswith("sqlite"):
            seconds = results["plan"]["long_seconds" if "long" in case["name"] else "seconds"]
            refused = number(sum(case["errors"].values()))
            rows.append(
                [f"for {seconds:.0f} s", str(case["clients"]), spread(case), number(case["slowest"]), refused]
            )
    return table(["SQLite", "at once", "payments a second", "slowest, ms", "refused"], rows)


def sealing(results: Results) -> str:
    found = results["sealing"]
    cases = {case["name"]: case for case in results["cases"]}
    return table(
        ["the sealed log", ""],
        [
            ["payments a second without a sealer, 8 at once", spread(cases["unsealed-8"])],
            ["payments a second with the sealer beside them", spread(cases["sealed-8"])],
            ["the second by the first, pair by pair", spread(_ratio(results, "sealed-unsealed-8"), " ×")],
            [f"leaves sealed a second, {found['leaves']:,} at a stretch", number(found["sealing"])],
            ["leaves verified a second, from the database", spread(found["verifying"])],
            ["the proof of one receipt, ms", number(found["proof"])],
        ],
    )


def tally(results: Results) -> str:
    found = results["tally"]
    seconds, megabytes = found["seconds"], found["megabytes"]
    return table(
        ["", "seconds", "memory it took more, MB"],
        [
            ["**ours**: checked, hashed, counted, and the sheet made", spread(seconds["ours"]),
             spread(megabytes["ours"])],
            [f"pyrankvote {found['pyrankvote']}: counted", spread(seconds["pyrankvote"]),
             spread(megabytes["pyrankvote"])],
            ["pyrankvote by ours, one right after the other", spread(found["times"], " ×"), ""],
        ],
    )  # fmt: skip


MARKET_PAGES = {"market": "the market", "search": "two words and a filter"}


def market(results: Results) -> str:
    """Each page of ours at each size, eight visitors at once; then the pages of the other site, of another run."""
    found = results["market"]
    rows = [
        [f"**ours**: {MARKET_PAGES[one['page']]}, {one['offers']:,} offers", str(one["queries"]),
         spread(one["visits"]["8"]["rate"]), *(number(one["visits"]["8"][key]["median"]) for key in ("p50", "p95")),
         number(one["visits"]["1"]["p50"]["median"])]
        for one in found["measured"]
    ]  # fmt: skip
    rows += [
        [f"bakerydemo, of another run: `{one['path']}`", str(one["queries"]),
         *(number(one[key]) for key in ("rate", "p50", "p95", "alone"))]
        for one in found["peer"]["pages"]
    ]  # fmt: skip
    head = ["8 visitors at once", "queries", "pages a second", "half within, ms", "95 of 100 within"]
    return table([*head, "one visitor: half within"], rows)


def market_work(results: Results) -> str:
    """What one page takes, without a server."""
    rows = [
        [f"{MARKET_PAGES[one['page']]}, {one['offers']:,} offers", f"{one['found']:,}", str(one["rows"]),
         number(one["alone"]), number(one["database"]), number(one["kilobytes"])]
        for one in results["market"]["measured"]
    ]  # fmt: skip
    head = ["one page by itself", "offers found", "shown", "ms", "of which in the database", "kB"]
    return table(head, rows)


def _ratio(results: Results, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in results["ratios"] if one["name"] == name)
    return found


def in_order(results: Results) -> list[dict[str, Any]]:
    """The ledgers with a history, the smallest first, each with its reading times."""
    found = [
        {**made, "name": name, "reads": results["reads"][name]} for name, made in results["histories"].items()
    ]
    return sorted(found, key=lambda one: int(one["transfers"]))


def reads(results: Results) -> str:
    """Milliseconds by the number of transfers in the ledger; how much of the longest was the database's."""
    ledgers = in_order(results)
    rows = [
        [question, *(spread(one["reads"][question]) for one in ledgers),
         number(ledgers[-1]["reads"][question]["database"])]
        for question in ledgers[0]["reads"]
    ]  # fmt: skip
    heads = [f"{one['transfers']:,} transfers" for one in ledgers]
    return table(["ms", *heads, "of the last: in the database"], rows)
