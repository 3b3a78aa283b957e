from __future__ import annotations

from typing import Any

from people.management.requests import LoginCommand
from people.operations.logins import block_login


class Command(LoginCommand):
    help = "Shut a login: nobody enters with it, and whoever is in is put out."
    done = "%(email)s can no longer sign in."

    def act(self, **about: Any) -> None:
        block_login(**about)
