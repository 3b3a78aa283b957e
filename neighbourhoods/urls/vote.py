"""Everything about deciding, under vote/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from neighbourhoods.views.vote import agenda, appeal, booth, result, roll

urlpatterns: list[URLPattern | URLResolver] = [
    path("", agenda.votes, name="votes"),
    path("polling/", include("neighbourhoods.urls.polling")),
    path("board/", include("neighbourhoods.urls.boardroom")),
    path("values/", include("neighbourhoods.urls.values")),
    path("prices/", include("neighbourhoods.urls.prices")),
    path("guidelines/", include("neighbourhoods.urls.guidelines")),
    # The roll of an election before there is a ballot box, by the same views as that of a vote.
    path("elections/<uuid:ref>/roll/", roll.election_roll, name="election_roll"),
    path("elections/<uuid:ref>/roll.json", roll.election_roll_proof, name="election_roll_proof"),
    path("elections/<uuid:ref>/roll/objection/", roll.election_object, name="election_object"),
    path("elections/", include("neighbourhoods.urls.standing")),
    path("<uuid:ref>/", booth.vote, name="vote"),
    path("<uuid:ref>/roll/", roll.vote_roll, name="vote_roll"),
    path("<uuid:ref>/roll.json", roll.vote_roll_proof, name="vote_roll_proof"),
    path("<uuid:ref>/roll/objection/", roll.vote_object, name="vote_object"),
    path("<uuid:ref>/proxy/", roll.vote_proxy, name="vote_proxy"),
    path("<uuid:ref>/result/", result.vote_result, name="vote_result"),
    path("<uuid:ref>/result.json", result.vote_result_json, name="vote_result_json"),
    path("<uuid:ref>/result.csv", result.vote_result_csv, name="vote_result_csv"),
    path("<uuid:ref>/receipt/", result.vote_receipt, name="vote_receipt"),
    path("<uuid:ref>/appeal/", appeal.vote_appeal, name="vote_appeal"),
]
