"""The finance desk of a neighbourhood, under finance/<slug>/."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("wallet.urls.finance_money")),
    path("<slug:slug>/", include("wallet.urls.finance_holders")),
    path("<slug:slug>/bank/", include("wallet.urls.finance_bank")),
    path("<slug:slug>/payouts/", include("wallet.urls.finance_payouts")),
]
