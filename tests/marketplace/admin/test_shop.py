"""A shop writes an offer in the admin and sends it to the board, which publishes it or sends it back."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.test import Client
from wagtail.models import TaskState, WorkflowState

from marketplace.models import Admission, Offer, OfferPage, OfferText
from marketplace.operations import offers
from marketplace.operations.terms import renew
from neighbourhoods.operations.meetings.doors import BoardOnly
from people.models import User
from tests.factories.people import actor, mandate
from tests.marketplace.admin.conftest import SignIn
from tests.marketplace.admin.writing import (
    DAY,
    SCRIPT,
    TEN,
    Scene,
    begin,
    decide,
    form,
    is_live,
    lines,
    offer_of,
    publish,
    said,
    save,
    submit,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]


def status(page: OfferPage) -> str | None:
    state = WorkflowState.objects.for_instance(page).order_by("-pk").first()
    return state.status if state else None


def test_what_a_shop_submits_waits_for_the_board_with_its_words(sjoerd: Client, repair: OfferPage) -> None:
    submit(sjoerd, repair, title="Band plakken", terms_amount="12.50")

    made = offer_of(repair)
    assert (made.state, made.price, made.texts.get().title) == ("SUBMITTED", 12_50, "Band plakken")
    assert (status(repair), is_live_in_dutch(repair)) == ("in_progress", False)


def test_an_editor_without_a_till_writes_and_submits_too(eva: Client, there: Scene) -> None:
    page = begin(eva, there, there.shop)
    submit(eva, page)

    assert offer_of(page).state == "SUBMITTED"
    assert lines(offer_of(page), "offer.submit").get().acted_by_id == there.eva.person.pk


def test_a_shop_publishes_nothing_itself(sjoerd: Client, repair: OfferPage) -> None:
    publish(sjoerd, repair)
    sjoerd.post(f"/admin/bulk/wagtailcore/page/publish/?id={repair.pk}", {})

    assert (offer_of(repair).state, is_live_in_dutch(repair)) == ("DRAFT", False)


def test_what_cannot_be_on_the_market_is_not_submitted(sjoerd: Client, repair: OfferPage) -> None:
    answer = submit(sjoerd, repair, terms_until="2026-11-01")

    assert list(answer.context["form"].errors) == ["terms_until"]
    assert (offer_of(repair).state, status(repair)) == ("DRAFT", None)


def test_the_board_approves_and_it_is_on_the_market(
    sjoerd: Client, ann: Client, there: Scene, repair: OfferPage, client: Client
) -> None:
    submit(sjoerd, repair, title="Band plakken")

    decide(ann, repair, "approve")

    made = offer_of(repair)
    assert (made.state, is_live(repair), status(repair)) == ("PUBLISHED", True, "approved")
    assert lines(made, "offer.publish").get().acted_by_id == there.ann.person.pk
    assert client.get(OfferPage.objects.get(pk=repair.pk).url).status_code == 200


def test_the_board_approves_in_the_form_too(sjoerd: Client, ann: Client, repair: OfferPage) -> None:
    submit(sjoerd, repair)

    told = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    ann.post(f"/admin/pages/{repair.pk}/edit/", {**form(repair), **told})

    assert (offer_of(repair).state, is_live(repair)) == ("PUBLISHED", True)


def test_the_board_publishes_what_waits_without_the_workflow(
    sjoerd: Client, ann: Client, repair: OfferPage
) -> None:
    submit(sjoerd, repair)

    publish(ann, repair)

    made = offer_of(repair)
    assert (made.state, is_live(repair), status(repair)) == ("PUBLISHED", True, "cancelled")
    assert not lines(made, "offer.return").exists()


def test_the_board_does_not_publish_what_nobody_sent_it(ann: Client, repair: OfferPage) -> None:
    answer = publish(ann, repair)

    assert answer.context["form"].errors
    assert (offer_of(repair).state, is_live_in_dutch(repair)) == ("DRAFT", False)


def test_the_board_sends_it_back_with_a_reason_and_it_comes_again(
    sjoerd: Client, ann: Client, repair: OfferPage
) -> None:
    submit(sjoerd, repair)

    decide(ann, repair, "reject", "Zeg erbij wanneer je open bent.")
    made = offer_of(repair)
    assert (made.state, status(repair)) == ("RETURNED", "needs_changes")
    assert lines(made, "offer.return").get().note.text == "Zeg erbij wanneer je open bent."

    submit(sjoerd, repair, lead="Open op zaterdag.")
    made = offer_of(repair)
    assert (made.state, status(repair)) == ("SUBMITTED", "in_progress")
    assert made.texts.get().summary == "Open op zaterdag."


@pytest.mark.parametrize("headers", [{}, {"headers": SCRIPT}])
def test_without_a_reason_nothing_is_sent_back(
    sjoerd: Client, ann: Client, repair: OfferPage, headers: dict[str, dict[str, str]]
) -> None:
    submit(sjoerd, repair)

    answer = decide(ann, repair, "reject", "", **headers)

    assert (offer_of(repair).state, status(repair)) == ("SUBMITTED", "in_progress")
    if headers:
        assert answer.json() == {"step": "success", "redirect": f"/admin/pages/{repair.pk}/edit/"}
        answer = ann.get(f"/admin/pages/{repair.pk}/edit/")
    assert "500" in said(answer)


def test_what_does_not_fit_any_more_is_not_approved(sjoerd: Client, ann: Client, repair: OfferPage) -> None:
    submit(sjoerd, repair, terms_until="2026-11-21")

    with time_machine.travel(TEN + 2 * DAY, tick=False):
        answer = decide(ann, repair, "approve")

    assert (offer_of(repair).state, is_live_in_dutch(repair)) == ("SUBMITTED", False)
    assert status(repair) == "in_progress"
    assert said(answer)


@pytest.mark.parametrize("what", ["approve", "reject"])
def test_a_member_of_the_board_does_not_decide_about_their_own_shop(
    what: str, sjoerd: Client, ann: Client, there: Scene, repair: OfferPage
) -> None:
    submit(sjoerd, repair)
    mandate(person=there.ann, principal=there.shop, role="FINANCE")

    answer = decide(ann, repair, what, "Niet zo.")

    assert (offer_of(repair).state, status(repair)) == ("SUBMITTED", "in_progress")
    assert said(answer)


def test_a_shop_takes_back_what_it_submitted_to_change_it(sjoerd: Client, repair: OfferPage) -> None:
    submit(sjoerd, repair)

    sjoerd.post(f"/admin/pages/{repair.pk}/edit/", {**form(repair), "action-cancel-workflow": "1"})

    assert (offer_of(repair).state, status(repair)) == ("RETURNED", "cancelled")
    submit(sjoerd, repair)
    assert (offer_of(repair).state, status(repair)) == ("SUBMITTED", "in_progress")


# --- The board in its own room


def test_what_the_board_lets_on_the_market_in_its_room_has_its_page_too(
    sjoerd: Client, there: Scene, repair: OfferPage
) -> None:
    submit(sjoerd, repair)

    offers.publish(offer=offer_of(repair), actor=actor(there.ann), at=TEN)

    assert (offer_of(repair).state, is_live(repair), status(repair)) == ("PUBLISHED", True, "approved")


def test_what_the_board_sends_back_in_its_room_is_sent_back_in_the_admin_too(
    sjoerd: Client, there: Scene, repair: OfferPage
) -> None:
    submit(sjoerd, repair)

    offers.return_offer(offer=offer_of(repair), reason="Te duur.", actor=actor(there.ann), at=TEN)

    step = TaskState.objects.get()
    assert (offer_of(repair).state, status(repair)) == ("RETURNED", "needs_changes")
    assert (step.comment, step.finished_by) == ("Te duur.", there.ann)


def test_what_was_sent_back_and_let_through_after_all_has_its_page(
    sjoerd: Client, there: Scene, repair: OfferPage
) -> None:
    submit(sjoerd, repair)
    offers.return_offer(offer=offer_of(repair), reason="Te duur.", actor=actor(there.ann), at=TEN)

    offers.publish(offer=offer_of(repair), actor=actor(there.ben), at=TEN)

    assert (offer_of(repair).state, is_live(repair)) == ("PUBLISHED", True)


# --- On the market


def approved(sjoerd: Client, ann: Client, page: OfferPage) -> Offer:
    submit(sjoerd, page)
    decide(ann, page, "approve")
    return offer_of(page)


def test_a_shop_changes_its_page_and_nothing_moves_before_the_board_approves(
    sjoerd: Client, ann: Client, repair: OfferPage
) -> None:
    approved(sjoerd, ann, repair)
    before = Offer.objects.values().get(pk=repair.offer_id)

    submit(sjoerd, repair, title="Band plakken, nu beter", terms_amount="30.00")
    assert Offer.objects.values().get(pk=repair.offer_id) == before
    assert OfferText.objects.get(language="nl").title == "Zaal De Wiek"

    decide(ann, repair, "approve")
    made = offer_of(repair)
    assert (made.state, made.price, made.texts.get(language="nl").title) == (
        "PUBLISHED", 30_00, "Band plakken, nu beter",
    )  # fmt: skip


def test_a_member_of_the_board_does_not_change_their_own_shop_by_its_page(
    sjoerd: Client, ann: Client, there: Scene, repair: OfferPage
) -> None:
    approved(sjoerd, ann, repair)
    mandate(person=there.ann, principal=there.shop, role="FINANCE")

    answer = publish(ann, repair, terms_amount="99.00")

    assert answer.context["form"].errors
    assert offer_of(repair).price == 25_00


def test_a_page_that_waits_does_not_undo_what_the_shop_did_at_its_stall_meanwhile(
    sjoerd: Client, ann: Client, there: Scene, repair: OfferPage
) -> None:
    approved(sjoerd, ann, repair)
    submit(sjoerd, repair, terms_amount="30.00")
    later = TEN + DAY
    with time_machine.travel(later, tick=False):
        made = offer_of(repair)
        renew(offer=made, until_on=date(2027, 5, 1), actor=actor(there.sjoerd), at=later)
        decide(ann, repair, "approve")

    made = offer_of(repair)
    assert (made.price, made.until_on) == (25_00, date(2027, 5, 1))


def test_what_the_board_takes_off_the_site_is_off_the_market_until_the_board_puts_it_back(
    sjoerd: Client, ann: Client, there: Scene, repair: OfferPage
) -> None:
    approved(sjoerd, ann, repair)

    ann.post(f"/admin/pages/{repair.pk}/unpublish/", {})
    made = offer_of(repair)
    assert (made.state, made.paused_by_board) == ("PAUSED", True)

    publish(ann, repair)
    made = offer_of(repair)
    assert (made.state, made.paused_by_board, is_live(repair)) == ("PUBLISHED", False, True)


def test_an_administrator_takes_a_page_off_and_its_offer_goes_along(
    sjoerd: Client, ann: Client, in_the_admin: SignIn, root: User, repair: OfferPage
) -> None:
    approved(sjoerd, ann, repair)

    in_the_admin(root).post(f"/admin/pages/{repair.pk}/unpublish/", {})

    assert (offer_of(repair).state, is_live(repair)) == ("PAUSED", False)


def test_a_shop_that_left_the_market_submits_nothing(sjoerd: Client, there: Scene, repair: OfferPage) -> None:
    Admission.objects.update(until_on=date(2026, 11, 20))

    answer = sjoerd.get(f"/admin/pages/{repair.pk}/edit/")

    assert answer.status_code == 404  # no office, no admin


def test_the_page_of_a_shop_is_not_let_through_by_who_is_on_no_board(
    there: Scene, sjoerd: Client, repair: OfferPage
) -> None:
    submit(sjoerd, repair)

    with pytest.raises(BoardOnly):
        offers.publish(offer=offer_of(repair), actor=actor(there.sjoerd), at=TEN)

    assert not is_live_in_dutch(repair)


def test_saving_a_draft_submits_nothing(sjoerd: Client, repair: OfferPage) -> None:
    save(sjoerd, repair, title="Nog niet af")

    assert (offer_of(repair).state, offer_of(repair).texts.get().title) == ("DRAFT", "Zaal De Wiek")


def is_live_in_dutch(page: OfferPage) -> bool:
    return OfferPage.objects.get(pk=page.pk).live
