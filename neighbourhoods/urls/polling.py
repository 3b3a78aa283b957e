"""The polling office, under vote/polling/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from neighbourhoods.views.polling import (
    appeals,
    candidates,
    election,
    objections,
    office,
    paper,
    policies,
    seats,
    voters,
)

of_an_election: list[URLPattern | URLResolver] = [
    path("", election.election, name="polling_election"),
    path("change/", election.change, name="polling_change"),
    path("announce/", election.announce_it, name="polling_announce"),
    path("cancel/", election.cancel_it, name="polling_cancel"),
    path("freeze/", election.freeze_it, name="polling_freeze"),
    path("extend/", election.extend, name="polling_extend"),
    path("candidates/", candidates.candidates, name="polling_candidates"),
    path("candidates/<uuid:candidate>/", candidates.candidate, name="polling_candidate"),
    path("candidates/<uuid:candidate>/reject/", candidates.reject_it, name="polling_reject"),
    path("objections/", objections.objections, name="polling_objections"),
    path("objections/<int:pk>/", objections.objection, name="polling_objection"),
    path("voters/", voters.voters, name="polling_voters"),
    path("voters/<int:pk>/", voters.voter, name="polling_voter"),
    path("voters/<int:pk>/paper/", voters.hand_out_paper, name="polling_hand_out_paper"),
    path("voters/<int:pk>/help/", voters.help_voting, name="polling_help"),
    path("paper/", paper.paper, name="polling_paper"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", office.offices, name="polling"),
    path("appeals/", appeals.appeals, name="polling_appeals"),
    path("appeals/<uuid:ref>/", appeals.appeal, name="polling_appeal"),
    path("appeals/<uuid:ref>/<str:deed>/", appeals.deal_with, name="polling_appeal_deed"),
    path("<slug:slug>/", office.office, name="polling_office"),
    path("<slug:slug>/elections/", office.elections, name="polling_elections"),
    path("<slug:slug>/draft/", election.draft, name="polling_draft"),
    path("<slug:slug>/elections/<uuid:ref>/", include(of_an_election)),
    path("<slug:slug>/seats/", seats.seats, name="polling_seats"),
    path("<slug:slug>/seats/ask/", seats.ask, name="polling_seat_ask"),
    path("<slug:slug>/seats/<uuid:candidate>/<str:answer>/", seats.answer, name="polling_seat_answer"),
    path("<slug:slug>/policies/", policies.policies, name="polling_policies"),
    path("<slug:slug>/policies/categories/", policies.categories, name="polling_policy_categories"),
    path("<slug:slug>/policies/categories/<slug:category>/", policies.policy_of, name="polling_policy_of"),
    path("<slug:slug>/policies/<str:subject>/", policies.policy, name="polling_policy"),
]
