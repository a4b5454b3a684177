"""Catalogues of packs: whatever stands in a PO file, it is read or refused in a sentence, in time."""

import tempfile
from pathlib import Path

from _inputs import fuzz, in_time, mutated, repeated
from hypothesis import given
from hypothesis import strategies as st

from collegium.kit.packs import PackContents
from collegium.languages import packs as languages

TEXT = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: ko\\n"

#: page:about
#, fuzzy
msgctxt "a"
msgid "How to <a id=\\"a1\\">reach</a> it"
msgstr "연락 방법"

msgid "one"
msgid_plural "many"
msgstr[0] "하나"

#~ msgid "gone"
#~ msgstr "x"
"""
TOKENS = [
    '"',
    "\\",
    "\n",
    "msgid ",
    "msgstr ",
    "msgstr[",
    "msgctxt ",
    "#: ",
    "#, ",
    "#~ ",
    "#| ",
    "charset=",
    "utf-7",
    "idna",
]
TOKENS += [
    "charset=rot13",
    "charset=undefined",
    "\\x",
    "\\n",
    "\x00",
    "[0]",
    "[99999999999]",
    "[-1]",
    " ",
    "\t",
    "\ufeff",
]
TEXTS = st.one_of(mutated(TEXT, TOKENS), repeated(TOKENS, 20_000), st.text(max_size=80))
ITEM = {"language": "ko", "of": "2025-02-13", "catalogue": "languages/ko.po", "translated": {}}


def run(path: Path) -> None:
    contents = PackContents({}, {}, {"languages/ko.po": path})

    def check(raw: bytes) -> None:
        path.write_bytes(raw)
        in_time(lambda: list(languages.IMPORTER.check(ITEM, contents)), len(raw))

    @fuzz
    @given(TEXTS)
    def texts(text: str) -> None:
        check(text.encode("utf-8", "surrogatepass"))

    @fuzz
    @given(st.binary(max_size=200))
    def anything(raw: bytes) -> None:
        check(raw)

    texts()
    anything()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="collegium-fuzz-") as scratch:
        run(Path(scratch) / "ko.po")
