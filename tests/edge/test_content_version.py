import subprocess
import sys

from collegium.edge.content_version import ContentVersion

BUMPS = """
import sys
from pathlib import Path
from collegium.edge.content_version import ContentVersion
content_version = ContentVersion(Path(sys.argv[1]))
for _ in range(2000):
    content_version.increment()
"""


def test_every_process_sees_the_number_of_any_other(tmp_path):
    one, other = ContentVersion(tmp_path / "g"), ContentVersion(tmp_path / "g")
    before = one.read()
    assert other.increment() == before + 1
    assert one.read() == before + 1
    assert one.machine == other.machine


def test_no_raise_is_lost_among_processes(tmp_path):
    content_version = ContentVersion(tmp_path / "g")
    before = content_version.read()
    running = [subprocess.Popen([sys.executable, "-c", BUMPS, str(tmp_path / "g")]) for _ in range(3)]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    assert content_version.read() == before + 6000


def test_it_goes_on_where_it_was(tmp_path):
    first = ContentVersion(tmp_path / "deep" / "g")
    number, machine = first.increment(), first.machine
    first.close()
    again = ContentVersion(tmp_path / "deep" / "g")
    assert (again.read(), again.machine) == (number, machine)


def test_two_machines_have_two_names(tmp_path):
    assert ContentVersion(tmp_path / "a").machine != ContentVersion(tmp_path / "b").machine


def test_it_knows_when_it_was_raised(tmp_path):
    content_version = ContentVersion(tmp_path / "g")
    content_version.increment()
    assert 0 <= content_version.age() < 5
