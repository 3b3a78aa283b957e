"""What the database itself refuses: removing what was asked, approved or said by the bank, or changing what it was."""

from __future__ import annotations

from django.db import migrations

from core.permanent import permanent


class Migration(migrations.Migration):
    dependencies = [("wallet", "0001_initial")]

    operations = [
        permanent("wallet_treasury", "neighbourhood_id"),
        permanent(
            "wallet_bankline", "treasury_id", "statement_id", "bank_id", "booked_on", "amount", "name", "iban", "text",
            "end_to_end_id", "is_return",
        ),
        permanent(
            "wallet_payoutrun", "treasury_id", "message_id", "version", "execute_on", "made_by_id", "made_at",
            "payer_name", "payer_iban", "payer_bic", "key",
        ),
        permanent(
            "wallet_payout", "treasury_id", "account_id", "payee_id", "amount", "name", "iban", "end_to_end_id",
            "reservation_id", "requested_by_id", "key",
        ),
        permanent("wallet_handmatch", "treasury_id", "line_id", "funding_id", "payout_id", "proposed_by_id", "key"),
        permanent("wallet_chargebackcase", "treasury_id", "transfer_id", "amount", "proposed_by_id", "key"),
        permanent("wallet_paymentrequest", "payee_id", "payer_id", "till_id", "amount", "asked_by_id", "key"),
    ]  # fmt: skip
