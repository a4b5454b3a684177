"""What we write is read back by readers that are not ours."""

import json

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from collegium.library import author_names, bibtex, citations, csl, ris
from collegium.library.citations import Work, WorkType

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=60).filter(
    str.strip
)

WORK = Work(
    key="ludwig-2023",
    type=WorkType.ARTICLE,
    title="Cells & {standards}: 100% of #1_a",
    authors=author_names.parse_authors("Ludwig TE, Andrews PW, et al."),
    year=2023,
    month=9,
    container="Stem Cell Reports",
    volume="18",
    issue="9",
    pages="1744-1752",
    doi="10.1016/j.stemcr.2023.08.003",
    url="https://doi.org/10.1016/j.stemcr.2023.08.003",
    pmid="37703820",
    language="en",
)


def read_bibtex(text):
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    return [
        {"ENTRYTYPE": entry.entry_type, "ID": entry.key} | {field.key: field.value for field in entry.fields}
        for entry in library.entries
    ]


def unescaped(value):
    for name, sign in (("textbraceleft", "{"), ("textbraceright", "}"), ("textasciitilde", "~")):
        value = value.replace(f"\\{name}{{}}", f"\x00{sign}")
    value = value.replace("\\textasciicircum{}", "\x00^").replace("\\textbackslash{}", "\x00\x01")
    for sign in "%&#$_":
        value = value.replace(f"\\{sign}", sign)
    return value.replace("\x00", "").replace("\x01", "\\")


def test_bibtex_is_read_by_another_reader():
    [entry] = read_bibtex(bibtex.write([WORK]))
    assert (entry["ENTRYTYPE"], entry["ID"]) == ("article", "ludwig-2023")
    assert entry["author"] == "Ludwig, TE and Andrews, PW and others"
    assert unescaped(entry["title"].strip("{}")) == WORK.title
    assert (entry["journal"], entry["volume"], entry["number"]) == ("Stem Cell Reports", "18", "9")
    assert (entry["pages"], entry["year"], entry["month"]) == ("1744--1752", "2023", "sep")
    assert entry["doi"] == WORK.doi


@given(TEXT, TEXT)
def test_any_title_comes_through_bibtex_whole(title, journal):
    work = Work("k", WorkType.ARTICLE, title, author_names.Authors(), 2024, container=journal)
    written = bibtex.write([work, WORK])
    first, second = read_bibtex(written)
    assert unescaped(first["title"][1:-1] if first["title"].startswith("{") else first["title"]) == " ".join(
        title.split()
    )
    assert second["ID"] == "ludwig-2023"
    # Braces balance without looking at backslashes, as BibTeX itself counts them.
    assert written.count("{") == written.count("}")


def test_ris_is_read_by_another_reader():
    [record] = rispy.loads(ris.write([WORK]))
    assert record["type_of_reference"] == "JOUR"
    assert record["authors"] == ["Ludwig, TE", "Andrews, PW"]
    assert (record["title"], record["year"]) == (WORK.title, "2023")
    assert (record["start_page"], record["end_page"]) == ("1744", "1752")
    assert (record["doi"], record["volume"], record["number"]) == (WORK.doi, "18", "9")


@given(TEXT, TEXT)
def test_any_value_stays_on_its_line_of_ris(title, journal):
    work = Work(
        "k", WorkType.ARTICLE, f"{title}\r\nER  - {title}", author_names.Authors(), 2024, container=journal
    )
    written = ris.write([work, WORK])
    lines = written.split("\r\n")
    assert lines[0] == "TY  - JOUR"
    assert lines[-1] == ""
    assert [line[:5] for line in lines].count("ER  -") == 2
    assert not any("\n" in line or "\r" in line for line in lines)
    first, second = rispy.loads(written)
    assert first["title"] == " ".join(f"{title} ER  - {title}".split())
    assert second["doi"] == WORK.doi


def test_csl_json_says_what_its_schema_knows():
    [item] = json.loads(csl.write([WORK]))
    assert item["type"] == "article-journal"
    assert item["author"][0] == {"family": "Ludwig", "given": "TE"}
    assert item["issued"] == {"date-parts": [[2023, 9]]}
    assert "There are more authors" in item["note"]
    assert csl.item(Work("k", WorkType.DATASET, "T", author_names.parse_authors("The Group"), 2024))[
        "author"
    ] == [{"literal": "The Group"}]


def test_a_citation_is_a_line_to_copy():
    assert citations.vancouver(WORK) == (
        "Ludwig TE, Andrews PW, et al. Cells & {standards}: 100% of #1_a. "
        "Stem Cell Reports 2023;18(9):1744–1752. doi:10.1016/j.stemcr.2023.08.003"
    )


@pytest.mark.parametrize("write", [bibtex.write, ris.write, csl.write])
def test_what_is_not_known_is_left_out(write):
    text = write([Work("k", WorkType.DOCUMENT, "Alone", author_names.Authors(), 2024)])
    assert "Alone" in text
    assert "None" not in text
    assert "doi" not in text.lower()
