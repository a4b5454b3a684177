"""YAML and front matter of packs: no exception, and every issue stands at a line of the file."""

from _inputs import fuzz, in_time, mutated, repeated
from hypothesis import given
from hypothesis import strategies as st

from collegium.intake.front_matter import read_markdown
from collegium.intake.located_yaml import LocatedYaml, read_yaml

TEXT = """\
kinds:
  - key: webinar   # a comment
    title: "Webinar: one"
    when: 2025-03-11 10:00
    list: [a, 'b', {c: 1, d: ~}]
    text: |
      Some *Markdown*
      on two lines.
    folded: >-
      a
      b
"""
TOKENS = [
    ":",
    ": ",
    "- ",
    "\n",
    "\n  ",
    "\t",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&a ",
    "*a",
    "!!binary ",
    "!x ",
    "|\n",
    ">\n",
]
TOKENS += [
    "'",
    '"',
    "\\x00",
    "#",
    "%YAML",
    "---",
    "...",
    "<<: ",
    "? ",
    "null",
    "0x",
    "1e999",
    "no",
    "@",
    "`",
    "\ufeff",
]
TEXTS = st.one_of(
    mutated(TEXT, TOKENS),
    st.lists(st.sampled_from(TOKENS), max_size=80).map("".join),
    repeated(TOKENS, 20_000),
)


def check_places(document: LocatedYaml, text: str) -> None:
    for issue in document.issues:
        assert 1 <= issue.line <= text.count("\n") + 2
        assert issue.column >= 1
        assert issue.expected


@fuzz
@given(TEXTS)
def yaml_texts(text: str) -> None:
    in_time(lambda: check_places(read_yaml("x.yaml", text), text), len(text))


@fuzz
@given(TEXTS)
def front_matter(text: str) -> None:
    for whole in (text, f"---\n{text}\n---\nBody."):
        in_time(lambda whole=whole: check_places(read_markdown("x.md", whole), whole), len(whole))


if __name__ == "__main__":
    yaml_texts()
    front_matter()
