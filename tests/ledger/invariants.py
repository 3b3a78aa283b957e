"""What is always true of a ledger, asked of a picture of it: no word of the code that keeps it is used here."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from tests.ledger.steps import Picture

Rows = dict[Any, dict[str, Any]]


def broken(picture: Picture) -> list[str]:
    """What is not as it must always be, in words."""
    accounts, transfers = picture["accounts"], picture["transfers"]
    return [
        *sums(accounts),
        *histories(accounts, transfers),
        *floors(accounts),
        *backing(accounts),
        *reserved(accounts, picture["reservations"]),
        *captured(transfers, picture["reservations"]),
        *paid_back(transfers),
        *tallied(picture),
        *bank_lines(picture),
    ]


def sums(accounts: Rows) -> list[str]:
    """The balances of a coin sum to nought."""
    total: Counter[str] = Counter()
    for one in accounts.values():
        total[one["coin"]] += one["balance"]
    return [f"the balances of {coin} sum to {amount}" for coin, amount in total.items() if amount]


def histories(accounts: Rows, transfers: Rows) -> list[str]:
    """Told from the first number to the last without gaps, the history of an account gives its balance each time."""
    told: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    double = []
    for one in transfers.values():
        for side, change in (("payer", -one["amount"]), ("payee", one["amount"])):
            number = one[f"{side}_no"]
            if number in told[one[side]]:
                double.append(f"{one[side]} has two transfers with the number {number}")
            told[one[side]][number] = change, one[f"{side}_balance"]
    return double + [wrong for name, one in accounts.items() for wrong in history(name, one, told[name])]


def history(name: str, account: dict[str, Any], told: dict[int, tuple[int, int]]) -> list[str]:
    if sorted(told) != list(range(1, account["last_no"] + 1)):
        return [f"{name} has the numbers {sorted(told)} and its last is {account['last_no']}"]
    balance = 0
    for number in sorted(told):
        change, after = told[number]
        balance += change
        if balance != after:
            return [f"{name} has {balance} after number {number}, and there stands {after}"]
    return (
        []
        if balance == account["balance"]
        else [f"{name} has {account['balance']}, and its history says {balance}"]
    )


def floors(accounts: Rows) -> list[str]:
    return [
        f"{name} is below its floor"
        for name, one in accounts.items()
        if one["floor"] is not None and one["balance"] - one["reserved"] < one["floor"]
    ]


def backing(accounts: Rows) -> list[str]:
    """Coins in circulation never exceed the euros in reserve."""
    issued = {one["coin"]: -one["balance"] for one in accounts.values() if one["kind"] == "ISSUE"}
    euros = {one["backs"]: one["balance"] for one in accounts.values() if one["backs"]}
    return [
        f"{amount} {coin} in circulation, {euros[coin]} in reserve"
        for coin, amount in issued.items()
        if not 0 <= amount <= euros[coin]
    ]


def reserved(accounts: Rows, reservations: Rows) -> list[str]:
    """What is reserved is what is left of the open reservations, and a closed account waits for nothing."""
    left: Counter[str] = Counter()
    waiting = set()
    for one in reservations.values():
        if one["state"] == "OPEN":
            left[one["payer"]] += one["amount"] - one["captured"]
            waiting |= {one["payer"], one["payee"]}
    wrong = [
        f"{name} has {one['reserved']} reserved, and its reservations say {left[name]}"
        for name, one in accounts.items()
        if one["reserved"] != left[name]
    ]
    closed = {name for name, one in accounts.items() if one["state"] == "CLOSED"}
    wrong += [
        f"{name} is closed and has {accounts[name]['balance']}"
        for name in closed
        if accounts[name]["balance"]
    ]
    return wrong + [f"{name} is closed, and coins are reserved" for name in sorted(closed & waiting)]


def captured(transfers: Rows, reservations: Rows) -> list[str]:
    taken: Counter[str] = Counter()
    for one in transfers.values():
        if one["reservation"]:
            taken[one["reservation"]] += one["amount"]
    return [
        f"{taken[key]} was captured of {key}, and there stands {one['captured']} of {one['amount']}, {one['state']}"
        for key, one in reservations.items()
        if taken[key] != one["captured"]
        or one["captured"] > one["amount"]
        or (one["captured"] == one["amount"]) is not (one["state"] == "DONE")
    ]


def paid_back(transfers: Rows) -> list[str]:
    back: Counter[str] = Counter()
    for one in transfers.values():
        if one["reverses"]:
            back[one["reverses"]] += one["amount"]
    return [
        f"{amount} was paid back of {key}"
        for key, amount in back.items()
        if amount > transfers[key]["amount"]
    ]


def tallied(picture: Picture) -> list[str]:
    """A tally is what was received under a label in a month, without what was paid back of just that."""
    counted: Counter[tuple[Any, ...]] = Counter()
    transfers, accounts = picture["transfers"], picture["accounts"]
    for one in transfers.values():
        first = transfers[one["reverses"]] if one["reverses"] else one
        if first["label"]:
            place = accounts[first["payee"]]["holder"], "EUR", first["label"], first["day"].replace(day=1)
            counted[place] += -one["amount"] if one["reverses"] else one["amount"]
    wanted = {place: {"amount": amount} for place, amount in counted.items() if amount}
    return (
        []
        if wanted == picture["tallies"]
        else [f"the tallies are {picture['tallies']}, and should be {wanted}"]
    )


def bank_lines(picture: Picture) -> list[str]:
    """Each line of the bank moved as much in euros as in coins."""
    amounts = {key: one["amount"] for key, one in picture["transfers"].items()}
    return [
        f"{reference} moved {amounts[one['euro']]} euros and {amounts[one['coin']]} coins"
        for reference, one in picture["bank lines"].items()
        if amounts[one["euro"]] != amounts[one["coin"]]
    ]
