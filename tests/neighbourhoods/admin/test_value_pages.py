"""A board writes a value decision in the admin. Publishing hands it over once; after that no page changes a vote."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db.models import QuerySet
from django.test import Client
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from core.models import AuditEntry
from neighbourhoods.founding import add_decisions
from neighbourhoods.models import (
    DecisionsPage,
    Neighbourhood,
    SeatOffice,
    ValueDecision,
    ValueDecisionPage,
    ValuedItem,
)
from neighbourhoods.operations import values as operations
from neighbourhoods.operations.values.publishing import Effect, publish_terms
from neighbourhoods.states import ValueState
from people.models import User
from tests.factories import neighbourhoods as make
from tests.factories import values
from tests.factories.people import actor, person

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]

TEN = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)  # where the clock of these tests stands
DAY = timedelta(days=1)
KEY = "6c8c7a52-0a4e-4c39-8a0e-2a5b7e0f0009"
NEW = {
    "key": KEY, "item": "", "name": "Voorlezen op school", "kind": "ACTIVITY", "unit": "HOUR", "amount": "9,00",
    "text": "De school zoekt voorlezers.",
}  # fmt: skip


@pytest.fixture
def molenwijk() -> Neighbourhood:
    return _with_decisions(make.found("Molenwijk"))


@pytest.fixture
def sluiskade(molenwijk: Neighbourhood) -> Neighbourhood:
    return _with_decisions(make.found("Sluiskade"))


@pytest.fixture
def ann(molenwijk: Neighbourhood) -> User:
    login = person("Ann")
    make.seat_for(login, molenwijk, office=SeatOffice.CHAIR)
    return login


@pytest.fixture
def ben(molenwijk: Neighbourhood, ann: User) -> User:
    login = person("Ben")
    make.seat_for(login, molenwijk)
    return login


@pytest.fixture
def written(ann_in_the_admin: Client, molenwijk: Neighbourhood) -> ValueDecisionPage:
    """Ann began a page about reading aloud, 9.00 an hour; nobody published it yet."""
    ann_in_the_admin.post(add_url(molenwijk), {**NEW, "category": values.category().pk})
    return ValueDecisionPage.objects.get()


def _with_decisions(place: Neighbourhood) -> Neighbourhood:
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


# --- Beginning


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

    assert "“Voorlezen op school”" in str(answer.context["form"].errors["name"])
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


# --- Publishing


def test_publishing_proposes_and_with_who_asks_for_it_puts_it_on_the_agenda(
    ann_in_the_admin: Client, written: ValueDecisionPage, client: Client
) -> None:
    publish(ann_in_the_admin, written, terms_volume="40", terms_evidence="De school vroeg het.")

    made = the_decision()
    assert (made.state, made.proposed, made.volume) == ("ADMITTED", 900, 40)
    assert made.evidence == "De school vroeg het."
    assert (
        ValueDecisionPage.objects.filter(decision=made, live=True).count() == 2
    )  # in both languages, once each
    assert client.get(f"/nl/dijkstad/molenwijk/besluiten/{written.slug}/").status_code == 200
    assert client.get(f"/en/dijkstad/molenwijk/besluiten/{written.slug}/").status_code == 200


def test_the_english_page_asks_the_question_in_english(
    ann_in_the_admin: Client, written: ValueDecisionPage
) -> None:
    publish(ann_in_the_admin, written)

    english = ValueDecisionPage.objects.get(locale__language_code="en")
    assert english.title == "Voorlezen op school: what is an hour worth?"


def test_publishing_without_who_asks_for_it_leaves_it_to_the_residents(
    ann_in_the_admin: Client, written: ValueDecisionPage
) -> None:
    publish(ann_in_the_admin, written)

    assert the_decision().state == "PROPOSED"


def test_a_member_who_does_not_lead_proposes_and_admits_nothing(
    in_the_admin: Callable[[User], Client], ben: User, written: ValueDecisionPage
) -> None:
    publish(in_the_admin(ben), written, terms_evidence="De school vroeg het.")

    assert the_decision().state == "PROPOSED"


def test_publishing_twice_proposes_once(ann_in_the_admin: Client, written: ValueDecisionPage) -> None:
    publish(ann_in_the_admin, written)
    proposed_at = the_decision().proposed_at
    publish(ann_in_the_admin, written)

    assert (the_decision().state, the_decision().proposed_at) == ("PROPOSED", proposed_at)


def test_what_cannot_be_proposed_is_said_in_the_form_and_not_published(
    ann_in_the_admin: Client, written: ValueDecisionPage
) -> None:
    item = the_decision().item
    values.value_decision(item, state=ValueState.CONSULTATION)

    answer = publish(ann_in_the_admin, written)

    assert answer.context["form"].errors
    written.refresh_from_db()
    assert (written.live, written.decision.state) == (False, "DRAFT")


def test_what_is_published_past_the_form_and_cannot_be_proposed_does_not_stay_there(
    ann_in_the_admin: Client, written: ValueDecisionPage, client: Client
) -> None:
    values.value_decision(written.decision.item, state=ValueState.CONSULTATION)

    ann_in_the_admin.post(f"/admin/bulk/wagtailcore/page/publish/?id={written.pk}", {})
    revision = ValueDecisionPage.objects.get(pk=written.pk).get_latest_revision()
    revision.publish(user=None)

    assert not ValueDecisionPage.objects.filter(live=True).exists()
    assert ValueDecision.objects.get(pk=written.decision_id).state == "DRAFT"
    assert client.get(f"/nl/dijkstad/molenwijk/besluiten/{written.slug}/").status_code == 404


def test_what_is_published_in_bulk_is_proposed_by_who_pressed(
    in_the_admin: Callable[[User], Client], ben: User, written: ValueDecisionPage
) -> None:
    in_the_admin(ben).post(f"/admin/bulk/wagtailcore/page/publish/?id={written.pk}", {})

    made = the_decision()
    assert made.state == "PROPOSED"
    line = _lines(made, "value_decision.propose").get()
    assert line.acted_by_id == ben.person.pk


def test_an_ending_is_a_page_without_an_amount(ann_in_the_admin: Client, molenwijk: Neighbourhood) -> None:
    soup = values.item(molenwijk, "Soep koken")
    values.worth(soup, 800)
    told = {**NEW, "item": soup.texts.get().pk, "name": "", "kind": "", "unit": "", "amount": ""}
    ann_in_the_admin.post(add_url(molenwijk), told)
    page = ValueDecisionPage.objects.get()

    publish(ann_in_the_admin, page, terms_amount="")

    page.refresh_from_db()
    assert (page.decision.state, page.decision.is_ending, page.decision.proposed) == ("PROPOSED", True, None)
    assert page.title.startswith("Soep koken: ")


# --- After that


def test_other_terms_hold_until_the_vote_begins(ann_in_the_admin: Client, written: ValueDecisionPage) -> None:
    publish(ann_in_the_admin, written, terms_evidence="De school vroeg het.")

    publish(ann_in_the_admin, written, terms_amount="9.50", terms_volume="30")

    made = the_decision()
    assert (made.state, made.proposed, made.volume) == ("ADMITTED", 950, 30)
    assert made.evidence == "De school vroeg het."


@pytest.mark.parametrize("way", ["form", "past the form"])
def test_an_old_draft_published_while_people_vote_changes_nothing(
    way: str, ann_in_the_admin: Client, ann: User, written: ValueDecisionPage
) -> None:
    publish(ann_in_the_admin, written, terms_evidence="De school vroeg het.")
    save(ann_in_the_admin, written, terms_amount="2.00", terms_volume="900", lead="Oud concept.")
    old = ValueDecisionPage.objects.get(pk=written.pk).get_latest_revision()
    made, box = _voting(ann)
    before = ValueDecision.objects.values().get(pk=made.pk)

    if way == "form":
        answer = publish(
            ann_in_the_admin, written, terms_amount="2.00", terms_volume="900", lead="Oud concept."
        )
        assert answer.status_code == 200
    else:
        old.publish(user=ann)

    box.refresh_from_db()
    assert ValueDecision.objects.values().get(pk=made.pk) == before
    assert (box.low, box.high, box.step, box.state) == (500, 1200, 50, "OPEN")
    written.refresh_from_db()
    assert written.lead == "Oud concept."  # words are words


def test_the_editor_is_told_that_the_vote_has_begun(
    ann_in_the_admin: Client, ann: User, written: ValueDecisionPage
) -> None:
    publish(ann_in_the_admin, written, terms_evidence="De school vroeg het.")
    _voting(ann)

    shown = ann_in_the_admin.get(f"/admin/pages/{written.pk}/edit/")

    fields = shown.context["form"].fields
    assert [
        fields[name].disabled for name in ("terms_amount", "terms_volume", "terms_evidence", "terms_from")
    ] == [True] * 4
    assert shown.context["form"].initial["terms_amount"] == Decimal("9.00")


def test_a_draft_of_before_a_change_in_the_room_does_not_undo_it(
    ann_in_the_admin: Client, ann: User, written: ValueDecisionPage
) -> None:
    publish(ann_in_the_admin, written, terms_evidence="De school vroeg het.")
    save(ann_in_the_admin, written, terms_amount="2.00")
    old = ValueDecisionPage.objects.get(pk=written.pk).get_latest_revision()
    made = the_decision()
    later = TEN + DAY
    terms = operations.Terms(proposed=1000, volume=20, low=500, high=1500, step=50)
    with time_machine.travel(later, tick=False):
        operations.consult(decision=made, terms=terms, actor=actor(ann), at=later)
        effect = publish_terms(page=old.as_object(), written_at=old.created_at, actor=actor(ann), at=later)
        shown = ann_in_the_admin.get(f"/admin/pages/{written.pk}/edit/")

    assert effect == Effect.OLDER
    assert the_decision().proposed == 1000
    assert shown.context["form"].initial["terms_amount"] == Decimal("10.00")


def test_a_member_who_does_not_lead_changes_words_and_no_terms(
    ann_in_the_admin: Client, in_the_admin: Callable[[User], Client], ben: User, written: ValueDecisionPage
) -> None:
    publish(ann_in_the_admin, written, terms_evidence="De school vroeg het.")

    publish(in_the_admin(ben), written, terms_amount="2.00", lead="Van Ben.")

    written.refresh_from_db()
    assert (the_decision().proposed, written.lead) == (900, "Van Ben.")


def test_what_a_page_leaves_empty_changes_nothing(
    ann_in_the_admin: Client, ann: User, molenwijk: Neighbourhood
) -> None:
    made = values.value_decision(
        values.item(molenwijk, "Soep koken"),
        state=ValueState.PROPOSED,
        by=ann,
        evidence="De school.",
        volume=12,
    )
    operations.admit(decision=made, actor=actor(ann), at=TEN)  # with this the system makes its page
    page = ValueDecisionPage.objects.get(locale__language_code="nl")

    publish(ann_in_the_admin, page, terms_amount="", lead="Lekker.")

    made.refresh_from_db()
    assert (made.state, made.proposed, made.volume) == ("ADMITTED", 900, 12)


# --- Where it stands ------------------------------------------------------------------------------------------------


def test_the_page_of_what_was_proposed_stays(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, written: ValueDecisionPage
) -> None:
    publish(ann_in_the_admin, written)
    told = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": decisions_page(molenwijk).pk}
    before = list(Page.objects.order_by("pk").values_list("pk", "path", "live"))

    for address in ("delete/", "unpublish/", "move/", "copy/"):
        ann_in_the_admin.post(f"/admin/pages/{written.pk}/{address}", told)
    for deed in ("delete", "unpublish", "move"):
        ann_in_the_admin.post(
            f"/admin/bulk/wagtailcore/page/{deed}/?id={written.pk}", {"chooser": told["new_parent_page"]}
        )

    assert list(Page.objects.order_by("pk").values_list("pk", "path", "live")) == before


def test_a_draft_can_be_thrown_away_and_not_copied(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, written: ValueDecisionPage
) -> None:
    told = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": decisions_page(molenwijk).pk}

    ann_in_the_admin.post(f"/admin/pages/{written.pk}/copy/", told)
    copies = ValueDecisionPage.objects.count()
    ann_in_the_admin.post(f"/admin/pages/{written.pk}/delete/")

    assert (copies, ValueDecisionPage.objects.count()) == (1, 0)
    assert the_decision().state == "DRAFT"  # the room of the board still shows it


def test_ann_edits_and_publishes_nothing_of_another_neighbourhood(
    ann_in_the_admin: Client, in_the_admin: Callable[[User], Client], sluiskade: Neighbourhood
) -> None:
    cas = person("Cas")
    make.seat_for(cas, sluiskade)
    in_the_admin(cas).post(add_url(sluiskade), {**NEW, "category": values.category().pk})
    theirs = ValueDecisionPage.objects.get()

    answer = ann_in_the_admin.post(
        f"/admin/pages/{theirs.pk}/edit/", {**form(theirs), "action-publish": "action-publish"}
    )
    ann_in_the_admin.post(f"/admin/bulk/wagtailcore/page/publish/?id={theirs.pk}", {})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/")
    assert the_decision().state == "DRAFT"


def _voting(ann: User) -> tuple[ValueDecision, Any]:
    """The residents vote about what Ann published."""
    made = the_decision()
    terms = operations.Terms(proposed=900, volume=40, low=500, high=1200, step=50)
    operations.consult(decision=made, terms=terms, actor=actor(ann), at=TEN)
    moment = TEN + made.policy.consultation_days * DAY
    vote = operations.open_vote(decision=made, actor=make.SYSTEM, at=moment)
    return made, vote.box


def _lines(made: ValueDecision, event: str) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(event=event, subject_id=str(made.pk))
