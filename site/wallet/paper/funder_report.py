"""The report for who gave money: what came in, what it was spent on, what is left."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.paper.sheet import Sheet
from core.amounts import format_amount
from people.models import Party
from wallet.money_words import few_words, payee_words, sums_of, what_for, when
from wallet.queries.funders import PotReport, Report


def funder_report(*, funder: Party, report: Report, on: date) -> bytes:
    """In the language of the reader, as it was on a day."""
    language = get_language() or settings.LANGUAGE_CODE
    sheet = Sheet(
        title=_("What became of the money"), place=_("for %(funder)s") % {"funder": funder.display_name},
        language=language,
    )  # fmt: skip
    sheet.facts(
        [
            (_("On"), date_format(on, "j F Y")),
            (_("Given so far"), _euros(report.given, language)),
            (_("Announced, not here yet"), _euros(report.announced, language)),
        ]
    )
    for one in report.pots:
        _pot(sheet, one, language)
    if report.pots:
        sheet.text(few_words())
    return sheet.bytes()


def _pot(sheet: Sheet, one: PotReport, language: str) -> None:
    words = payee_words(one.pot)
    sheet.heading(words[:1].upper() + words[1:])
    sheet.facts(
        [(label, format_amount(amount, language)) for label, amount in sums_of(one)]
        + ([(_("Last day"), date_format(one.pot.ends_on, "j F Y"))] if one.pot.ends_on else [])
    )
    if one.lines:
        sheet.table(
            [(_("What for"), 0.45, "L"), (_("When"), 0.3, "L"), (_("Amount"), 0.25, "R")],
            [(what_for(line), when(line), format_amount(line.amount, language)) for line in one.lines],
        )


def _euros(amount: int, language: str) -> str:
    return _("%(amount)s euros") % {"amount": format_amount(amount, language)}
