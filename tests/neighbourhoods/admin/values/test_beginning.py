"""A board begins a value decision in the admin."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from neighbourhoods.models import (
    Neighbourhood,
    ValueDecision,
    ValueDecisionPage,
    ValuedItem,
)
from people.models import User
from tests.factories import values
from tests.factories.people import person
from tests.neighbourhoods.admin.values.writing import (
    NEW,
    add_url,
    decisions_page,
    form,
    the_decision,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]


def test_a_page_begins_with_a_draft_of_something_new(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, written: ValueDecisionPage, client: Client
) -> None:
    made = the_decision()

    assert (made.state, made.proposed, made.text) == ("DRAFT", 900, "De school zoekt voorlezers.")
    assert (made.item.kind, made.item.unit, made.item.texts.get().name) == (
        "ACTIVITY",
        "HOUR",
        "Voorlezen op school",
    )
    assert (written.decision, written.live, written.terms_amount) == (made, False, Decimal("9.00"))
    assert written.slug == "waarde-voorlezen-op-school"
    assert ann_in_the_admin.get(f"/admin/pages/{written.pk}/edit/").status_code == 200
    assert client.get(written.url or written.get_url_parts()[2]).status_code == 404


def test_the_same_form_sent_twice_begins_one_page(ann_in_the_admin: Client, molenwijk: Neighbourhood) -> None:
    told = {**NEW, "category": values.category().pk}

    answers = [ann_in_the_admin.post(add_url(molenwijk), told) for _time in range(2)]

    page = ValueDecisionPage.objects.get()
    assert [answer.headers["Location"] for answer in answers] == [f"/admin/pages/{page.pk}/edit/"] * 2


def test_a_page_begins_about_what_is_there_already(
    ann_in_the_admin: Client, molenwijk: Neighbourhood
) -> None:
    soup = values.item(molenwijk, "Soep koken")
    told = {**NEW, "item": soup.texts.get().pk, "name": "", "kind": "", "unit": "", "category": ""}

    ann_in_the_admin.post(add_url(molenwijk), told)

    assert ValueDecisionPage.objects.get().decision.item == soup
    assert ValuedItem.objects.count() == 1


def test_what_is_known_is_not_added_anew(ann_in_the_admin: Client, molenwijk: Neighbourhood) -> None:
    values.item(molenwijk, "Voorlezen op school")

    answer = ann_in_the_admin.post(add_url(molenwijk), {**NEW, "category": values.category().pk})

    assert "Voorlezen op school" in str(answer.context["form"].errors["name"])
    assert (ValuedItem.objects.count(), ValueDecisionPage.objects.count()) == (1, 0)


SLIPS: list[tuple[dict[str, str], set[str]]] = [
    ({"name": ""}, {"name"}),
    ({"kind": "", "unit": ""}, {"kind", "unit"}),
    ({"text": ""}, {"text"}),
    ({"amount": "veel"}, {"amount"}),
    ({"amount": "0"}, {"amount"}),
    ({"amount": ""}, {"amount"}),
    ({"kind": "GIFT"}, {"kind"}),
]


def test_a_slip_is_told_beside_its_field_and_nothing_is_made(
    ann_in_the_admin: Client, molenwijk: Neighbourhood
) -> None:
    told = {**NEW, "category": values.category().pk}

    answers = [ann_in_the_admin.post(add_url(molenwijk), {**told, **change}) for change, _wrong in SLIPS]

    assert [set(one.context["form"].errors) for one in answers] == [wrong for _change, wrong in SLIPS]
    assert not ValueDecision.objects.exists()


def test_the_things_of_another_neighbourhood_cannot_be_chosen_and_are_not_named(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    boats = values.item(sluiskade, "Geheime boten")

    answer = ann_in_the_admin.post(add_url(molenwijk), {**NEW, "item": boats.texts.get().pk, "name": ""})

    assert "item" in answer.context["form"].errors
    assert "Geheime boten" not in answer.content.decode()
    assert not ValueDecision.objects.exists()


def test_ann_begins_nothing_in_another_neighbourhood(
    ann_in_the_admin: Client, sluiskade: Neighbourhood
) -> None:
    asked = ann_in_the_admin.get(add_url(sluiskade))
    sent = ann_in_the_admin.post(add_url(sluiskade), {**NEW, "category": values.category().pk})

    assert [(one.status_code, one.headers["Location"]) for one in (asked, sent)] == [(302, "/admin/")] * 2
    assert not ValueDecision.objects.exists()


def test_the_page_in_the_other_language_is_begun_by_nobody(
    ann_in_the_admin: Client, molenwijk: Neighbourhood
) -> None:
    answer = ann_in_the_admin.post(add_url(molenwijk, "en"), {**NEW, "category": values.category().pk})

    assert answer.status_code == 302
    assert not ValueDecision.objects.exists()


def test_an_administrator_without_a_seat_proposes_nothing(
    in_the_admin: Callable[[User], Client], molenwijk: Neighbourhood
) -> None:
    root = person("Root", is_superuser=True, is_staff=True)

    answer = in_the_admin(root).post(add_url(molenwijk), {**NEW, "category": values.category().pk})

    assert answer.context["form"].non_field_errors()
    assert not ValueDecision.objects.exists()


def test_a_preview_of_a_page_that_did_not_begin_so_shows_nothing(
    ann_in_the_admin: Client, molenwijk: Neighbourhood
) -> None:
    address = f"/admin/pages/add/neighbourhoods/valuedecisionpage/{decisions_page(molenwijk).pk}/preview/"
    told = {**form(ValueDecisionPage(title="Iets", slug="iets"))}

    sent = ann_in_the_admin.post(address, told)
    shown = ann_in_the_admin.get(address)

    assert (sent.status_code, sent.json()["is_valid"]) == (200, False)
    assert shown.status_code == 200
