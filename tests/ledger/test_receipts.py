"""Numbers of receipts: made quickly by pairs of signs, and the same as the standard's own arithmetic gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_37_36

from core.spoken import ALPHABET
from ledger.receipts import FACTOR, SPACE, parse_receipt_number, receipt_number


@given(st.integers(0, SPACE - 1))
def test_a_number_is_eight_signs_and_the_check_of_the_standard(transfer: int) -> None:
    rest, signs = transfer * FACTOR % SPACE, ""
    for _place in range(8):
        rest, sign = divmod(rest, len(ALPHABET))
        signs = ALPHABET[sign] + signs

    number = receipt_number(transfer)

    assert number == f"{signs[:4]}-{signs[4:]}-{mod_37_36.calc_check_digit(signs, ALPHABET)}"
    assert parse_receipt_number(number) == transfer
