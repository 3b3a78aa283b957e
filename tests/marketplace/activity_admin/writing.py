"""A board and a club at their activities in the admin: where they stand, what they send, what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from marketplace.models import ActivitiesPage, Activity, ActivityPage
from marketplace.rights import let_write
from neighbourhoods.models import Neighbourhood, SeatOffice, ValuedItem
from neighbourhoods.rights import derive_groups
from people.models import Party, PartyKind, User
from tests.factories import neighbourhoods as make
from tests.factories import pots, values
from tests.factories.market import admitted
from tests.factories.people import organisation, person

KEY = "6c8c7a52-0a4e-4c39-8a0e-2a5b7e0f0008"


@dataclass
class Scene:
    """Ann sits on the board of Molenwijk. Olaf has a club that was let in and is insured; its pot holds coins."""

    place: Neighbourhood
    above: ActivitiesPage
    club: Party
    item: ValuedItem
    pot: Any
    ann: User
    ben: User
    olaf: User


def scene() -> Scene:
    place = make.found("Molenwijk")
    above = make.activities_page(place)
    ann, ben, olaf = (
        person(name, email=f"{name.lower()}@molenwijk.example") for name in ("Ann", "Ben", "Olaf")
    )
    make.seat_for(ann, place, office=SeatOffice.CHAIR)
    make.seat_for(ben, place)
    club = organisation("De Wiek", owner=olaf, kind=PartyKind.ASSOCIATION)
    admitted(club, place, insured_until_on="2027-11-01")
    let_write(club, place)
    derive_groups(on=make.TODAY, people=[olaf.person])
    item = values.item(place, "Koffie schenken")
    values.worth(item, 6_00)
    pot = pots.pot(place, "Samen koffie", amount=500_00, holder=club)
    return Scene(place, above, club, item, pot, ann, ben, olaf)


def add_url(there: Scene) -> str:
    return f"/admin/pages/add/marketplace/activitypage/{there.above.pk}/"


def new(there: Scene, organiser: Party, **more: Any) -> dict[str, Any]:
    """What the browser sends to begin a page."""
    return {
        "key": KEY, "organiser": organiser.pk, "title": "Koffie schenken", "summary": "Elke middag in De Wiek.",
        "item": there.item.pk, "place": "Wiekplein 1", **more,
    }  # fmt: skip


def begin(client: Client, there: Scene, organiser: Party, **more: Any) -> ActivityPage:
    known = set(ActivityPage.objects.values_list("pk", flat=True))
    answer = client.post(add_url(there), new(there, organiser, **more))
    assert answer.status_code == 302, answer.context["form"].errors
    return ActivityPage.objects.exclude(pk__in=known).get()


def form(page: ActivityPage, **more: Any) -> dict[str, Any]:
    """What the browser sends from Wagtail's own form."""
    blocks = more.pop("body", [("paragraph", rich_text("<p>Je doet het met z'n tweeën.</p>"))])
    sent: dict[str, Any] = nested_form_data(
        {
            "title": "Koffie schenken", "slug": page.slug, "lead": "Elke middag in De Wiek.", "asks": "Niets.",
            "body": streamfield(blocks), "picture": "", "picture_alt": "", "show_in_menus": "", "seo_title": "",
            "search_description": "",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000},
            **more,
        }
    )  # fmt: skip
    return sent


def press(client: Client, page: ActivityPage, *buttons: str, **more: Any) -> Any:
    """Send the form with a button: action-publish, action-submit; none only saves."""
    sent = {**form(page, **more), **dict.fromkeys(buttons, "1")}
    return client.post(f"/admin/pages/{page.pk}/edit/", sent, follow=True)


def decide(client: Client, page: ActivityPage, what: str, comment: str = "") -> Any:
    """Approve or reject it, by the button of Wagtail's list."""
    step = ActivityPage.objects.get(pk=page.pk).current_workflow_task_state
    assert step is not None
    address = f"/admin/pages/workflow/action/{page.pk}/{what}/{step.pk}/"
    return client.post(address, {"comment": comment}, follow=True)


def pay_from(there: Scene, page: ActivityPage) -> None:
    """What its organiser chooses at the desk."""
    Activity.objects.filter(pk=page.activity_id).update(pot=there.pot.pk)


def activity_of(page: ActivityPage) -> Activity:
    return Activity.objects.get(pk=page.activity_id)


def is_live(page: ActivityPage) -> bool:
    """In both languages, or in neither."""
    live = set(Page.objects.filter(translation_key=page.translation_key).values_list("live", flat=True))
    assert len(live) == 1
    return live.pop()


def said(answer: Any) -> str:
    """What the editor is told above the page that comes back."""
    return " ".join(str(message) for message in answer.context["messages"])
