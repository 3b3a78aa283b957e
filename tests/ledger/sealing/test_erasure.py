"""Being forgotten: the salts go, and with them what links a leaf to a person. The tree stays as it was signed."""

from __future__ import annotations

import json

import pytest

from core.models import AuditLeaf
from ledger.models import LogLeaf
from ledger.queries import proof_of
from people.models import Party, User
from people.operations.privacy import download_of, erase_person
from tests.factories import ledger
from tests.factories.ledger import AT, Town, fund
from tests.factories.people import actor, person
from tests.ledger.sealing.conftest import pay, run, seal_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def dina() -> User:
    return person("Dina")


@pytest.fixture
def erased(molen: Town, dina: User) -> Party:
    """Dina paid all she had to the shop, and was forgotten."""
    purse = ledger.account(molen, "Dina's purse", holder=dina.person)
    fund(molen, purse, 2)
    pay(purse, molen.shop, 2, "last")
    seal_all()
    erase_person(person=dina.person, actor=actor(dina), at=AT)
    return Party.objects.get(pk=dina.person_id)


def test_the_salts_of_what_she_paid_and_was_paid_go_and_no_others(molen: Town, erased: Party) -> None:
    bare = LogLeaf.objects.filter(salt=None)

    assert bare.count() == 3  # two payments, and the coins that were made for her
    assert {erased.pk} == {
        holder
        for leaf in bare.select_related("transfer__payer", "transfer__payee")
        for holder in (leaf.transfer.payer.holder_id, leaf.transfer.payee.holder_id)
    } - {molen.shop.holder_id, molen.issue.holder_id}
    assert LogLeaf.objects.exclude(salt=None).count() == LogLeaf.objects.count() - 3


def test_the_salts_of_audit_lines_about_her_go_and_no_others(erased: Party) -> None:
    about = AuditLeaf.objects.filter(entry__about__party=erased)

    assert about.exists()
    assert not about.exclude(salt=None).exists()
    assert not AuditLeaf.objects.filter(salt=None).exclude(pk__in=about.values("pk")).exists()


def test_the_tree_stays_valid_and_says_how_much_is_bare(erased: Party) -> None:
    seal_all()  # the line of the erasure itself

    said = run("verify_log")

    assert said.is_well
    assert "ledger: 306 leaves, 3 checkpoints, the newest of 306 leaves, 3 without salt" in said.text


def test_a_receipt_still_leads_to_the_root_and_no_longer_shows_what_it_stands_for(erased: Party) -> None:
    leaf = LogLeaf.objects.filter(salt=None)[0]

    proof = proof_of(leaf.transfer_id)

    assert proof is not None
    assert proof.salt is None
    assert proof.leaf == bytes(leaf.hash)


def test_check_ledger_is_not_concerned(erased: Party) -> None:
    assert run("check_ledger").is_well


def test_a_download_holds_no_salt(molen: Town, dina: User) -> None:
    purse = ledger.account(molen, "Dina's purse", holder=dina.person)
    fund(molen, purse, 2)
    seal_all()

    data = json.loads(json.dumps(download_of(person=dina.person)))

    rows = {kind["kind"]: kind["rows"] for kind in data["kinds"]}
    assert [set(row) for row in rows.get("ledger.LogLeaf", [])] in ([], [{"position", "transfer"}])
    assert "salt" not in json.dumps(data)
