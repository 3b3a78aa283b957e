"""The page of a demo where one signs in as each of its people."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from home.demo.people import Group, Person, who_can_sign_in
from home.demo.texts.kinds import Words


def demo_people(request: HttpRequest) -> HttpResponse:
    """Who there is and what can be tried as each. Nowhere but in a demo: elsewhere this page does not exist."""
    if not settings.DEMO:
        raise Http404
    dutch = get_language() == "nl"
    groups = [_group(group, persons, dutch=dutch) for group, persons in who_can_sign_in().items()]
    return render(request, "home/demo_people.html", {"groups": groups})


def _group(group: Group, persons: list[Person], *, dutch: bool) -> dict[str, Any]:
    return {
        "key": group.name.lower(),
        "title": _say(group.value, dutch=dutch),
        "persons": [_row(person, dutch=dutch) for person in persons],
    }


def _row(person: Person, *, dutch: bool) -> dict[str, Any]:
    return {
        "name": person.name,
        "email": person.email,
        "does": _say(person.does, dutch=dutch),
        "tries": _say(person.tries, dutch=dutch),
        "staff": person.staff,
    }


def _say(words: Words | None, *, dutch: bool) -> str:
    if words is None:
        return ""
    return words.nl if dutch else words.en
