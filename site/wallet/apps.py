from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WalletConfig(AppConfig):
    name = "wallet"
    verbose_name = _("Wallet")

    def ready(self) -> None:
        """Register what this app gives to the floors below: entries on the account page, what is kept, and its lines
        in the audit trail."""
        from wallet.privacy import register_all
        from wallet.trail import describe_all
        from wallet.views import entries  # noqa: F401

        register_all()
        describe_all()
