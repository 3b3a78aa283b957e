"""Money in, for funders, under funding/."""

from __future__ import annotations

from django.urls import path

from wallet.views import funders, funding_announce, funding_letter

urlpatterns = [
    path("", funders.fundings, name="fundings"),
    path("<uuid:uuid>/", funders.funder, name="funder"),
    path("<uuid:uuid>/report.pdf", funders.report_pdf, name="funder_report"),
    path("<uuid:uuid>/announce/", funding_announce.funding_announce, name="funding_announce"),
    path(
        "<uuid:uuid>/announce/<slug:slug>/",
        funding_announce.funding_announce_for,
        name="funding_announce_for",
    ),
    path("<uuid:uuid>/<slug:reference>/", funding_letter.funding_letter, name="funding_letter"),
    path("<uuid:uuid>/<slug:reference>/letter.pdf", funding_letter.letter_pdf, name="funding_letter_pdf"),
    path("<uuid:uuid>/<slug:reference>/withdraw/", funding_letter.funding_withdraw, name="funding_withdraw"),
]
