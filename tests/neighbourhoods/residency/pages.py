"""What tests of the desk share."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from neighbourhoods.models import Neighbourhood

KEY = "6c8c7a52-0a4e-4c39-8a0e-2a5b7e0f0002"


def html_of(client: Client, name: str, *args: object, query: str = "") -> str:
    page = client.get(reverse(name, args=args) + query)
    assert page.status_code == 200
    return page.content.decode()


def new_person(neighbourhood: Neighbourhood, **more: str) -> dict[str, object]:
    return {
        "key": KEY, "given_name": "Kim", "family_name": "Bakker", "born_on": "1980-05-17", "language": "en",
        "neighbourhood": neighbourhood.pk, "street": "Molenweg", "house_number": "3", "postcode": "1234 AB",
        "town": "Dijkstad", **more,
    }  # fmt: skip
