"""A bank statement to try the desk with, made of what the desk expects."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from core import clock
from home.demo.bank.sample import sample_statement
from wallet.models import BankFormat
from wallet.views.base import FinanceDesk, at_finance_desk

TYPES = {BankFormat.CAMT053: ("application/xml", "xml"), BankFormat.MT940: ("text/plain", "sta")}


@at_finance_desk
def demo_statement(_request: HttpRequest, desk: FinanceDesk, form: str) -> HttpResponse:
    """A file to download. Nowhere but in a demo: elsewhere this page does not exist."""
    if not settings.DEMO or desk.treasury is None or form.upper() not in BankFormat.values:
        raise Http404
    kind, ending = TYPES[BankFormat(form.upper())]
    content = sample_statement(desk.treasury, clock.today(), form.upper())
    name = f"{desk.neighbourhood.slug}-{clock.today()}.{ending}"
    return HttpResponse(content, kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
