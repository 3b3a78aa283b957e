"""Addresses of the market: orders, of buyer and seller, and the answers to what somebody asked."""

from __future__ import annotations

from django.urls import URLPattern, path

from marketplace.views.orders import deeds, mine, order, panel, placing, responses

urlpatterns: list[URLPattern] = [
    path("", mine.orders, name="orders"),
    path("panel/", panel.panel_disputes, name="panel_disputes"),
    path("new/<uuid:ref>/", placing.offer_order, name="offer_order"),
    path("answers/<uuid:ref>/", responses.responses, name="responses"),
    path("answer/<uuid:ref>/choose/", responses.response_choose, name="response_choose"),
    path("answer/<uuid:ref>/decline/", responses.response_decline, name="response_decline"),
    path("<uuid:ref>/", order.order, name="order"),
    path("<uuid:ref>/accept/", deeds.order_accept, name="order_accept"),
    path("<uuid:ref>/decline/", deeds.order_decline, name="order_decline"),
    path("<uuid:ref>/cancel/", deeds.order_cancel, name="order_cancel"),
    path("<uuid:ref>/deliver/", deeds.order_deliver, name="order_deliver"),
    path("<uuid:ref>/confirm/", deeds.order_confirm, name="order_confirm"),
    path("<uuid:ref>/receive/", deeds.order_receive, name="order_receive"),
    path("<uuid:ref>/dispute/", deeds.order_dispute, name="order_dispute"),
    path("<uuid:ref>/give-in/", deeds.order_give_in, name="order_give_in"),
    path("<uuid:ref>/mediate/", deeds.order_mediate, name="order_mediate"),
    path("<uuid:ref>/resolve/", deeds.order_resolve, name="order_resolve"),
    path("<uuid:ref>/refund/", deeds.order_refund, name="order_refund"),
    path("<uuid:ref>/refer/", deeds.order_refer, name="order_refer"),
    path("<uuid:ref>/say/", deeds.order_say, name="order_say"),
]
