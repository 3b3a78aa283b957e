"""Consent of guardians, certificates of conduct, and the address of one's own calendar."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core.clock import day_of
from core.models import AuditEntry
from core.refusals import NotAllowed
from marketplace.models import CalendarFeed, ConductCertificate, GuardianConsent
from marketplace.operations import conduct, consents, feeds
from marketplace.operations.taking_part import sign_up
from marketplace.permissions import NotYourActivity, guards
from marketplace.queries import guardians
from marketplace.queries.conduct import certificates_of, lacks_certificate, valid_certificate
from people.models import Party, Role
from tests.factories.activities import AT, Season, activity, born, shift
from tests.factories.people import child, mandate, person
from tests.factories.residency import second_login
from tests.marketplace.taking_part.scene import (
    DAY,
    OF_TWELVE,
    by,
    kim_of,
    one_more,
    state_of,
    together,
)

TODAY = day_of(AT)


# --- Children and guardians -------------------------------------------------------------------------------------------


def test_the_list_of_children_is_what_the_permission_says(there: Season) -> None:
    """Parents, a grown-up brother, a helper, a second login, a brother of fifteen, and who is of another household."""
    ann, ben = there.ann, there.ben
    kim, lot = kim_of(there, ann), child("Lot", born_on=date(AT.year - 15, AT.month, AT.day))
    almost, grown = child("Mia", born_on=date(AT.year - 16, AT.month, AT.day)), child("Noa")
    brother = one_more(there, "Bor", born_on=date(AT.year - 15, 1, 1))
    together(ann.person, lot, almost, grown, brother.person)
    mandate(person=ben, principal=lot, role=Role.HELPER)
    twin = second_login(ann)
    mandate(person=twin, principal=child("Pim", born_on=OF_TWELVE), role=Role.HELPER)
    people = list(Party.objects.filter(kind="PERSON", same_person_as=None))

    for login in (ann, ben, brother, twin, there.olaf):
        children = set(guardians.children_of(login.person, TODAY))
        assert children == {one for one in people if guards(login.person, one, TODAY)}, login
    for one in people:
        found = set(guardians.guardians_of(one, TODAY))
        assert found == {other for other in people if guards(other, one, TODAY)}, one
    assert set(guardians.children_of(ann.person, TODAY)) == {
        kim,
        lot,
        brother.person,
        Party.objects.get(person_details__given_name="Pim"),
    }


def test_children_cost_as_many_questions_as_one(there: Season) -> None:
    kim_of(there, there.ann)
    with CaptureQueriesContext(connection) as one:
        assert [str(kid.display_name) for kid in guardians.children_of(there.ann.person, TODAY)]
    for name in ("Lot", "Mia"):
        kim_of(there, there.ann, name)

    with CaptureQueriesContext(connection) as three:
        assert len([str(kid.display_name) for kid in guardians.children_of(there.ann.person, TODAY)]) == 3

    assert (len(one), len(three)) == (3, 3)


def test_consent_is_given_once_and_only_by_a_guardian(there: Season) -> None:
    kim, about = kim_of(there, there.ann), activity(there)

    first = consents.give_consent(child=kim, activity=about, **by(there.ann))
    again = consents.give_consent(child=kim, activity=about, **by(there.ann))

    assert first.pk == again.pk
    assert AuditEntry.objects.filter(event="guardian_consent.give").count() == 1
    for login in (there.ben, there.olaf, there.bea):
        with pytest.raises(consents.NotTheirGuardian):
            consents.give_consent(child=kim, activity=about, **by(login))
    with pytest.raises(consents.NotTheirGuardian):
        consents.give_consent(child=there.ben.person, activity=about, **by(there.ann))
    with pytest.raises(IntegrityError), transaction.atomic():
        GuardianConsent.objects.create(child=kim, guardian=there.ben.person, activity=about, given_at=AT)


def test_consent_that_is_taken_back_takes_the_child_off_what_is_to_come(there: Season) -> None:
    kim, about = kim_of(there, there.ann), activity(there, lowest_age=12)
    coming = [
        sign_up(shift=shift(about, AT + days * DAY), person=kim, key=uuid.uuid4(), **by(there.ann))
        for days in (1, 2, 3)
    ]
    other = sign_up(
        shift=shift(activity(there, "Gras", lowest_age=12), AT + 4 * DAY), person=kim, key=uuid.uuid4(), **by(there.ann)
    )  # fmt: skip

    consents.withdraw_consent(child=kim, activity=about, **by(there.ann, AT + DAY))

    assert [state_of(one) for one in coming] == ["SIGNED_UP", "WITHDRAWN", "WITHDRAWN"]  # the first has begun
    assert state_of(other) == "SIGNED_UP"
    assert guardians.consent_of(kim, about) is None
    with pytest.raises(consents.NoConsent):
        consents.withdraw_consent(child=kim, activity=about, **by(there.ann))


def test_the_other_parent_can_take_consent_back_and_nobody_else(there: Season) -> None:
    kim, about = kim_of(there, there.ann), activity(there)
    together(there.ben.person, kim)
    consents.give_consent(child=kim, activity=about, **by(there.ann))
    with pytest.raises(consents.NotTheirGuardian):
        consents.withdraw_consent(child=kim, activity=about, **by(there.olaf))

    consents.withdraw_consent(child=kim, activity=about, **by(there.ben))

    assert guardians.consent_of(kim, about) is None


def test_consents_are_listed_with_as_many_questions_for_three_as_for_one(there: Season) -> None:
    kim = kim_of(there, there.ann)
    counts = []
    for number in range(3):
        consents.give_consent(child=kim, activity=activity(there, f"Nr {number}"), **by(there.ann))
        with CaptureQueriesContext(connection) as asked:
            listed = guardians.consents_for(guardians.children_of(there.ann.person, TODAY))
            assert (
                len(
                    [
                        (str(one.child), one.guardian.display_name, list(one.activity.texts.all()))
                        for one in listed
                    ]
                )
                == number + 1
            )
        counts.append(len(asked))

    assert (counts[0], counts[2]) == (4, 4)


# --- Certificates of conduct ------------------------------------------------------------------------------------------


def see(there: Season, who: Any, by_whom: Any, until_on: date = TODAY + DAY * 365) -> ConductCertificate:
    return conduct.see_certificate(
        organisation=there.club, person=who.person, until_on=until_on, **by(by_whom)
    )


def test_an_organisation_notes_that_it_saw_a_certificate_and_keeps_no_copy(there: Season) -> None:
    seen = see(there, there.ann, there.olaf)

    assert (seen.person, seen.seen_by, seen.organisation) == (there.ann.person, there.olaf.person, there.club)
    assert valid_certificate(there.club, there.ann.person, TODAY) == seen
    assert valid_certificate(there.club, second_login(there.ann).person, TODAY + 365 * DAY) == seen
    assert valid_certificate(there.club, there.ann.person, TODAY + 366 * DAY) is None
    assert valid_certificate(there.place.shop.holder, there.ann.person, TODAY) is None


def test_a_new_certificate_takes_the_place_of_the_old(there: Season) -> None:
    first = see(there, there.ann, there.olaf, TODAY)
    ConductCertificate.objects.update(reminded_on=TODAY)

    second = see(there, there.ann, there.olaf)

    assert second.pk == first.pk
    assert ConductCertificate.objects.get().reminded_on is None


def test_nobody_sees_their_own_certificate_or_that_of_a_housemate(there: Season) -> None:
    together(there.olaf.person, there.ann.person)

    for who in (there.olaf, there.ann, second_login(there.ann)):
        with pytest.raises(conduct.OwnCertificate):
            see(there, who, there.olaf)
    with pytest.raises(NotYourActivity):
        see(there, there.ben, there.bea)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConductCertificate.objects.create(
            organisation=there.club, person=there.ann.person, seen_by=there.ann.person, seen_at=AT, until_on=TODAY
        )  # fmt: skip


@pytest.mark.parametrize("days", [-1, 5 * 366 + 1])
def test_a_certificate_holds_until_a_day_that_makes_sense(there: Season, days: int) -> None:
    with pytest.raises(conduct.CertificateDay):
        see(there, there.ann, there.olaf, TODAY + timedelta(days))


def test_what_does_not_ask_for_a_certificate_lacks_none(there: Season) -> None:
    assert not lacks_certificate(shift(activity(there)), there.ann.person)
    asks = shift(activity(there, asks_conduct_certificate=True))
    assert lacks_certificate(asks, there.ann.person)

    see(there, there.ann, there.olaf)

    assert not lacks_certificate(asks, there.ann.person)


def test_certificates_are_listed_the_first_to_run_out_first_in_one_question(there: Season) -> None:
    see(there, there.ann, there.olaf, TODAY + 9 * DAY)
    with CaptureQueriesContext(connection) as one:
        assert [(one.person.display_name, one.seen_by.display_name) for one in certificates_of(there.club)]
    see(there, there.ben, there.olaf, TODAY + 3 * DAY)
    see(there, there.bea, there.olaf, TODAY + 6 * DAY)

    with CaptureQueriesContext(connection) as three:
        listed = [(one.person.display_name, one.seen_by.display_name) for one in certificates_of(there.club)]

    assert [name.split()[0] for name, _seer in listed] == ["Ben", "Bea", "Ann"]
    assert (len(one), len(three)) == (1, 1)


# --- Calendars --------------------------------------------------------------------------------------------------------


def test_somebody_has_one_calendar_under_all_their_logins(there: Season) -> None:
    feed = feeds.feed_of(person=there.ann.person, **by(there.ann))
    twin = second_login(there.ann)

    assert feeds.feed_of(person=twin.person, **by(twin)).token == feed.token
    assert feed.person == there.ann.person


def test_a_new_address_ends_the_old_one(there: Season) -> None:
    old = feeds.feed_of(person=there.ann.person, **by(there.ann))

    new = feeds.new_feed(person=there.ann.person, **by(there.ann))

    assert new.token != old.token
    assert [one.token for one in CalendarFeed.objects.all()] == [new.token]
    assert AuditEntry.objects.filter(event="calendar_feed.make").count() == 2


def test_nobody_makes_or_reads_the_address_of_another(there: Season) -> None:
    kim = kim_of(there, there.ann)

    for deed in (feeds.feed_of, feeds.new_feed):
        for who in (there.ann.person, kim):
            with pytest.raises(NotAllowed):
                deed(person=who, **by(there.ben))


def test_a_birthday_that_is_not_known_makes_no_child(there: Season) -> None:
    lot = child("Lot")
    together(there.ann.person, lot)

    assert lot not in guardians.children_of(there.ann.person, TODAY)
    born(lot, OF_TWELVE)
    assert lot in guardians.children_of(there.ann.person, TODAY)
    assert person("Cas").person not in guardians.guardians_of(lot, TODAY)
