"""A pot that runs dry between signing up and confirming: its holder spent it on something else."""

from __future__ import annotations

from datetime import datetime

from core.actor import Actor
from home.demo.load.season.scene import Scene
from ledger.kinds import Label, TransferKind
from ledger.operations import transfer
from ledger.queries import balance_of
from marketplace.models import Activity
from marketplace.queries.accounts import account_for

LEFT, LESSONS = 1_00, 47_50


def spend(scene: Scene, activity: Activity, at: datetime) -> None:
    """All but a coin of the pot goes to people whose lessons it pays for too."""
    assert activity.pot is not None  # noqa: S101 - what is open has one
    for who in dict.fromkeys(one.who for one in scene.season.comes):
        payee = account_for(scene.person(who), scene.place.coin)
        left = balance_of(activity.pot).available - LEFT
        if payee is not None and left > 0:
            transfer(
                payer=activity.pot, payee=payee, amount=min(left, LESSONS), kind=TransferKind.REWARD,
                label=Label.BENEFIT_IN_KIND, note="Tien keer zwemles", key=scene.key("spent", activity.key, who),
                actor=Actor.system(), at=at,
            )  # fmt: skip
