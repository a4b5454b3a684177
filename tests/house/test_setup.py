import ast
import importlib.util
import os
import socket
import subprocess
import sys
import venv
from itertools import combinations
from pathlib import Path

import pytest

from scaffold import tiers

ROOT = Path(__file__).resolve().parents[2]


def tool(name):
    """The program `tools/<name>.py`, as a module."""
    spec = importlib.util.spec_from_file_location(f"tool_{name}", ROOT / "tools" / f"{name}.py")
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


setup, runner, reset, lock, fuzz = (tool(name) for name in ("setup", "test", "reset", "lock", "fuzz"))


# --- setup


@pytest.mark.parametrize("version", ((3, 9, 2), (3, 10, 14), (3, 7, 3)))
def test_an_old_python_is_told_what_to_install(version):
    with pytest.raises(setup.Refused, match="apt-get install python3 python3-venv") as refusal:
        setup.ensure_python(version)
    assert ".".join(map(str, version)) in str(refusal.value)


@pytest.mark.parametrize("name", ("setup", "reset"))
def test_an_old_python_can_read_the_tools_that_come_before_the_set_up(name):
    ast.parse((ROOT / "tools" / f"{name}.py").read_text(), feature_version=(3, 7))


def test_set_up_needs_the_standard_library_only():
    tree = ast.parse((ROOT / "tools" / "setup.py").read_text())
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_a_missing_ensurepip_is_told_what_to_install():
    with pytest.raises(setup.Refused, match="apt-get install python3-venv"):
        setup.ensure_venv(None, False)
    setup.ensure_venv("/usr/bin/uv", False)
    setup.ensure_venv(None, True)


