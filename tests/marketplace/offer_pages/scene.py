"""What these tests share: a square neighbourhood, pictures, and the form as a browser sends it."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from marketplace.models import Offer
from people.models import User
from tests.factories.market import AT

LATER = AT + timedelta(minutes=1)
WEST, SOUTH, SIDE = 5.30, 52.76, 0.02
AREA = {
    "type": "Polygon",
    "coordinates": [
        [
            [WEST, SOUTH],
            [WEST + SIDE / 2, SOUTH],  # a corner more than a mere box has, on the same line
            [WEST + SIDE, SOUTH],
            [WEST + SIDE, SOUTH + SIDE],
            [WEST + SIDE / 2, SOUTH + SIDE],
            [WEST, SOUTH + SIDE],
            [WEST, SOUTH],
        ]
    ],
}


HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def signed_in(login: User) -> Client:
    client = Client()
    client.force_login(login)
    return client


def words(response: Any) -> str:
    """What a page says, without its tags."""
    text = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


def filled_in(**changed: Any) -> dict[str, Any]:
    """The form, as it is sent when nothing but the first questions was answered."""
    return {
        "key": str(uuid4()), "title": "Mending a tyre", "summary": "While you wait.", "kind": "SERVICE",
        "category": "fietsen", "amount": "12.50", "unit": "PIECE", "until_on": "2027-01-15", "reach": "HERE",
        "language": "en", "refund": "ANY_TIME", "uses": "1", **changed,
    }  # fmt: skip


def photo(size: tuple[int, int] = (40, 30), kind: str = "JPEG", **saved: Any) -> bytes:
    """A picture: red on the left, blue on the right."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    out = BytesIO()
    image.save(out, kind, **saved)
    return out.getvalue()


def upload(content: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def new_page(slug: str = "molenwijk") -> str:
    return f"/en/market/offers/new/{slug}/"


def carried(response: Any) -> dict[str, str]:
    """What the form of a page carries along, unseen."""
    found = {name: unescape(value) for name, value in HIDDEN.findall(response.content.decode())}
    found.pop("csrfmiddlewaretoken", None)
    return found


def sent(client: Client, url: str = "", **changed: Any) -> Any:
    """The form as somebody sends it, to this address or as something new."""
    return client.post(url or new_page(), filled_in(**changed))


def the_offer() -> Offer:
    return Offer.objects.get()


def files(media: Path) -> list[Path]:
    """What is kept on the disk."""
    return [path for path in media.rglob("*") if path.is_file()]
