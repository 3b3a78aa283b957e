from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "ledger"

    def ready(self) -> None:
        """Say what must be set right before a coin is booked, what is kept about persons, and what is sealed."""
        from ledger import checks, privacy, sealing

        checks.register_all()
        privacy.register_all()
        sealing.register_all()
