"""People at the desk: looked up, added, linked."""

from __future__ import annotations

import uuid as uuids
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from neighbourhoods.forms.desk import AddPersonForm, BirthdayForm, ReasonForm, SearchForm
from neighbourhoods.operations.desk import correct_birthday_at_desk, enrol_at_desk, note_reading
from neighbourhoods.operations.linking import link_at_desk, unlink_at_desk
from neighbourhoods.permissions import is_self
from neighbourhoods.queries.desk import find_persons, likely_doubles, neighbourhoods_of, others_linked
from neighbourhoods.queries.residency import residency_of
from neighbourhoods.queries.seats import seats_to_come
from neighbourhoods.views.desk.base import Desk, at_desk, crumbs, page_of
from neighbourhoods.views.posted import posted
from people.acting import person_behind
from people.models import Party


@at_desk
def persons(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Look up somebody who lives in these neighbourhoods, asked to, or lived there not long ago.

    Nobody is shown unasked.
    """
    form = SearchForm(request.GET if "q" in request.GET else None)
    found = None
    if form.is_valid():
        found = find_persons(desk.municipalities, form.cleaned_data["q"], clock.today())
    context = {
        "form": form,
        "pages": None if found is None else page_of(request, found),
        "crumbs": crumbs(),
    }
    return render(request, "neighbourhoods/desk/persons.html", context)


@at_desk
def person(request: HttpRequest, desk: Desk, uuid: uuids.UUID) -> HttpResponse:
    """What the municipality knows of one person. That somebody looked is written down."""
    found = desk.person(uuid)
    residencies = desk.residencies_of(found)
    actor = desk.actor(residencies[0].neighbourhood.municipality)
    note_reading(persons=[found], actor=actor, at=clock.now())
    lives = residency_of(found)
    context = {
        "person": found,
        "residencies": residencies,
        "is_self": is_self(actor, found),
        "lives_here": lives is not None and lives.neighbourhood.municipality in desk.municipalities,
        "seats": seats_to_come(found, clock.today())
        .filter(neighbourhood__municipality__in=desk.municipalities)
        .select_related("neighbourhood"),
        "linked": others_linked(found),
        "doubles": likely_doubles(found, desk.municipalities, clock.today()),
        "crumbs": _crumbs(),
    }
    return render(request, "neighbourhoods/desk/person.html", context)


@at_desk
def add(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Enrol somebody who has no login. Their residency is attested on the next page."""
    form = AddPersonForm(
        posted(request), neighbourhoods=neighbourhoods_of(desk.municipalities), today=clock.today()
    )
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        owner = person_behind(request).canonical_id
        key = derive_key(scope="desk.add_person", owner=owner, form_id=values.pop("key"))
        actor = desk.actor(values["neighbourhood"].municipality)
        try:
            made = enrol_at_desk(key=key, actor=actor, at=clock.now(), **values)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return redirect("desk_residency", pk=made.pk)
    context = {"form": form, "crumbs": _crumbs()}
    return render(request, "neighbourhoods/desk/add_person.html", context)


@at_desk
def birthday(request: HttpRequest, desk: Desk, uuid: uuids.UUID) -> HttpResponse:
    """Another date of birth, after the clerk has seen papers: the person themself does not change it."""
    found = desk.person(uuid)
    form = BirthdayForm(posted(request), initial={"born_on": found.person_details.born_on})
    if request.method == "POST" and form.is_valid():
        try:
            correct_birthday_at_desk(
                person=found, actor=desk.actor_for(found), at=clock.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The date of birth is changed."))
            return redirect("desk_person", uuid=found.uuid)
    context = {"form": form, "person": found, "crumbs": _crumbs(found)}
    return render(request, "neighbourhoods/desk/birthday.html", context)


@at_desk
def link(request: HttpRequest, desk: Desk, uuid: uuids.UUID, other: uuids.UUID) -> HttpResponse:
    """Say that the other is the same person as this one, who stays."""
    stays, duplicate = desk.person(uuid), desk.person(other)
    if stays.pk == duplicate.pk:
        raise Http404
    if duplicate.same_person_as_id == stays.pk:
        return redirect("desk_person", uuid=stays.uuid)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            link_at_desk(
                duplicate=duplicate, same_as=stays, reason=reason, actor=desk.actor_for(stays), at=clock.now()
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("From now on these two count as one person."))
            return redirect("desk_person", uuid=stays.uuid)
    elif request.method != "POST":
        note_reading(persons=[stays, duplicate], actor=desk.actor_for(stays), at=clock.now())
    context = {"form": form, "both": _both(desk, stays, duplicate), "stays": stays, "crumbs": _crumbs(stays)}
    return render(request, "neighbourhoods/desk/link.html", context)


@at_desk
def unlink(request: HttpRequest, desk: Desk, uuid: uuids.UUID) -> HttpResponse:
    """Say that a linked person is somebody else after all."""
    duplicate = _linked(desk, uuid)
    stays = duplicate.same_person_as
    if stays is None:
        raise Http404
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            unlink_at_desk(
                duplicate=duplicate,
                reason=form.cleaned_data["reason"],
                actor=desk.actor_for(stays),
                at=clock.now(),
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("These two count as two people again."))
            return redirect("desk_person", uuid=stays.uuid)
    context = {"form": form, "stays": stays, "duplicate": duplicate, "crumbs": _crumbs(stays)}
    return render(request, "neighbourhoods/desk/unlink.html", context)


def _linked(desk: Desk, uuid: uuids.UUID) -> Party:
    """A linked number is reached by the person it is linked to: what it had here may all have gone there.

    :raises Http404: when that person is not known at this desk.
    """
    duplicate = (
        Party.objects.with_names().select_related("same_person_as__person_details").filter(uuid=uuid).first()
    )
    if duplicate is None or duplicate.same_person_as is None:
        raise Http404
    desk.person(duplicate.same_person_as.uuid)
    return duplicate


def _both(desk: Desk, stays: Party, duplicate: Party) -> list[dict[str, Any]]:
    return [
        {"person": one, "residencies": desk.residencies_of(one), "stays": one is stays}
        for one in (stays, duplicate)
    ]


def _crumbs(person: Party | None = None) -> list[tuple[str, str]]:
    known = [(person.display_name, reverse("desk_person", args=[person.uuid]))] if person else []
    return crumbs((_("People"), reverse("desk_persons")), *known)
