"""Form keys: the same form by the same owner is the same deed; nobody reaches another's by its id."""

from __future__ import annotations

import uuid

import pytest
from django import forms

from core.form_keys import FormKeyField, derive_key

FORM_ID = uuid.UUID("11111111-1111-4111-8111-111111111111")
ANN, BEN = 1, 2
SENTENCE = "This form is out of date. Open the page again."


class PayForm(forms.Form):
    key = FormKeyField()


def test_the_same_form_sent_twice_has_the_same_key() -> None:
    assert derive_key(scope="pay", owner=ANN, form_id=FORM_ID) == derive_key(
        scope="pay", owner=ANN, form_id=FORM_ID
    )


def test_the_id_of_another_ones_form_gives_another_key() -> None:
    assert derive_key(scope="pay", owner=ANN, form_id=FORM_ID) != derive_key(
        scope="pay", owner=BEN, form_id=FORM_ID
    )


def test_the_same_id_in_another_kind_of_form_gives_another_key() -> None:
    assert derive_key(scope="pay", owner=ANN, form_id=FORM_ID) != derive_key(
        scope="vote", owner=ANN, form_id=FORM_ID
    )


def test_the_key_of_a_form_stays_what_it_was_over_the_years() -> None:
    """Keys are stored: were they derived otherwise, a form sent before a release would count twice."""
    assert derive_key(scope="pay", owner=ANN, form_id=FORM_ID) == uuid.UUID(
        "3be42108-83e7-57f1-a65d-0d5a3af58317"
    )


def test_the_words_of_a_scope_and_the_number_of_an_owner_do_not_run_together() -> None:
    assert derive_key(scope="pay:1", owner=2, form_id=FORM_ID) != derive_key(
        scope="pay", owner=12, form_id=FORM_ID
    )


def test_each_page_carries_a_fresh_id() -> None:
    assert PayForm()["key"].value() != PayForm()["key"].value()


def test_the_id_is_hidden() -> None:
    assert 'type="hidden"' in str(PayForm()["key"])


def test_the_id_comes_back_as_it_was_sent() -> None:
    form = PayForm({"key": str(FORM_ID)})

    assert form.is_valid()
    assert form.cleaned_data["key"] == FORM_ID


@pytest.mark.parametrize("sent", [{}, {"key": ""}, {"key": "rubbish"}, {"key": "1" * 400}])
def test_without_a_proper_id_a_sentence_says_what_to_do(sent: dict[str, str]) -> None:
    form = PayForm(sent)

    assert form.errors == {"key": [SENTENCE]}
