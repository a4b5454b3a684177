"""Markdown files whose head, between two lines of three hyphens, is YAML."""

from collegium.intake.located_yaml import LocatedYaml, Position, read_yaml

_FENCE = "---"


def read_markdown(file: str, text: str) -> LocatedYaml:
    """The front matter of `text` with its marks, and what stands below it under `body`."""
    lines = text.split("\n")
    end = _end_of_head(lines)
    if end is None:
        return _without_head(file, lines)
    document = read_yaml(file, "\n".join(lines[1:end]) + "\n", first_line=2)
    if document.value is None and not document.broken:
        document.value = {}
    if isinstance(document.value, dict):
        _add_body(document, lines[end + 1 :], end + 2)
    return document


def _end_of_head(lines: list[str]) -> int | None:
    if lines[0].rstrip() != _FENCE:
        return None
    return next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)


def _without_head(file: str, lines: list[str]) -> LocatedYaml:
    document = LocatedYaml(file, broken=True)
    if lines[0].rstrip() == _FENCE:
        expected = 'The head that begins here is never closed. Close it with a line "---" above the text.'
    else:
        expected = 'The file should begin with a line "---", then its keys, then another line "---".'
    document.issues.append(document.issue((), "", expected))
    return document


def _add_body(document: LocatedYaml, lines: list[str], first_line: int) -> None:
    if "body" in document.value:
        expected = 'The text stands below the second "---", not under "body". Move it there.'
        document.issues.append(document.issue(("body",), "", expected, document.keys[("body",)]))
    blank = next((number for number, line in enumerate(lines) if line.strip()), 0)
    document.value["body"] = "\n".join(lines[blank:]).rstrip("\n")
    document.values[("body",)] = document.keys[("body",)] = Position(first_line + blank, 1)
