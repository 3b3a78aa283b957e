"""Somebody with a browser, as far as a server sees it: opens pages, follows links and presses buttons by their words.

What is pressed is a form of the page that is open, with all that stands in it. So a story that goes well here was told
by pages alone, without JavaScript.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from people.models import User

FIELDS = ["input", "textarea", "select"]


class Visitor:
    """A person who is signed in, and the page that is open before them."""

    def __init__(self, login: User, language: str = "en") -> None:
        self.client = Client()
        self.client.force_login(login)
        self.language = language
        self.url = f"/{language}/account/"
        self.page = BeautifulSoup("", "html.parser")

    def open(self, url: str) -> Visitor:
        """Go to an address."""
        return self._read(self.client.get(url, follow=True), url)

    def follow(self, words: str) -> Visitor:
        """Go where the link with these words leads."""
        found = [link for link in self.page.find_all("a") if words in _text(link)]
        assert found, (
            f"No link “{words}” on {self.url}; there are {[_text(one) for one in self.page.find_all('a')]}"
        )
        return self.open(urljoin(self.url, str(found[0]["href"])))

    def press(self, words: str, **filled: Any) -> Visitor:
        """Fill in the form that has the button with these words, and press it."""
        found = [button for button in self.page.find_all("button") if words in _text(button)]
        buttons = [_text(one) for one in self.page.find_all("button")]
        assert found, f"No button “{words}” on {self.url}; there are {buttons}: {self.words[:2000]}"
        button = found[0]
        form = button.find_parent("form")
        assert form is not None
        fields = [*form.find_all(FIELDS), *self.page.find_all(FIELDS, attrs={"form": form.get("id") or "-"})]
        data = _contents(fields)
        if button.get("name"):
            data[str(button["name"])] = str(button.get("value", ""))
        unknown = set(filled) - {str(field.get("name")) for field in fields}
        assert not unknown, f"No field {unknown} in the form of “{words}” on {self.url}"
        data |= filled
        where = urljoin(self.url, str(button.get("formaction") or form.get("action") or self.url))
        if str(form.get("method", "get")).lower() == "get":
            return self._read(self.client.get(where, data, follow=True), where)
        return self._read(self.client.post(where, data, follow=True), where)

    def download(self, words: str) -> bytes:
        """What the link with these words gives."""
        link = next(link for link in self.page.find_all("a") if words in _text(link))
        answer = self.client.get(urljoin(self.url, str(link["href"])))
        assert answer.status_code == 200
        return b"".join(answer) if answer.streaming else answer.content

    @property
    def words(self) -> str:
        """All that is to be read in the page."""
        main = self.page.find("main") or self.page
        return _text(main)

    def _read(self, answer: Any, url: str) -> Visitor:
        self.url = answer.redirect_chain[-1][0] if answer.redirect_chain else url
        self.url = urlsplit(self.url)._replace(scheme="", netloc="").geturl()
        self.page = BeautifulSoup(answer.content, "html.parser")
        assert answer.status_code == 200, f"{self.url} answers {answer.status_code}: {self.words[:2000]}"
        return self


def file_of(name: str, content: bytes) -> SimpleUploadedFile:
    """A file to choose in a form."""
    return SimpleUploadedFile(name, content)


def _contents(fields: list[Tag]) -> dict[str, Any]:
    """What a browser would send of a form that nobody touched."""
    data: dict[str, Any] = {}
    for field in fields:
        name = str(field.get("name") or "")
        if name and (value := _value(field)) is not None:
            several = field.get("type") == "checkbox"
            data[name] = [*data.get(name, []), value] if several else value
    return data


def _value(field: Tag) -> str | None:
    """What this field gives by itself; None for what is not sent."""
    if field.name == "textarea":
        return field.get_text()
    if field.name == "select":
        chosen = field.find("option", selected=True) or field.find("option")
        return str(chosen.get("value", "")) if isinstance(chosen, Tag) else ""
    kind = field.get("type", "text")
    if kind in {"submit", "file"} or (kind in {"radio", "checkbox"} and not field.has_attr("checked")):
        return None
    return str(field.get("value", "on" if kind == "checkbox" else ""))


def _text(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())
