"""Addresses of the market: one offer, writing one, answering what is wanted."""

from __future__ import annotations

from django.urls import URLPattern, path

from marketplace.views import report, stall_offers
from marketplace.views.offers import page, respond, write

urlpatterns: list[URLPattern] = [
    path("new/<slug:slug>/", write.offer_new, name="offer_new"),
    path("hours/<uuid:party>/", stall_offers.stall_hours, name="stall_hours"),
    path("<uuid:ref>/", page.offer, name="offer"),
    path("<uuid:ref>/change/", write.offer_edit, name="offer_edit"),
    path("<uuid:ref>/send/", write.offer_send, name="offer_send"),
    path("<uuid:ref>/take-back/", write.offer_withdraw, name="offer_withdraw"),
    path("<uuid:ref>/place/", write.offer_place, name="offer_place"),
    path("<uuid:ref>/report/", report.offer_report, name="offer_report"),
    path("<uuid:ref>/answer/", respond.offer_respond, name="offer_respond"),
    path("<uuid:ref>/answer/take-back/", respond.offer_unrespond, name="offer_unrespond"),
    path("<uuid:ref>/pause/", stall_offers.stall_offer_pause, name="stall_offer_pause"),
    path("<uuid:ref>/resume/", stall_offers.stall_offer_resume, name="stall_offer_resume"),
    path("<uuid:ref>/end/", stall_offers.stall_offer_end, name="stall_offer_end"),
    path("<uuid:ref>/stock/", stall_offers.stall_offer_stock, name="stall_offer_stock"),
    path("<uuid:ref>/renew/", stall_offers.stall_offer_renew, name="stall_offer_renew"),
    path("<uuid:ref>/price/", stall_offers.stall_offer_price, name="stall_offer_price"),
    path("<uuid:ref>/again/", stall_offers.stall_offer_again, name="stall_offer_again"),
]
