from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from core.models import AuditEntry
from core.refusals import NotAllowed
from core.states import MoveRefused
from neighbourhoods.models import Attestation, Neighbourhood, Residency
from neighbourhoods.operations.letters import LETTERS, NotByLetter, make_code, print_letter
from neighbourhoods.operations.residency import (
    CodeExpired,
    NoLetterYet,
    TooManyTries,
    WrongCode,
    attest_by_code,
    withdraw_request,
)
from neighbourhoods.permissions import NotYours, OwnMatter
from neighbourhoods.queries.residency import neighbourhood_of
from people.models import Party, PersonDetails, User
from tests.factories.people import actor, person
from tests.factories.residency import (
    ADDRESS,
    DAY,
    NOON,
    TODAY,
    ask,
    at_the_desk,
    letter,
    municipality,
    place,
    resident,
    second_login,
)
from tests.plugins.data import RealCommits

WRONG = "XXXX XXXX"  # every code is drawn anew, so that this is right once in some ten thousand million times


def enter(residency: Residency, code: str, login: User, *, on: date = TODAY) -> Residency:
    return attest_by_code(residency=residency, code=code, actor=actor(login), at=NOON, on=on)


def test_a_code_has_two_groups_of_four_without_letters_that_look_alike() -> None:
    codes = {make_code() for _time in range(50)}

    assert len(codes) == 50
    assert all(re.fullmatch(rf"[{LETTERS}]{{4}} [{LETTERS}]{{4}}", code) for code in codes)
    assert not set(LETTERS) & set("0O1IL2Z5S6G8BUVAE")


def test_ann_enters_her_code_in_small_letters_and_lives_there(ann: User, molenwijk: Neighbourhood) -> None:
    asked = ask(ann, molenwijk)
    code = letter(asked)

    enter(asked, f" {code.lower().replace(' ', '-')} ", ann)

    assert (asked.state, asked.attestation, asked.code_hash) == ("ATTESTED", Attestation.CODE_LETTER, "")
    assert (asked.attested_on, neighbourhood_of(ann.person)) == (TODAY, molenwijk)


def test_the_code_is_kept_nowhere_only_its_hash(ann: User, molenwijk: Neighbourhood) -> None:
    asked = ask(ann, molenwijk)

    code = letter(asked)

    row = Residency.objects.filter(pk=asked.pk).values().get()
    plain = code.replace(" ", "")
    assert re.fullmatch("[0-9a-f]{64}", row["code_hash"])
    assert not any(plain in str(value).replace(" ", "") for value in row.values())
    line = AuditEntry.objects.get(event="residency.letter")
    assert (line.before, line.after, hasattr(line, "note")) == ("", "", False)


def test_a_wrong_code_says_how_many_tries_are_left_and_the_fifth_ends_it(
    ann: User, molenwijk: Neighbourhood
) -> None:
    asked = ask(ann, molenwijk)
    code = letter(asked)
    said = []

    for _time in range(4):
        with pytest.raises(WrongCode) as refused:
            enter(asked, WRONG, ann)
        said.append((refused.value.details["left"], str(refused.value)))
    with pytest.raises(TooManyTries):
        enter(asked, WRONG, ann)
    with pytest.raises(TooManyTries):
        enter(asked, code, ann)

    assert [left for left, _words in said] == [4, 3, 2, 1]
    assert said[0][1] == "This code is not right. Compare it with your letter. You can try 4 more times."
    assert said[3][1] == "This code is not right. Compare it with your letter. You can try 1 more time."
    asked.refresh_from_db()
    assert (asked.state, asked.code_tries) == ("REQUESTED", 5)


def test_a_new_letter_makes_the_old_code_void_and_gives_new_tries(
    ann: User, molenwijk: Neighbourhood
) -> None:
    asked = ask(ann, molenwijk)
    old = letter(asked)
    for _time in range(4):
        with pytest.raises(WrongCode):
            enter(asked, WRONG, ann)

    new = letter(asked)

    with pytest.raises(WrongCode) as refused:
        enter(asked, old, ann)
    assert refused.value.details["left"] == 4
    assert enter(asked, new, ann).state == "ATTESTED"


def test_the_code_of_anothers_letter_is_wrong(ann: User, ben: User, molenwijk: Neighbourhood) -> None:
    of_ann, of_ben = ask(ann, molenwijk), ask(ben, molenwijk)
    letter(of_ann)
    code_of_ben = letter(of_ben)

    with pytest.raises(WrongCode):
        enter(of_ann, code_of_ben, ann)

    of_ben.refresh_from_db()
    assert (of_ben.state, of_ben.code_tries) == ("REQUESTED", 0)


