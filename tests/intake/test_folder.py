import os

import pytest

from collegium.intake import folder as parsed
from collegium.intake.folder import open_folder, place_of


def write(home, name, raw):
    file = home / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(raw)
    return file


def only_fault(home):
    (issue,) = open_folder(home).issues
    return issue


def test_texts_stand_under_their_paths_with_plain_line_ends(tmp_path):
    write(tmp_path, "a.yaml", b"\xef\xbb\xbfa: 1\r\nb: 2\r")
    write(tmp_path, "news/b.md", "---\ntitle: Zürich\n---\n".encode())
    assert open_folder(tmp_path).texts == {"a.yaml": "a: 1\nb: 2\n", "news/b.md": "---\ntitle: Zürich\n---\n"}


def test_hidden_files_and_those_for_people_are_passed_over(tmp_path):
    for name in (".DS_Store", ".git/config", "README.md", "LICENSE"):
        write(tmp_path, name, b"\xff")
    assert open_folder(tmp_path) == parsed.Folder(tmp_path)


def test_what_is_no_folder_is_said_to_be_none(tmp_path):
    issue = only_fault(tmp_path / "nowhere")
    assert str(issue).startswith(f"{tmp_path}/nowhere:1:1: ")
    assert "is not a folder" in issue.expected


def test_other_encodings_are_told_with_the_place_of_the_byte(tmp_path):
    write(tmp_path, "a.yaml", b"a: 1\r\nb: Z\xfcrich\n")
    issue = only_fault(tmp_path)
    assert (issue.line, issue.column, issue.found) == (2, 5, "the byte 0xfc")
    assert "encoding UTF-8" in issue.expected


@pytest.mark.parametrize("bad", ["\x00", "\x08", "\x7f", "\x9b", "\uffff"])
def test_characters_that_cannot_be_shown_are_told(tmp_path, bad):
    write(tmp_path, "a.md", f"---\na: 1\n---\nab{bad}c\n".encode())
    issue = only_fault(tmp_path)
    assert (issue.line, issue.column, issue.found) == (4, 3, f"the character U+{ord(bad):04X}")


def test_a_file_beyond_two_megabytes_is_refused_and_one_of_two_is_read(tmp_path):
    write(tmp_path, "fits.yaml", b"#" * 2_000_000)
    write(tmp_path, "large.yaml", b"#" * 2_000_001)
    found = open_folder(tmp_path)
    assert list(found.texts) == ["fits.yaml"]
    (issue,) = found.issues
    assert issue.file == f"{tmp_path}/large.yaml"
    assert "This file has 2.0 MB; a file may have 2 MB at most." in issue.expected


def test_links_out_of_the_pack_are_refused_and_links_within_it_are_read(tmp_path):
    secret = write(tmp_path, "secret.yaml", b"a: 1")
    home = tmp_path / "pack"
    write(home, "a.yaml", b"a: 1")
    (home / "out.yaml").symlink_to(secret)
    (home / "in.yaml").symlink_to("a.yaml")
    (home / "up").symlink_to(tmp_path)
    (home / "dead.yaml").symlink_to("nothing")
    found = open_folder(home)
    assert sorted(found.texts) == ["a.yaml", "in.yaml"]
    line = {issue.file.removeprefix(f"{home}/"): issue.expected for issue in found.issues}
    assert "link to a file outside the pack" in line["out.yaml"]
    assert "link to another folder" in line["up"]
    assert "not a plain file" in line["dead.yaml"]


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.yaml")
    assert "not a plain file" in only_fault(tmp_path).expected


def test_a_name_that_cannot_be_shown_is_refused(tmp_path):
    write(tmp_path, "a\n:1:1: b.yaml", b"")
    assert only_fault(tmp_path).file == f"{tmp_path}/a\\n:1:1: b.yaml"


def test_too_many_files_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(parsed, "MOST_FILES", 2)
    for name in "abc":
        write(tmp_path, f"{name}.yaml", b"")
    assert "more than 2 files" in only_fault(tmp_path).expected


def test_places_count_from_one():
    assert place_of("ab\r\ncd", 0) == (1, 1)
    assert place_of("ab\r\ncd", 5) == (2, 2)
