"""An activity is written in the admin, sent to the board, and opened or sent back; the plain row decides."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import WorkflowState

from content.translation import write_translations
from marketplace.models import Activity, ActivityPage
from marketplace.operations import activities
from tests.factories import neighbourhoods as make
from tests.factories import pots
from tests.factories.people import actor
from tests.marketplace.activity_admin.writing import (
    Scene,
    activity_of,
    add_url,
    begin,
    decide,
    form,
    is_live,
    new,
    pay_from,
    press,
    said,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]


def test_a_page_begins_with_its_activity_and_says_where_days_are_set(olaf: Client, there: Scene) -> None:
    answer = olaf.post(add_url(there), new(there, there.club), follow=True)

    made, page = Activity.objects.get(), ActivityPage.objects.get()
    assert (made.organiser, made.item, made.state, made.place) == (
        there.club,
        there.item,
        "DRAFT",
        "Wiekplein 1",
    )
    assert (page.activity, page.title, page.live) == (made, "Koffie schenken", False)
    assert f"/market/post/{made.ref}/" in said(answer)


def test_sent_twice_it_begins_once(olaf: Client, there: Scene) -> None:
    for _once_more in range(2):
        olaf.post(add_url(there), new(there, there.club))

    assert (Activity.objects.count(), ActivityPage.objects.filter(locale__language_code="nl").count()) == (
        1,
        1,
    )


def test_the_form_tells_what_is_missing(olaf: Client, there: Scene) -> None:
    answer = olaf.post(add_url(there), new(there, there.club, title="", item="", place=""))

    assert set(answer.context["form"].errors) == {"title", "item", "place"}
    assert not Activity.objects.exists()


def test_only_organisers_begin_one(ann: Client, there: Scene) -> None:
    answer = ann.post(add_url(there), new(there, there.club))

    assert "organiser" in answer.context["form"].errors
    assert not Activity.objects.exists()


def test_what_a_club_submits_waits_for_the_board_with_its_words(olaf: Client, coffee: ActivityPage) -> None:
    press(olaf, coffee, "action-submit", title="Koffie en thee", asks="Schone handen.")

    text = activity_of(coffee).texts.get()
    assert (activity_of(coffee).state, text.title, text.asks) == (
        "SUBMITTED",
        "Koffie en thee",
        "Schone handen.",
    )
    assert not ActivityPage.objects.get(pk=coffee.pk).live


def test_a_club_publishes_nothing_itself(olaf: Client, there: Scene, coffee: ActivityPage) -> None:
    pay_from(there, coffee)

    press(olaf, coffee, "action-publish")

    assert (activity_of(coffee).state, ActivityPage.objects.get(pk=coffee.pk).live) == ("DRAFT", False)


def test_without_a_pot_the_board_opens_nothing(
    olaf: Client, ann: Client, coffee: ActivityPage, there: Scene
) -> None:
    press(olaf, coffee, "action-submit")

    told = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    answer = ann.post(f"/admin/pages/{coffee.pk}/edit/", {**form(coffee), **told})

    assert "Kies het potje dat hiervoor betaalt." in str(answer.context["form"].errors)
    assert (activity_of(coffee).state, ActivityPage.objects.get(pk=coffee.pk).live) == ("SUBMITTED", False)


def test_the_board_approves_and_it_is_open_in_both_languages(
    olaf: Client, ann: Client, there: Scene, coffee: ActivityPage, client: Client
) -> None:
    press(olaf, coffee, "action-submit")
    pay_from(there, coffee)

    decide(ann, coffee, "approve")

    assert (activity_of(coffee).state, is_live(coffee)) == ("PUBLISHED", True)
    assert client.get(ActivityPage.objects.get(pk=coffee.pk).url).status_code == 200


def test_the_board_sends_it_back_with_a_reason(olaf: Client, ann: Client, coffee: ActivityPage) -> None:
    press(olaf, coffee, "action-submit")

    decide(ann, coffee, "reject", "Zeg erbij hoe lang het duurt.")

    state = WorkflowState.objects.for_instance(coffee).get().status
    assert (activity_of(coffee).state, state) == ("RETURNED", "needs_changes")


def test_what_the_board_decides_in_its_own_room_is_done_to_the_page(
    olaf: Client, coffee: ActivityPage, there: Scene
) -> None:
    press(olaf, coffee, "action-submit")
    pay_from(there, coffee)

    activities.publish(
        activity=activity_of(coffee), actor=actor(there.ann), at=make.FOUNDED_AT.replace(month=11, day=21)
    )

    assert is_live(coffee)


def test_an_old_draft_changes_neither_state_nor_what_it_earns(
    olaf: Client, ann: Client, there: Scene, coffee: ActivityPage
) -> None:
    press(olaf, coffee, "action-submit")
    pay_from(there, coffee)
    decide(ann, coffee, "approve")
    old = ActivityPage.objects.get(pk=coffee.pk).get_latest_revision()
    other = there.item.pk
    activities.pause(
        activity=activity_of(coffee), actor=actor(there.olaf), at=make.FOUNDED_AT.replace(month=11, day=21)
    )

    old.publish(user=there.ann)

    assert (activity_of(coffee).state, activity_of(coffee).item_id) == ("PAUSED", other)


def test_a_page_that_is_taken_off_pauses_its_activity_and_putting_it_back_resumes_it(
    ann: Client, there: Scene
) -> None:
    page = begin(ann, there, there.place.party)
    of_the_board = pots.pot(there.place, "Wijkpot", amount=100_00, holder=there.place.party)
    Activity.objects.update(pot=of_the_board.pk)
    press(ann, page, "action-publish")
    assert activity_of(page).state == "PUBLISHED"

    ann.post(f"/admin/pages/{page.pk}/unpublish/", {})
    assert activity_of(page).state == "PAUSED"

    press(ann, page, "action-publish")
    assert activity_of(page).state == "PUBLISHED"


def test_words_in_english_follow_once_they_are_translated(
    olaf: Client, ann: Client, there: Scene, coffee: ActivityPage
) -> None:
    press(olaf, coffee, "action-submit")
    pay_from(there, coffee)
    decide(ann, coffee, "approve")
    assert set(activity_of(coffee).texts.values_list("language", flat=True)) == {"nl"}
    page = ActivityPage.objects.get(pk=coffee.pk)
    words = {
        "Koffie schenken": "Pouring coffee",
        "Elke middag in De Wiek.": "Every afternoon in De Wiek.",
        "Niets.": "Nothing.",
        "Je doet het met z'n tweeën.": "You do it with the two of you.",
    }
    write_translations(page, language="en", words=words)
    page.get_latest_revision().publish(user=there.ann)

    assert activity_of(coffee).texts.get(language="en").title == "Pouring coffee"
    assert "pouring coffee" in activity_of(coffee).words


def test_a_draft_whose_page_is_deleted_is_thrown_away(olaf: Client, coffee: ActivityPage) -> None:
    made = activity_of(coffee)

    olaf.post(f"/admin/pages/{coffee.pk}/delete/", {})

    made.refresh_from_db()
    assert (made.state, ActivityPage.objects.count()) == ("CANCELLED", 0)
