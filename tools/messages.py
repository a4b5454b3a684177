"""Bring the catalogues to what the code says to readers. Run by `make messages`; needs nothing of gettext.

Every message that a reader can meet is looked for in the code and the templates, and written into
`src/collegium/locale/<language>/LC_MESSAGES/django.po`. What was translated stays; what resembles a message
that is gone is proposed and marked fuzzy; what is gone goes.

Staff work in English, so what staff alone read is left out, by one rule that can be read off the code: the
rooms and modules of `OF_STAFF`, the panels of the desk, and whatever is said inside a field, a panel, a
block, a check of what was typed, or the `Meta` of a class.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from babel.messages import Catalog
from babel.messages import Message as CatalogMessage
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "collegium"
LANGUAGES = ("ar", "es", "ja", "ko")
OF_STAFF = (
    *("desk/", "audit/", "work/", "mail/", "config/", "intake/", "people/"),
    *("kit/when_checks.py", "kit/when_field.py", "kit/languages.py", "kit/countries.py"),
    *("look/brand.py", "look/covers.py", "look/templates/look/pattern_sheet.html"),
    *("events/errors.py", "events/todo.py", "newsroom/audio.py"),
    *("library/errors.py", "library/contents.py", "library/feed_reader.py", "library/identifiers.py"),
    *(
        "library/table_of_contents.py",
        "library/crossref.py",
        "careers/todo.py",
        "newsroom/todo.py",
        "newsroom/lines.py",
    ),
    *(
        "newsroom/models/desk.py",
        "newsroom/section_pages.py",
        "pages/models.py",
        "website/text/page.py",
        "website/text/blocks.py",
    ),
    *("languages/coverage.py", "languages/wagtail_hooks.py", "languages/templates/languages/coverage.html"),
    *(
        "languages/models.py",
        "pages/edit_conflicts.py",
        "pages/upload_forms.py",
        "pages/blocks/stream.py",
    ),
)
#: Folders of files that staff alone read, in any room: panels of a record at the desk.
STAFF_FOLDERS = ("/migrations/", "/panels/")
#: Babel counts "many" last; every other program of gettext counts zero, one, two, few, many, other.
PLURALS = {
    "ar": "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)",
}
#: Here the name of a sort is the name of a kind of news, which readers see.
NAMES_ARE_READ = ("newsroom/models/",)
#: Calls and keywords whose words stand on the screens of staff only.
STAFF_CALL = re.compile(r"(\w(Field|Panel|Block|Key|Issue)|Panel|ValidationError|_colour)$")
STAFF_FUNCTION = re.compile(r"_?(clean|check|faults|publish_errors|publish_warnings)")
STAFF_KEYWORDS = {"help_text", "verbose_name", "verbose_name_plural"}
#: Attributes of classes whose words stand on the screens of staff only.
STAFF_ATTRIBUTES = {"page_description"}
SAYS = {"_", "_now", "gettext", "gettext_lazy"}
SAYS_COUNT = {"ngettext", "ngettext_lazy"}
SAYS_IN_CONTEXT = {"pgettext", "pgettext_lazy"}
#: What `templatize` makes of the tags of a template.
CALL = re.compile(r"""\b(n?p?gettext|_)\(((?:u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')(?:,\s*)?)+)""")


class Message(NamedTuple):
    """`id` is one text, or singular and plural."""

    id: str | tuple[str, str]
    context: str
    file: str


def said_in_python(source: str, file: str) -> Iterator[Message]:
    """What a module says to readers."""
    yield from _visit(ast.parse(source), file)


def _visit(node: ast.AST, file: str) -> Iterator[Message]:
    if isinstance(node, ast.ClassDef) and node.name == "Meta" and not file.startswith(NAMES_ARE_READ):
        return
    if isinstance(node, ast.FunctionDef) and STAFF_FUNCTION.match(node.name):
        return
    if isinstance(node, ast.keyword) and node.arg in STAFF_KEYWORDS:
        return
    if isinstance(node, ast.Assign) and _name(node.targets[0]) in STAFF_ATTRIBUTES:
        return
    if isinstance(node, ast.Call):
        name = _name(node.func)
        if STAFF_CALL.search(name):
            return
        texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        yield from _message(name, [text for text in texts if isinstance(text, str)], file)
    for child in ast.iter_child_nodes(node):
        yield from _visit(child, file)


def _name(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""


def _message(name: str, texts: list[str], file: str) -> Iterator[Message]:
    if name in SAYS and texts:
        yield Message(texts[0], "", file)
    elif name in SAYS_COUNT and len(texts) > 1:
        yield Message((texts[0], texts[1]), "", file)
    elif name in SAYS_IN_CONTEXT and len(texts) > 1:
        yield Message(texts[1], texts[0], file)
    elif name.startswith("npgettext") and len(texts) > 2:
        yield Message((texts[1], texts[2]), texts[0], file)


def said_in_template(source: str, file: str) -> Iterator[Message]:
    """What a template says."""
    for name, texts in CALL.findall(templatize(source, origin=file)):
        yield from _message(name, list(ast.literal_eval(f"({texts.rstrip().rstrip(',')},)")), file)


def said(package: Path = PACKAGE) -> list[Message]:
    """Everything that readers can be told."""
    found: list[Message] = []
    for path in sorted(package.rglob("*")):
        file = path.relative_to(package).as_posix()
        if file.startswith(OF_STAFF) or any(folder in file for folder in STAFF_FOLDERS):
            continue
        if path.suffix == ".py":
            found += said_in_python(path.read_text(encoding="utf-8"), file)
        elif path.suffix == ".html":
            found += said_in_template(path.read_text(encoding="utf-8"), file)
    return found


def template(messages: list[Message]) -> Catalog:
    """A catalogue without a language."""
    made = Catalog(project="Collegium", charset="utf-8")
    for message in messages:
        made.add(message.id, locations=[(message.file, 1)], context=message.context or None)
    return made


def brought_up_to_date(path: Path, wanted: Catalog, language: str) -> Catalog:
    """The catalogue at `path` with exactly the messages of `wanted`; what was translated stays."""
    if path.exists():
        with path.open("rb") as file:
            kept = read_po(file, locale=language)
    else:
        kept = Catalog(locale=language)
    kept.update(wanted, update_header_comment=False)
    kept.obsolete.clear()
    return kept


def write(path: Path, catalog: Catalog) -> None:
    """Write `catalog` so that two runs over the same code give the same file: no dates, no line numbers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog.fuzzy = False
    catalog.project, catalog.version = "Collegium", "1"
    catalog.header_comment = (
        f"# What Collegium says to readers, in {catalog.locale}. Written by `make messages`."
    )
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    catalog.last_translator, catalog.language_team = "nobody", catalog.locale_identifier or ""
    catalog.msgid_bugs_address = ""
    language = str(catalog.locale_identifier or "")
    if language in PLURALS:
        catalog._plural_expr = PLURALS[language]
    with path.open("wb") as file:
        write_po(file, catalog, width=100, sort_output=True, include_lineno=False, omit_header=False)


def file_of(language: str, package: Path = PACKAGE) -> Path:
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def update() -> int:
    """Write every catalogue anew, and print how much of it is left to translate."""
    wanted = template(said())
    for language in LANGUAGES:
        catalog = brought_up_to_date(file_of(language), wanted, language)
        write(file_of(language), catalog)
        print(f"{language}: {len(catalog)} messages, {len(list(untranslated(catalog)))} to translate")
    return 0


def check() -> int:
    """Print every message that a catalogue lacks or leaves untranslated; 1 if there is any.

    Run at a release: until then readers of the other language read English in its place.
    """
    wanted = template(said())
    missing = [line for language in LANGUAGES for line in missing_of(language, wanted)]
    print("\n".join(missing) or "Every catalogue is complete.")
    return 1 if missing else 0


def missing_of(language: str, wanted: Catalog) -> list[str]:
    """What the catalogue of `language` lacks, a line each."""
    catalog = brought_up_to_date(file_of(language), wanted, language)
    return [f"{language}: {_id(message)}" for message in untranslated(catalog)]


def untranslated(catalog: Catalog) -> Iterator[CatalogMessage]:
    """Messages without a translation, or with one that nobody has confirmed."""
    for message in catalog:
        if message.id and (message.fuzzy or not all(_strings(message.string))):
            yield message


def _id(message: CatalogMessage) -> str:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return " ".join(text.split())


def main(arguments: list[str]) -> int:
    settings.configure(USE_I18N=False)
    return check() if "--check" in arguments else update()


def _strings(string: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [string or ""] if isinstance(string, str | None) else list(string)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
