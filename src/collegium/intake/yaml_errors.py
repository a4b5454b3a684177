"""What a YAML parser's complaint means to somebody who only wanted to write a list of events."""

from typing import Any

# libyaml and PyYAML word their complaints differently; each entry is a piece that one of them says.
_SENTENCES = {
    "mapping values are not allowed": (
        "A colon followed by a space starts a value, and no value can start here. Put the whole text in "
        "quotes if the colon belongs to it, or see whether this line is indented too far."
    ),
    "cannot start any token": (
        "This character cannot stand here unquoted. Indent with spaces, not tabs, and put text that begins "
        "with @, ` or % in quotes."
    ),
    "found unexpected end of stream": "The quotes opened here or above are never closed. Close them.",
    "found unexpected document": "The quotes opened above are never closed. Close them.",
    "could not find expected ':'": (
        'This line should read "key: value", but has no colon followed by a space, or quotes above it '
        "are not closed."
    ),
    "expected ',' or": "A bracket opened here or above is not closed, or a comma is missing. See to both.",
    "undefined alias": (
        "An asterisk begins the name of something that is not in this file. Put the text in quotes if the "
        "asterisk belongs to it."
    ),
    "alphabetic or numeric": (
        "An asterisk or an ampersand begins a name here, and none follows. Put the text in quotes if the "
        "sign belongs to it."
    ),
    "another document": 'A second "---" begins another document here. A file holds one only: remove it.',
    "<document start>": "Something stands here behind the end of the file's group. See how it is indented.",
    "escape": "After a backslash in double quotes this is not understood. Write \\\\, or use single quotes.",
    "incompatible YAML": "A line that begins with % is an instruction to the reader. Remove it.",
    "node content": "A value should stand here, and something else does. Put it in quotes if it is text.",
    "directive": "A line that begins with % is an instruction to the reader. Remove it.",
    "simple key": "This key is longer than a line or has quotes that are not closed.",
    "sequence entries are not allowed": (
        "A hyphen starts an item of a list, and no list can start here. Begin the list on a line of its own."
    ),
    "tag": "Tags (words that begin with !) are not read. Put the text in quotes if the ! belongs to it.",
}
_INDENT = (
    "This line does not fit those above it. Lines of one group begin in the same column, items of a list "
    "begin with a hyphen in the same column, and quotes and brackets are closed."
)


# Where such a thing began says more than where the parser gave up.
_BEGUN = ("unexpected end of stream", "unexpected document", "could not find expected ':'")


def syntax_mark(error: Exception) -> Any:
    """The parser's mark of the place to look at, or nothing."""
    begun = any(piece in str(getattr(error, "problem", "")) for piece in _BEGUN)
    mark = getattr(error, "context_mark", None) if begun else None
    return mark or getattr(error, "problem_mark", None)


def syntax_message(error: Exception) -> str:
    """What is wrong and what to do, for an `error` of the YAML parser."""
    problem = str(getattr(error, "problem", None) or error)
    said = next((sentence for piece, sentence in _SENTENCES.items() if piece in problem), "")
    return said or _INDENT
