"""The page of a value decision, for everybody."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from neighbourhoods.models import Neighbourhood, ValueDecision, ValuedItem
from neighbourhoods.states import ValueState
from people.models import User
from tests.factories import values
from tests.neighbourhoods.polling_pages.pages import read, sent
from tests.neighbourhoods.value_pages.conftest import as_


def url(decision: ValueDecision, name: str = "value_decision") -> str:
    return reverse(name, args=[decision.ref])


@pytest.mark.parametrize("state", [state for state in ValueState if state != ValueState.DRAFT])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_can_be_read_in_every_state(
    client: Client, reading: ValuedItem, state: str, language: str
) -> None:
    made = values.value_decision(reading, state=state)

    page = read(client, url(made).replace("/en/", f"/{language}/"))

    assert {"nl": "Voorlezen op school", "en": "Reading aloud at school"}[language] in page
