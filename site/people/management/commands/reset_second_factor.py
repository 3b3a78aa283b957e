from __future__ import annotations

from typing import Any

from people.management.requests import LoginCommand
from people.operations.logins import reset_second_factor


class Command(LoginCommand):
    help = "Remove the passkeys, code app and recovery codes of somebody who lost them."
    done = "%(email)s has no second step any more. Whoever works in the admin sets up a new one at the door."

    def act(self, **about: Any) -> None:
        reset_second_factor(**about)
