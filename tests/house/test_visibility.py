"""Nobody can forget an embargo: code that lists live pages must ask for those that are released or public."""

import re
from pathlib import Path

SRC = Path(__file__).resolve().parents[2] / "src" / "collegium"
LIVE = re.compile(r"\.live\(\)")
#: The places that may call Wagtail's `.live()`, and why.
ALLOWED = {
    "pages/visibility.py": "it defines what is released",
    "pages/models.py": "the pages above a page that is shown; news has no pages below it",
    "newsroom/models/items.py": "it defines what is under an embargo",
    "newsroom/todo.py": "the to-do list of the office names embargoes that lift soon",
}


def callers():
    paths = (path for path in SRC.rglob("*.py") if "migrations" not in path.parts)
    return {str(path.relative_to(SRC)) for path in paths if LIVE.search(path.read_text(encoding="utf-8"))}


def test_no_other_code_lists_live_pages():
    assert callers() - ALLOWED.keys() == set(), "use pages.visibility.public() or .released()"


def test_no_exception_outlives_its_reason():
    assert ALLOWED.keys() - callers() == set()
