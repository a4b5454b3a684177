"""`collegium demo`: a whole society on this machine, for whoever wants to look at it and edit it.

It runs the real server on its own database below `var/`, on the loopback address only, since its logins
and their passwords are known to everyone. A second run keeps all that was edited and does again only what
the code or the pack changed.
"""

import fcntl
import hashlib
import os
import secrets
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from importlib.metadata import distributions
from pathlib import Path

from collegium.config import child, logins, schema_dump, serve, static
from collegium.config.env import Env
from collegium.config.errors import Refused

HOST = "127.0.0.1"
PACKAGE = Path(__file__).resolve().parents[1]
PACK = PACKAGE.parents[1] / "packs" / "isscr"
NOT_YET = (502, 503, 504)  # the edge's words while Django starts
# The demo brings its own: a letter or a row of it must never reach a service that somebody set up in earnest.
IGNORED = (
    "DATABASE_URL",
    "EMAIL_URL",
    "STORAGE_URL",
    "CACHE_URL",
    "PURGE_URL",
    "HTTPS",
    "HOSTS",
    "DEMO_DATE_SINCE",
)


# --- where the demo lives


def folder() -> Path:
    """The folder below which the demo writes everything."""
    return Path(os.environ.get("COLLEGIUM_VAR") or "var").resolve()


def marker(var: Path) -> Path:
    """The file that says that what is in `var` was made by the demo."""
    return var / "this-is-the-demo"


def ensure_kept_here(var: Path, host: str) -> None:
    """Refuse to show the demo's database, whose passwords are public, to other machines."""
    if marker(var).exists() and host not in ("127.0.0.1", "::1", "localhost"):
        raise Refused(
            f"{var} holds the demo, whose passwords everyone knows, so it is not served at {host}. "
            "Serve it at 127.0.0.1, or start a site of your own in another folder: set COLLEGIUM_VAR."
        )


def ensure_demo(var: Path) -> None:
    """Refuse to name the demo's logins where no demo is."""
    if not marker(var).exists():
        raise Refused(
            f"{var} holds no demonstration, and only a demonstration has logins that everyone may know. "
            "Start one: collegium demo"
        )


def ensure_ours(var: Path) -> None:
    """Refuse to fill a database with a demonstration that was not made for one."""
    if database(var).exists() and not marker(var).exists():
        raise Refused(
            f"{database(var)} was not made by the demo, so the demo does not touch it. "
            "Give the demo a folder of its own: COLLEGIUM_VAR=var/demo make demo"
        )


@contextmanager
def exclusive(var: Path) -> Iterator[None]:
    """Hold `var` for as long as this demo runs; refuse where another one holds it. `make reset` asks too."""
    with marker(var).open("a") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(
                f"A demo already runs from {var}. Look for it in another window, or give this one "
                "a folder of its own: COLLEGIUM_VAR=var/second make demo PORT=8765"
            ) from None
        yield


def ensure_pack(pack: Path) -> None:
    if not (pack / "pack.yaml").is_file():
        raise Refused(
            f"The demonstration's content is not there: {pack}/pack.yaml is missing. "
            "Run this from a whole checkout of the project (git status shows what was deleted)."
        )


def database(var: Path) -> Path:
    return var / "collegium.sqlite3"


def secret_key(var: Path) -> str:
    """The demo's secret, made once and readable by its owner only."""
    path = var / "secret-key"
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


def as_of(pack: Path) -> str:
    """The day on which the pack's society is shown, or "now"."""
    import yaml

    return str(yaml.safe_load((pack / "pack.yaml").read_text(encoding="utf-8")).get("as_of") or "now")


def set_environment(var: Path) -> None:
    """Set the environment of this process and its children to the demo's own."""
    set_aside = [name for name in IGNORED if os.environ.pop(name, None)]
    if set_aside:
        print(f"  (The demo uses services of its own; {', '.join(set_aside)} left aside.)")
    os.environ.setdefault("DEMO_DATE", as_of(PACK))
    os.environ.update(
        COLLEGIUM_VAR=str(var),
        SECRET_KEY=secret_key(var),
        DJANGO_SETTINGS_MODULE="collegium.config.settings.base",
    )


# --- what has been done already


def fingerprint(files: Iterable[Path]) -> str:
    """A hash of the installed packages, this module and the logins, and the names and contents of `files`."""
    made = hashlib.sha256()
    for line in sorted(f"{found.metadata['Name']} {found.version}" for found in distributions()):
        made.update(line.encode())
    for path in sorted({*files, Path(__file__), Path(logins.__file__)}):
        made.update(str(path).encode() + b"\0" + path.read_bytes())
    return made.hexdigest()


def tables_and_content() -> str:
    """The hash of what decides how the database is prepared: migrations, how rooms load, and the pack."""
    code = (path for path in PACKAGE.rglob("*.py") if "config" not in path.parts)
    return fingerprint([*code, *_files(PACK)])


def assets_fingerprint() -> str:
    """The hash of what decides the static files."""
    sources = [path for room in PACKAGE.glob("*/static") for path in _files(room)]
    sources += PACKAGE.glob("locale/*/LC_MESSAGES/*.po")
    return fingerprint([*sources, *(PACKAGE / "look").glob("*.py")])


def _files(top: Path) -> Iterator[Path]:
    return (path for path in top.rglob("*") if path.is_file())


def is_prepared(var: Path) -> bool:
    """Whether the database itself says that it was prepared from the code and pack at hand."""
    if not database(var).exists():
        return False
    with closing(sqlite3.connect(database(var))) as connection:
        return bool(connection.execute("PRAGMA user_version").fetchone()[0] == _number(tables_and_content()))


