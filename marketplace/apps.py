from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MarketplaceConfig(AppConfig):
    name = "marketplace"
    verbose_name = _("Market")

    def ready(self) -> None:
        """Register what this app gives to the floors below: page faces, entries on the account page, what is kept,
        and its lines in the audit trail."""
        from marketplace.operations import offer_clock, vouchers  # noqa: F401
        from marketplace.operations.orders import clock  # noqa: F401
        from marketplace.privacy import register_all
        from marketplace.trail import describe_all

        register_all()
        describe_all()
