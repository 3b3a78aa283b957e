"""The room of payouts at a finance desk."""

from __future__ import annotations

from django.urls import path

from wallet.views import finance_payout_files as files
from wallet.views import finance_payouts as views

urlpatterns = [
    path("", views.room, name="finance_payouts"),
    path("approve/", views.approve, name="finance_payouts_approve"),
    path("file/", views.make, name="finance_payouts_make"),
    path("pots/", views.ended, name="finance_payouts_pots"),
    path("<int:pk>/cancel/", views.cancel, name="finance_payout_cancel"),
    path("<int:pk>/failed/", files.fail, name="finance_payout_fail"),
    path("files/<int:pk>/", files.run, name="finance_payout_run"),
    path("files/<int:pk>/file/", files.run_file, name="finance_payout_file"),
]
