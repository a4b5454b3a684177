"""Markdown files whose head, between two lines of three hyphens, is YAML."""

from collegium.intake.marked import Marked, Place, read_yaml

_FENCE = "---"


def read_markdown(file: str, text: str) -> Marked:
    """The front matter of `text` with its marks, and what stands below it under `body`."""
    lines = text.split("\n")
    end = _end_of_head(lines)
    if end is None:
        return _without_head(file, lines)
    marked = read_yaml(file, "\n".join(lines[1:end]) + "\n", first_line=2)
    if marked.value is None and not marked.broken:
        marked.value = {}
    if isinstance(marked.value, dict):
        _add_body(marked, lines[end + 1 :], end + 2)
    return marked


def _end_of_head(lines: list[str]) -> int | None:
    if lines[0].rstrip() != _FENCE:
        return None
    return next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)


def _without_head(file: str, lines: list[str]) -> Marked:
    marked = Marked(file, broken=True)
    if lines[0].rstrip() == _FENCE:
        expected = 'The head that begins here is never closed. Close it with a line "---" above the text.'
    else:
        expected = 'The file should begin with a line "---", then its keys, then another line "---".'
    marked.faults.append(marked.fault((), "", expected))
    return marked


def _add_body(marked: Marked, lines: list[str], first_line: int) -> None:
    if "body" in marked.value:
        expected = 'The text stands below the second "---", not under "body". Move it there.'
        marked.faults.append(marked.fault(("body",), "", expected, marked.keys[("body",)]))
    blank = next((number for number, line in enumerate(lines) if line.strip()), 0)
    marked.value["body"] = "\n".join(lines[blank:]).rstrip("\n")
    marked.values[("body",)] = marked.keys[("body",)] = Place(first_line + blank, 1)
