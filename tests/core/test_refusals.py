"""Refusals: a sentence in the right place of a form, a code for a client, and each with its own name."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.refusals import NotAllowed, Refusal, refuse


class TooMany(Refusal):
    """More than there are."""

    code = "too_many"
    sentence = _("There are %(left)s left.")
    field = "number"


class AskForm(forms.Form):
    number = forms.IntegerField()


class PlainForm(forms.Form):
    name = forms.CharField(required=False)


def asked() -> AskForm:
    form = AskForm({"number": "5"})
    assert form.is_valid()
    return form


def test_a_refusal_says_its_sentence_with_the_details_filled_in() -> None:
    assert str(TooMany(left=3)) == "There are 3 left."


def test_a_refusal_without_details_says_its_sentence_as_it_is() -> None:
    assert str(NotAllowed()) == "You are not allowed to do this."


def test_a_refusal_stands_beside_its_field() -> None:
    form = asked()

    refuse(form, TooMany(left=3))

    assert form.errors == {"number": ["There are 3 left."]}


def test_a_refusal_stands_above_a_form_that_lacks_its_field() -> None:
    form = PlainForm({})
    assert form.is_valid()

    refuse(form, TooMany(left=3))

    assert form.non_field_errors() == ["There are 3 left."]


def test_a_refusal_without_a_field_stands_above_the_form() -> None:
    form = asked()

    refuse(form, NotAllowed())

    assert form.non_field_errors() == ["You are not allowed to do this."]


def test_what_a_person_typed_is_never_taken_for_a_placeholder() -> None:
    class Taken(Refusal):
        """That name is taken."""

        sentence = "%(name)s is taken."

    assert str(Taken(name="100% %(left)s")) == "100% %(left)s is taken."
