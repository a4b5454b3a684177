"""Markdown of packs: whatever is written, the HTML is clean and comes in time, or a sentence says why not."""

import contextlib
import re

from _inputs import fuzz, in_time, repeated
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from collegium.kit import markdown_blocks, prose

TOKENS = [
    "[",
    "]",
    "(",
    ")",
    "![",
    "<",
    ">",
    "<a ",
    "<!--",
    "</p>",
    "<b>",
    "*",
    "**",
    "_",
    "`",
    "```",
    "~",
    "\\",
]
TOKENS += [
    "#",
    "- ",
    "1. ",
    "> ",
    "    ",
    "\t",
    "\n",
    "\n\n",
    "|",
    "|---|",
    ":::",
    ":::quote\n",
    "---",
    "&",
    "&amp;",
]
TOKENS += [
    "[a](page:x)",
    "[a]: /b\n",
    "[a][b]",
    "javascript:",
    "http://a",
    "'",
    '"',
    "--",
    "...",
    "a",
    "é",
    "ا",
    "日",
]
TEXTS = st.one_of(
    st.lists(st.one_of(st.sampled_from(TOKENS), st.text(max_size=5)), max_size=60).map("".join),
    repeated(TOKENS, 4_000),
)
ALLOWED = re.compile(r"</?(?:p|h[234]|strong|em|a|ol|ul|li|blockquote|hr|br)\b")


def link(kind: str, key: str) -> dict[str, str]:
    return {"linktype": kind, "id": key}


def convert(text: str) -> None:
    prose.own_links(text)
    list(prose.pieces(text))
    list(markdown_blocks.split_blocks(text))
    error = prose.error_in(text)
    try:
        html = prose.to_html(text, link)
    except ValidationError:
        assert error is not None
        return
    assert not ALLOWED.sub("", html).count("<"), html
    assert "javascript:" not in "".join(re.findall(r'href="([^"]*)"', html)).lower()


@fuzz
@given(TEXTS)
def short_texts(text: str) -> None:
    in_time(lambda: convert(text), len(text))


def long_texts() -> None:
    """A text as long as one may be, of each token and each pair of tokens."""
    for token in [*TOKENS, *(a + b for a in TOKENS[:30] for b in TOKENS[:30])]:
        text = token * (prose.MAX_LENGTH // len(token))
        with contextlib.suppress(ValidationError):
            in_time(lambda text=text: prose.to_html(text, link), 4 * len(text))


if __name__ == "__main__":
    short_texts()
    long_texts()
