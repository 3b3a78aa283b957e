"""What the page of a value decision in the admin refuses: a day years ahead, and a leader with an interest."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from neighbourhoods.models import Indication, ValueDecisionPage
from people.models import User
from tests.factories.people import mandate, organisation
from tests.neighbourhoods.admin.values.writing import TEN, publish, the_decision

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]


@pytest.mark.parametrize("day", ["2028-03-01", "9999-12-31"])
def test_a_day_years_ahead_is_refused_beside_its_field(
    ann_in_the_admin: Client, written: ValueDecisionPage, day: str
) -> None:
    draft = publish(ann_in_the_admin, written, terms_from=day)
    assert draft.context["form"].errors == {"terms_from": ["Kies een dag binnen een jaar vanaf nu."]}
    assert the_decision().state == "DRAFT"

    publish(ann_in_the_admin, written, terms_from="2027-03-01")
    changed = publish(ann_in_the_admin, written, terms_from=day)

    assert set(changed.context["form"].errors) == {"terms_from"}
    assert str(the_decision().wanted_on) == "2027-03-01"


def test_a_chair_with_an_interest_proposes_and_leaves_the_rest_to_others(
    ann_in_the_admin: Client, written: ValueDecisionPage, ann: User, ben: User
) -> None:
    made = the_decision()
    school = organisation("De Regenboog")
    mandate(person=ann, principal=school)
    Indication.objects.create(
        item=made.item, organisation=school, amount=700, grounds="Zo doen wij het.", language="nl",
        made_by=ben.person, made_at=TEN,
    )  # fmt: skip

    with time_machine.travel(TEN, tick=False):
        publish(ann_in_the_admin, written, terms_volume="40", terms_evidence="De school vroeg het.")
        shown = ann_in_the_admin.get(f"/admin/pages/{written.pk}/edit/").content.decode()

    assert the_decision().state == "PROPOSED"
    assert "Je hebt hier zelf belang bij" in shown
