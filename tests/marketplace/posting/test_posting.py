"""Posting an activity: one form, sent once or ten times, by who may and in their own name."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from content.models import Picture
from marketplace.models import Activity, Shift
from marketplace.queries.activities import text_of
from marketplace.states import ActivityState
from neighbourhoods.models import ItemKind
from people.models import Role
from tests.factories import pots, values
from tests.factories.activities import AT, Season, activity
from tests.factories.people import mandate, person
from tests.marketplace.activities.making import drafted, opened, submitted
from tests.marketplace.posting.scene import filled_in, new_page, page, signed_in, words


def photo() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    return SimpleUploadedFile("ik.png", out.getvalue(), "image/png")


def test_an_organisation_posts_in_a_minute_and_the_board_has_it(there: Season, olaf: Client) -> None:
    answer = olaf.post(new_page(there), filled_in(there, pot=there.pot.address))

    made, one = Activity.objects.get(), Shift.objects.get()
    assert (made.state, made.organiser, made.item, made.pot) == (
        ActivityState.SUBMITTED, there.club, there.item, there.pot,
    )  # fmt: skip
    assert (one.starts_at, one.places) == (datetime(2026, 11, 24, 9, tzinfo=UTC), 3)
    assert (text_of(made).title, text_of(made).language) == ("Pouring coffee", "en")
    assert answer["Location"] == page("activity_shifts", made)
    assert "The board has it now." in words(olaf.get(answer["Location"]))


def test_the_value_stands_beside_what_is_chosen(there: Season, olaf: Client) -> None:
    values.item(there.neighbourhood, "Onkruid wieden")  # without a value
    values.worth(values.item(there.neighbourhood, "Zwembad", kind=ItemKind.FEE), 3_00)

    said = words(olaf.get(new_page(there)))

    assert "Koffie schenken – 6.00 per hour" in said
    assert "Onkruid" not in said
    assert "Zwembad" not in said


def test_a_resident_posts_in_their_own_name_and_is_not_asked_in_whose(there: Season) -> None:
    ann = signed_in(there.ann)
    assert "In whose name?" not in words(ann.get(new_page(there)))

    ann.post(new_page(there), filled_in(there))

    assert Activity.objects.get().organiser == there.ann.person
    assert Activity.objects.get().pot is None


def test_who_posts_for_several_chooses_and_the_desk_chooses_for_them(there: Season) -> None:
    mandate(person=there.ann, principal=there.club, role=Role.ORGANISER)
    ann = signed_in(there.ann)

    assert "In whose name?" in words(ann.get(new_page(there)))
    asked = f"{new_page(there)}?organiser={there.club.uuid}"
    assert "In whose name?" not in words(ann.get(asked))
    ann.post(new_page(there), filled_in(there))
    assert Activity.objects.get().organiser == there.club


def test_the_board_opens_its_own_at_once_and_says_who_pays(there: Season, bea: Client) -> None:
    own = pots.pot(there.neighbourhood, "Wijkpot", holder=there.neighbourhood.party, at=AT)

    refused = words(bea.post(new_page(there), filled_in(there)))
    assert "Choose the pot that pays for this." in refused
    bea.post(new_page(there), filled_in(there, pot=own.address))

    assert (Activity.objects.get().state, Activity.objects.get().pot) == (ActivityState.PUBLISHED, own)


def test_who_lives_elsewhere_is_told_where_to_go(there: Season) -> None:
    cas = signed_in(there.place.cas_login)

    for answer in (cas.get(new_page(there)), cas.post(new_page(there), filled_in(there))):
        assert "You cannot post an activity here yet" in words(answer)
    assert not Activity.objects.exists()


def test_without_values_there_is_nothing_to_post(there: Season, olaf: Client) -> None:
    values.worth(there.item, None, on=AT.date())

    assert "First Molenwijk decides what an activity is worth." in words(olaf.get(new_page(there)))


def test_whoever_is_not_signed_in_signs_in_first(there: Season) -> None:
    assert "/login/" in Client().get(new_page(there))["Location"]


def test_a_form_that_is_sent_twice_makes_one(there: Season, olaf: Client) -> None:
    form = filled_in(there)

    assert olaf.post(new_page(there), form)["Location"] == olaf.post(new_page(there), form)["Location"]
    assert (Activity.objects.count(), Shift.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"title": ""}, "Say in a few words what it is."),
        ({"title": "\x00\x00\x00"}, "Null characters are not allowed."),
        ({"summary": ""}, "Say in one sentence what people do."),
        ({"item": ""}, "Choose what it is."),
        ({"item": str(uuid4())}, "Choose it from the list."),
        ({"item": "nonsense"}, "Choose it from the list."),
        ({"day": "2026-11-31"}, "Enter a date, for example 21-11-2026."),
        ({"day": "0001-01-01"}, "This day lies too far back."),
        ({"day": "2026-11-20"}, "has passed. Choose a later day or hour."),
        ({"day": "2029-11-20"}, "is too far ahead."),
        ({"starts": "25:00"}, "Enter a time, for example 14:30."),
        ({"starts": "12:00"}, "A shift lasts 15 minutes to 12 hours."),
        ({"places": "0"}, "Enter a whole number, for example 12."),
        ({"places": "9" * 30}, "Enter a smaller number."),
        ({"place": ""}, "Say where people have to be."),
        ({"lowest_age": "3"}, "Enter a whole number, for example 12."),
        ({"label": "GIFT"}, "Choose"),
        ({"pot": "nonsense"}, "Choose"),
        ({"indication": "-4"}, "Enter"),
        ({"organiser": str(uuid4())}, "Choose"),
        ({"language": "xx"}, "Choose"),
        ({"key": "nonsense"}, "This form is out of date. Open the page again."),
    ],
)
def test_what_does_not_do_is_said_beside_it_and_nothing_is_kept(
    there: Season, change: dict[str, Any], says: str
) -> None:
    mandate(person=there.ann, principal=there.club, role=Role.ORGANISER)

    answer = signed_in(there.ann).post(new_page(there), filled_in(there, **change))

    assert answer.status_code == 200
    assert says in words(answer)
    assert not Activity.objects.exists()


def test_a_pot_that_does_not_pay_for_this_is_said_beside_it(there: Season, olaf: Client) -> None:
    books = pots.pot(there.neighbourhood, "Boekenpot", holder=there.club, at=AT)
    pots.rule(books, item=values.item(there.neighbourhood, "Lezen"))

    said = words(olaf.post(new_page(there), filled_in(there, pot=books.address)))

    assert "This pot does not pay for this activity. Choose another one." in said


def test_a_picture_is_kept_and_goes_when_something_is_not_right(
    there: Season, olaf: Client, media: Path
) -> None:
    said = words(olaf.post(new_page(there), filled_in(there, picture=photo(), place="")))
    assert "Choose your picture again." in said
    olaf.post(new_page(there), filled_in(there, picture=photo(), day="2026-11-20"))
    assert not list(media.rglob("*.jpg"))
    assert not Picture.objects.exists()

    olaf.post(new_page(there), filled_in(there, picture=photo(), picture_alt="A cup"))

    assert (Activity.objects.get().picture, Activity.objects.get().picture_alt) == (
        Picture.objects.get(),
        "A cup",
    )


# --- Changing ---------------------------------------------------------------------------------------------------------


def form_of(there: Season, **changed: Any) -> dict[str, Any]:
    return filled_in(there, **changed)


def test_a_draft_is_changed_and_sent(there: Season, olaf: Client) -> None:
    made = drafted(there)

    assert "This is a draft" in words(olaf.get(page("activity_edit", made)))
    olaf.post(page("activity_edit", made), form_of(there, title="Pouring tea", lowest_age="18"))

    made.refresh_from_db()
    assert (made.state, made.lowest_age, text_of(made).title) == (ActivityState.SUBMITTED, 18, "Pouring tea")


def test_what_people_count_on_is_not_asked_of_an_open_activity_and_not_taken(
    there: Season, olaf: Client
) -> None:
    made = opened(there)
    other = values.item(there.neighbourhood, "Lezen")
    values.worth(other, 9_00)

    assert "the board alone changes it" in words(olaf.get(page("activity_edit", made)))
    sent = form_of(there, place="Plein 2", item=str(other.ref), lowest_age="12", label="WAGE", seated="on")
    olaf.post(page("activity_edit", made), sent)

    made.refresh_from_db()
    assert (made.place, made.seated) == ("Plein 2", True)
    assert (made.item, made.lowest_age, made.label, made.pot) == (
        there.item,
        16,
        "VOLUNTEER_ALLOWANCE",
        there.pot,
    )


def test_nobody_else_finds_any_of_its_pages(there: Season) -> None:
    made = opened(there)
    names = ["edit", "shifts", "send", "withdraw", "pause", "resume", "cancel"]

    for login in (there.ann, there.bea, there.place.cas_login):
        client = signed_in(login)
        for name in names:
            address = page(f"activity_{name}", made)
            assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    made.refresh_from_db()
    assert made.state == ActivityState.PUBLISHED


@pytest.mark.parametrize(
    ("before", "deed", "after"),
    [
        ("DRAFT", "send", "SUBMITTED"), ("SUBMITTED", "withdraw", "CANCELLED"), ("PUBLISHED", "pause", "PAUSED"),
        ("PAUSED", "resume", "PUBLISHED"), ("PUBLISHED", "cancel", "CANCELLED"),
    ],
)  # fmt: skip
def test_looking_changes_nothing_and_the_button_does(
    there: Season, olaf: Client, before: str, deed: str, after: str
) -> None:
    made = activity(there, state=before)
    address = page(f"activity_{deed}", made)

    assert olaf.get(address).status_code == 200
    made.refresh_from_db()
    assert made.state == before
    olaf.post(address, {"reason": "The kitchen is closed."})
    made.refresh_from_db()
    assert made.state == after
    assert "no longer possible" in words(olaf.post(address, {"reason": "The kitchen is closed."}))


@pytest.mark.parametrize("state", ActivityState)
def test_its_page_shows_in_every_state_how_far_it_is(there: Season, olaf: Client, state: str) -> None:
    made = activity(there, state=state)

    answer = olaf.get(page("activity_edit", made))

    assert answer.status_code == 200
    assert ("Change it" in words(answer)) == (state not in {"CLOSED", "CANCELLED"})


def test_why_the_board_sent_it_back_stands_on_the_page(there: Season, olaf: Client) -> None:
    from marketplace.operations import activities
    from tests.factories.people import actor

    made = submitted(there)
    activities.return_activity(activity=made, reason="Say where.", actor=actor(there.bea), at=AT)

    assert "Say where." in words(olaf.get(page("activity_edit", made)))


@pytest.mark.parametrize("number", [1, 3])
def test_the_form_asks_the_database_as_often_for_one_item_as_for_three(
    there: Season, olaf: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for each in range(number - 1):
        values.worth(values.item(there.neighbourhood, f"Lezen {each}"), 4_00)
        pots.pot(there.neighbourhood, f"Pot {each}", holder=there.club, at=AT)
    olaf.get(new_page(there))

    with django_assert_num_queries(15):
        olaf.get(new_page(there))


def test_somebody_who_lost_the_office_posts_nothing_any_more(there: Season) -> None:
    olga = person("Olga")
    held = mandate(person=olga, principal=there.club, role=Role.ORGANISER)
    client = signed_in(olga)
    assert "What can people do" in words(client.get(new_page(there)))
    held.delete()

    client.post(new_page(there), filled_in(there))

    assert not Activity.objects.exists()


def test_an_organiser_chooses_no_label_without_a_maximum(there: Season, olaf: Client) -> None:
    said = words(olaf.get(new_page(there)))
    assert "Allowance for volunteers" in said
    assert "Wage" not in said

    olaf.post(new_page(there), filled_in(there, label="WAGE"))

    assert not Activity.objects.exists()


def test_a_resident_is_not_asked_about_a_certificate_and_an_organisation_is(
    there: Season, olaf: Client
) -> None:
    ann = signed_in(there.ann)
    assert "certificate of conduct" not in words(ann.get(new_page(there)))
    of_club = f"{new_page(there)}?organiser={there.club.uuid}"
    assert "certificate of conduct" in words(olaf.get(of_club))

    ann.post(new_page(there), filled_in(there, asks_conduct_certificate="on"))

    made = Activity.objects.get()
    assert (made.organiser, made.asks_conduct_certificate) == (there.ann.person, False)
