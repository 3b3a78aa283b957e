from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "ledger"

    def ready(self) -> None:
        """Say what must be set right before a coin is booked, and what is kept about persons."""
        from ledger import checks, privacy

        checks.register_all()
        privacy.register_all()