def _number(fingerprint: str) -> int:
    """A number other than 0 that fits SQLite's user_version, which travels with the file."""
    return zlib.crc32(fingerprint.encode()) & 0x3FFFFFFF | 1


def has_assets(var: Path) -> bool:
    note = var / "static" / "made-from"
    return note.is_file() and note.read_text() == assets_fingerprint()


# --- the steps, each in a process of its own


def prepare(var: Path) -> None:
    """Bring the database to the code and the pack at hand, keeping what was edited."""
    import django

    wanted = _number(tables_and_content())
    timed("Starting Django", django.setup)
    timed("Database", partial(make_tables, database(var)))
    timed("Content", load)
    timed("Logins", logins.make)
    with closing(sqlite3.connect(database(var))) as connection:
        connection.execute(f"PRAGMA user_version = {wanted}")


def make_tables(database: Path) -> None:
    """Bring `database` to today's tables; a new one starts from the dump of all migrations."""
    from django.core.management import call_command

    if not database.exists() and schema_dump.load(database) and schema_dump.is_current():
        return
    call_command("migrate", verbosity=0, skip_checks=True)


def load() -> None:
    """Load the pack, and tell of everything that an editor's change kept as it was."""
    from collegium.intake import actions, errors

    try:
        report = actions.load_pack(PACK)
    except errors.PackRefused as refusal:
        raise Refused(f"The demonstration's content pack has faults:\n{refusal}") from None
    print("\n".join(f"    {line}" for line in report.lines()))


def build_first_assets(var: Path) -> None:
    """What the first page needs: the stylesheet, whole fonts in place of cut ones, and nothing compressed."""
    timed("Stylesheet and static files", partial(_build_assets, var, first=True))


def finish_assets(var: Path) -> None:
    """Cut the fonts and compress the static files, behind what readers ask for meanwhile."""
    os.nice(10)
    wanted = assets_fingerprint()
    _build_assets(var, first=False)
    (var / "static" / "made-from").write_text(wanted)


def _build_assets(var: Path, *, first: bool) -> None:
    from collegium.look.assets import build_assets
    from collegium.look.catalogues import compile_catalogues

    build_assets(var / "look", cut=not first)
    compile_catalogues(var / "locale")
    static.collect(compress=not first)


def timed(title: str, work: Callable[[], object]) -> None:
    """Do `work`, then print its title and seconds as one line."""
    started = time.monotonic()
    work()
    print(f"  {title}: {time.monotonic() - started:.1f} s", flush=True)


STEPS = {"prepare": prepare, "assets": build_first_assets, "finish": finish_assets}


def start(name: str) -> subprocess.Popen[bytes]:
    """Begin one step in a process of its own."""
    return subprocess.Popen([sys.executable, "-m", "collegium.config.demo", name])


def make(names: Iterable[str]) -> None:
    """Run the named steps side by side, or refuse if one of them failed."""
    running = {name: start(name) for name in names}
    try:
        failed = [name for name, process in running.items() if process.wait()]
    except KeyboardInterrupt:  # the children got it too; what they finished is kept
        for process in running.values():
            process.wait()
        raise
    if failed:
        raise Refused("The demo was not finished, for the reason above. What was finished is kept.")


# --- the greeting


def greeting(port: int) -> str:
    lines = (
        f"  {login.email:<28} {logins.PASSWORD}   {logins.GREETED[login.role]}"
        for login in logins.LOGINS
        if login.role in logins.GREETED
    )
    return (
        f"\nThe demo is at  http://{HOST}:{port}/\n"
        f"Staff sign in at http://{HOST}:{port}/admin/ as\n" + "\n".join(lines) + "\n"
        "Ctrl-C stops it. What you edit is kept; `make reset` forgets it.\n"
    )


def announce(port: int) -> None:
    """Wait until the first page is answered, then print where it is."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while not _answers(opener, f"http://{HOST}:{port}/"):
        time.sleep(0.1)
    print(greeting(port), flush=True)


def _answers(opener: urllib.request.OpenerDirector, address: str) -> bool:
    """Whether there is an answer. While Django starts, the edge says that it has none yet."""
    try:
        with opener.open(address, timeout=10):
            return True
    except urllib.error.HTTPError as error:
        if error.code in NOT_YET:
            return False
        print(f"  The first page answers with an error {error.code}; see the lines above.", flush=True)
        return True
    except OSError:
        return False


def follow_up(port: int, var: Path) -> None:
    """Greet, then finish what the first page did not need; the web workers begin anew with it."""
    announce(port)
    if not has_assets(var) and start("finish").wait() == 0:
        with suppress(Refused):  # it was stopped in this very moment
            serve.restart(var)


def demo(port: int) -> int:
    """Make what is not made yet, then serve until a stop signal."""
    serve.ensure_free(HOST, port)
    ensure_pack(PACK)
    var = folder()
    ensure_ours(var)
    var.mkdir(parents=True, exist_ok=True)
    with exclusive(var):
        set_environment(var)
        make(missing(var))
        print("  Starting the server", flush=True)
        threading.Thread(target=follow_up, args=(port, var), daemon=True).start()
        serve.serve(Env.read(), host=HOST, port=port, workers=1)
    print("The demo has stopped.")
    return 0


def missing(var: Path) -> list[str]:
    """Which steps the first page still needs."""
    done = {"prepare": is_prepared(var), "assets": has_assets(var)}
    return [name for name in done if not done[name]]


def main(name: str) -> int:
    """Run one step, in the process that `start` began for it."""
    try:
        child.end_with(os.getppid())
        STEPS[name](folder())
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
