"""The room of the bank at a finance desk."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from wallet.views import bank, bank_line

urlpatterns: list[URLPattern | URLResolver] = [
    path("", bank.room, name="finance_bank"),
    path("match/", bank.match, name="finance_bank_match"),
    path("statement/<int:pk>/", bank.statement, name="finance_bank_statement"),
    path("line/<int:pk>/", bank_line.line, name="finance_bank_line"),
    path("line/<int:pk>/ignore/", bank_line.ignore, name="finance_bank_ignore"),
    path("proposal/<int:pk>/", bank_line.proposal, name="finance_bank_proposal"),
]
