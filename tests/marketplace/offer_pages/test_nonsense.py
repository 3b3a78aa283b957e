"""Signs that no browser sends by itself: a slip on the form, and no error of ours on either database."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from marketplace.models import Offer, Reach
from tests.marketplace.offer_pages.scene import sent


@pytest.mark.parametrize(
    "changed",
    [
        {"category": "\x00"},
        {"category": "fietsen\x00"},
        {"places": ["\x00"], "reach": Reach.NAMED},
        {"title": "Mending\x00a tyre"},
    ],
)
def test_a_nul_is_a_slip(ann: Client, changed: dict[str, Any]) -> None:
    answer = sent(ann, **changed)

    assert answer.status_code == 200
    assert set(changed) & set(answer.context["form"].errors)
    assert not Offer.objects.exists()
