"""What the board decides comes in the mail: in the language of who organises, with its reason, to the page of it."""

from __future__ import annotations

import pytest
from django.core import mail

from core.states import MoveRefused
from marketplace.operations import activities
from marketplace.operations.activities import Told
from marketplace.posting_mail import mail_about_activity
from people.models import Role
from tests.factories.activities import AT, Season, activity
from tests.factories.people import actor, mandate, person
from tests.marketplace.activities.making import submitted


@pytest.mark.parametrize("what", Told)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_mail_names_the_activity_leads_to_it_and_shows_no_amount(
    there: Season, what: Told, language: str
) -> None:
    made = activity(there, "Koffie & <b>thee</b>")
    there.olaf.person.person_details.language = language
    there.olaf.person.person_details.save()

    mail_about_activity.call(there.olaf.pk, made.pk, str(what))

    [told] = mail.outbox
    assert "Koffie & <b>thee</b>" in told.subject
    assert "\n" not in told.subject
    assert f"/{language}/market/post/{made.ref}/" in told.body
    assert "Molenwijk" in told.body
    assert "6,00" not in told.body


def test_the_board_gives_its_reason_to_all_who_organise_and_to_nobody_else(there: Season) -> None:
    olga, eva = person("Olga"), person("Eva")
    mandate(person=olga, principal=there.club, role=Role.ORGANISER)
    mandate(person=eva, principal=there.club, role=Role.EDITOR)
    made = submitted(there)
    mail.outbox.clear()

    activities.return_activity(activity=made, reason="Zeg waar & wanneer.", actor=actor(there.bea), at=AT)

    assert sorted(one.to for one in mail.outbox) == sorted([[there.olaf.email], [olga.email]])
    assert all("Zeg waar & wanneer." in one.body for one in mail.outbox)


def test_what_was_refused_is_mailed_to_nobody(there: Season) -> None:
    made = activity(there)
    mail.outbox.clear()

    with pytest.raises(MoveRefused):
        activities.publish(activity=made, actor=actor(there.bea), at=AT)

    assert mail.outbox == []
