"""Coins: names and codes are nobody else's, worth one of a national currency, two decimals, and written down."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from core.actor import Actor
from core.models import AuditEntry
from ledger.models import Coin
from ledger.operations import CoinCodeTaken, CoinNameTaken, InvalidCoin, change_coin, found_coin
from tests.factories.people import actor, person
from tests.plugins.data import RealCommits

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SYSTEM = Actor.system()


def molenmunt(**other: Any) -> Coin:
    words: dict[str, Any] = {"code": "MOLEN", "name": "Molenmunt", "name_plural": "Molenmunten", **other}
    return found_coin(**{"actor": SYSTEM, "at": NOW, **words})


@pytest.mark.django_db
class TestFounding:
    def test_a_coin_is_worth_one_euro_with_two_decimals(self) -> None:
        coin = molenmunt(symbol="M", area_bound=True)

        assert Coin.objects.filter(pk=coin.pk).values().get() == {
            "id": coin.pk,
            "code": "MOLEN",
            "name": "Molenmunt",
            "name_plural": "Molenmunten",
            "symbol": "M",
            "decimals": 2,
            "pegged_to_id": Coin.objects.get(code="EUR").pk,
            "area_bound": True,
        }

    def test_the_euro_is_itself_a_coin_and_is_made_once(self) -> None:
        molenmunt()
        molenmunt(code="SLUIS", name="Sluismunt")

        assert list(Coin.objects.filter(pegged_to=None).values_list("code", "symbol")) == [("EUR", "€")]

    def test_it_can_be_worth_one_of_another_national_currency(self) -> None:
        coin = molenmunt(national="DKK")

        assert coin.pegged_to == Coin.objects.get(code="DKK", pegged_to=None)

    def test_it_cannot_be_worth_one_of_another_neighbourhoods_coin(self) -> None:
        molenmunt()

        with pytest.raises(InvalidCoin) as refusal:
            molenmunt(code="SLUIS", name="Sluismunt", national="MOLEN")

        assert str(refusal.value) == "This cannot be a coin: MOLEN is not a national currency."
        assert Coin.objects.filter(code="SLUIS").count() == 0

    def test_it_is_written_down(self) -> None:
        ann = person("Ann")

        coin = molenmunt(actor=actor(ann))

        line = AuditEntry.objects.get(subject_model="ledger.Coin")
        assert (line.event, line.subject_id, line.at) == ("coin.founded", str(coin.pk), NOW)
        assert (line.login_id, line.acted_by_id) == (ann.pk, ann.person_id)

    @pytest.mark.parametrize("name", ["Molenmunt", "molenmunt", "MOLENMUNT", "  Molenmunt "])
    def test_a_name_that_another_coin_has_is_refused(self, name: str) -> None:
        molenmunt()

        with pytest.raises(CoinNameTaken) as refusal:
            molenmunt(code="SLUIS", name=name)

        assert str(refusal.value) == f"There is already a coin called {name.strip()}. Choose another name."
        assert list(Coin.objects.exclude(pegged_to=None).values_list("code", flat=True)) == ["MOLEN"]

    def test_no_coin_is_called_euro(self) -> None:
        with pytest.raises(CoinNameTaken):
            molenmunt(name="Euro")

        assert Coin.objects.count() == 0

    def test_a_code_that_another_coin_has_is_refused(self) -> None:
        molenmunt()

        with pytest.raises(CoinCodeTaken) as refusal:
            molenmunt(name="Sluismunt")

        assert str(refusal.value) == "There is already a coin with the code MOLEN."

    @pytest.mark.parametrize("code", ["", "MO", "molen", "1MOLEN", "MOLEN!", "M" * 13, "MOLEN\n"])
    def test_a_misshapen_code_is_refused_and_nothing_is_left(self, code: str) -> None:
        with pytest.raises(InvalidCoin):
            molenmunt(code=code)

        assert Coin.objects.count() == 0
        assert AuditEntry.objects.count() == 0

    @pytest.mark.parametrize(
        "words", [{"name": ""}, {"name": "   "}, {"name_plural": ""}, {"name": "m" * 41}]
    )
    def test_a_name_that_is_empty_or_too_long_is_refused(self, words: dict[str, str]) -> None:
        with pytest.raises(InvalidCoin):
            molenmunt(**words)

    def test_spaces_around_and_between_words_are_tidied(self) -> None:
        assert molenmunt(name="  Molen   munt ").name == "Molen munt"


@pytest.mark.django_db
class TestChanging:
    def test_a_coin_gets_another_name_and_keeps_its_code_and_worth(self) -> None:
        coin = molenmunt()

        changed = change_coin(coin=coin, name="Wiek", name_plural="Wieken", symbol="W", actor=SYSTEM, at=NOW)

        assert Coin.objects.get(pk=coin.pk) == changed
        assert (changed.name, changed.name_plural, changed.symbol) == ("Wiek", "Wieken", "W")
        assert (changed.code, changed.pegged_to) == ("MOLEN", coin.pegged_to)
        assert AuditEntry.objects.filter(event="coin.changed", subject_id=str(coin.pk)).count() == 1

    def test_a_coin_may_keep_its_own_name(self) -> None:
        coin = molenmunt()

        changed = change_coin(coin=coin, name="MolenMunt", name_plural="Munten", actor=SYSTEM, at=NOW)

        assert changed.name == "MolenMunt"

    def test_the_name_of_another_coin_is_refused_and_nothing_changes(self) -> None:
        molenmunt()
        sluis = molenmunt(code="SLUIS", name="Sluismunt", name_plural="Sluismunten")

        with pytest.raises(CoinNameTaken):
            change_coin(coin=sluis, name="molenmunt", name_plural="x", actor=SYSTEM, at=NOW)

        assert Coin.objects.get(pk=sluis.pk).name == "Sluismunt"
        assert AuditEntry.objects.filter(event="coin.changed").count() == 0

    def test_an_empty_name_is_refused(self) -> None:
        with pytest.raises(InvalidCoin):
            change_coin(coin=molenmunt(), name=" ", name_plural="x", actor=SYSTEM, at=NOW)


@pytest.mark.django_db
class TestPastTheModel:
    """What no code of ours may get round."""

    def test_a_coin_has_two_decimals(self) -> None:
        coin = molenmunt()

        with pytest.raises(IntegrityError, match="ledger_coin_two_decimals"), transaction.atomic():
            Coin.objects.filter(pk=coin.pk).update(decimals=3)

    def test_a_coin_is_not_pegged_to_itself(self) -> None:
        coin = molenmunt()

        with (
            pytest.raises(IntegrityError, match=r"ledger_coin_not_pegged_to_itself|permanent"),
            transaction.atomic(),
        ):
            Coin.objects.filter(pk=coin.pk).update(pegged_to=coin)

    @pytest.mark.parametrize("same", [{"name": "MOLENMUNT"}, {"code": "MOLEN"}])
    def test_two_coins_share_no_name_and_no_code(self, same: dict[str, str]) -> None:
        coin = molenmunt()
        words = {"code": "SLUIS", "name": "Sluismunt", "name_plural": "x", **same}

        with pytest.raises(IntegrityError), transaction.atomic():
            Coin.objects.bulk_create([Coin(pegged_to=coin.pegged_to, **words)])


def found(code: str, name: str) -> str:
    """What each racer does."""
    return molenmunt(code=code, name=name).code


def test_of_two_coins_with_one_name_at_the_same_moment_one_is_refused(real_commits: RealCommits) -> None:
    molenmunt(code="EERST", name="Eerste")  # so that they do not meet over the euro

    outcomes = real_commits.race(
        found, [{"code": "MOLEN", "name": "Molenmunt"}, {"code": "SLUIS", "name": "molenmunt"}]
    )

    assert sorted(outcome.refused or "" for outcome in outcomes) == ["", "coin_name_taken"]
    assert Coin.objects.exclude(pegged_to=None).count() == 2


def test_of_two_coins_with_one_code_at_the_same_moment_one_is_refused(real_commits: RealCommits) -> None:
    outcomes = real_commits.race(
        found, [{"code": "MOLEN", "name": "Molenmunt"}, {"code": "MOLEN", "name": "Sluismunt"}]
    )

    assert sorted(outcome.refused or "" for outcome in outcomes) == ["", "coin_code_taken"]
    assert list(Coin.objects.order_by("code").values_list("code", flat=True)) == ["EUR", "MOLEN"]


def wait_until_somebody_waits() -> None:
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() != (0,):
                return


@pytest.mark.once("postgres")
@pytest.mark.parametrize(
    ("code", "name", "refused"),
    [("SLUIS", "molenmunt", "coin_name_taken"), ("MOLEN", "Sluismunt", "coin_code_taken")],
)
def test_a_coin_that_another_founds_meanwhile_is_refused_with_the_same_words(
    real_commits: RealCommits, code: str, name: str, refused: str
) -> None:
    """It looked, saw nothing, wrote, and had to wait: the database then says no."""
    molenmunt(code="EERST", name="Eerste")
    with transaction.atomic():
        molenmunt()
        other = real_commits.begin(found, {"code": code, "name": name})
        wait_until_somebody_waits()

    assert real_commits.outcome(other).refused == refused
