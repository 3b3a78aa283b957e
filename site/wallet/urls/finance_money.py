"""The rooms of money in, pots and the treasury at a finance desk, and its overview."""

from __future__ import annotations

from django.urls import path

from wallet.views import finance_announce, finance_desk, finance_fundings, finance_pots, finance_treasury

urlpatterns = [
    path("", finance_desk.finance, name="finance"),
    path("<slug:slug>/", finance_desk.finance_desk, name="finance_desk"),
    path("<slug:slug>/fundings/", finance_fundings.finance_fundings, name="finance_fundings"),
    path("<slug:slug>/fundings/announce/", finance_announce.finance_announce, name="finance_announce"),
    path("<slug:slug>/fundings/<slug:reference>/", finance_fundings.finance_funding, name="finance_funding"),
    path("<slug:slug>/fundings/<slug:reference>/cancel/", finance_fundings.cancel, name="finance_cancel"),
    path("<slug:slug>/pots/", finance_pots.finance_pots, name="finance_pots"),
    path("<slug:slug>/pots/new/", finance_pots.finance_pot_open, name="finance_pot_open"),
    path("<slug:slug>/pots/<slug:address>/", finance_pots.finance_pot, name="finance_pot"),
    path("<slug:slug>/treasury/", finance_treasury.finance_treasury, name="finance_treasury"),
]
