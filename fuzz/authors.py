"""Lines of authors and identifiers as people paste them."""

from _runner import fuzz, in_time, run
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from collegium.library import author_names, identifiers

PARTS = st.sampled_from(
    ["Ludwig TE", "et al.", ",", ";", " and ", "van der", "  ", "The", "A-B", "Ż", "\u202e"]
)
LINES = st.lists(PARTS | st.text(max_size=12), max_size=40).map("".join)
DOIS = st.lists(
    st.sampled_from(["10.", "1234", "/", "doi:", "https://doi.org/", " ", "{", "\\", "é"])
    | st.text(max_size=8),
    max_size=12,
).map("".join)


@fuzz
@given(LINES)
def lines_of_authors(line: str) -> None:
    in_time(lambda: [str(name) for name in author_names.parse_authors(line).names])


@fuzz
@given(
    st.sampled_from([" ", "a", "A ", "a,", "et al", "van "]) | st.text(min_size=1, max_size=4),
    st.integers(1, 1_000_000),
)
def a_line_a_megabyte_long(part: str, size: int) -> None:
    in_time(lambda: author_names.parse_authors(part * (size // len(part))))


@fuzz
@given(DOIS)
def dois(text: str) -> None:
    field = identifiers.DoiField()

    def read() -> None:
        try:
            bare = field.to_python(text)
        except ValidationError:
            return
        assert len(bare) <= identifiers.MAX_DOI

    in_time(read)


if __name__ == "__main__":
    run(lines_of_authors, a_line_a_megabyte_long, dois)
