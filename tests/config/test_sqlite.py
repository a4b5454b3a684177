import sqlite3

import pytest

from collegium.config import sqlite


def test_a_new_site_makes_its_file(tmp_path):
    file = tmp_path / "db"
    sqlite3.connect(str(file), factory=sqlite.connecting(tmp_path / "note")).execute("CREATE TABLE x (y)")
    assert file.exists()


def test_a_file_that_was_served_is_never_made_anew(tmp_path):
    file, note = tmp_path / "db", tmp_path / "note"
    sqlite.note_served(note, str(file))
    with pytest.raises(sqlite3.OperationalError, match="is missing, though this site was served from it"):
        sqlite3.connect(str(file), factory=sqlite.connecting(note))
    assert not file.exists()
    sqlite3.connect(str(tmp_path / "another"), factory=sqlite.connecting(note)).close()
