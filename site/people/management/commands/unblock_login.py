from __future__ import annotations

from typing import Any

from people.management.requests import LoginCommand
from people.operations.logins import unblock_login


class Command(LoginCommand):
    help = "Open a login that was shut."
    done = "%(email)s can sign in again."

    def act(self, **about: Any) -> None:
        unblock_login(**about)