def test_nobody_enters_anothers_code_and_nobody_uses_up_anothers_tries(
    ann: User, ben: User, clara: User, molenwijk: Neighbourhood
) -> None:
    asked = ask(ann, molenwijk)
    code = letter(asked)

    for other in (ben, clara):
        for typed in (code, WRONG):
            with pytest.raises(NotYours):
                enter(asked, typed, other)

    asked.refresh_from_db()
    assert (asked.state, asked.code_tries) == ("REQUESTED", 0)


def test_ann_may_enter_it_with_her_second_login(ann: User, molenwijk: Neighbourhood) -> None:
    asked = ask(ann, molenwijk)

    assert enter(asked, letter(asked), second_login(ann)).state == "ATTESTED"


@pytest.mark.parametrize(("days", "is_good"), [(0, True), (29, True), (30, True), (31, False)])
def test_a_code_is_good_for_thirty_days(
    ann: User, molenwijk: Neighbourhood, days: int, is_good: bool
) -> None:
    asked = ask(ann, molenwijk)
    code = letter(asked)

    if is_good:
        assert enter(asked, code, ann, on=TODAY + days * DAY).state == "ATTESTED"
        return
    with pytest.raises(CodeExpired):
        enter(asked, code, ann, on=TODAY + days * DAY)
    asked.refresh_from_db()
    assert (asked.state, asked.code_tries) == ("REQUESTED", 0)


def test_the_thirty_days_are_local_days(ann: User, molenwijk: Neighbourhood) -> None:
    """A letter made at half past midnight in Amsterdam is of that day, though it is still yesterday in UTC."""
    asked = ask(ann, molenwijk)
    code = letter(asked, at=datetime(2026, 11, 20, 23, 30, tzinfo=UTC))

    assert enter(asked, code, ann, on=date(2026, 12, 21)).state == "ATTESTED"


def test_before_there_is_a_letter_no_code_is_right(ann: User, molenwijk: Neighbourhood) -> None:
    asked = ask(ann, molenwijk)

    for typed in ("", WRONG):
        with pytest.raises(NoLetterYet):
            enter(asked, typed, ann)


def test_a_code_does_nothing_after_the_request_was_withdrawn(ann: User, molenwijk: Neighbourhood) -> None:
    asked = ask(ann, molenwijk)
    code = letter(asked)
    withdraw_request(residency=asked, actor=actor(ann), at=NOON)

    with pytest.raises(MoveRefused):
        enter(asked, code, ann)


def test_only_a_clerk_of_the_municipality_makes_letters_and_none_for_herself(
    ann: User, ben: User, cas: User, clara: User, dijkstad: Party, molenwijk: Neighbourhood
) -> None:
    of_ann, of_clara = ask(ann, molenwijk), ask(second_login(clara), molenwijk)

    for other in (ann, ben, cas):
        with pytest.raises(NotAllowed):
            print_letter(residency=of_ann, actor=actor(other), at=NOON)
    with pytest.raises(OwnMatter):
        print_letter(residency=of_clara, actor=at_the_desk(clara, dijkstad), at=NOON)

    assert list(Residency.objects.values_list("code_hash", flat=True)) == ["", ""]


def test_there_is_no_letter_for_whoever_comes_to_the_desk_or_lives_there(
    ann: User, ben: User, molenwijk: Neighbourhood
) -> None:
    with pytest.raises(NotByLetter):
        letter(ask(ann, molenwijk, by=Attestation.CLERK))
    with pytest.raises(MoveRefused):
        letter(resident(ben, molenwijk))


def guess(residency: int, login: int, code: str) -> str:
    asked = Residency.objects.get(pk=residency)
    return enter(asked, code, User.objects.get(pk=login)).state


def test_guesses_at_the_same_moment_share_no_try(real_commits: RealCommits) -> None:
    ann, molenwijk = person("Ann"), place("Molenwijk", of=municipality())
    asked = ask(ann, molenwijk)
    letter(asked)

    outcomes = real_commits.race(guess, [{"residency": asked.pk, "login": ann.pk, "code": WRONG}] * 7)

    assert sorted(str(outcome.refused) for outcome in outcomes) == ["too_many_tries"] * 3 + ["wrong_code"] * 4
    asked.refresh_from_db()
    assert (asked.state, asked.code_tries) == ("REQUESTED", 5)


