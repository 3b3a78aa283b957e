"""What somebody earned in a year: as a page and on paper."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import get_language, pgettext
from django.views.decorators.cache import never_cache

from core import clock
from marketplace.paper.year_statement import year_statement_sheet
from marketplace.queries.earning import YearStatement, year_statement, years_of
from marketplace.views.rewards.earning import earning_crumbs
from people.acting import person_behind

FIRST_YEAR = 2000  # before any coin


@login_required
@never_cache
def earning_year(request: HttpRequest, year: int) -> HttpResponse:
    """Under each label: how much, for whom, in which months, and each payment."""
    statement = _statement(request, year)
    context = {
        "statement": statement,
        "is_running": year == clock.today().year,
        "others": [one for one in years_of(person_behind(request)) if one != year],
        "crumbs": earning_crumbs(),
    }
    return render(request, "marketplace/rewards/year.html", context)


@login_required
@never_cache
def earning_year_pdf(request: HttpRequest, year: int) -> HttpResponse:
    """The same on paper, in the language of the reader."""
    written = year_statement_sheet(
        _statement(request, year), name=person_behind(request).display_name, language=get_language() or "nl",
        on=clock.today(),
    )  # fmt: skip
    answer = HttpResponse(written, content_type="application/pdf")
    name = slugify(pgettext("name of a file", "earned"))
    answer["Content-Disposition"] = f'attachment; filename="{name}-{year}.pdf"'
    return answer


def _statement(request: HttpRequest, year: int) -> YearStatement:
    """:raises Http404: for a year that is still to come, or before there were coins."""
    if not FIRST_YEAR <= year <= clock.today().year:
        raise Http404
    return year_statement(person_behind(request), year)
