"""What is measured: which work, in which database, by how many clients."""

from __future__ import annotations

from dataclasses import dataclass

CLIENTS = (1, 8, 32)
SQLITE_CLIENTS = (1, 4, 16)


@dataclass(frozen=True)
class Case:
    """`engine` says who does it: pgbench, the driver on PostgreSQL, the peer's driver, or the driver on SQLite."""

    name: str
    says: str
    engine: str
    database: str
    work: str
    clients: int


@dataclass(frozen=True)
class Ratio:
    """One case by another, both of the same round."""

    name: str
    says: str
    of: str
    to: str


@dataclass(frozen=True)
class Plan:
    """How much is measured. A quick run only shows that everything works."""

    rounds: int
    seconds: float
    long_seconds: float
    patience: float
    clients: tuple[int, ...]
    histories: tuple[int, ...]  # in rounds of `history`
    reads: int
    pairs: int  # of runs with and without the sealer
    pair_seconds: float
    tallies: int  # rounds of counting one large vote
    markets: tuple[int, ...]  # in offers
    visit_seconds: float


WHOLE = Plan(
    rounds=3,
    seconds=2,
    long_seconds=30,
    patience=2,
    clients=CLIENTS,
    histories=(1, 90, 900),
    reads=100,
    pairs=8,
    pair_seconds=4,
    tallies=9,
    markets=(100, 10_000, 100_000),
    visit_seconds=3,
)
QUICK = Plan(
    rounds=2,
    seconds=1,
    long_seconds=2,
    patience=0,
    clients=(8,),
    histories=(1, 9),
    reads=50,
    pairs=2,
    pair_seconds=2,
    tallies=2,
    markets=(100, 1_000),
    visit_seconds=1,
)

# Who pays: what stands behind it, where, and how it is told.
PAYERS = {
    "limit": ("pgbench", "limit", "limit", "the limit: pgbench, one call that writes the same rows"),
    "ours": ("postgres", "ours", "works:ours", "`transfer` with limits and tallies"),
    "textbook": ("postgres", "textbook", "textbook:textbook", "plain Django, from the manual"),
    "hordak": ("peer", "hordak", "peer:hordak", "django-hordak 2.0"),
}
PLACES = {"spread": ("", "over 10,000 accounts"), "hot": ("_hot", "all to one payee")}


def write_cases(plan: Plan) -> list[Case]:
    """All cases that are repeated, in the order in which they take their turns."""
    return [*_payments(plan), *_counted(), *_ours_alone(plan), *_sqlite()]


def _payments(plan: Plan) -> list[Case]:
    return [
        Case(f"{payer}-{place}-{clients}", f"{says}, {where}", engine, database, f"{work}{ending}", clients)
        for clients in plan.clients
        for place, (ending, where) in PLACES.items()
        for payer, (engine, database, work, says) in PAYERS.items()
    ]


def _counted() -> list[Case]:
    says = "the limit, when it also counts the label as ours does"
    return [
        Case(f"counted-{place}-8", f"{says}, {where}", "pgbench", "limit", f"limit_counted{ending}", 8)
        for place, (ending, where) in PLACES.items()
    ]


def _ours_alone(plan: Plan) -> list[Case]:
    works = {
        "reserving": "`reserve` and `capture` (two operations)",
        "batch_100": "`transfer_many`, 100 in one commit",
        "batch_1000": "`transfer_many`, 1,000 in one commit",
    }
    alone = [
        Case(f"{work}-{clients}", says, "postgres", "ours", f"works:{work}", clients)
        for work, says in works.items()
        for clients in (1, 8)
        if clients in plan.clients
    ]
    says = "`transfer` after the longest history, over 10,000 accounts"
    return [*alone, Case("ours-full-8", says, "postgres", longest(plan), "works:ours", 8)]


def _sqlite() -> list[Case]:
    return [
        Case(f"sqlite-{clients}", "`transfer` on SQLite", "sqlite", "sqlite", "works:ours", clients)
        for clients in SQLITE_CLIENTS
    ]


def long_cases() -> list[Case]:
    """What is done once, for long: whether anybody on SQLite is ever refused or left waiting."""
    return [
        Case(
            f"sqlite-long-{clients}",
            "`transfer` on SQLite, for long",
            "sqlite",
            "sqlite",
            "works:ours",
            clients,
        )
        for clients in SQLITE_CLIENTS[1:]
    ]


def sealing_cases() -> list[Case]:
    """What is measured in pairs: payments alone, and with the sealer beside them."""
    return [
        Case(f"{name}-8", f"`transfer`, {says}", "postgres", "sealed", f"{name}:ours", 8)
        for name, says in (("unsealed", "no sealer"), ("sealed", "with the sealer beside it"))
    ]


def sealed_history(plan: Plan) -> str:
    """The history that is sealed and verified: the longest but one, for it is done several times."""
    return history_name(plan.histories[-2:][0])


def longest(plan: Plan) -> str:
    return history_name(plan.histories[-1])


def history_name(rounds: int) -> str:
    return f"history_{rounds}"


def ratios(plan: Plan) -> list[Ratio]:
    """All ratios that are told."""
    found = [
        Ratio(f"{place}-{to}-{clients}", f"ours by {to}, {where}, {clients} at once",
              f"ours-{place}-{clients}", f"{to}-{place}-{clients}")
        for clients in plan.clients
        for place, (_ending, where) in PLACES.items()
        for to in ("limit", "textbook", "hordak")
    ]  # fmt: skip
    found += [
        Ratio(f"{place}-counted-8", f"ours by the limit that counts the label too, {where}, 8 at once",
              f"ours-{place}-8", f"counted-{place}-8")
        for place, (_ending, where) in PLACES.items()
    ]  # fmt: skip
    found.append(
        Ratio(
            "full-empty-8",
            "ours after the longest history by ours in a new ledger",
            "ours-full-8",
            "ours-spread-8",
        )
    )
    found.append(
        Ratio("sealed-unsealed-8", "ours with the sealer by ours without it", "sealed-8", "unsealed-8")
    )
    if {1, 32} <= set(plan.clients):
        found.append(
            Ratio("hot-32-1", "ours to one payee, 32 at once by one alone", "ours-hot-32", "ours-hot-1")
        )
        found.append(
            Ratio(
                "limit-hot-32-1",
                "the limit to one payee, 32 at once by one alone",
                "limit-hot-32",
                "limit-hot-1",
            )
        )
    return found
