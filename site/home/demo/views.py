"""The page of a demo where one signs in as each of its people."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.stagekit import clear_login
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from home.demo.people import Group, Person, who_can_sign_in
from home.demo.texts.kinds import Words


@never_cache
def demo_people(request: HttpRequest) -> HttpResponse:
    """Who there is and what can be tried as each. Nowhere but in a demo: elsewhere this page does not exist.

    Whoever comes back here begins anew: a sign-in that waits for its code would otherwise hold on to the one before.
    """
    if not settings.DEMO:
        raise Http404
    if not request.user.is_authenticated:
        clear_login(request)
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
