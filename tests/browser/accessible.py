"""What every page must pass: axe at WCAG 2.2 A and AA, no sideways scroll, targets large enough for a thumb."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}

SMALL_TARGETS = """() => [
  ...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')]
  .filter(e => !e.closest('wagtail-userbar') && !e.classList.contains('skip'))
  .filter(e => !(e.tagName === 'A' && e.closest('p, dd, li:not([class])') && !e.className))
  .filter(e => !e.closest('.row__title, .news, .rich, td, th'))
  .map(e => e.matches('[type=radio], [type=checkbox]') && e.labels[0] || e)  // a thumb hits the words as well
  .map(e => ({words: e.textContent.trim().slice(0, 40), box: e.getBoundingClientRect()}))
  .filter(({box}) => box.width > 0 && box.height < 43.5)
  .map(({words, box}) => `${words} ${Math.round(box.height)}px`)"""


def complaints(page: Page) -> list[str]:
    """Everything that is wrong with the page that is open, in words."""
    found = Axe().run(page, options=RULES).response["violations"]
    said = [f"{one['id']}: {_where(one)}" for one in found]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        said.append("it scrolls sideways")
    said += [f"too small to touch: {target}" for target in page.evaluate(SMALL_TARGETS)]
    return said


def note(page: Page, name: str, wrong: dict[str, list[str]]) -> None:
    """Write down what is wrong with the page that is open, if anything is."""
    if said := complaints(page):
        wrong[name] = said


def words_of(wrong: dict[str, list[str]]) -> str:
    return "\n".join(f"{name}: {words}" for name, said in wrong.items() for words in said)


def _where(violation: dict[str, Any]) -> str:
    return "; ".join(str(node["html"])[:160] for node in violation["nodes"][:3])
