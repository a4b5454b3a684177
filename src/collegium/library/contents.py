"""Tables of contents from files: Crossref's JSON, a journal's RSS or Atom. Nothing is fetched."""

from django.utils.translation import gettext as _

from collegium.library import crossref, feed_reader
from collegium.library.table_of_contents import FileError, InvalidFile, TableOfContents, table_of_contents

MAX_BYTES = 1_000_000


def parse(data: bytes) -> TableOfContents:
    """The issue that a file holds. Raise `InvalidFile` with its errors, each with line and column."""
    if len(data) > MAX_BYTES:
        sentence = _("The file is larger than 1 MB. Export one issue, not the journal.")
        raise InvalidFile(FileError(1, 1, "", sentence))
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<":
        return table_of_contents(feed_reader.parse(data))
    if start in (b"{", b"["):
        return table_of_contents(crossref.parse(data))
    sentence = _("This is neither JSON nor XML. Save the list of works from Crossref, or the journal’s feed.")
    raise InvalidFile(FileError(1, 1, "", sentence))
