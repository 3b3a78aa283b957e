"""The municipality and values: guidelines, consent, and what pots may pay for, under vote/guidelines/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from neighbourhoods.views.guidelines import consents, guidelines, pots

urlpatterns: list[URLPattern | URLResolver] = [
    path("", guidelines.guidelines_start, name="guidelines_start"),
    path("<uuid:uuid>/", guidelines.guidelines, name="guidelines"),
    path("<uuid:uuid>/set/", guidelines.guideline_set, name="guideline_set"),
    path("<uuid:uuid>/answers/", consents.consents, name="consents"),
    path("<uuid:uuid>/answers/<uuid:ref>/", consents.consent, name="consent"),
    path("<uuid:uuid>/pots/", pots.pot_rules, name="pot_rules"),
    path("<uuid:uuid>/pots/<str:address>/add/", pots.pot_rule_add, name="pot_rule_add"),
    path("<uuid:uuid>/pots/rules/<int:pk>/remove/", pots.pot_rule_remove, name="pot_rule_remove"),
]
