"""A board and a shop at their offers in the admin: where they stand, what they send, what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.test import Client
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from core.models import AuditEntry
from marketplace.models import MarketPage, Offer, OfferPage
from marketplace.rights import let_write
from neighbourhoods.models import Category, Neighbourhood, SeatOffice
from neighbourhoods.rights import derive_groups
from people.models import Party, User
from tests.factories import neighbourhoods as make
from tests.factories import values
from tests.factories.market import admitted
from tests.factories.people import mandate, organisation, person
from tests.factories.wallet import open_for
from tests.plugins.replay import remembered

TEN = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)  # where the clock of these tests stands
DAY = timedelta(days=1)
KEY = "6c8c7a52-0a4e-4c39-8a0e-2a5b7e0f0009"
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


@dataclass
class Scene:
    """Ann and Ben sit on the board of Molenwijk. Sjoerd has a shop that is on its market; Eva writes for the shop."""

    place: Neighbourhood
    market: MarketPage
    shop: Party
    category: Category
    ann: User
    ben: User
    sjoerd: User
    eva: User


@remembered
def scene(name: str = "Molenwijk") -> Scene:
    place = make.found(name)
    market = make.market_page(place)
    ann, ben, sjoerd, eva = (_login(name, one) for one in ("Ann", "Ben", "Sjoerd", "Eva"))
    make.seat_for(ann, place, office=SeatOffice.CHAIR)
    make.seat_for(ben, place)
    shop = organisation(f"Van Dam {name}", owner=sjoerd)
    mandate(person=eva, principal=shop, role="EDITOR")
    open_for(place, place.party)
    let_in(shop, place, sjoerd, eva)
    return Scene(place, market, shop, values.category("fietsen"), ann, ben, sjoerd, eva)


def let_in(shop: Party, place: Neighbourhood, *editors: User) -> None:
    """The board let the shop on its market, and its editors have their groups."""
    admitted(shop, place)
    open_for(place, shop)
    let_write(shop, place)
    derive_groups(on=make.TODAY, people=[editor.person for editor in editors])


def add_url(place: Neighbourhood, language: str = "nl") -> str:
    market = MarketPage.objects.child_of(make.root_of(place, language)).get()
    return f"/admin/pages/add/marketplace/offerpage/{market.pk}/"


def new(there: Scene, provider: Party, **more: Any) -> dict[str, Any]:
    """What the browser sends to begin a page."""
    return {
        "key": KEY, "provider": provider.pk, "direction": "SUPPLY", "title": "Zaal De Wiek",
        "summary": "Voor een feest of een vergadering.", "kind": "SERVICE", "category": there.category.pk,
        "amount": "25,00", "until_on": "2027-03-01", "stock": "", "place": "Molenstraat 4", **more,
    }  # fmt: skip


def begin(client: Client, there: Scene, provider: Party, **more: Any) -> OfferPage:
    known = set(OfferPage.objects.values_list("pk", flat=True))
    answer = client.post(add_url(there.place), new(there, provider, **more))
    assert answer.status_code == 302, answer.context["form"].errors
    return OfferPage.objects.exclude(pk__in=known).get()


def form(page: OfferPage, **more: Any) -> dict[str, Any]:
    """What the browser sends from Wagtail's own form."""
    blocks = more.pop("body", [("paragraph", rich_text("<p>Met <b>keuken</b> en beamer.</p>"))])
    places = more.pop("terms_places", [])  # several boxes of one name, and no rows of their own
    sent: dict[str, Any] = nested_form_data(
        {
            "title": "Zaal De Wiek", "slug": page.slug, "lead": "Voor een feest of een vergadering.",
            "body": streamfield(blocks), "picture": "", "picture_alt": "", "terms_amount": "25.00",
            "terms_euro": "0", "terms_unit": "PIECE", "terms_item": "", "terms_until": "2027-03-01",
            "terms_reach": "HERE", "terms_uses": "1", "terms_voucher_days": "", "terms_refund": "ANY_TIME",
            "terms_tags": "zaal, feest", "show_in_menus": "", "seo_title": "", "search_description": "",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000},
            **more,
        }
    )  # fmt: skip
    return {**sent, "terms_places": places}


def press(client: Client, page: OfferPage, *buttons: str, **more: Any) -> Any:
    """Send the form with a button: action-publish, action-submit; none only saves."""
    sent = {**form(page, **more), **dict.fromkeys(buttons, "1")}
    return client.post(f"/admin/pages/{page.pk}/edit/", sent, follow=True)


def publish(client: Client, page: OfferPage, **more: Any) -> Any:
    return press(client, page, "action-publish", **more)


def submit(client: Client, page: OfferPage, **more: Any) -> Any:
    return press(client, page, "action-submit", **more)


def save(client: Client, page: OfferPage, **more: Any) -> Any:
    return press(client, page, **more)


def decide(client: Client, page: OfferPage, what: str, comment: str = "", **headers: Any) -> Any:
    """Approve or reject it, by the button of Wagtail's list."""
    step = OfferPage.objects.get(pk=page.pk).current_workflow_task_state
    assert step is not None
    address = f"/admin/pages/workflow/action/{page.pk}/{what}/{step.pk}/"
    return client.post(address, {"comment": comment}, follow=True, **headers)


def offer_of(page: OfferPage) -> Offer:
    return Offer.objects.select_related("terms").get(pk=page.offer_id)


def is_live(page: OfferPage) -> bool:
    """In both languages, or in neither."""
    live = set(Page.objects.filter(translation_key=page.translation_key).values_list("live", flat=True))
    assert len(live) == 1
    return live.pop()


def said(answer: Any) -> str:
    """What the editor is told above the page that comes back."""
    return " ".join(str(message) for message in answer.context["messages"])


def lines(offer: Offer, event: str) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(event=event, subject_id=str(offer.pk))


def _login(place: str, name: str) -> User:
    return person(name, email=f"{name.lower()}@{place.lower()}.example")
