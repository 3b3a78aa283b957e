"""Addresses of the market: vouchers. The code stands in the address: that is what is scanned."""

from __future__ import annotations

from django.urls import URLPattern, path

from marketplace.views.vouchers import desk, mine

urlpatterns: list[URLPattern] = [
    path("", mine.vouchers, name="vouchers"),
    path("desk/<uuid:party>/", desk.voucher_desk, name="voucher_desk"),
    path("desk/<uuid:party>/taken/<uuid:key>/", desk.voucher_taken, name="voucher_taken"),
    path("desk/<uuid:party>/list/", desk.voucher_list_print, name="voucher_list_print"),
    path("desk/<uuid:party>/many/", desk.voucher_many, name="voucher_many"),
    path("<slug:code>/", mine.voucher, name="voucher"),
    path("<slug:code>/block/", mine.voucher_block, name="voucher_block"),
    path("<slug:code>/unblock/", mine.voucher_unblock, name="voucher_unblock"),
    path("<slug:code>/back/", mine.voucher_refund, name="voucher_refund"),
]
