"""Holders: all that the ledger asks of one is its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from ledger.models import Account


class Holder(Protocol):
    """Whoever holds an account."""

    @property
    def pk(self) -> int: ...

    @property
    def display_name(self) -> str: ...


def names(*paths: str) -> list[str]:
    """What to fetch along, so that the names of the holders at these paths (such as "payee__holder") cost no query.

    Where a name is kept is the affair of the holder's own model: `with_names` of its manager tells, if it has one.
    """
    manager = Account._meta.get_field("holder").related_model._default_manager
    along = getattr(manager, "with_names", manager.all)().query.select_related
    inner = _flat(along) if isinstance(along, Mapping) else []
    return [*paths, *(f"{path}__{one}" for path in paths for one in inner)]


def _flat(tree: Mapping[str, Any]) -> list[str]:
    """The paths in a tree of relations."""
    deeper = [f"{name}__{one}" for name, below in tree.items() for one in _flat(below)]
    return [*tree, *deeper]
