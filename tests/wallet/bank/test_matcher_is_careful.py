"""Whatever lines come in, in whatever files: no funding is issued twice, and what is issued is what came in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.spoken import ALPHABET
from ledger.models import Funding
from tests.factories.wallet import Place
from tests.wallet.bank.files import camt, line, swift
from tests.wallet.bank.stage import announced, circulation, matched, uploaded
from wallet.bankfiles.references import references_in
from wallet.models import BankLine
from wallet.states import BankLineState

# A busy computer is slow: that is no fault of the matcher.
QUIET = settings(deadline=None, suppress_health_check=list(HealthCheck))
AMOUNTS = st.sampled_from([10_00, 10_01, 20_00, -10_00])
GAPS = st.sampled_from(["", " ", "\n", "-", ".", "  "])
AROUND = st.sampled_from(["", " ", "x", "9", "_", "é", "(", "/", "kenmerk ", "\n", "SC"])


@st.composite
def gapped(draw: Callable[..., Any], reference: str) -> str:
    return "".join(sign + draw(GAPS) for sign in reference[:-1]) + reference[-1]


@st.composite
def texts(draw: Callable[..., Any], references: list[str]) -> str:
    """References of ours whole, cut, glued to other words, small, in pieces, several or none."""
    parts = []
    for reference in draw(st.lists(st.sampled_from([*references, "soep", "SCMOLENWIJK"]), max_size=2)):
        shown = draw(st.sampled_from([reference, reference.lower(), reference[1:], reference[:-1]]))
        parts.append(draw(AROUND) + shown + draw(AROUND))
    return draw(st.sampled_from(["", " ", "\n"])).join(parts)


@pytest.mark.django_db
@settings(QUIET, max_examples=25)
@given(data=st.data())
def test_every_coin_has_its_euro_on_one_line(there: Place, data: st.DataObject) -> None:
    before, number = circulation(there), Funding.objects.count()
    fundings = [announced(there, amount, f"{number} {no}") for no, amount in enumerate((10_00, 10_00, 20_00))]
    references = [one.reference for one in fundings]
    lines = [
        line(f"{number}-{no}", data.draw(AMOUNTS), data.draw(texts(references)))
        for no in range(data.draw(st.integers(1, 5)))
    ]
    cut = data.draw(st.integers(0, len(lines)))
    write = data.draw(st.sampled_from([camt, swift]))
    for some in (lines[:cut], lines, lines[cut:], lines):
        uploaded(there, write(*some))
        matched(there)

    mine = Funding.objects.filter(pk__in=[one.pk for one in fundings])
    booked = BankLine.objects.filter(funding__in=mine)
    assert booked.count() == mine.filter(state="ISSUED").count()
    assert all(one.received == one.amount for one in mine.filter(state="ISSUED"))
    assert sum(one.amount for one in booked) == circulation(there) - before
    # A line per line of the bank, whichever files it stood in.
    assert BankLine.objects.filter(bank_id__contains=f"{number}-").count() == len(lines)
    for one in BankLine.objects.filter(state=BankLineState.MATCHED, funding__in=mine):
        assert references_in([one.text], [there.coin.code]) == {one.funding.reference}  # type: ignore[union-attr]


def valid() -> str:
    from stdnum.iso7064 import mod_37_36

    return f"SCMOLENWIJKBCDFGHJK{mod_37_36.calc_check_digit('BCDFGHJK', ALPHABET)}"


@QUIET
@given(gaps=gapped(valid()), before=st.text(max_size=20), behind=st.text(max_size=20), small=st.booleans())
def test_a_reference_is_found_whatever_stands_around_it_apart(
    gaps: str, before: str, behind: str, small: bool
) -> None:
    text = f"{before} | {gaps.lower() if small else gaps} | {behind}"

    assert valid() in references_in([text], ["MOLENWIJK"])


@QUIET
@given(
    sign=st.characters(categories=["Lu", "Ll", "Lt", "Lo", "Nd"]), in_front=st.booleans(), small=st.booleans()
)
def test_a_reference_within_a_longer_word_is_none(sign: str, in_front: bool, small: bool) -> None:
    shown = valid().lower() if small else valid()

    assert references_in([f"{sign}{shown}" if in_front else f"{shown}{sign}"], ["MOLENWIJK"]) == set()


@QUIET
@given(st.text(alphabet=ALPHABET, min_size=9, max_size=9))
def test_a_reference_is_found_only_when_its_last_sign_checks_the_others(body: str) -> None:
    from stdnum.iso7064 import mod_37_36

    is_right = mod_37_36.is_valid(body, ALPHABET)

    assert references_in([f"SCMOLENWIJK{body}"], ["MOLENWIJK"]) == (
        {f"SCMOLENWIJK{body}"} if is_right else set()
    )
