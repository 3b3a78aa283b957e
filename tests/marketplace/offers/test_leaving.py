"""The photos of who is forgotten go with the rest."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks

from content.models import Picture
from marketplace.models import Offer
from marketplace.operations.pictures import keep_picture, written_anew
from people.operations.privacy import erase_person
from tests.factories.ledger import SYSTEM
from tests.factories.market import AT, Market, market, supply

pytestmark = pytest.mark.django_db


def a_photo(there: Market) -> Picture:
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    out.seek(0)
    return keep_picture(
        content=written_anew(out), title="Mijn fiets", neighbourhood=there.neighbourhood, actor=SYSTEM, at=AT
    )


def test_a_photo_of_who_is_forgotten_goes_with_its_file(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    there = market()
    photo = a_photo(there)
    supply(there, "Fiets", by=there.ann.holder, picture=photo)
    file = photo.file
    assert file.storage.exists(file.name)

    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person=there.ann.holder, actor=SYSTEM, at=AT + timedelta(hours=1))

    assert not Picture.objects.exists()
    assert not file.storage.exists(file.name)
    assert Offer.objects.get().picture is None


def test_a_photo_that_somebody_else_uses_too_stays() -> None:
    there = market()
    photo = a_photo(there)
    supply(there, "Fiets", by=there.ann.holder, picture=photo)
    other = supply(there, "Fiets", picture=photo)

    erase_person(person=there.ann.holder, actor=SYSTEM, at=AT + timedelta(hours=1))

    assert Offer.objects.get(pk=other.pk).picture == photo
