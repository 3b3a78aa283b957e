"""What residents do in an election before the voting, under vote/elections/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from neighbourhoods.views import recall, seat_offer, standing

urlpatterns: list[URLPattern | URLResolver] = [
    path("<uuid:ref>/", standing.nominations, name="election_nominations"),
    path("<uuid:ref>/stand/", standing.stand, name="stand"),
    path("<uuid:ref>/nominate/", standing.nominate, name="nominate"),
    path("<uuid:ref>/words/", standing.words, name="candidature_words"),
    path("<uuid:ref>/withdraw/", standing.withdraw, name="candidature_withdraw"),
    path("<uuid:ref>/seat/", seat_offer.offered, name="seat_offered"),
    path("<uuid:ref>/seat/no/", seat_offer.turn_down, name="seat_turned_down"),
    path("<slug:slug>/recall/", recall.recall, name="recall"),
    path("<slug:slug>/recall/start/", recall.start, name="recall_start"),
    path("<slug:slug>/recall/support/", recall.support, name="recall_support"),
    path("<slug:slug>/recall/take-back/", recall.take_back, name="recall_take_back"),
    path("<slug:slug>/recall/withdraw/", recall.withdraw, name="recall_withdraw"),
]
