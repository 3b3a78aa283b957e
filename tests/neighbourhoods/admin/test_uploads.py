"""Pictures that are uploaded: what is refused, and where the others land."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from content.models import Picture
from neighbourhoods.models import Neighbourhood
from tests.factories import neighbourhoods as make
from tests.neighbourhoods.admin.sent import SCRIPT

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]


SCRIPTED_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def upload(client: Client, name: str, content: bytes) -> dict[str, Any]:
    file = SimpleUploadedFile(name, content)
    response = client.post("/admin/images/multiple/add/", {"files[]": file, "title": name}, headers=SCRIPT)
    answer: dict[str, Any] = response.json()
    return answer


def bomb() -> bytes:
    """A file of a few kilobytes that unfolds into 100 million points."""
    return make.png((10_000, 10_000))


@pytest.mark.parametrize(
    ("name", "content"),
    [("brief.jpg", b"just words"), ("logo.svg", SCRIPTED_SVG), ("logo.png", SCRIPTED_SVG), ("leeg.png", b"")],
)
def test_what_is_no_picture_is_refused_with_a_sentence(
    ann_in_the_admin: Client, name: str, content: bytes
) -> None:
    answer = upload(ann_in_the_admin, name, content)

    assert answer["success"] is False
    assert answer["error_message"]
    assert not Picture.objects.exists()


def test_a_picture_of_twenty_megabytes_is_refused(ann_in_the_admin: Client) -> None:
    answer = upload(ann_in_the_admin, "groot.png", make.png() + bytes(20 * 1024 * 1024))

    assert answer["success"] is False
    assert not Picture.objects.exists()


def test_a_picture_with_too_many_points_is_refused(ann_in_the_admin: Client) -> None:
    answer = upload(ann_in_the_admin, "bom.png", bomb())

    assert answer["success"] is False
    assert not Picture.objects.exists()


def test_a_picture_lands_in_the_collection_of_the_neighbourhood(
    ann_in_the_admin: Client, molenwijk: Neighbourhood
) -> None:
    answer = upload(ann_in_the_admin, "molen.png", make.png())

    assert answer["success"] is True
    assert Picture.objects.get().collection == molenwijk.collection
