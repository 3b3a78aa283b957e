"""Who took part with an organiser: certificates of hours, and of conduct (VOG)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marketplace.forms.hours_field import write_hours
from marketplace.forms.organising import CertificateForm
from marketplace.hours_certificate import hours_certificate
from marketplace.operations.conduct import see_certificate
from marketplace.queries.conduct import certificates_of
from marketplace.queries.hours import hours_of
from marketplace.queries.organising import known_to, volunteers_of
from marketplace.views.organising.base import Desk, at_desk
from people.models import Party
from people.queries import canonical

SOON: Final = timedelta(days=60)
YEARS: Final = 3


@at_desk
def organiser_volunteers(desk: Desk) -> HttpResponse:
    """Everybody who took part in a year, with their hours and the way to prove them."""
    year = _year(desk)
    here = reverse("organiser_volunteers", args=[desk.party.uuid])
    years = range(desk.today.year, desk.today.year - YEARS, -1)
    return desk.show(
        "volunteers",
        desk.way(),
        year=year,
        rows=[
            (one, write_hours(one.minutes)) for one in volunteers_of(desk.party, *_days_of(year), desk.now)
        ],
        tabs=[(str(one), f"{here}?year={one}", one == year, None) for one in years],
    )


@at_desk
def volunteer_certificate(desk: Desk, person: UUID) -> HttpResponse:
    """What somebody did here in a year, to show to others, as a PDF. Nobody is found who never took part here."""
    known = Party.objects.with_names().filter(uuid=person).first()
    year = _year(desk)
    if known is None:
        raise Http404
    participant = canonical(known)
    hours = list(hours_of(participant, desk.party, *_days_of(year)))
    if not hours:
        if participant not in known_to(desk.party):
            raise Http404
        words = _("Nobody confirmed hours of %(name)s in %(year)s.")
        messages.info(desk.request, words % {"name": participant.display_name, "year": year})
        return redirect("organiser_volunteers", desk.party.uuid)
    written = hours_certificate(
        person=participant, organiser=desk.party, given_by=desk.person, hours=hours, at=desk.now,
        language=desk.language,
    )  # fmt: skip
    answer = HttpResponse(written, content_type="application/pdf")
    name = slugify(f"{pgettext('name of a file', 'certificate of hours')} {participant.display_name} {year}")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


@at_desk
def conduct_certificates(desk: Desk) -> HttpResponse:
    """The certificates of conduct that an organisation saw, the first to run out first; and one more. A person who
    organises alone asks for none."""
    if desk.party.is_person:
        raise Http404
    form = CertificateForm(
        desk.posted, known=known_to(desk.party), initial={"person": desk.request.GET.get("of")}
    )
    if desk.sent(form, lambda told: _see(desk, form, told), _("It is noted. No copy is kept.")):
        return redirect("conduct_certificates", desk.party.uuid)
    seen = [(one, *_phase(one.until_on, desk.today)) for one in certificates_of(desk.party)]
    return desk.show("conduct", desk.way(), form=form, seen=seen)


def _see(desk: Desk, form: CertificateForm, told: dict[str, Any]) -> None:
    see_certificate(organisation=desk.party, person=form.chosen, until_on=told["until_on"], **desk.by())


def _phase(until_on: date, today: date) -> tuple[str, str]:
    """The disc and the words of a certificate that runs out."""
    if until_on < today:
        return "no", _("Ran out")
    return ("half", _("Runs out soon")) if until_on <= today + SOON else ("done", _("Holds"))


def _year(desk: Desk) -> int:
    """The year that was asked for, of those that the page offers; this one when it is none of them."""
    asked = desk.request.GET.get("year", "")
    years = {str(year): year for year in range(desk.today.year, desk.today.year - YEARS, -1)}
    return years.get(asked, desk.today.year)


def _days_of(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)
