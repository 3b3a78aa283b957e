"""Payment references and IBANs as people read and type them: in groups."""

from __future__ import annotations

import re

from stdnum import iban as ibans

TAIL = 9  # signs of a reference behind SC and the code of the coin


def reference_in_groups(reference: str) -> str:
    """ "SCMOLEN 7KQ 4M2 PX9": what begins like all of this coin, then the part that is of this payment alone."""
    head, tail = reference[:-TAIL], reference[-TAIL:]
    return " ".join([head, *re.findall(".{3}", tail)])


def iban_in_groups(iban: str) -> str:
    """ "NL91 ABNA 0417 1643 00", as on a bank card."""
    return str(ibans.format(iban))