def test_the_right_code_entered_twice_at_the_same_moment_counts_once(real_commits: RealCommits) -> None:
    ann, molenwijk = person("Ann"), place("Molenwijk", of=municipality())
    asked = ask(ann, molenwijk)
    call: dict[str, str | int | None] = {"residency": asked.pk, "login": ann.pk, "code": letter(asked)}

    outcomes = real_commits.race(guess, [call, call])

    assert sorted(str(outcome.refused) for outcome in outcomes) == ["None", "move_refused"]
    assert AuditEntry.objects.filter(event="residency.enter_code").count() == 1


# --- The pages ----------------------------------------------------------------------------------------------------


def request_form(neighbourhood: Neighbourhood, key: str, **more: str) -> dict[str, object]:
    return {**ADDRESS, "neighbourhood": neighbourhood.pk, "attestation": "CODE_LETTER", "key": key, **more}


KEY = "6c8c7a52-0a4e-4c39-8a0e-2a5b7e0f0001"


def test_the_letter_shows_the_code_once_in_the_language_of_ann(
    at_desk: Client, ann: User, molenwijk: Neighbourhood
) -> None:
    PersonDetails.objects.filter(party=ann.person).update(language="nl")
    asked = ask(ann, molenwijk)
    address = reverse("desk_letter", args=[asked.pk])

    page = at_desk.post(address)

    asked.refresh_from_db()
    html = page.content.decode()
    code = re.search(r'class="code-box">([^<]+)<', html)
    assert code
    assert page.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert '<article class="letter" lang="nl">' in html
    assert "http://testserver/nl/account/residency/code/" in html
    assert enter(asked, code[1], ann).state == "ATTESTED"
    assert "code-box" not in at_desk.get(address).content.decode()


def test_looking_at_the_page_of_the_letter_makes_none(
    at_desk: Client, ann: User, molenwijk: Neighbourhood
) -> None:
    asked = ask(ann, molenwijk)

    page = at_desk.get(reverse("desk_letter", args=[asked.pk]))

    asked.refresh_from_db()
    assert (page.status_code, asked.code_hash, asked.code_made_at) == (200, "", None)


def test_ann_asks_waits_for_her_letter_and_enters_the_code(
    as_ann: Client, ann: User, molenwijk: Neighbourhood
) -> None:
    for _time in range(2):
        sent = as_ann.post(reverse("residency_request"), request_form(molenwijk, KEY))
        assert (sent.status_code, sent.headers["Location"]) == (302, reverse("residency"))
    asked = Residency.objects.get()
    assert (
        "We make your letter. You need not do anything yet."
        in as_ann.get(reverse("residency")).content.decode()
    )
    code = letter(asked)

    wrong = as_ann.post(reverse("residency_code"), {"code": WRONG})
    short = as_ann.post(reverse("residency_code"), {"code": "XXXX"})
    right = as_ann.post(reverse("residency_code"), {"code": code})
    again = as_ann.post(reverse("residency_code"), {"code": code})

    assert "You can try 4 more times." in wrong.content.decode()
    assert "The code has eight letters and digits. Count yours." in short.content.decode()
    assert [right.status_code, again.status_code] == [302, 302]
    asked.refresh_from_db()
    assert (asked.state, asked.code_tries) == ("ATTESTED", 1)
    assert "You live in Molenwijk" in as_ann.get(reverse("residency")).content.decode()


def test_outside_the_demo_no_page_shows_a_code_and_none_is_remembered(
    as_ann: Client, at_desk: Client, ann: User, molenwijk: Neighbourhood, settings: Settings
) -> None:
    settings.DEMO = False
    as_ann.post(reverse("residency_request"), request_form(molenwijk, KEY))
    asked = Residency.objects.get()
    assert asked.code_hash == ""
    at_desk.post(reverse("desk_letter", args=[asked.pk]))

    for is_demo in (False, True):  # also a demo that starts later finds nothing
        settings.DEMO = is_demo
        for name in ("residency", "residency_code"):
            page = as_ann.get(reverse(name)).content.decode()
            assert "code-box" not in page
            assert "In the demo" not in page


def test_in_the_demo_the_code_stands_on_the_own_page(
    as_ann: Client, elsewhere: Client, ann: User, molenwijk: Neighbourhood, settings: Settings
) -> None:
    settings.DEMO = True

    as_ann.post(reverse("residency_request"), request_form(molenwijk, KEY))

    html = as_ann.get(reverse("residency")).content.decode()
    code = re.search(r'class="code-box">([^<]+)<', html)
    assert code
    assert "In the demo you need not wait for the post" in html
    assert code[1] not in elsewhere.get(reverse("residency")).content.decode()
    as_ann.post(reverse("residency_code"), {"code": code[1]})
    assert Residency.objects.get().state == "ATTESTED"
