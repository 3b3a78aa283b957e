"""A certificate of hours on paper: what somebody did for an organiser, and how long. What it earned does not stand
there: it is shown to an employer, a school, a landlord."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.paper.sheet import Column, Sheet
from core.clock import day_of
from marketplace.forms.hours_field import write_hours
from marketplace.models import Participation
from marketplace.queries.activities import text_of
from people.models import Party


def hours_certificate(
    *,
    person: Party,
    organiser: Party,
    given_by: Party,
    hours: Sequence[Participation],
    at: datetime,
    language: str,
) -> bytes:
    """The PDF: who, for whom, from when until when, how often, how long, and each time of it; the first one first.

    `hours` are confirmed by somebody else than the participant, and there is at least one of them.
    """
    with translation.override(language):
        sheet = Sheet(
            title=_("Certificate of hours"), place=organiser.display_name, language=language, made_at=at
        )
        first, last = (day_of(one.shift.starts_at) for one in (hours[0], hours[-1]))
        minutes = sum(one.confirmed or 0 for one in hours)
        sheet.text(
            _(
                "%(organiser)s declares that %(name)s took part in these activities. Somebody else confirmed the hours."
            )
            % {"organiser": organiser.display_name, "name": person.display_name}
        )
        times = ngettext("%(number)s time", "%(number)s times", len(hours)) % {"number": len(hours)}
        sheet.facts(
            [
                (_("Name"), person.display_name),
                (_("Organiser"), organiser.display_name),
                (_("Where"), ", ".join(sorted({one.shift.activity.neighbourhood.name for one in hours}))),
                (_("Period"), _period(first, last)),
                (_("How often"), times),
                (_("Hours in all"), write_hours(minutes)),
                (_("Given by"), given_by.display_name),
                (_("On"), date_format(localtime(at), "j F Y")),
            ]
        )
        sheet.heading(_("By activity"))
        sheet.table(_by_activity_columns(), _by_activity(hours))
        sheet.heading(_("Each time"))
        sheet.table(_columns(), [_row(one) for one in hours])
        return sheet.bytes()


def _period(first: date, last: date) -> str:
    if first == last:
        return date_format(first, "j F Y")
    days = {"first": date_format(first, "j F Y"), "last": date_format(last, "j F Y")}
    return _("%(first)s up to and including %(last)s") % days


def _by_activity_columns() -> list[Column]:
    return [(_("Activity"), 5, "L"), (_("Times"), 1, "R"), (_("Hours"), 1.2, "R")]


def _by_activity(hours: Sequence[Participation]) -> list[list[str]]:
    in_order = sorted(hours, key=lambda one: (_title(one).casefold(), one.shift.activity_id))
    found = []
    for _key, group in groupby(in_order, key=lambda one: one.shift.activity_id):
        times = list(group)
        minutes = sum(one.confirmed or 0 for one in times)
        found.append([_title(times[0]), str(len(times)), write_hours(minutes)])
    return found


def _columns() -> list[Column]:
    return [(_("Day"), 1.6, "L"), (_("Activity"), 4.4, "L"), (_("Hours"), 1.2, "R")]


def _row(one: Participation) -> list[str]:
    return [
        date_format(day_of(one.shift.starts_at), "j F Y"),
        _title(one),
        write_hours(one.confirmed or 0),
    ]


def _title(one: Participation) -> str:
    return text_of(one.shift.activity).title
