"""Looking through the files of this project, for the checks and for the tests about the project."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from tests.databases import ROOT

APPS = {
    "home": ROOT / "site" / "home",
    "programme": ROOT / "site" / "programme",
    "wallet": ROOT / "site" / "wallet",
    "marketplace": ROOT / "marketplace",
    "neighbourhoods": ROOT / "neighbourhoods",
    "people": ROOT / "site" / "people",
    "ledger": ROOT / "ledger",
    "content": ROOT / "site" / "content",
    "core": ROOT / "site" / "core",
}
NOT_OURS = {".git", ".venv", ".venv-uv", "var", "__pycache__"}
CODE = ("ledger", "marketplace", "neighbourhoods", "site", "tests")

# Spelled so that this file does not name what it looks for.
PACKAGE_HOST = re.compile(r"pypi\.(?:org|python)|pythonhosted\.(?:org)|--(?:extra-)?index-url|--find-links")
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=.application/(?:ld\+)?json)[^>]*>|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:"
)
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.DOTALL)
# Mail and the pages for a broken server cannot fetch a style sheet.
MAY_BE_INLINE = ("/emails/",)


def files() -> Iterator[Path]:
    """What stands in the repository, or would. Looked up without git: not every machine that tests has it."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_OURS and not name.endswith("_cache")]
        yield from (Path(folder) / name for name in names if not name.endswith((".mo", ".pyc", ".env")))


def python_files() -> list[Path]:
    """Our own modules, migrations left out."""
    found = [path for folder in CODE for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def template_folders() -> list[str]:
    """Where our templates are, from the root."""
    folders = [ROOT / "site" / "templates", *(folder / "templates" for folder in APPS.values())]
    return [str(folder.relative_to(ROOT)) for folder in folders if folder.is_dir()]


def templates() -> list[Path]:
    return sorted(
        path for folder in template_folders() for path in (ROOT / folder).rglob("*") if path.is_file()
    )


def inline_code() -> str:
    """Scripts and styles within a page, which the security policy forbids; "" when there are none."""
    wrong = []
    for path in templates():
        if path.suffix != ".html" or any(part in str(path) for part in MAY_BE_INLINE):
            continue
        text = COMMENT.sub("", path.read_text())
        wrong += [f"{path.relative_to(ROOT)}: {found.group().strip()}" for found in INLINE.finditer(text)]
    return "\n".join(wrong)


def package_hosts() -> str:
    """Files that name where packages come from; that is each machine's own affair. "" when none does."""
    wrong = []
    for path in files():
        if path == Path(__file__):
            continue
        try:
            found = PACKAGE_HOST.search(path.read_text())
        except UnicodeDecodeError:
            continue
        if found:
            wrong.append(f"{path.relative_to(ROOT)}: {found.group()}")
    return "\n".join(wrong)


def publiccode() -> str:
    """What is wrong with the file by which administrations find this; "" when nothing is."""
    import yaml  # only what checks need has it

    try:
        said = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    except (OSError, yaml.YAMLError) as error:
        return str(error)
    expected = {"publiccodeYmlVersion": "0.7", "name": "Socialcoin"}
    wrong = [
        f"{key} is {said.get(key)!r}, not {value!r}"
        for key, value in expected.items()
        if said.get(key) != value
    ]
    if said["legal"]["license"] != "EUPL-1.2":
        wrong.append("legal.license is not EUPL-1.2")
    if not {"nl", "en"} <= set(said["localisation"]["availableLanguages"]):
        wrong.append("localisation.availableLanguages lacks nl or en")
    return "\n".join(wrong)
