"""Publishing hands a value decision over once; after that no page changes a vote."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from neighbourhoods.models import (
    Neighbourhood,
    ValueDecision,
    ValueDecisionPage,
)
from neighbourhoods.operations import values as operations
from neighbourhoods.operations.values.publishing import Effect, publish_terms
from neighbourhoods.states import ValueState
from people.models import User
from tests.factories import values
from tests.factories.people import actor
from tests.neighbourhoods.admin.values.writing import (
    DAY,
    NEW,
    TEN,
    add_url,
    lines,
    publish,
    save,
    the_decision,
    voting,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]


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
    line = lines(made, "value_decision.propose").get()
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
    made, box = voting(ann)
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
    voting(ann)

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
