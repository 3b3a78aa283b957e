from __future__ import annotations

import logging
import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from core.models import AuditEntry
from neighbourhoods.counting import Method
from neighbourhoods.models import Ballot, BallotBox, Channel, Election, Neighbourhood, RollEntry
from neighbourhoods.operations.ballots import AlreadyVoted, TooEarly, TooLate
from people.models import User
from tests.factories.democracy import box, election, election_in_voting, frozen_roll, nomination
from tests.factories.people import person
from tests.factories.residency import resident, second_login
from tests.neighbourhoods.polling_pages.pages import read, sent, text_of, url


@pytest.fixture
def voting(molenwijk: Neighbourhood, ann: User, ben: User, cas: User) -> Election:
    """Ann and Ben stand, and all three may vote."""
    return election_in_voting(molenwijk, [ann, ben], [ann, ben, cas], seats=1)


def entry(of: Election, who: User) -> RollEntry:
    assert of.box is not None
    return of.box.roll.entries.get(person=who.person)


def ballot(client: Client, of: Election, who: User, **numbers: str) -> dict[str, str]:
    """The fields of the help page as it is opened, with these numbers filled in."""
    page = client.get(url("polling_help", of, entry(of, who).pk)).content.decode()
    hidden = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("form_hash", "order")}
    return {**{name: match[1] if match else "" for name, match in hidden.items()}, **numbers}


# --- Looking somebody up ------------------------------------------------------------------------------------------


def test_nobody_is_shown_unasked(as_olga: Client, voting: Election) -> None:
    page = read(as_olga, url("polling_voters", voting))

    assert "0 of 3 have voted." in page
    assert not [name for name in ("Ann", "Ben", "Cas") if name in page]


def test_somebody_on_the_roll_is_found_by_name(as_olga: Client, voting: Election) -> None:
    page = sent(as_olga, url("polling_voters", voting), q="cas vries")

    assert "Cas de Vries Has not voted yet" in page
    assert "Ann" not in page


def test_who_is_not_on_this_roll_is_not_found(
    as_olga: Client, voting: Election, molenwijk: Neighbourhood
) -> None:
    resident(person("Dora"), molenwijk)

    assert "Nobody of this name is on the roll" in sent(as_olga, url("polling_voters", voting), q="Dora")


def test_a_voter_of_another_vote_has_no_page_here(
    as_olga: Client, voting: Election, molenwijk: Neighbourhood
) -> None:
    other = frozen_roll(molenwijk, [person("Dora")])

    elsewhere = other.entries.get()

    for name in ("polling_voter", "polling_hand_out_paper", "polling_help"):
        assert as_olga.get(url(name, voting, elsewhere.pk)).status_code == 404


