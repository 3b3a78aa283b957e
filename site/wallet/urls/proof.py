"""The public proof, under proof/."""

from __future__ import annotations

from django.urls import path

from wallet.views.check import proof_check
from wallet.views.proof import proof, proof_coin

urlpatterns = [
    path("", proof, name="proof"),
    path("check/", proof_check, name="proof_check"),
    path("<slug:slug>/", proof_coin, name="proof_coin"),
]