def test_a_taken_port_is_told_before_anything_is_installed(capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert setup.main(["base", "--port", str(port)]) == 1
    assert f"Port {port} cannot be used" in capsys.readouterr().err


def test_no_such_port(capsys):
    assert setup.main(["base", "--port", "70000"]) == 1
    assert "does not exist" in capsys.readouterr().err


@pytest.fixture
def checkout(tmp_path):
    """The files that decide what is installed, in a folder of their own."""
    (tmp_path / "requirements").mkdir()
    for name in ("base.txt", "s3.txt", "dev.txt"):
        (tmp_path / "requirements" / name).write_text("thing==1\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    return tmp_path


def test_the_same_lock_files_have_the_same_fingerprint(checkout):
    assert setup.fingerprint("base", checkout) == setup.fingerprint("base", checkout)


def test_each_lock_file_has_a_fingerprint_of_its_own(checkout):
    before = {kind: setup.fingerprint(kind, checkout) for kind in ("base", "dev")}
    (checkout / "requirements" / "dev.txt").write_text("thing==2\n")
    assert setup.fingerprint("base", checkout) == before["base"]
    assert setup.fingerprint("dev", checkout) != before["dev"]


def test_a_checkout_that_was_moved_is_set_up_again(checkout, tmp_path_factory):
    moved = tmp_path_factory.mktemp("moved") / "checkout"
    before = setup.fingerprint("base", checkout)
    checkout.rename(moved)
    assert setup.fingerprint("base", moved) != before


@pytest.fixture
def environment(tmp_path):
    """A sound virtual environment in which `django`, `granian` and `collegium` can be imported."""
    folder = tmp_path / ".venv"
    venv.create(folder, with_pip=False, symlinks=True)
    packages = next(folder.glob("lib/python*/site-packages"))
    for name in ("django", "granian", "collegium", "pip"):
        (packages / f"{name}.py").write_text("")
    return folder


def test_an_environment_is_ready_when_it_was_finished_from_these_files(environment):
    assert not setup.is_ready(environment, "base", "b")
    setup.stamp(environment, "base").write_text("b")
    assert setup.is_ready(environment, "base", "b")
    assert not setup.is_ready(environment, "dev", "b")
    assert not setup.is_ready(environment, "base", "another")


@pytest.mark.parametrize("harm", ("half-made", "no interpreter", "lost package"))
def test_a_broken_environment_is_not_ready(environment, harm):
    if harm != "half-made":
        setup.stamp(environment, "base").write_text("b")
    if harm == "no interpreter":
        (environment / "bin" / "python").unlink()
    elif harm == "lost package":
        next(environment.glob("lib/*/site-packages/granian.py")).unlink()
    assert not setup.is_ready(environment, "base", "b")


def test_a_failing_step_tells_its_end_and_what_to_do(capsys):
    code = "print('a\\n' * 20 + 'could not connect'); raise SystemExit(1)"
    with pytest.raises(setup.Refused, match="could not connect") as refusal:
        setup.step("Fetching", [sys.executable, "-c", code])
    assert str(refusal.value).count("\n") < 20
    assert "run the same command again" in str(refusal.value)


def test_a_broken_environment_is_made_anew(environment, capsys):
    litter = environment / "litter"
    litter.touch()
    setup.make_venv(environment, None)
    assert not litter.exists()
    assert setup.answers(environment, "import pip")


# --- the test runner


REPORT = """<testsuites><testsuite>
<testcase name="a"/><testcase name="b"/>
<testcase name="c"><failure>no</failure></testcase>
<testcase name="d"><error>set-up</error></testcase>
<testcase name="e"><skipped/></testcase>
</testsuite></testsuites>"""


def test_a_report_is_counted(tmp_path):
    (tmp_path / "report.xml").write_text(REPORT)
    assert runner.tally(tmp_path / "report.xml") == runner.Tally(passed=2, failed=2, skipped=1)
    assert runner.tally(tmp_path / "none.xml") == runner.Tally()


def test_the_totals_are_the_last_line(capsys):
    record = runner.Record(suites={"SQLite": runner.Tally(3, 0, 1), "PostgreSQL": runner.Tally(4, 0, 0)})
    assert runner.sum_up(record) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "7 passed, 0 failed, 1 skipped"


@pytest.mark.parametrize(
    "record",
    (
        runner.Record(suites={"SQLite": runner.Tally(3, 1, 0)}),
        runner.Record(suites={"SQLite": runner.Tally(3, 0, 0)}, faults=["mypy"]),
    ),
)
def test_any_fault_is_the_exit_code(record):
    assert runner.sum_up(record) == 1


def test_what_is_required_may_not_be_missing(monkeypatch):
    monkeypatch.setenv("COLLEGIUM_REQUIRE", "postgresql,chromium")
    record = runner.Record(tests={"PostgreSQL": {"a": 8, "b": 4}, "PostgreSQL processes": {"c": 2}})
    runner.lacking(record, "PostgreSQL", runner.NO_POSTGRESQL)
    assert record.faults
    assert record.suites["PostgreSQL"].failed == 12
    assert record.suites["PostgreSQL processes"].failed == 2


def test_what_is_not_required_is_skipped_with_the_way_to_get_it(monkeypatch):
    monkeypatch.delenv("COLLEGIUM_REQUIRE", raising=False)
    record = runner.Record(tests={"Chromium": {"a": 3}})
    runner.lacking(record, "Chromium", runner.NO_CHROMIUM)
    assert record.faults == []
    assert record.suites["Chromium"].skipped == 3
    assert "apt-get install chromium" in record.notes[0]


MARKS = ("browser", "system", "database", "each_database", "postgresql")


@pytest.mark.parametrize("size", range(len(MARKS) + 1))
def test_every_test_is_run_by_the_suites_that_it_is_counted_for(size):
    for marks in combinations(MARKS, size):
        given = {mark: mark in marks for mark in MARKS}
        chosen = {name for name, expression in runner.MARKS.items() if eval(expression, {}, given)}
        assert chosen == tiers.suites(set(marks)) != set(), marks


def test_a_failing_step_is_noted_and_the_next_one_run(capfd):
    record = runner.Record()
    runner.step(record, "breaks", [sys.executable, "-c", "raise SystemExit(2)"])
    runner.step(record, "holds", [sys.executable, "-c", "print('still run')"])
    assert record.faults == ["breaks"]
    assert "still run" in capfd.readouterr().out


def test_no_test_comes_near_a_site_in_earnest(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://real/society")
    assert (
        runner.run([sys.executable, "-c", "import os; raise SystemExit('DATABASE_URL' in os.environ)"]) == 0
    )


def test_a_server_that_does_not_answer_has_no_version():
    assert runner.version_of("postgresql://nobody@127.0.0.1:1/nothing") is None


@pytest.mark.skipif(runner.newest_programs() is None, reason=runner.NO_POSTGRESQL)
def test_a_private_postgresql_answers_and_is_gone_afterwards():
    with runner.private_cluster(runner.newest_programs()) as url:
        assert runner.version_of(url).startswith("PostgreSQL ")
    assert runner.version_of(url) is None
    assert not Path(url.partition("host=")[2]).exists()


# --- fuzzing


def test_every_program_that_fuzzes_is_run_and_the_failing_named(tmp_path, capfd):
    (tmp_path / "a.py").write_text("raise SystemExit(1)")
    (tmp_path / "b.py").write_text("print('ran on')")
    (tmp_path / "_shared.py").write_text("raise SystemExit(1)")
    assert fuzz.main(tmp_path) == 1
    assert "ran on" in (told := capfd.readouterr().out)
    assert "Failed: a.py\n" in told


# --- reset


def test_reset_removes_the_demo_and_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("COLLEGIUM_VAR", str(tmp_path))
    (tmp_path / "test-templates").mkdir()
    (tmp_path / "media").mkdir()
    for name in ("this-is-the-demo", "collegium.sqlite3", "collegium.sqlite3-wal", "media/a.png"):
        (tmp_path / name).write_text("x")
    assert reset.main() == 0
    assert [path.name for path in tmp_path.iterdir()] == ["test-templates"]
    assert str(tmp_path / "collegium.sqlite3-wal") in capsys.readouterr().out


def test_reset_leaves_alone_what_is_no_demo(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("COLLEGIUM_VAR", str(tmp_path))
    (tmp_path / "collegium.sqlite3").write_text("a society's own")
    assert reset.main() == 0
    assert (tmp_path / "collegium.sqlite3").exists()
    assert "nothing was removed" in capsys.readouterr().out


def test_reset_refuses_while_the_demo_runs(tmp_path, monkeypatch, capsys):
    from collegium.config import demo

    monkeypatch.setenv("COLLEGIUM_VAR", str(tmp_path))
    (tmp_path / "collegium.sqlite3").write_text("x")
    with demo.exclusive(tmp_path):
        assert reset.main() == 1
    assert (tmp_path / "collegium.sqlite3").exists()
    assert "running" in capsys.readouterr().err
    assert demo.marker(tmp_path).name == reset.MARK


# --- locks and addresses


def test_locking_without_uv_says_what_is_missing(monkeypatch, capsys):
    monkeypatch.setenv("PATH", "")
    assert lock.main() == 1
    assert "uv" in capsys.readouterr().err


@pytest.mark.parametrize("name", ("base", "s3", "dev"))
def test_every_locked_package_has_a_version_and_hashes(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    entries = [entry for entry in text.replace("\\\n", " ").splitlines() if entry[:1].strip(" #")]
    assert len(entries) > 20
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_what_the_demo_runs_on_is_the_same_in_development():
    def locked(name):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        return {line.split(" ")[0] for line in text.splitlines() if "==" in line}

    assert locked("base") <= locked("s3") <= locked("dev")


# In pieces, so that this very file does not name them.
REGISTRIES = [
    name.encode() + b"." + end.encode()
    for name, end in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("pypi.python", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("anaconda", "org"),
        ("crates", "io"),
        ("rubygems", "org"),
        ("unpkg", "com"),
        ("jsdelivr", "net"),
    )
]


def kept_files():
    """Every file that git keeps or would keep; all but what is made here, where there is no git."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True)
    except FileNotFoundError:
        listed = None
    if listed is not None and listed.returncode == 0 and listed.stdout:
        return [ROOT / os.fsdecode(name) for name in listed.stdout.split(b"\0") if name]
    made = {".venv", "var", ".git", "__pycache__"}
    return [path for path in ROOT.rglob("*") if not made & set(path.relative_to(ROOT).parts)]


def test_no_file_names_a_registry():
    files = [path for path in kept_files() if path.is_file()]
    assert ROOT / "requirements" / "base.txt" in files
    naming = [path for path in files if any(host in path.read_bytes() for host in REGISTRIES)]
    assert naming == []