def test_people_of_one_name_are_told_apart_by_their_day_of_birth(
    as_olga: Client, molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    other = person("Ann", email="other@example.org")
    for who, born_on in ((ann, "1980-05-17"), (other, "2001-02-03")):
        who.person.person_details.born_on = born_on
        who.person.person_details.save()
    both = election_in_voting(molenwijk, [ann, ben], [ann, other, ben], seats=1)

    page = sent(as_olga, url("polling_voters", both), q="Ann")

    assert "born 17 May 1980" in page
    assert "born 3 February 2001" in page


def test_the_name_that_is_looked_for_stands_in_no_address(as_olga: Client, voting: Election) -> None:
    page = as_olga.get(url("polling_voters", voting) + "?q=Cas")

    assert "Cas" not in text_of(page.content)
    assert 'method="get"' not in page.content.decode()


# --- Paper ----------------------------------------------------------------------------------------------------------


def test_who_gets_a_paper_ballot_has_voted_and_cannot_vote_again(
    as_olga: Client, olga: User, voting: Election, cas: User
) -> None:
    voter = entry(voting, cas)

    page = sent(as_olga, url("polling_hand_out_paper", voting, voter.pk))

    voter.refresh_from_db()
    assert (voter.channel, voter.marked_by_id) == (Channel.PAPER, olga.person_id)
    assert "Hand the paper ballot to Cas de Vries." in page
    again = sent(as_olga, url("polling_hand_out_paper", voting, voter.pk))
    assert str(AlreadyVoted(is_other=True)) in again
    assert "This person has voted" in read(as_olga, url("polling_help", voting, voter.pk))


def test_who_was_handed_a_paper_ballot_stands_in_no_cookie_and_no_session(
    as_olga: Client, voting: Election, cas: User
) -> None:
    answer = as_olga.post(url("polling_hand_out_paper", voting, entry(voting, cas).pk))

    assert "Hand the paper ballot to Cas de Vries." in text_of(answer.content)
    assert "Cas" not in str(answer.cookies) + str(dict(as_olga.session))
    assert "Cas" not in read(as_olga, url("polling_voters", voting))


def test_an_officer_marks_nobody_but_others(
    as_olga: Client, olga: User, molenwijk: Neighbourhood, ann: User
) -> None:
    own = election_in_voting(molenwijk, [ann], [olga, ann], seats=1)

    page = read(as_olga, url("polling_voter", own, entry(own, olga).pk))
    refused = sent(as_olga, url("polling_hand_out_paper", own, entry(own, olga).pk))

    assert "This is about yourself" in page
    assert "This is about yourself. Ask a colleague to do it." in refused
    assert not entry(own, olga).channel


def test_who_is_known_twice_has_voted_under_both_numbers(
    as_olga: Client, molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    both = person("Twin")
    twice = election_in_voting(molenwijk, [ann, ben], [ben, both], seats=1)
    RollEntry.objects.filter(person=both.person).update(channel=Channel.ONLINE)
    type(both.person).objects.filter(pk=both.person_id).update(same_person_as=ben.person_id)

    page = read(as_olga, url("polling_voter", twice, entry(twice, ben).pk))

    assert "This person has voted" in page


# --- With help --------------------------------------------------------------------------------------------------------


def test_somebody_votes_with_help_and_it_is_kept_nowhere_but_in_the_box(
    as_olga: Client, voting: Election, cas: User, olga: User, caplog: pytest.LogCaptureFixture
) -> None:
    address = url("polling_help", voting, entry(voting, cas).pk)
    vote = ballot(as_olga, voting, cas, **{"option-1": "1"})
    lines = AuditEntry.objects.count()
    sessions = [one.session_data for one in Session.objects.all()]

    with caplog.at_level(logging.DEBUG):
        look = sent(as_olga, address, **vote, step="look")
        done = sent(as_olga, address, **vote, step="cast")

    assert "Is this the vote?" in look
    assert "Ben de Vries" in look
    assert "Voted" in done
    assert "Cas de Vries" in done
    assert Ballot.objects.get().choice == '["2"]'
    assert (entry(voting, cas).channel, entry(voting, cas).marked_by_id) == (
        Channel.ASSISTED, olga.person_id,
    )  # fmt: skip
    assert AuditEntry.objects.count() == lines
    assert [one.session_data for one in Session.objects.all()] == sessions
    assert not [line for line in caplog.messages if "option-1" in line or '["2"]' in line]


def test_a_receipt_is_shown_once_to_who_wants_one(as_olga: Client, voting: Election, cas: User) -> None:
    address = url("polling_help", voting, entry(voting, cas).pk)
    vote = ballot(as_olga, voting, cas, **{"option-0": "1", "wants_receipt": "on"})

    done = sent(as_olga, address, **vote, step="cast")

    code = Ballot.objects.get().receipt
    assert code
    assert code in done
    assert code not in read(as_olga, address)


def test_a_blank_vote_with_help_is_a_vote(as_olga: Client, voting: Election, cas: User) -> None:
    address = url("polling_help", voting, entry(voting, cas).pk)
    vote = ballot(as_olga, voting, cas)

    assert "Blank" in sent(as_olga, address, **vote, step="blank")
    sent(as_olga, address, **vote, blank="1", step="cast")

    assert Ballot.objects.get().choice == "[]"


def test_a_slip_is_told_and_the_numbers_stay(as_olga: Client, voting: Election, cas: User) -> None:
    address = url("polling_help", voting, entry(voting, cas).pk)
    vote = ballot(as_olga, voting, cas, **{"option-0": "1", "option-1": "1"})

    response = as_olga.post(address, {**vote, "step": "look"})

    assert "Give each name its own number." in text_of(response.content)
    assert response.content.decode().count('value="1"') >= 2
    assert not Ballot.objects.exists()


def test_the_buttons_of_both_steps_lead_back_without_losing_anything(
    as_olga: Client, voting: Election, cas: User
) -> None:
    address = url("polling_help", voting, entry(voting, cas).pk)
    vote = ballot(as_olga, voting, cas, **{"option-1": "1"})

    back = as_olga.post(address, {**vote, "step": "edit"}).content.decode()

    assert re.search(r'name="option-1"[^>]*value="1"|value="1"[^>]*name="option-1"', back)


def test_help_after_the_end_is_refused_and_nothing_is_marked(
    as_olga: Client, voting: Election, cas: User, now: object
) -> None:
    address = url("polling_help", voting, entry(voting, cas).pk)
    vote = ballot(as_olga, voting, cas, **{"option-0": "1"})
    assert voting.box is not None
    now.move_to(voting.box.closes_at)  # type: ignore[attr-defined]

    page = sent(as_olga, address, **vote, step="cast")

    assert str(TooLate()) in page
    assert (Ballot.objects.count(), entry(voting, cas).channel) == (0, "")


def test_a_form_made_for_another_vote_is_refused(as_olga: Client, voting: Election, cas: User) -> None:
    address = url("polling_help", voting, entry(voting, cas).pk)
    vote = {**ballot(as_olga, voting, cas, **{"option-0": "1"}), "form_hash": "0" * 64}

    page = sent(as_olga, address, **vote, step="cast")

    assert "This form does not belong to this vote." in page
    assert not Ballot.objects.exists()


def test_a_blank_vote_with_a_form_number_that_is_none_is_refused(
    as_olga: Client, voting: Election, cas: User
) -> None:
    address = url("polling_help", voting, entry(voting, cas).pk)

    page = sent(as_olga, address, form_hash="x" * 65, blank="1", step="cast")

    assert "This form does not belong to this vote." in page
    assert (Ballot.objects.count(), entry(voting, cas).channel) == (0, "")


def test_a_voter_under_two_logins_is_helped_once(
    as_olga: Client, voting: Election, cas: User, molenwijk: Neighbourhood
) -> None:
    second_login(cas)
    address = url("polling_help", voting, entry(voting, cas).pk)
    vote = ballot(as_olga, voting, cas, **{"option-0": "1"})

    sent(as_olga, address, **vote, step="cast")
    again = sent(as_olga, address, **vote, step="cast")

    assert str(AlreadyVoted(is_other=True)) in again
    assert Ballot.objects.count() == 1


def test_before_the_voting_there_is_no_voter_to_help(
    as_olga: Client, molenwijk: Neighbourhood, ann: User, cas: User
) -> None:
    urn = box(molenwijk, [ann, cas], method=Method.STV, seats=1, state="READY")
    ready = election(molenwijk, state="ROLL_FROZEN", box=urn, roll=urn.roll, policy=urn.policy)
    nomination(ready, ann, state="ON_BALLOT", number=1)

    assert "Nobody can vote now" in read(as_olga, url("polling_voters", ready))
    refused = sent(as_olga, url("polling_hand_out_paper", ready, entry(ready, cas).pk))
    assert str(TooEarly()) in refused
    assert BallotBox.objects.get().state == "READY"


def test_the_office_sees_how_many_voted_and_never_what(as_olga: Client, voting: Election, cas: User) -> None:
    address = url("polling_help", voting, entry(voting, cas).pk)
    sent(as_olga, address, **ballot(as_olga, voting, cas, **{"option-1": "1"}), step="cast")

    page = read(as_olga, url("polling_election", voting))

    assert "1 of 3 has voted" in page
    for name in ("Ann", "Ben"):
        assert name not in page
    assert reverse("vote_result", args=[voting.box.ref if voting.box else ""]) not in page
