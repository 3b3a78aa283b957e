"""What passes a form by: terms that change at the stall while a page lies open, and publishing in bulk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.test import Client

from marketplace.models import OfferPage, WordRule, WordUse
from marketplace.operations.terms import change_terms, terms_in
from tests.factories.people import actor
from tests.marketplace.admin.writing import TEN, Scene, decide, offer_of, publish, save, submit

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]


def opened(client: Client, page: OfferPage) -> dict[str, Any]:
    """What the form carries along unseen, as a browser sends it back."""
    shown = client.get(f"/admin/pages/{page.pk}/edit/")
    carried = shown.context["form"]["seen_terms"].value()
    assert f'name="seen_terms" value="{carried}"' in shown.content.decode()
    return {"seen_terms": carried}


def lower(there: Scene, page: OfferPage, amount: int) -> None:
    made = offer_of(page)
    assert made.terms is not None
    change_terms(
        offer=made, terms=replace(terms_in(made.terms), amount=amount), actor=actor(there.sjoerd), at=TEN
    )


@pytest.fixture
def out(repair: OfferPage, sjoerd: Client, ben: Client) -> OfferPage:
    """What the shop offers, for 25.00, on the market."""
    submit(sjoerd, repair)
    decide(ben, repair, "approve")
    assert offer_of(repair).price == 25_00
    return repair


@pytest.mark.parametrize("press", [publish, save])
def test_a_price_that_was_lowered_meanwhile_is_not_raised_by_who_never_saw_it(
    press: Any, there: Scene, ann: Client, out: OfferPage
) -> None:
    carried = opened(ann, out)
    lower(there, out, 8_00)

    with time_machine.travel(TEN.replace(hour=12), tick=False):
        answer = press(ann, out, lead="Nieuwe tekst.", **carried)

    assert "while this page was open" in str(answer.context["form"].errors) or "terwijl" in str(
        answer.context["form"].errors
    )
    assert (offer_of(out).price, offer_of(out).texts.get(language="nl").summary) == (
        8_00, "Voor een feest of een vergadering.",
    )  # fmt: skip


def test_whoever_opens_it_anew_sees_the_price_of_now_and_publishes(
    there: Scene, ann: Client, out: OfferPage
) -> None:
    lower(there, out, 8_00)

    with time_machine.travel(TEN.replace(hour=12), tick=False):
        publish(ann, out, lead="Nieuwe tekst.", terms_amount="8.00", **opened(ann, out))

    assert (offer_of(out).price, offer_of(out).texts.get(language="nl").summary) == (8_00, "Nieuwe tekst.")


def test_words_that_may_not_be_there_do_not_come_in_bulk(
    there: Scene, ann: Client, ben: Client, out: OfferPage
) -> None:
    """The form of one page would refuse them; publishing many at once has no form."""
    save(ann, out, title="Vuurwerk te koop")
    WordRule.objects.create(neighbourhood=there.place, word="vuurwerk", use=WordUse.BLOCKED, made_at=TEN)

    ben.post(f"/admin/bulk/wagtailcore/page/publish/?id={out.pk}", {})

    assert OfferPage.objects.get(pk=out.pk).title != "Vuurwerk te koop"
    assert "Vuurwerk" not in offer_of(out).texts.get(language="nl").title
