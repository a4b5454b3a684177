"""What the documentation names is there: files that it links to, modules, tests and commands."""

import re
from pathlib import Path

import pytest

from collegium.config import cli

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "collegium"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!page:|event:|https?:|mailto:|/)([^)#\s]+)")
FILE = re.compile(
    r"`((?:src/collegium|tests|tools|bench|fuzz|docs|packs|requirements)/[\w./-]+\.\w+)(?::[^`]*)?`"
)
ROOMS = "|".join(sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()))
MODULE_FILE = re.compile(rf"`((?:{ROOMS})/[\w/]+\.py)(?::[^`]*)?`")
DOTTED = re.compile(rf"`((?:{ROOMS})(?:\.\w+)+)(?:\([^`]*)?`")
COMMAND = re.compile(r"(?:`|bin/|\n)collegium ([a-z]+(?:-[a-z]+)*)\b")
#: The room and the pack that these pages make as an example.
INVENTED = ("grants/", "sections/grants/", "desk/grants.py", "packs/example/")
#: Files of packs, and a key of a cache: they look like modules and commands.
NO_NAMES = {"newsroom.yaml", "society.yaml", "section-en-events"}


def named(pattern):
    return [
        pytest.param(page, match, id=f"{page.relative_to(ROOT)}-{match}")
        for page in PAGES
        for match in sorted(set(pattern.findall(page.read_text(encoding="utf-8"))))
        if not match.startswith(INVENTED) and match not in NO_NAMES
    ]


@pytest.mark.parametrize(("page", "target"), named(LINK))
def test_links_lead_to_files(page, target):
    assert (page.parent / target).exists()


@pytest.mark.parametrize(("page", "name"), named(FILE))
def test_files_are_there(page, name):
    assert (ROOT / name).exists()


@pytest.mark.parametrize(("page", "name"), named(MODULE_FILE))
def test_modules_are_there(page, name):
    assert (PACKAGE / name).exists()


@pytest.mark.parametrize(("page", "name"), named(DOTTED))
def test_names_are_in_their_modules(page, name):
    steps = name.split(".")
    module, rest = PACKAGE, list(steps)
    while rest and (module / rest[0]).is_dir():
        module /= rest.pop(0)
    if rest and (module / f"{rest[0]}.py").is_file():
        texts = [(module / f"{rest.pop(0)}.py").read_text(encoding="utf-8")]
    else:
        texts = [path.read_text(encoding="utf-8") for path in module.glob("*.py")]
    for step in rest:
        assert any(re.search(rf"\b{step}\b", text) for text in texts), step


@pytest.mark.parametrize(("page", "command"), named(COMMAND))
def test_commands_exist(page, command):
    assert command in cli.parser().format_help().split()
