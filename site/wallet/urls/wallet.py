"""The wallet, under wallet/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from wallet.views import home, payouts, receipts, receive, requests, statement
from wallet.views.check import receipt_proof

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.wallet, name="wallet"),
    path("open/", home.wallet_open, name="wallet_open"),
    path("<str:address>/", home.wallet_account, name="wallet_account"),
    path("<str:address>/statement/", statement.statement_page, name="statement"),
    path("<str:address>/statement/csv/", statement.statement_csv, name="statement_csv"),
    path("<str:address>/statement/pdf/", statement.statement_pdf, name="statement_pdf"),
    path("<str:address>/receive/", receive.receive, name="receive"),
    path("<str:address>/receipt/<str:number>/", receipts.receipt, name="receipt"),
    path("<str:address>/requests/", requests.requests, name="requests"),
    path("<str:address>/requests/ask/", requests.ask, name="request_ask"),
    path("<str:address>/requests/<uuid:uuid>/cancel/", requests.request_cancel, name="request_cancel"),
    path("<str:address>/receipt/<str:number>/proof.json", receipt_proof, name="receipt_proof"),
    path("<str:address>/payouts/", payouts.payouts, name="payouts"),
    path("<str:address>/payouts/monthly/", payouts.monthly, name="payouts_monthly"),
    path("<str:address>/payouts/<int:pk>/cancel/", payouts.cancel, name="payout_cancel"),
]
