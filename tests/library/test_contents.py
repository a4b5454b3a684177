"""Files as Crossref and journals give them, and files that are wrong at one place."""

import json
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.library import contents
from collegium.library.table_of_contents import MAX_ERRORS, MAX_ITEMS, InvalidFile, IssueReference

WORK = {
    "type": "journal-article",
    "title": ["Two <i>names</i> for one line &amp; its copy"],
    "author": [{"given": "Imara", "family": "Quillfeather"}, {"name": "The Group"}],
    "page": "3-14",
    "DOI": "10.9999/ABC.1",
    "volume": "20",
    "issue": "3",
    "published": {"date-parts": [[2025, 3, 11]]},
}


def crossref(*works, indent=2):
    return json.dumps({"message-type": "work-list", "message": {"items": works}}, indent=indent).encode()


def faults(data):
    with pytest.raises(InvalidFile) as refused:
        contents.parse(data)
    return refused.value.errors


def test_crossref_is_read():
    listing = contents.parse(
        crossref(WORK, WORK | {"DOI": "10.9999/abc.2", "page": None, "article-number": "e7"})
    )
    assert listing.issue == IssueReference("20", "3", 2025, 3)
    first, second = listing.articles
    assert first.title == "Two names for one line & its copy"
    assert first.authors == "Imara Quillfeather, The Group"
    assert (first.pages, first.doi) == ("3-14", "10.9999/abc.1")
    assert (second.pages, second.number) == ("", "e7")


