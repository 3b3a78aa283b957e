"""What something is worth: propose, support, react, and a decision with all that led to it, under vote/values/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from neighbourhoods.views.values import comments, data, decision, propose

urlpatterns: list[URLPattern | URLResolver] = [
    path("propose/<slug:slug>/", propose.value_propose, name="value_propose"),
    path("<uuid:ref>/", decision.value_decision, name="value_decision"),
    path("<uuid:ref>/support/", decision.value_support, name="value_support"),
    path("<uuid:ref>/take-back/", decision.value_unsupport, name="value_unsupport"),
    path("<uuid:ref>/withdraw/", decision.value_withdraw, name="value_withdraw"),
    path("<uuid:ref>/react/", comments.value_comment, name="value_comment"),
    path("<uuid:ref>/decision.json", data.value_json, name="value_json"),
    path("<uuid:ref>/decision.csv", data.value_csv, name="value_csv"),
    path("<uuid:ref>/reactions.csv", comments.value_moderation_csv, name="value_moderation_csv"),
]
