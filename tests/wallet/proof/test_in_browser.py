"""A receipt is checked where nobody can be trusted for it: in the browser of whoever holds it."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import FilePayload, Page, expect

from core.merkle import consistency_ranges, inclusion_ranges, leaf_hash, root_of
from core.sealing.keys import signer_of
from core.sealing.notes import Head, Signer
from ledger.queries.proof import proof_of
from people.models import User
from tests.browser.accessible import complaints
from tests.factories.neighbourhoods import site
from tests.factories.wallet import Place, fund, place
from tests.plugins.browser import OpenPage, Site
from tests.wallet.proof.sealed import pay, seal_all
from wallet.proofs import written

pytestmark = pytest.mark.once

CHECK = "/en/proof/check/"
ELSEWHERE = ["//example.org/en/wallet/A/receipt/B/proof.json", "/en/account/logout/", "https://example.org/"]
Proof = dict[str, Any]


@pytest.fixture
def molen(live_site: Site) -> Place:
    """Ann has paid Ben 4.00, as the third leaf of four."""
    site()
    made = place()
    fund(made, made.ann, 100_00)
    pay(made.ann, made.ben, 4_00)
    pay(made.ann, made.ben, 1_00, "bread")
    seal_all()
    Client().get(CHECK)  # the first page of a process loads all others: no browser should wait for that
    return made


def kept(molen: Place) -> Proof:
    """What Ann kept as a file."""
    proof = proof_of(pay(molen.ann, molen.ben, 4_00).transfer.pk)
    assert proof is not None
    assert proof.salt is not None
    return written(proof, proof.salt)


def choose(page: Page, proof: Proof | str) -> None:
    text = proof if isinstance(proof, str) else json.dumps(proof)
    file = FilePayload(name="receipt.json", mimeType="application/json", buffer=text.encode())
    page.locator("#proof-file").set_input_files(file)


def expect_said(page: Page, tone: str, words: str = "") -> None:
    """What the page says at its top, once it is there: what it said before stands hidden in it."""
    expect(page.locator(f"[data-part={tone}]:visible")).to_contain_text(words)


def marks(page: Page) -> list[str]:
    """How the three questions were answered: done, wrong or open."""
    steps = page.locator("[data-step]").evaluate_all("all => all.map(one => one.className)")
    return [css.removeprefix("step step--") for css in steps]


def expect_right(page: Page, number: str) -> None:
    expect_said(page, "good", "This receipt is right")
    assert marks(page) == ["done", "done", "done"]
    expect(page.locator("[data-fact=amount]")).to_have_text("4.00 Molenmunten")
    expect(page.locator("[data-fact=moment]")).to_have_text("22 November 2026 at 10:00")
    expect(page.locator("[data-fact=receipt]")).to_have_text(number)
    expect(page.locator("[data-fact=place]")).to_have_text("3 / 4")


def let_in(page: Page, live_site: Site, user: User) -> None:
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_site.url}])


def test_ann_checks_her_receipt_and_it_stays_right_while_the_log_grows(
    live_site: Site, molen: Place, open_page: OpenPage
) -> None:
    receipt = pay(molen.ann, molen.ben, 4_00)
    page = open_page(width=390)
    let_in(page, live_site, molen.ann_login)
    page.goto(live_site + f"/en/wallet/{molen.ann.address}/receipt/{receipt.number}/")
    page.get_by_role("link", name="Check this receipt").click()
    expect_right(page, receipt.number)
    proof = kept(molen)
    for number in range(296):
        pay(molen.ann, molen.ben, 1, f"crumb {number}")
    seal_all()
    page.goto(live_site + CHECK)
    choose(page, proof)

    expect_right(page, receipt.number)


def test_without_signing_in_there_is_nothing_to_fetch_but_a_file_is_checked(
    live_site: Site, molen: Place, browser_page: Page
) -> None:
    receipt = pay(molen.ann, molen.ben, 4_00)
    asked: list[str] = []
    browser_page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    address = f"/en/wallet/{molen.ann.address}/receipt/{receipt.number}/proof.json"

    browser_page.goto(live_site + f"{CHECK}#{address}")
    expect_said(browser_page, "warn", "Sign in and open your receipt again")
    asked.clear()
    choose(browser_page, kept(molen))

    expect_said(browser_page, "good")
    assert asked == [f"GET {live_site}/log/ledger/checkpoint"]


def test_a_link_can_make_the_page_fetch_nothing_but_a_proof(
    live_site: Site, molen: Place, browser_page: Page
) -> None:
    asked: list[str] = []
    browser_page.on("request", lambda request: asked.append(request.url))
    for address in ELSEWHERE:
        browser_page.goto("about:blank")
        browser_page.goto(live_site + f"{CHECK}#{address}")
        expect(browser_page.locator("[data-part=with]")).to_be_visible()
        expect(browser_page.locator("[data-part=answer]")).to_be_hidden()

    assert len(asked) > len(ELSEWHERE)
    assert [one for one in asked if re.match(rf"{live_site}/(static|theme|en/proof)/", one) is None] == []


def by_another_key(proof: Proof) -> None:
    text = proof["checkpoint"].partition("\n\n")[0] + "\n"
    proof["checkpoint"] = Signer("localhost/log/ledger", b"\x01" * 32).sign(text)


def of_another_log(proof: Proof) -> None:
    """Somebody with our key has made up a whole log, with this receipt alone in it."""
    leaf = leaf_hash(base64.b64decode(proof["salt"]) + proof["record"].encode())
    signer = signer_of("ledger")
    head = Head(signer.name, 1, leaf)
    proof.update(position=0, path=[], checkpoint=signer.sign(head.text()))


def ahead(proof: Proof) -> None:
    """It is signed with our key that there are more leaves than the log has."""
    leaf = leaf_hash(base64.b64decode(proof["salt"]) + proof["record"].encode())
    other, signer = bytes(32), signer_of("ledger")
    root = root_of([leaf, *[other] * 8])
    path = [root_of([other]), root_of([other] * 2), root_of([other] * 4), other]
    note = signer.sign(Head(signer.name, 9, root).text())
    proof.update(position=0, path=[base64.b64encode(one).decode() for one in path], checkpoint=note)


def change(field: str, old: str, new: str) -> Callable[[Proof], None]:
    return lambda proof: proof.update({field: proof[field].replace(old, new)})


FORGED: dict[str, tuple[Callable[[Proof], None], list[str]]] = {
    "another amount": (change("record", '"amount":400', '"amount":500'), ["wrong", "done", "done"]),
    "another salt": (lambda proof: proof.update(salt="A" * 22 + "=="), ["wrong", "done", "done"]),
    "another place": (lambda proof: proof.update(position=1), ["wrong", "done", "done"]),
    "a place beyond": (lambda proof: proof.update(position=4), ["wrong", "done", "done"]),
    "a wrong path": (lambda proof: proof["path"].reverse(), ["wrong", "done", "done"]),
    "a path too short": (lambda proof: proof["path"].pop(), ["wrong", "done", "done"]),
    "a path too long": (lambda proof: proof["path"].append(proof["path"][0]), ["wrong", "done", "done"]),
    "another size": (change("checkpoint", "\n4\n", "\n3\n"), ["wrong", "wrong", "wrong"]),
    "another key": (by_another_key, ["done", "wrong", "done"]),
    "another log": (of_another_log, ["done", "done", "wrong"]),
    "a log that is ahead of ours": (ahead, ["done", "done", "wrong"]),
}
NO_PROOFS = ["", "{", "null", "[]", "{}", '{"checkpoint": "a"}', json.dumps("x" * 300_000)]


def test_whatever_is_changed_in_a_receipt_is_found(live_site: Site, molen: Place, browser_page: Page) -> None:
    browser_page.goto(live_site + CHECK)
    found, expected = {}, {name: marks for name, (_forge, marks) in FORGED.items()}
    for name, (forge, _marks) in FORGED.items():
        choose(browser_page, kept(molen))
        expect_said(browser_page, "good")
        proof = kept(molen)
        forge(proof)
        choose(browser_page, proof)
        expect_said(browser_page, "bad", "This receipt is not right")
        found[name] = marks(browser_page)
    for text in NO_PROOFS:
        choose(browser_page, kept(molen))
        expect_said(browser_page, "good")
        choose(browser_page, text)
        expect_said(browser_page, "bad", "This is not the proof of a receipt")
        expect(browser_page.locator("[data-part=details]")).to_be_hidden()

    assert found == expected


ROOTS = """async (cases) => {
  const { rootAbove, isContinued } = await import("/static/js/proof.js");
  const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const text = (root) => root && btoa(String.fromCharCode(...root));
  return {
    included: await Promise.all(cases.included.map(async ([leaf, position, size, path]) =>
      text(await rootAbove(bytes(leaf), position, size, path.map(bytes))))),
    continued: await Promise.all(cases.continued.map(([older, oldRoot, newer, newRoot, path]) =>
      isContinued({size: older, root: bytes(oldRoot)}, {size: newer, root: bytes(newRoot)}, path.map(bytes)))),
  };
}"""


def test_the_browser_counts_as_our_own_tree_does(live_site: Site, browser_page: Page) -> None:
    site()
    leaves = [leaf_hash(bytes([number])) for number in range(20)]
    roots = [root_of(leaves[:size]) for size in range(len(leaves) + 1)]

    def written_out(value: bytes) -> str:
        return base64.b64encode(value).decode()

    def path(ranges: list[tuple[int, int]]) -> list[str]:
        return [written_out(root_of(leaves[start:end])) for start, end in ranges]

    places = [(position, size) for size in range(1, 21) for position in range(size)]
    pairs = [(older, newer) for newer in range(1, 21) for older in range(1, newer + 1)]
    cases = {
        "included": [
            (written_out(leaves[place]), place, size, path(inclusion_ranges(place, size)))
            for place, size in places
        ],
        "continued": [
            (older, written_out(roots[older + lie]), newer, written_out(roots[newer]), proven)
            for lie in (0, -1)
            for older, newer in pairs
            for proven in [path(consistency_ranges(older, newer))]
        ],
    }
    browser_page.goto(live_site + CHECK)

    counted = browser_page.evaluate(ROOTS, cases)

    assert counted["included"] == [written_out(roots[size]) for _place, size in places]
    assert counted["continued"] == [True] * len(pairs) + [False] * len(pairs)


def test_a_browser_that_cannot_check_all_says_what_it_did_check(
    live_site: Site, molen: Place, open_page: OpenPage
) -> None:
    page = open_page()
    page.add_init_script("crypto.subtle.importKey = () => Promise.reject(new Error('unknown'))")
    page.goto(live_site + CHECK)
    choose(page, kept(molen))
    expect_said(page, "warn", "Not everything could be checked")
    assert marks(page) == ["done", "open", "done"]

    page.route("**/log/**", lambda route: route.fulfill(status=404))
    choose(page, kept(molen) | {"position": 0})
    expect_said(page, "bad")
    assert marks(page) == ["wrong", "open", "open"]

    without = open_page(java_script_enabled=False)
    without.goto(live_site + CHECK)
    expect(without.locator("[data-part=without]")).to_contain_text("verify_receipt")
    expect(without.locator("#proof-file")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_for_everybody(
    live_site: Site, molen: Place, open_page: OpenPage, width: int, scheme: str
) -> None:
    page = open_page(width=width, height=9000, color_scheme=scheme)
    wrong = {}
    for address in ("/en/proof/", "/en/proof/molenwijk/", "/nl/proof/molenwijk-oost/", CHECK):
        page.goto(live_site + address)
        for summary in page.locator("main summary").all():
            summary.click()
        wrong[address] = complaints(page)
    choose(page, kept(molen))
    expect_said(page, "good")
    wrong["right"] = complaints(page)
    choose(page, kept(molen) | {"position": 1})
    expect_said(page, "bad")
    wrong["not right"] = complaints(page)

    assert {address: said for address, said in wrong.items() if said} == {}
