"""Weeks that an organiser plans again and again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.refusals import Refusal
from core.words import one_line
from marketplace.models import ShiftTemplate, ShiftTemplateLine
from marketplace.operations.activities.standing import organiser_of
from marketplace.operations.shifts.planning import LONGEST_HOST, MOST_PLACES
from people.models import Party
from people.queries import canonical

LONGEST_NAME: Final = 80
MOST_LINES: Final = 50
MOST_TEMPLATES: Final = 50


class TemplateNameRefused(Refusal):
    """It is chosen by its name."""

    code = "shift_template_name"
    sentence = _("Give this week a name of no more than 80 characters.")
    field = "name"


class TemplateLinesRefused(Refusal):
    """A week with nothing in it, or that nobody can read."""

    code = "shift_template_lines"
    sentence = _("Fill in 1 to 50 shifts: a day, hours of which the end comes last, and 1 to 200 places.")


class TooManyTemplates(Refusal):
    """Details: `most`."""

    code = "shift_template_too_many"
    sentence = _("You keep %(most)s weeks already. Remove one first.")


class TemplateGone(Refusal):
    """Somebody else who organises was quicker."""

    code = "shift_template_gone"
    sentence = _("This week was removed already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateLine:
    """One shift in a week: the day of it (1 is Monday, as ISO 8601 counts), its hours and places."""

    weekday: int
    starts_at: time
    ends_at: time
    places: int
    host: str = ""


def save_template(
    *, organiser: Party, name: str, lines: Sequence[TemplateLine], actor: Actor, at: datetime
) -> ShiftTemplate:
    """Keep a week to plan it again, over the one of the same name.

    :raises NotYourActivity: to who does not organise for the organiser.
    :raises TemplateNameRefused, TemplateLinesRefused, TooManyTemplates: for what cannot be kept.
    """
    organiser = canonical(organiser) if organiser.is_person else organiser
    organiser_of(actor, organiser, at)
    called, checked = one_line(name), _checked(lines)
    if not 0 < len(called) <= LONGEST_NAME:
        raise TemplateNameRefused
    with transaction.atomic():
        Party.objects.select_for_update(no_key=True).get(pk=organiser.pk)
        mine = ShiftTemplate.objects.filter(organiser=organiser)
        template = mine.filter(name=called).first()
        if template is None:
            if mine.count() >= MOST_TEMPLATES:
                raise TooManyTemplates(most=MOST_TEMPLATES)
            template = mine.create(organiser=organiser, name=called, made_at=at)
        template.lines.all().delete()
        ShiftTemplateLine.objects.bulk_create(
            ShiftTemplateLine(
                template=template, weekday=line.weekday, starts_at=line.starts_at, ends_at=line.ends_at,
                places=line.places, host=line.host,
            )
            for line in checked
        )  # fmt: skip
        record("shift_template.save", subject=template, actor=actor, at=at, about=[organiser])
    return template


def remove_template(*, template: ShiftTemplate, actor: Actor, at: datetime) -> None:
    """Keep it no longer. What was planned from it stays.

    :raises NotYourActivity: to who does not organise for the organiser.
    :raises TemplateGone: when it was removed already.
    """
    organiser_of(actor, template.organiser, at)
    with transaction.atomic():
        found = ShiftTemplate.objects.select_for_update(of=("self",)).filter(pk=template.pk).first()
        if found is None:
            raise TemplateGone
        record("shift_template.remove", subject=found, actor=actor, at=at, about=[template.organiser])
        found.delete()


def _checked(lines: Sequence[TemplateLine]) -> list[TemplateLine]:
    if not 0 < len(lines) <= MOST_LINES or not all(_does(line) for line in lines):
        raise TemplateLinesRefused
    return [
        TemplateLine(
            weekday=line.weekday, starts_at=line.starts_at, ends_at=line.ends_at, places=line.places,
            host=one_line(line.host),
        )
        for line in lines
    ]  # fmt: skip


def _does(line: TemplateLine) -> bool:
    return (
        1 <= line.weekday <= 7
        and line.starts_at < line.ends_at
        and 1 <= line.places <= MOST_PLACES
        and len(one_line(line.host)) <= LONGEST_HOST
    )