RSS1 = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">
<channel><title>The journal</title></channel>
<item><title>A colony</title><dc:creator>Imara Quillfeather</dc:creator><dc:creator>Jon Bell</dc:creator>
<dc:identifier>doi:10.9999/abc.1</dc:identifier><prism:section>Articles</prism:section>
<prism:volume>20</prism:volume><prism:number>3</prism:number><dc:date>2025-03-11</dc:date>
<prism:startingPage>3</prism:startingPage><prism:endingPage>14</prism:endingPage></item></rdf:RDF>"""
RSS2 = """<rss version="2.0" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The journal</title>
<item><title>A colony</title><dc:creator>Imara Quillfeather, Jon Bell</dc:creator><prism:doi>10.9999/abc.1</prism:doi>
<prism:section>Articles</prism:section><prism:volume>20</prism:volume><prism:number>3</prism:number>
<prism:publicationDate>2025-03</prism:publicationDate><prism:pageRange>3-14</prism:pageRange></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:prism="http://prismstandard.org/namespaces/basic/3.0/">
<title>The journal</title><entry><title>A colony</title><author><name>Imara Quillfeather</name></author>
<author><name>Jon Bell</name></author><prism:doi>10.9999/abc.1</prism:doi><prism:section>Articles</prism:section>
<prism:volume>20</prism:volume><prism:number>3</prism:number><prism:coverDate>2025-03-01</prism:coverDate>
<prism:startingPage>3</prism:startingPage><prism:endingPage>14</prism:endingPage></entry></feed>"""


@pytest.mark.parametrize("feed", [RSS1, RSS2, ATOM], ids=["rss 1.0", "rss 2.0", "atom"])
def test_every_sort_of_feed_says_the_same(feed):
    listing = contents.parse(feed.encode())
    assert listing.issue == IssueReference("20", "3", 2025, 3)
    [article] = listing.articles
    assert (article.title, article.authors) == ("A colony", "Imara Quillfeather, Jon Bell")
    assert (article.pages, article.section, article.doi) == ("3-14", "Articles", "10.9999/abc.1")


def test_what_is_missing_is_told_at_the_item():
    untitled = {name: value for name, value in WORK.items() if name != "title"}
    data = crossref(WORK, untitled, WORK | {"type": "book", "DOI": "10.9999/b"})
    second, third = faults(data)
    lines = data.decode().splitlines()
    assert lines[second.line - 1][second.column - 1] == "{"
    assert second.line < third.line
    assert (second.where, third.where) == ("items[1]", "items[2]")
    assert "title is missing" in second.sentence
    assert "“book”" in third.sentence


@pytest.mark.parametrize(
    "data, line, column, word",
    [
        (b'{"message":\n {"items": [}', 2, 13, "cannot be read"),
        (b'{"message": {"title": ["One work"]}}', 1, 1, "message.items"),
        (b"<feed>\n<entry></feed>", 2, 10, "mismatched tag"),
        (b"<html/>", 1, 1, "no feed"),
        (b"title,authors\n", 1, 1, "neither JSON nor XML"),
        (b'{"a": "x\n\xff"}', 2, 1, "UTF-8"),
        (b"", 1, 1, "neither"),
        (b'{"message": {"items": []}}', 1, 1, "names no article"),
        (b"[" * 200_000, 1, 1, "too deep"),
        (b'<?xml version="1.0" encoding="unknown"?><rss/>', 1, 31, "encoding “unknown”"),
        (b"<?xml version='1.0'\n encoding='EUC-KR'?><rss/>", 2, 12, "encoding “EUC-KR”"),
        (b'<?xml version="1.0" encoding="Shift_JIS"?><rss/>', 1, 31, "encoding “Shift_JIS”"),
        (b'<?xml version="1.0" encoding="UTF-7"?><rss/>', 1, 31, "encoding “UTF-7”"),
        (b'<?xml version="1.0" encoding="idna"?><rss/>', 1, 31, "encoding “idna”"),
        (b"<?xml version='1.0'" + b" " * 300 + b"encoding='EUC-KR'?><rss/>", 1, 1, "encoding is unknown"),
        (b"<a>" * 300, 1, 601, "nested too deep"),
        (b"<rss><channel><item><title> </title></item></channel></rss>", 1, 15, "title is missing"),
    ],
)
def test_a_file_that_is_none_is_told_where(data, line, column, word):
    [fault] = faults(data)
    assert (fault.line, fault.column) == (line, column)
    assert word in fault.sentence


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE rss SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_a_feed_may_declare_nothing(doctype):
    [fault] = faults(f"<?xml version='1.0'?>\n{doctype}<rss/>".encode())
    assert "document type" in fault.sentence
    assert fault.line == 2


def test_one_file_holds_one_issue_and_each_article_once():
    [stray] = faults(crossref(WORK, WORK | {"volume": "21", "DOI": "10.9999/x"}))
    assert "volume 21" in stray.sentence
    [double] = faults(crossref(WORK, WORK))
    assert "twice" in double.sentence
    assert double.where == "items[1]"


def test_a_file_that_is_too_large_is_refused_unread():
    [fault] = faults(b" " * (contents.MAX_BYTES + 1))
    assert "1 MB" in fault.sentence


@pytest.mark.parametrize(
    "dates, issue",
    [
        ("[[]]", (None, None)),
        ("[]", (None, None)),
        ("[[Infinity, 3]]", (None, None)),
        ("[[-Infinity]]", (None, None)),
        ("[[NaN]]", (None, None)),
        ("[[99999999999999999999]]", (None, None)),
        ('[["2025", "3"]]', (2025, 3)),
        ("[[2025, 13]]", (2025, None)),
        ("{}", (None, None)),
    ],
)
def test_a_date_that_is_none_is_left_out(dates, issue):
    work = f'{{"title": ["One"], "published": {{"date-parts": {dates}}}}}'
    read = contents.parse(f"[{work}]".encode())
    assert (read.issue.year, read.issue.month) == issue


@pytest.mark.parametrize("doi", [["a"], {"a": 1}])
def test_a_doi_of_another_shape_is_left_out(doi):
    assert contents.parse(crossref(WORK | {"DOI": doi})).articles[0].doi == ""


@pytest.mark.parametrize("doi", [17, True, "10.9999/" + "x" * 300])
def test_a_doi_that_is_none_is_refused(doi):
    [error] = faults(crossref(WORK | {"DOI": doi}))
    assert "no DOI" in error.sentence


MEGABYTE = contents.MAX_BYTES


def filled(start, part, end=b""):
    return start + part * ((MEGABYTE - len(start) - len(end)) // len(part)) + end


@pytest.mark.parametrize(
    "data",
    [
        filled(b"[", b"[", b""),
        filled(b'{"message": {"items": [', b"[[[],[]],[]],", b"[]]}}"),
        filled(b"[", b"[],", b"[]]"),
        filled(b"[", b"{},", b"{}]"),
        filled(b'[{"title": "', b"<b/>", b'"}]'),
        filled(b'[{"title": "', b"&", b'"}]'),
        filled(b'[{"title": "', b"a<b ", b'"}]'),
        filled(b'[{"title": "x", "author": [', b'{"name":"A"},', b'{"name":"A"}]}]'),
        filled(b'[{"title": "x", "DOI": ', b"[", b""),
        filled(b'{"items": [', b'{"items": [1]},', b"1]}"),
        filled(b'[{"title": "', b" ", b'"}]'),
        filled(b"<rss><channel><item><title>", b"a<b/>", b"</title></item></channel></rss>"),
        filled(b"<rss><channel><item><title>", b"&amp;", b"</title></item></channel></rss>"),
        filled(b"<rss><channel>", b"<item/>", b"</channel></rss>"),
        filled(b"<rss>", b"<channel/>", b"</rss>"),
        filled(b"<rss><channel><item><title>x</title>", b"<author>A</author>", b"</item></channel></rss>"),
        filled(b"<rss><channel><item><title>x</title><c>", b"A, ", b"</c></item></channel></rss>"),
        filled(b"<rss>", b"<a>", b""),
        filled(b"<rss xmlns:a='", b"a", b"'/>"),
        filled(b"<rss ", b"a='1' ", b"/>"),
    ],
    ids=range(20),
)
def test_a_megabyte_takes_at_most_a_second(data):
    seconds = []
    for _ in range(3):  # the best of three: other work on the machine makes a run dearer, never cheaper
        began = time.process_time()
        with suppress(InvalidFile):
            contents.parse(data)
        seconds.append(time.process_time() - began)
    assert min(seconds) < 1


def test_a_file_with_too_many_articles_is_refused():
    works = [{"title": [f"Article {number}"]} for number in range(MAX_ITEMS + 1)]
    [error] = faults(json.dumps(works).encode())
    assert "2000 articles" in error.sentence


def test_errors_are_listed_up_to_a_bound():
    assert len(faults(b"[" + b"{}," * 100 + b"{}]")) == MAX_ERRORS


@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: f"<rss>{text}</rss>".encode()))
def test_no_file_does_more_than_be_refused(data):
    refused: tuple = ()
    try:
        contents.parse(data)
    except InvalidFile as refusal:
        refused = refusal.errors
    assert all(fault.line >= 1 and fault.column >= 1 for fault in refused)


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    ["title", "author", "DOI", "type", "volume", "published", "date-parts", "given"]
                ),
                inner,
            )
        ),
    )
)
def test_no_work_of_any_shape_does_more_than_be_refused(work):
    read = None
    try:
        read = contents.parse(json.dumps({"message": {"items": [work]}}).encode())
    except InvalidFile as refusal:
        read = refusal
    assert getattr(read, "articles", None) or read.errors
