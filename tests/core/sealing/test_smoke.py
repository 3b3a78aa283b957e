from __future__ import annotations
import pytest, time
from django.core.management import call_command
from pathlib import Path
from tests.factories.ledger import AT, SYSTEM, Town, key, town, fund
from ledger.operations import transfer
from ledger.queries import proof_of
from ledger.models import Transfer, LogLeaf
from core.models import AuditLeaf
from core.merkle import *
pytestmark = pytest.mark.django_db

def test_smoke(tmp_path: Path, capsys):
    t = town(); fund(t, t.ann, 100_00)
    call_command("seal_log", "--once")
    for n in range(600):
        transfer(payer=t.ann,payee=t.shop,amount=1,kind="PAYMENT",key=key(str(n)),actor=SYSTEM,at=AT)
    call_command("seal_log", "--once")
    call_command("verify_log")
    call_command("copy_log", str(tmp_path))
    call_command("verify_log", "--copy", str(tmp_path))
    p = proof_of(Transfer.objects.order_by("-pk")[0].pk)
    print(p)
    assert leaf_hash(p.salt+p.record.encode())==p.leaf
    assert verify_inclusion(p.leaf,p.position,p.checkpoint.size,p.path,p.checkpoint.root)
    print(capsys.readouterr().out)
