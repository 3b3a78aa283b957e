"""What the database itself refuses about the market: terms edited, an order changed, a voucher used without a trace."""

from __future__ import annotations

from django.db import migrations

from core.append_only import append_only
from core.permanent import permanent


class Migration(migrations.Migration):
    dependencies = [("marketplace", "0001_initial")]

    operations = [
        append_only("marketplace_offerterms", "marketplace_offerreach", "marketplace_voucheruse"),
        permanent(
            "marketplace_offer", "ref", "neighbourhood_id", "direction", "provider_id", "made_by_id", "key"
        ),
        permanent(
            "marketplace_response", "ref", "offer_id", "terms_id", "responder_id", "amount", "made_by_id", "key",
        ),
        permanent(
            "marketplace_order", "ref", "offer_id", "terms_id", "response_id", "buyer_id", "seller_id", "quantity",
            "amount", "euro", "reservation_id", "placed_by_id", "placed_at", "key",
        ),
        permanent("marketplace_ordermessage", "order_id", "author_id", "side_id", "at", "key"),
        permanent("marketplace_dispute", "order_id", "opened_by_id", "opened_at"),
        permanent("marketplace_reference", "ref", "order_id", "about_id", "author_id", "at", "key"),
        permanent("marketplace_voucher", "order_id", "code", "uses"),
        permanent("marketplace_admission", "ref", "neighbourhood_id", "organisation_id", "requested_by_id", "key"),
        permanent("marketplace_offerreport", "ref", "offer_id", "reporter_id", "reason", "at", "key"),
    ]  # fmt: skip
