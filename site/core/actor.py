"""Who acts: a login, the person behind it, and the party on whose behalf."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class PartyLike(Protocol):
    """What this floor needs to know of a party: its number. Who parties are is known one floor up."""

    @property
    def pk(self) -> int: ...


class LoginLike(Protocol):
    @property
    def pk(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Everybody who acts does so as an Actor, and is recorded so.

    `user` is empty for a person served at a desk; all three are empty for the system itself (`Actor.system()`).
    `principal` is the party acted for: the person itself, or one that it holds a mandate for.
    """

    user: LoginLike | None
    person: PartyLike | None
    principal: PartyLike | None

    @classmethod
    def system(cls) -> Actor:
        """The system: commands, nightly work, the founding of the demo."""
        return cls(user=None, person=None, principal=None)

    @property
    def is_system(self) -> bool:
        return self.person is None
