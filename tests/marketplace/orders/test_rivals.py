"""A member of a board who answers what their own neighbourhood asks does not deal with the answers of the others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.models import Offer
from marketplace.operations.responses import decline_response
from marketplace.permissions import OwnMatter
from marketplace.states import OfferState, ResponseState
from tests.factories.market import AT, Market, demand
from tests.factories.wallet import open_for
from tests.marketplace.orders.scene import actor, answered


@pytest.fixture
def asked(there: Market) -> Offer:
    """What the neighbourhood itself asks; Ben answered, and Bea of its board too."""
    open_for(there.neighbourhood, there.neighbourhood.party)
    open_for(there.neighbourhood, there.bea.person)
    offer = demand(there, by=there.neighbourhood.party, terms={"reach": "ANYWHERE"})
    Offer.objects.filter(pk=offer.pk).update(reach="ANYWHERE")
    answered(there, offer, 3_00)
    answered(there, offer, 4_00, by=there.bea)
    return offer


def opened(login: object, offer: Offer) -> int:
    client = Client()
    client.force_login(login)  # type: ignore[arg-type]
    return client.get(reverse("responses", args=[offer.ref])).status_code


def test_who_answered_too_neither_reads_the_answers_of_others_nor_declines_them(
    there: Market, asked: Offer
) -> None:
    of_ben = asked.responses.get(responder=there.ben.holder)

    assert opened(there.bea, asked) == 404
    with pytest.raises(OwnMatter):
        decline_response(response=of_ben, actor=actor(there.bea), at=AT)

    of_ben.refresh_from_db()
    assert of_ben.state == ResponseState.OPEN


def test_a_colleague_who_did_not_answer_reads_and_declines_them(there: Market, asked: Offer) -> None:
    of_bea = asked.responses.get(responder=there.bea.person)

    assert opened(there.bob, asked) == 200
    decline_response(response=of_bea, actor=actor(there.bob), at=AT)

    assert of_bea.state == ResponseState.DECLINED


def test_after_the_last_day_the_asker_still_finds_the_button(there: Market) -> None:
    offer = demand(there)
    response = answered(there, offer)
    Offer.objects.filter(pk=offer.pk).update(
        state=OfferState.PAUSED, until_on=(AT - timedelta(days=1)).date()
    )
    client = Client()
    client.force_login(there.ann_login)

    page = client.get(reverse("responses", args=[offer.ref])).content.decode()
    assert reverse("response_choose", args=[response.ref]) in page

    Offer.objects.filter(pk=offer.pk).update(paused_by_board=True)
    page = client.get(reverse("responses", args=[offer.ref])).content.decode()
    assert reverse("response_choose", args=[response.ref]) not in page
