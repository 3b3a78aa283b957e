"""Mails about admissions and reports: to whom they belong, in their language, and with no name that is not theirs."""

from __future__ import annotations

from django.core import mail

from marketplace.models import Admission
from marketplace.operations import admissions, reports
from people.models import Party, PersonDetails, Role, User
from tests.factories.market import AT, Market, supply
from tests.factories.people import actor, mandate, organisation, person
from tests.factories.residency import second_login
from tests.marketplace.trust.making import asked, let_in, reported


def sent() -> list[tuple[str, str]]:
    """To whom and about what, since the last time."""
    told = [(message.to[0], str(message.subject)) for message in mail.outbox]
    mail.outbox.clear()
    return told


def in_english(login: User) -> None:
    PersonDetails.objects.filter(party=login.person).update(language="en")


def test_those_who_trade_for_it_hear_what_the_board_decided(there: Market, bakery: Party, kim: User) -> None:
    operator = person("Otto")
    mandate(person=operator, principal=bakery, role=Role.OPERATOR)
    mandate(person=person("Edo"), principal=bakery, role=Role.EDITOR)
    in_english(operator)

    let_in(asked(there, bakery, kim), there.bea)

    assert sorted(sent()) == [
        ("kim@example.org", "Bakkerij Kim is on the market of Molenwijk"),
        ("otto@example.org", "Bakkerij Kim is on the market of Molenwijk"),
    ]


def test_a_no_and_an_end_tell_why_and_what_then(there: Market, bakery: Party, kim: User) -> None:
    no = asked(there, bakery, kim)
    admissions.refuse_admission(
        admission=no, reason="Dit werk doet al iemand.", actor=actor(there.bea), at=AT
    )
    refused = mail.outbox[-1].body
    yes = let_in(asked(there, bakery, kim), there.bea)
    admissions.end_admission(admission=yes, reason="Niet geleverd.", actor=actor(there.bea), at=AT)

    assert "The reason: Dit werk doet al iemand." in refused
    assert "You can ask again when this has changed." in refused
    assert "The reason: Niet geleverd." in mail.outbox[-1].body
    assert f"/market/admission/{yes.ref}/" in mail.outbox[-1].body


def test_one_mail_tells_of_the_end_however_many_offers_there_were(there: Market) -> None:
    for number in range(3):
        supply(there, f"Nummer {number}")
    admission = Admission.objects.get(organisation=there.shop.holder)

    admissions.end_admission(admission=admission, reason="Weg.", actor=actor(there.bea), at=AT)

    assert [to for to, _subject in sent()] == [there.sjoerd.email]


def test_whoever_reported_hears_the_answer_under_each_login(there: Market) -> None:
    in_english(there.ann_login)
    offer = supply(there)
    also = second_login(there.ann_login)
    in_english(also)
    made = reported(offer, there.ann_login)
    mail.outbox.clear()

    reports.dismiss(report=made, answer="Dit mag gewoon.", actor=actor(there.bea), at=AT)

    assert "Its answer: Dit mag gewoon." in mail.outbox[0].body
    assert sorted(sent()) == sorted(
        (login.email, "“Band plakken” stays on the market") for login in (there.ann_login, also)
    )


def test_the_provider_hears_why_and_not_by_whom(there: Market) -> None:
    made = reported(supply(there), there.ann_login, text="Ik ben Ann van nummer 12.")
    mail.outbox.clear()

    reports.uphold(report=made, answer="Dit mag hier niet.", actor=actor(there.bea), at=AT)

    to_provider = next(message for message in mail.outbox if message.to == [there.sjoerd.email])
    assert "Dit mag hier niet." in to_provider.body
    assert "Ann" not in f"{to_provider.subject} {to_provider.body}"


def test_words_with_signs_come_through_as_they_are(there: Market, kim: User) -> None:
    party = organisation("Brood & <b>Zo</b>", owner=kim, kvk_number="27312152")

    let_in(asked(there, party, kim), there.bea)

    assert mail.outbox[-1].subject == "Brood & <b>Zo</b> is on the market of Molenwijk"
    assert "Brood & <b>Zo</b>" in mail.outbox[-1].body
