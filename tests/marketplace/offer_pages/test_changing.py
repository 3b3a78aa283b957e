"""Pictures with an offer, changing what is not on the market yet, and pointing at where it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from PIL import ExifTags, Image

from content.models import Picture
from marketplace.models import Offer
from marketplace.operations.offers import return_offer
from marketplace.states import OfferState
from neighbourhoods.models import Neighbourhood
from tests.factories.market import AT, Market, supply
from tests.factories.people import actor
from tests.marketplace.offer_pages.scene import (
    SIDE,
    SOUTH,
    WEST,
    files,
    photo,
    sent,
    signed_in,
    the_offer,
    upload,
    words,
)

# --- Pictures --------------------------------------------------------------------------------------------------------


def test_a_photo_is_kept_upright_and_without_where_it_was_made(
    there: Market, ann: Client, media: Path
) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Fairphone"

    answer = sent(ann, picture=upload(photo(exif=exif), "my house.jpg"), picture_alt="A red bicycle")

    offer = the_offer()
    assert offer.picture is not None
    assert (offer.picture.width, offer.picture.height, offer.picture_alt) == (30, 40, "A red bicycle")
    (kept,) = files(media)
    assert b"Fairphone" not in kept.read_bytes()
    assert "house" not in kept.name
    assert 'alt="A red bicycle"' in ann.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    "content", [b"", b"<svg onload=alert(1)>", photo()[:200]], ids=["nothing", "svg", "half"]
)
def test_what_is_no_picture_is_refused_whatever_its_name_says(
    ann: Client, media: Path, content: bytes
) -> None:
    answer = sent(ann, picture=upload(content, "photo.jpg"))

    assert "We cannot read this as a picture." in words(answer)
    assert (Offer.objects.count(), Picture.objects.count(), files(media)) == (0, 0, [])


def test_when_something_else_is_not_right_no_picture_is_kept_and_it_is_asked_for_again(
    ann: Client, media: Path
) -> None:
    by_form = sent(ann, amount="", picture=upload(photo()))
    by_operation = sent(ann, until_on="2026-11-21", picture=upload(photo()))

    for answer in (by_form, by_operation):
        assert "Choose your picture again." in words(answer)
    assert (Offer.objects.count(), Picture.objects.count(), files(media)) == (0, 0, [])


# --- Changing what is not on the market yet --------------------------------------------------------------------------


def change(offer: Offer) -> str:
    return f"/en/market/offers/{offer.ref}/change/"


def test_what_waits_for_the_board_is_changed_and_stays_with_it(ann: Client, media: Path) -> None:
    sent(ann, picture=upload(photo()), picture_alt="A wheel", stock="3")
    offer = the_offer()
    page = ann.get(change(offer)).content.decode()
    assert 'value="Mending a tyre"' in page
    assert 'value="12.50"' in page

    sent(ann, change(offer), title="Mending two tyres", amount="20", stock="", picture_alt="A wheel")

    offer = the_offer()
    assert (offer.state, offer.texts.get().title, offer.price) == (
        OfferState.SUBMITTED,
        "Mending two tyres",
        20_00,
    )
    assert (offer.stock, offer.picture_alt) == (None, "A wheel")
    assert offer.picture is not None


def test_a_picture_is_taken_away_or_another_takes_its_place(ann: Client) -> None:
    sent(ann, picture=upload(photo()))
    first = the_offer().picture

    sent(ann, change(the_offer()), picture=upload(photo(size=(60, 60))))
    second = the_offer().picture
    sent(ann, change(the_offer()), removes_picture="on")

    assert first is not None
    assert second is not None
    assert first != second
    assert the_offer().picture is None


def test_what_was_sent_back_is_changed_and_sent_again(there: Market, ann: Client) -> None:
    sent(ann)
    return_offer(offer=the_offer(), reason="Say what it costs.", actor=actor(there.bea), at=AT)
    assert "The board sent this back Say what it costs." in words(
        ann.get(f"/en/market/offers/{the_offer().ref}/")
    )

    sent(ann, change(the_offer()), summary="A fixed price.")

    assert the_offer().state == OfferState.SUBMITTED
    assert the_offer().texts.get().summary == "A fixed price."


def test_nobody_else_changes_it_and_on_the_market_nobody_does(there: Market, ann: Client) -> None:
    sent(ann)
    offer = the_offer()
    published = supply(there, by=there.ann.holder)

    for login in (there.ben_login, there.bea, there.sjoerd):
        assert signed_in(login).get(change(offer)).status_code == 404
        assert sent(signed_in(login), change(offer), title="Stolen").status_code == 404
    assert ann.get(change(published)).status_code == 404
    assert offer.texts.get().title == "Mending a tyre"


def test_it_is_taken_back_before_the_board_looked(there: Market, ann: Client) -> None:
    sent(ann)
    page = f"/en/market/offers/{the_offer().ref}/take-back/"
    assert signed_in(there.ben_login).post(page).status_code == 404
    assert "Take this back?" in words(ann.get(page))

    ann.post(page)

    assert the_offer().state == OfferState.ENDED


# --- Pointing --------------------------------------------------------------------------------------------------------


def test_ann_points_at_the_place_without_javascript(there: Market, ann: Client) -> None:
    sent(ann)
    page = f"/en/market/offers/{the_offer().ref}/place/"
    drawn = ann.get(page).content.decode()
    assert '<input class="offer-map offer-map--point" type="image" name="point"' in drawn

    ann.post(page, {"point.x": "144", "point.y": "200"})

    offer = the_offer()
    assert offer.latitude == pytest.approx(SOUTH + SIDE / 2, abs=0.001)
    assert offer.longitude == pytest.approx(WEST + SIDE / 2, abs=0.001)
    assert drawn != ann.get(page).content.decode()
    ann.post(page, {"away": "1"})
    assert (the_offer().latitude, the_offer().longitude) == (None, None)


@pytest.mark.parametrize(
    "dot",
    [
        {},
        {"point.x": "0", "point.y": "0"},
        {"point.x": "9999", "point.y": "5"},
        {"point.x": "nan", "point.y": "x"},
    ],
    ids=["nothing", "Enter pressed", "beside it", "nonsense"],
)
def test_a_click_that_is_none_changes_nothing(ann: Client, dot: dict[str, str]) -> None:
    sent(ann)
    page = f"/en/market/offers/{the_offer().ref}/place/"
    ann.post(page, {"point.x": "144", "point.y": "200"})

    answer = ann.post(page, dot)

    assert "Click on the place in the drawing." in words(answer)
    assert the_offer().latitude is not None


def test_nobody_else_points_for_ann_and_not_at_what_is_on_the_market(there: Market, ann: Client) -> None:
    published = supply(there, by=there.ann.holder)
    sent(ann)
    offer = Offer.objects.exclude(pk=published.pk).get()
    dot = {"point.x": "144", "point.y": "200"}

    assert signed_in(there.ben_login).post(f"/en/market/offers/{offer.ref}/place/", dot).status_code == 404
    assert ann.post(f"/en/market/offers/{published.ref}/place/", dot).status_code == 404


def test_where_no_area_is_drawn_there_is_nothing_to_point_at(there: Market, ann: Client) -> None:
    Neighbourhood.objects.update(area=None)
    sent(ann)

    assert ann.get(f"/en/market/offers/{the_offer().ref}/place/").status_code == 404
    assert "Point at the place" not in words(ann.get(f"/en/market/offers/{the_offer().ref}/"))
