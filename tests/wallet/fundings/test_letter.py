"""How to pay: on the screen, in the code that a bank's app reads, and on paper."""

from __future__ import annotations

import re

import segno

from content.drawing import qr
from ledger.models import Funding
from ledger.queries import funding_by_reference
from tests.wallet.fundings.scene import Scene, announced, signed_in, words
from tests.wallet.paper.reading import pages
from tests.wallet.paper.reading import words as paper_words
from wallet.references import iban_in_groups, reference_in_groups


def url(of: Scene, funding: Funding, rest: str = "", language: str = "en") -> str:
    return f"/{language}/funding/{of.bakery.uuid}/{funding.reference}/{rest}"


def epc(reference: str, amount: str, name: str = "Stichting Molenwijkmunt") -> bytes:
    """What the code holds by EPC069-12, version 2: twelve lines, of which the last are left out when empty."""
    lines = ["BCD", "002", "1", "SCT", "", name, "NL91ABNA0417164300", amount, "", "", reference]
    return "\n".join(lines).encode()


def test_the_first_thing_to_read_is_how_much_where_to_and_with_which_reference(of: Scene) -> None:
    funding = announced(of, 1_250_00)

    page = words(signed_in(of.olga).get(url(of, funding)))

    sentence = (
        "Transfer 1,250.00 euros, with this reference To NL91 ABNA 0417 1643 00 of Stichting Molenwijkmunt."
        f" Write this with it, and nothing else: {reference_in_groups(funding.reference)}"
    )
    assert sentence in page
    assert "22 December 2026" in page


def test_the_code_holds_exactly_the_payment(of: Scene) -> None:
    funding = announced(of, 1_250_50)

    drawn = qr.drawing(segno.make_qr(epc(funding.reference, "EUR1250.5"), error="m", boost_error=False), "")
    page = signed_in(of.olga).get(url(of, funding)).content.decode()

    path = re.search(r'class="qr__ink" d="([^"]+)"', page)
    assert path
    assert path[1] in drawn


def test_whole_euros_and_names_with_accents_are_in_the_code_too() -> None:
    code = qr.payment(name="Stichting Café", iban="NL91ABNA0417164300", amount=100_00, reference="SCMOLEN2")

    again = segno.make_qr(epc("SCMOLEN2", "EUR100", "Stichting Café"), error="m", boost_error=False)
    assert code.matrix == again.matrix
    assert code.error == "M"


def test_the_letter_says_the_same_on_one_page(of: Scene) -> None:
    funding = announced(of, 1_250_00)

    answer = signed_in(of.olga).get(url(of, funding, "letter.pdf"))

    said = paper_words(answer.content)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert len(pages(answer.content)) == 1
    for part in (
        "Pay 1,250.00 euros", "NL91 ABNA 0417 1643 00", reference_in_groups(funding.reference),
        "Stichting Molenwijkmunt", "22 December 2026", "Bakery announced this money for Soep", "Soup",
    ):  # fmt: skip
        assert part in said
    assert b"/Image" in answer.content


def test_what_cannot_be_printed_does_not_break_the_letter(of: Scene) -> None:
    funding = announced(of, purpose="Soup 🍲 漢字 \u202e")

    assert signed_in(of.olga).get(url(of, funding, "letter.pdf")).status_code == 200
    assert signed_in(of.olga).get(url(of, funding, "letter.pdf", "nl")).status_code == 200


def test_a_reference_and_an_iban_are_read_in_groups() -> None:
    assert reference_in_groups("SCMOLEN7KQ4M2PX9") == "SCMOLEN 7KQ 4M2 PX9"
    assert iban_in_groups("NL91ABNA0417164300") == "NL91 ABNA 0417 1643 00"


def test_a_bank_finds_the_funding_by_what_the_letter_says(of: Scene) -> None:
    funding = announced(of)

    assert funding_by_reference(reference_in_groups(funding.reference).lower()).pk == funding.pk
