"""The rooms of accounts, payments and limits at a finance desk."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from wallet.views.holders import accounts, limits, undoing

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", accounts.accounts, name="finance_accounts"),
    path("accounts/open/", accounts.open_one, name="finance_account_open"),
    path("accounts/<str:address>/", accounts.account, name="finance_account"),
    path("accounts/<str:address>/terms/", accounts.reclassify, name="finance_account_terms"),
    path("accounts/<str:address>/<slug:deed>/", accounts.change, name="finance_account_change"),
    path("undo/", undoing.payments, name="finance_payments"),
    path("undo/case/<int:pk>/", undoing.case, name="finance_chargeback"),
    path("undo/case/<int:pk>/<slug:decision>/", undoing.decide, name="finance_chargeback_decide"),
    path("undo/<str:number>/", undoing.payment, name="finance_payment"),
    path("limits/", limits.limits, name="finance_limits"),
]
