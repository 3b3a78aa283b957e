from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MarketplaceConfig(AppConfig):
    name = "marketplace"
    verbose_name = _("Market")

    def ready(self) -> None:
        """Register what this app gives to the floors below: page faces, entries on the account page, what is kept,
        and its lines in the audit trail."""
        # One chapter of the account page, in this order.
        from marketplace.views.taking_part import entries as activity_entries  # noqa: F401

        # isort: split
        from marketplace.views.rewards import entries as rewards_entries  # noqa: F401

        # isort: split
        from marketplace.views.work import entries as work_entries  # noqa: F401

        # isort: split
        from marketplace.views.organising import entries as organising_entries  # noqa: F401

        # isort: split
        from marketplace import (  # noqa: F401
            activity_mail,
            hours_mail,
            offer_mail,
            order_mail,
            posting_mail,
            receivers,
            rights,
            search_mail,
            trust_mail,
            work_mail,
        )
        from marketplace.forms import activity_page, offer_page  # noqa: F401
        from marketplace.operations import (  # noqa: F401
            activity_demand,
            activity_face,
            offer_clock,
            offer_face,
            vouchers,
        )
        from marketplace.operations.activities import birthdays, leaving  # noqa: F401
        from marketplace.operations.activities import clock as activity_clock  # noqa: F401
        from marketplace.operations.hours import clock as hours_clock  # noqa: F401
        from marketplace.operations.hours import linking  # noqa: F401
        from marketplace.operations.orders import clock  # noqa: F401
        from marketplace.operations.taking_part import clock as taking_part_clock  # noqa: F401
        from marketplace.operations.taking_part import erasing  # noqa: F401
        from marketplace.privacy import register_all
        from marketplace.trail import describe_all
        from marketplace.views import (  # noqa: F401
            admission_entries,
            market_page,
        )
        from marketplace.views import offer_page as offer_page_face  # noqa: F401
        from marketplace.views.activities import faces  # noqa: F401
        from marketplace.views.board import (
            account,  # noqa: F401
            entries,  # noqa: F401
        )
        from marketplace.views.board import activities as board_activities  # noqa: F401
        from marketplace.views.browse import front  # noqa: F401
        from marketplace.views.orders import panel  # noqa: F401
        from marketplace.views.stall import entries as stall_entries  # noqa: F401

        register_all()
        describe_all()
        receivers.connect()
        rights.connect()
