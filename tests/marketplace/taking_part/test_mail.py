"""What people read: in their own language, never an amount, never what a guardian or organiser should not know."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.core import mail

from marketplace import activity_mail
from marketplace.models import ActivityText
from marketplace.operations import shifts
from marketplace.operations.conduct import see_certificate
from marketplace.operations.taking_part import clock, sign_up, withdraw
from people.models import PersonDetails, User
from tests.factories.activities import AT, Season, activity, shift, takes_part
from tests.factories.residency import second_login
from tests.marketplace.taking_part.scene import DAY, HOUR, by, kim_of, one_more, signed_up


def told() -> list[tuple[str, str]]:
    """Who got a mail about what since the last time, by address."""
    found = sorted((one.to[0].split("@")[0], str(one.subject)) for one in mail.outbox)
    mail.outbox.clear()
    return found


def speaks(language: str, *logins: User) -> None:
    for login in logins:
        PersonDetails.objects.filter(party=login.person).update(language=language)


@pytest.fixture(autouse=True)
def _in_english(there: Season) -> None:
    for login in User.objects.select_related("person__person_details"):
        speaks("en", login)


def promoted(there: Season, who: User, **more: Any) -> None:
    that = shift(activity(there, **more), places=1)
    first = signed_up(that, there.ann)
    signed_up(that, who)
    withdraw(participation=first, **by(there.ann))


def test_who_gets_a_place_reads_when_and_where_and_no_amount(there: Season) -> None:
    promoted(there, there.ben)

    (letter,) = mail.outbox
    assert letter.subject == "You have a place: Koffie schenken"
    text = str(letter.body)
    assert "Tuesday 24 November, 10:00" in text
    assert "Wiekplein 1" in text
    assert re.search(r"https?://\S+/market/mine/[0-9a-f-]{36}/", text)
    assert not re.search(r"6[.,]00|18[.,]00|munt", text)


def test_a_mail_is_in_the_language_of_who_reads_it_with_its_words_in_it(there: Season) -> None:
    that = shift(activity(there), places=1)
    ActivityText.objects.create(activity=that.activity, language="en", title="Serve coffee")
    first = signed_up(that, there.ann)
    signed_up(that, there.ben)
    speaks("en", there.ben)

    withdraw(participation=first, **by(there.ann))

    assert told() == [("ben", "You have a place: Serve coffee")]


def test_every_login_of_a_person_is_written_to_and_never_who_did_it(there: Season) -> None:
    twin = second_login(there.ben)
    speaks("en", twin)
    promoted(there, there.ben)

    assert [who for who, _about in told()] == ["ben", "twin"]


def test_who_withdraws_or_signs_up_hears_nothing_they_know_already(there: Season) -> None:
    mine = signed_up(shift(activity(there)), there.ann)
    withdraw(participation=mine, **by(there.ann))

    assert told() == []


def test_a_parent_hears_of_a_child_with_its_name(there: Season) -> None:
    kim = kim_of(there, there.ann)
    that = shift(activity(there, lowest_age=12))
    sign_up(shift=that, person=kim, key=uuid.uuid4(), **by(there.ann))

    shifts.cancel_shift(shift=that, reason="Storm", **by(there.olaf))

    (letter,) = mail.outbox
    assert letter.to == [there.ann.email]
    assert "Kim de Vries need not come" in letter.body
    assert "Storm" not in letter.body


def test_what_an_organiser_writes_reaches_who_comes_or_waits_and_stays_behind_the_sign_in(
    there: Season,
) -> None:
    that = shift(activity(there), places=1)
    signed_up(that, there.ann)
    signed_up(that, there.ben)
    gone = one_more(there)
    takes_part(that, gone.person, "WITHDRAWN")
    words: dict[str, Any] = {"text": "Neem laarzen mee", "language": "nl", "key": uuid.uuid4()}

    shifts.message_shift(shift=that, **words, **by(there.olaf))
    shifts.message_shift(shift=that, **words, **by(there.olaf))

    assert all("laarzen" not in str(one.body) for one in mail.outbox)
    assert told() == [(name, "A message about: Koffie schenken") for name in ("ann", "ben")]


def test_a_title_over_two_lines_forges_no_header(there: Season) -> None:
    promoted(there, there.ben, text={}, title="Koffie\nBcc: everybody@example.org")

    (letter,) = mail.outbox
    assert letter.subject == "You have a place: Koffie Bcc: everybody@example.org"
    assert letter.recipients() == [there.ben.email]


def test_html_in_a_title_is_only_text(there: Season) -> None:
    promoted(there, there.ben, title="Thee & <b>koffie</b>")

    assert "Thee & <b>koffie</b>" in str(mail.outbox[0].subject)


def test_who_was_erased_before_the_mail_went_out_gets_none(there: Season) -> None:
    mine = signed_up(shift(activity(there)), there.ann)
    User.objects.filter(pk=there.ann.pk).update(is_active=False)

    activity_mail.mail_about_shift.func(there.ann.pk, "participation.remind", mine.pk)
    clock.remind_of_shifts(AT + DAY + HOUR)

    assert told() == []


def test_the_reminder_says_the_day_and_how_to_withdraw(there: Season) -> None:
    signed_up(shift(activity(there)), there.ann)

    clock.remind_of_shifts(AT + DAY)

    assert mail.outbox[0].subject == "Coming soon: Koffie schenken"
    assert "Withdraw before it begins" in mail.outbox[0].body


def test_a_certificate_is_told_of_to_both_with_their_own_words(there: Season) -> None:
    see_certificate(
        organisation=there.club, person=there.ann.person, until_on=(AT + 20 * DAY).date(), **by(there.olaf)
    )
    clock.remind_of_certificates(AT)

    texts = {one.to[0].split("@")[0]: str(one.body) for one in mail.outbox}
    assert set(texts) == {"ann", "olaf"}
    assert "saw your certificate" in texts["ann"]
    assert "Ann de Vries" in texts["olaf"]
