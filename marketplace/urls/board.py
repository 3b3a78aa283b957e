"""Addresses of the market: the board of a market, under market/board/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from marketplace.views.board import admissions, offers, queue, references, reports, words
from marketplace.views.orders import disputes

OFFER: list[URLPattern | URLResolver] = [
    path("", offers.board_offer, name="board_offer"),
    path("publish/", offers.publish, name="board_offer_publish"),
    path("return/", offers.send_back, name="board_offer_return"),
    path("suspend/", offers.suspend, name="board_offer_suspend"),
    path("release/", offers.release, name="board_offer_release"),
]

ADMISSION: list[URLPattern | URLResolver] = [
    path("", admissions.board_admission, name="board_admission"),
    path("refuse/", admissions.refuse, name="board_admission_refuse"),
    path("prolong/", admissions.prolong, name="board_admission_prolong"),
    path("end/", admissions.end, name="board_admission_end"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:slug>/", queue.board_market, name="board_market"),
    path("<slug:slug>/offers/<uuid:ref>/", include(OFFER)),
    path("<slug:slug>/reports/<uuid:ref>/", reports.board_report, name="board_report"),
    path("<slug:slug>/organisations/", admissions.board_organisations, name="board_organisations"),
    path("<slug:slug>/organisations/<uuid:ref>/", include(ADMISSION)),
    path("<slug:slug>/disagreements/", disputes.board_disputes, name="board_disputes"),
    path("<slug:slug>/words/", words.board_words, name="board_words"),
    path("<slug:slug>/words/<int:pk>/remove/", words.remove, name="board_word_remove"),
    path("<slug:slug>/references/", references.board_references, name="board_references"),
    path("<slug:slug>/references/<uuid:ref>/hide/", references.hide, name="board_reference_hide"),
    path("<slug:slug>/references/<uuid:ref>/show/", references.show, name="board_reference_show"),
]
