"""A board at its pages about values in the admin: what it sends, and what comes of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, streamfield

from core.models import AuditEntry
from neighbourhoods.founding import add_decisions
from neighbourhoods.models import (
    DecisionsPage,
    Neighbourhood,
    ValueDecision,
    ValueDecisionPage,
)
from neighbourhoods.operations import values as operations
from people.models import User
from tests.factories import neighbourhoods as make
from tests.factories import values
from tests.factories.people import actor

TEN = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)  # where the clock of these tests stands
DAY = timedelta(days=1)
KEY = "6c8c7a52-0a4e-4c39-8a0e-2a5b7e0f0009"
NEW = {
    "key": KEY, "item": "", "name": "Voorlezen op school", "kind": "ACTIVITY", "unit": "HOUR", "amount": "9,00",
    "text": "De school zoekt voorlezers.",
}  # fmt: skip


def with_decisions(place: Neighbourhood) -> Neighbourhood:
    add_decisions(place, actor=make.SYSTEM, at=make.FOUNDED_AT)
    values.value_policy(place, support_needed="1/2")
    return place


def decisions_page(place: Neighbourhood, language: str = "nl") -> DecisionsPage:
    return DecisionsPage.objects.child_of(make.root_of(place, language)).get()


def add_url(place: Neighbourhood, language: str = "nl") -> str:
    return f"/admin/pages/add/neighbourhoods/valuedecisionpage/{decisions_page(place, language).pk}/"


def form(page: ValueDecisionPage, **more: Any) -> dict[str, Any]:
    """What the browser sends from Wagtail's own form."""
    return nested_form_data(
        {
            "title": page.title, "slug": page.slug, "lead": "", "body": streamfield([]), "show_in_menus": "",
            "seo_title": "", "search_description": "", "terms_amount": "9.00", "terms_volume": "",
            "terms_evidence": "", "terms_from": "",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000},
            **more,
        }
    )  # fmt: skip


def publish(client: Client, page: ValueDecisionPage, **more: Any) -> Any:
    return client.post(
        f"/admin/pages/{page.pk}/edit/",
        {**form(page, **more), "action-publish": "action-publish"},
        follow=True,
    )


def save(client: Client, page: ValueDecisionPage, **more: Any) -> Any:
    return client.post(f"/admin/pages/{page.pk}/edit/", form(page, **more), follow=True)


def the_decision() -> ValueDecision:
    return ValueDecision.objects.get()


def voting(ann: User) -> tuple[ValueDecision, Any]:
    """The residents vote about what Ann published."""
    made = the_decision()
    terms = operations.Terms(proposed=900, volume=40, low=500, high=1200, step=50)
    operations.consult(decision=made, terms=terms, actor=actor(ann), at=TEN)
    moment = TEN + made.policy.consultation_days * DAY
    vote = operations.open_vote(decision=made, actor=make.SYSTEM, at=moment)
    return made, vote.box


def lines(made: ValueDecision, event: str) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(event=event, subject_id=str(made.pk))
