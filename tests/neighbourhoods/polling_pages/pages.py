"""What tests of the polling office share."""

from __future__ import annotations

import html
import re

from django.test import Client
from django.urls import reverse

from neighbourhoods.models import Election, Neighbourhood

KEY = "6c8c7a52-0a4e-4c39-8a0e-2a5b7e0f0005"


def url(name: str, election: Election, *more: object) -> str:
    return reverse(name, args=[election.neighbourhood.slug, election.ref, *more])


def text_of(page: bytes) -> str:
    """The words of a page, as somebody reads them."""
    seen = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", seen)).split())


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return text_of(response.content)


def sent(client: Client, address: str, **data: object) -> str:
    """What the page says after a form was sent, wherever that leads."""
    response = client.post(address, data, follow=True)
    assert response.status_code == 200, (address, response.status_code)
    return text_of(response.content)


def every_page(place: Neighbourhood, election: Election) -> list[str]:
    """Every address of the office that is about one neighbourhood and one election."""
    of_place = ("polling_office", "polling_elections", "polling_draft", "polling_seats", "polling_seat_ask")
    of_election = (
        "polling_election", "polling_change", "polling_announce", "polling_cancel", "polling_freeze",
        "polling_extend", "polling_candidates", "polling_objections", "polling_voters", "polling_paper",
    )  # fmt: skip
    return [
        *(reverse(name, args=[place.slug]) for name in of_place),
        *(url(name, election) for name in of_election),
        url("polling_candidate", election, election.ref),
        url("polling_reject", election, election.ref),
        url("polling_objection", election, 1),
        *(url(name, election, 1) for name in ("polling_voter", "polling_hand_out_paper", "polling_help")),
        reverse("polling_seat_answer", args=[place.slug, election.ref, "yes"]),
    ]
