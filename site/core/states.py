"""State machines as data: a table `(state, event) -> state`, and one function that moves along it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.refusals import Refusal

Guard = Callable[[Any, Actor], None]


class MoveRefused(Refusal):
    """The object is not in a state from which this event leads anywhere."""

    code = "move_refused"
    sentence = _("This is no longer possible: it has already been dealt with.")


@dataclass(frozen=True, kw_only=True)
class StateTable:
    """One state machine.

    `moves` maps (state, event) to the next state. `ends` are final; `may_stay` may rest for ever though something
    can still happen to them. Guards are added by the app's `permissions` with `@TABLE.guard("event")`: a function
    of the object and the actor that raises a Refusal.
    """

    name: str
    start: str
    moves: Mapping[tuple[str, str], str]
    ends: frozenset[str]
    may_stay: frozenset[str] = frozenset()
    guards: dict[str, list[Guard]] = field(default_factory=dict, compare=False)

    all: ClassVar[dict[str, StateTable]] = {}

    def __post_init__(self) -> None:
        if self.name in StateTable.all:
            raise ValueError(f"There are two state tables named {self.name}.")
        StateTable.all[self.name] = self

    @property
    def states(self) -> frozenset[str]:
        """Every state that the table mentions."""
        return frozenset({self.start, *self.ends, *(s for s, _event in self.moves), *self.moves.values()})

    @property
    def events(self) -> frozenset[str]:
        return frozenset(event for _state, event in self.moves)

    def after(self, state: str, event: str) -> str:
        """The state that follows.

        :raises MoveRefused: when the event leads nowhere from here.
        """
        try:
            return self.moves[(state, event)]
        except KeyError:
            raise MoveRefused(table=self.name, state=state, event=event) from None

    def guard(self, event: str) -> Callable[[Guard], Guard]:
        """Have a function asked each time before this event happens."""
        if event not in self.events:
            raise ValueError(f"{self.name} knows no event {event}.")

        def add(function: Guard) -> Guard:
            self.guards.setdefault(event, []).append(function)
            return function

        return add


def transition(
    thing: models.Model,
    event: str,
    *,
    actor: Actor,
    at: datetime,
    about: tuple[models.Model, ...] = (),
    reason: str = "",
    along: Mapping[str, Any] | None = None,
) -> None:
    """Move an object along its table and write who, when and why in the same transaction.

    The row is locked and its state read anew, so that of two moves at the same moment one is refused. `thing` is
    brought up to date. Its model names the table as `table` and keeps the state in `state`. `along` are other fields
    that the database wants written together with the state: a paid request knows its payment.

    :raises MoveRefused: when the event leads nowhere from the present state.
    :raises Refusal: whatever a guard of this event says.
    """
    table: StateTable = thing.table  # type: ignore[attr-defined]
    with transaction.atomic():
        locked = type(thing)._base_manager.select_for_update(no_key=True).get(pk=thing.pk)
        before: str = locked.state  # type: ignore[attr-defined]
        after = table.after(before, event)
        for guard in table.guards.get(event, []):
            guard(locked, actor)
        changed = {**(along or {}), "state": after}
        type(thing)._base_manager.filter(pk=thing.pk).update(**changed)
        for name, value in changed.items():
            setattr(thing, name, value)
        record(
            f"{table.name}.{event}", subject=thing, actor=actor, at=at, about=about, reason=reason,
            before=before, after=after,
        )  # fmt: skip
