import subprocess
import sys

from collegium.edge.generation import Generation

BUMPS = """
import sys
from pathlib import Path
from collegium.edge.generation import Generation
generation = Generation(Path(sys.argv[1]))
for _ in range(2000):
    generation.bump()
"""


def test_every_process_sees_the_number_of_any_other(tmp_path):
    one, other = Generation(tmp_path / "g"), Generation(tmp_path / "g")
    before = one.read()
    assert other.bump() == before + 1
    assert one.read() == before + 1
    assert one.machine == other.machine


def test_no_raise_is_lost_among_processes(tmp_path):
    generation = Generation(tmp_path / "g")
    before = generation.read()
    running = [subprocess.Popen([sys.executable, "-c", BUMPS, str(tmp_path / "g")]) for _ in range(3)]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    assert generation.read() == before + 6000


def test_it_goes_on_where_it_was(tmp_path):
    first = Generation(tmp_path / "deep" / "g")
    number, machine = first.bump(), first.machine
    first.close()
    again = Generation(tmp_path / "deep" / "g")
    assert (again.read(), again.machine) == (number, machine)


def test_two_machines_have_two_names(tmp_path):
    assert Generation(tmp_path / "a").machine != Generation(tmp_path / "b").machine


def test_it_knows_when_it_was_raised(tmp_path):
    generation = Generation(tmp_path / "g")
    generation.bump()
    assert 0 <= generation.age() < 5
