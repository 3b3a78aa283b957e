"""About the project itself: what holds for every file of a kind, now and for the ones still to come."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.template import engines
from django.template.backends.django import DjangoTemplates

from core.refusals import Refusal
from tests import sources
from tests.databases import ROOT

LONGEST_FILE = 400
OURS = tuple(sources.APPS)


def module_name(path: Path) -> str:
    folder = ROOT / "site" if path.is_relative_to(ROOT / "site") else ROOT
    return ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__")


def import_all() -> list[str]:
    """Import every module of ours but the settings, which are one per process."""
    names = [module_name(path) for path in sources.python_files() if "tests" not in path.parts]
    names = [name for name in names if not name.startswith("config.settings")]
    for name in names:
        import_module(name)
    return names


def refusals() -> list[type[Refusal]]:
    import_all()
    found, left = set(), [Refusal]
    while left:
        for one in left.pop().__subclasses__():
            if one.__module__.split(".")[0] in OURS and one not in found:
                found.add(one)
                left.append(one)
    return sorted(found, key=lambda one: (one.__module__, one.__name__))


def test_every_module_can_be_imported() -> None:
    assert "core.states" in import_all()


def test_every_template_can_be_read() -> None:
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)
    read = []
    for path in sources.templates():
        engine.from_string(path.read_text())
        read.append(path.name)

    assert "base.html" in read


def test_no_template_holds_a_script_or_a_style() -> None:
    assert sources.inline_code() == ""


def test_every_refusal_says_in_its_docstring_what_it_is() -> None:
    assert [one.__qualname__ for one in refusals() if not (one.__dict__.get("__doc__") or "").strip()] == []


def test_every_refusal_has_a_sentence_of_its_own_for_people() -> None:
    without = [
        one.__qualname__
        for one in refusals()
        if one.sentence == Refusal.sentence or not re.search(r"(?:[.?]|%\(\w+\)s)$", str(one.sentence))
    ]

    assert without == []


def test_every_refusal_has_a_code_that_no_other_in_its_app_has() -> None:
    seen: dict[tuple[str, str], str] = {}
    double = []
    for one in refusals():
        place = (one.__module__.split(".")[0], one.code)
        if place in seen or one.code == Refusal.code:
            double.append(f"{one.__qualname__} and {seen.get(place, 'Refusal')}: {one.code}")
        seen[place] = one.__qualname__

    assert double == []


@pytest.mark.parametrize("app", OURS)
def test_every_app_says_what_it_knows_what_it_refuses_and_where_its_doors_are(app: str) -> None:
    text = (sources.APPS[app] / "README.md").read_text()

    assert re.match(rf"# {app}\b", text)
    assert [word for word in ("know", "refuse", "doors") if word not in text.lower()] == []
    assert len(text.splitlines()) <= 80


def test_no_file_is_too_long_to_read() -> None:
    long = {
        str(path.relative_to(ROOT)): length
        for path in sources.python_files()
        if (length := len(path.read_text().splitlines())) > LONGEST_FILE
    }

    assert long == {}


def test_every_folder_of_tests_is_a_package() -> None:
    """Else `tests/site` would take the place of Python's own module, and two tests of one name would meet."""
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}

    assert [
        str(folder.relative_to(ROOT)) for folder in sorted(folders) if not (folder / "__init__.py").exists()
    ] == []


def test_site_is_a_folder_and_never_a_package() -> None:
    assert not (ROOT / "site" / "__init__.py").exists()


def test_git_does_not_overlook_the_settings() -> None:
    """The usual list for Python projects has this line, for another `site`."""
    ignored = {line.strip().strip("/") for line in (ROOT / ".gitignore").read_text().splitlines()}

    assert ignored & {"site", "site/config", "tests", "requirements"} == set()


def test_no_file_names_where_packages_come_from() -> None:
    assert sources.package_hosts() == ""


def test_the_lists_of_requirements_agree_and_every_line_has_its_hash() -> None:
    versions: dict[str, set[str]] = {}
    for name in ("base", "test", "dev", "bench"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        versions[name] = set(re.findall(r"^\S+==\S+", text, re.MULTILINE))
        packages = re.split(r"\n(?=\S)", text.strip())
        assert [package for package in packages if "--hash=sha256:" not in package] == []

    assert versions["base"] < versions["test"] < versions["dev"]
    assert versions["test"] < versions["bench"]


def test_makefile_explains_every_wish() -> None:
    text = (ROOT / "Makefile").read_text()
    wishes = set(re.findall(r"^([a-z]+):.*## ", text, re.MULTILINE))

    assert wishes >= {
        "help",
        "install",
        "demo",
        "run",
        "test",
        "soak",
        "check",
        "audit",
        "bench",
        "format",
        "lock",
        "messages",
    }
