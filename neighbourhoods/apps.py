from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeighbourhoodsConfig(AppConfig):
    name = "neighbourhoods"
    verbose_name = _("Neighbourhoods")

    def ready(self) -> None:
        """Register what this app gives to the floors below: page faces, entries on the account page, what is kept,
        and its lines in the audit trail."""
        from neighbourhoods import meeting_mail, nomination_mail, receivers, seat_mail, tasks  # noqa: F401
        from neighbourhoods.forms import value_page  # noqa: F401
        from neighbourhoods.operations import demand, desk, election_page, linking, offices, recalls  # noqa: F401
        from neighbourhoods.operations.values import clock  # noqa: F401
        from neighbourhoods.privacy import register_all
        from neighbourhoods.trail import describe_all
        from neighbourhoods.views import decisions, decisions_list, entries, pages, price_list  # noqa: F401
        from neighbourhoods.views import value_page as value_face  # noqa: F401
        from neighbourhoods.views.boardroom import entries as boardroom_entries  # noqa: F401
        from neighbourhoods.views.guidelines import entries as guidelines_entries  # noqa: F401
        from neighbourhoods.views.polling import entries as polling_entries  # noqa: F401

        register_all()
        describe_all()
        receivers.connect()
