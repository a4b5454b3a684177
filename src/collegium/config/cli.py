"""The `collegium` command: the one door for whoever runs the machine."""

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from collegium.config import sqlite, static
from collegium.config.env import Env, SettingsProblem, content_version_file
from collegium.config.errors import Refused

Command = Callable[[argparse.Namespace], int]


def serve(args: argparse.Namespace) -> int:
    from collegium.config import demo
    from collegium.config import serve as server

    env = Env.read()
    demo.ensure_kept_here(env.var, args.host)
    server.ensure_certificate(args.certificate, args.key)

    def check() -> None:
        server.ensure_ready()
        print(
            f"Serving at {args.host} port {args.port} with {args.workers} worker(s). Ctrl-C stops it.",
            flush=True,
        )

    server.serve(
        env,
        check=check,
        host=args.host,
        port=args.port,
        workers=args.workers,
        # Links are kept as they are: a renewed certificate is where they lead to then.
        certificate=args.certificate and str(Path(args.certificate).absolute()),
        key=args.key and str(Path(args.key).absolute()),
        metrics_port=args.metrics_port,
    )
    return 0


def restart(args: argparse.Namespace) -> int:
    from collegium.config import serve as server

    server.restart(Env.read().var, what=args.what)
    print(
        {
            "restart": "New web workers and a new task worker are at work.",
            "restart --all": "A new edge, new web workers and a new task worker are at work.",
            "restart --certificate": "The edge reads the new certificate.",
        }[args.what]
    )
    return 0


def worker(args: argparse.Namespace) -> int:
    import django

    django.setup()
    from collegium.work import worker as work

    work.run(once=args.once)
    return 0


def load_pack(args: argparse.Namespace) -> int:
    import django

    django.setup()
    from collegium.config import statistics
    from collegium.intake import actions, errors

    try:
        report = actions.load_pack(args.path)
    except errors.PackRefused as refusal:
        raise Refused(str(refusal)) from None
    statistics.count_rows.call()  # a large pack is not to make pages slow until the night
    print("\n".join(report.lines()))
    return 0


def import_ror(args: argparse.Namespace) -> int:
    import django

    django.setup()
    from collegium.kit.errors import Refusal
    from collegium.people import actions as people

    if not args.file.is_file():
        raise Refused(f"There is no file {args.file}.")
    try:
        report = people.import_ror(args.file, by=None)
    except Refusal as refusal:
        raise Refused(str(refusal)) from None
    print(", ".join(f"{number} {word}" for word, number in report.counts().items()))
    print("\n".join(f"  Skipped: {reason}" for reason in report.examples), end="")
    return 0


def backup(args: argparse.Namespace) -> int:
    from django.conf import settings

    actions, refused = _backups()
    try:
        path = actions.backup(args.target or Path(settings.BACKUP_DIR or Env.read().var / "backups"))
        if args.verify:
            actions.rehearse(path)
    except refused as refusal:
        raise Refused(str(refusal)) from None
    size = path.stat().st_size / 1e6
    print(f"{path} ({size:.1f} MB)" + (", restored in a rehearsal and the same" if args.verify else ""))
    return 0


def restore(args: argparse.Namespace) -> int:
    actions, refused = _backups()
    try:
        if args.verify:
            actions.rehearse(args.file)
        else:
            sqlite.forget(Env.read().var / "served-database")
            actions.restore(args.file)
    except refused as refusal:
        raise Refused(str(refusal)) from None
    done = "can be restored" if args.verify else "is restored"
    print(f"{args.file} {done}: what is there is what was backed up.")
    return 0


def _backups() -> tuple[Any, type[Exception]]:
    import django

    django.setup()
    from collegium.intake.backup import actions, errors

    return actions, errors.BackupRefused


def check(args: argparse.Namespace) -> int:
    from collegium.config import check as fitness

    return fitness.check(args.only or fitness.PARTS, faults_only=args.faults)


def demo(args: argparse.Namespace) -> int:
    from collegium.config import demo as demonstration

    return demonstration.demo(args.port)


def logins(args: argparse.Namespace) -> int:
    from collegium.config import demo
    from collegium.config import logins as demo_logins

    demo.ensure_demo(demo.folder())
    rows = demo_logins.rows()
    lines = [f"{row['role']:<20} {row['address']:<34} {row['password']}" for row in rows]
    print(json.dumps(rows, indent=2) if args.json else "\n".join(lines))
    return 0


def build_assets(args: argparse.Namespace) -> int:
    from collegium.look.assets import build_assets
    from collegium.look.catalogues import compile_catalogues

    build_assets(Env.read().var / "look")
    compile_catalogues(Env.read().var / "locale")
    static.collect()
    return 0


def maintenance(args: argparse.Namespace) -> int:
    from collegium.edge.content_version import ContentVersion

    var = Env.read().var
    _close_or_open(var / "maintenance", args)
    # After the change of the file: no page cached before it is valid any more.
    ContentVersion(content_version_file(var)).increment()
    return 0


def _close_or_open(file: Path, args: argparse.Namespace) -> None:
    if args.state == "off":
        file.unlink(missing_ok=True)
        print("The site is open.")
        return
    file.write_text(f"{args.minutes * 60}\n", encoding="utf-8")
    print(
        f"Readers are told to come back in {args.minutes} min; the desk at /admin/ stays open. "
        "To end it: collegium maintenance off"
    )


def startroom(args: argparse.Namespace) -> int:
    from collegium.config import startroom as rooms

    for path in rooms.start(args.name, args.record, args.plural or f"{args.record}s"):
        print(path)
    print("Next: ruff check --fix src, then make schema. See docs/adding-a-room.md")
    return 0


def manage(args: argparse.Namespace) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["collegium manage", *args.rest])
    return 0


# --- the grammar


def port(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError(f"{text} is no port; write a number from 1 to 65535")
    return number


def count(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is no number of processes; write 1 or more")
    return number


def minutes(text: str) -> int:
    number = int(text) if text.isascii() and text.isdecimal() else 0
    if not 1 <= number <= 1440:
        raise argparse.ArgumentTypeError(f"{text} is no number of minutes; write 1 to 1440, which is a day")
    return number


def parser() -> argparse.ArgumentParser:
    """All that can be typed after `collegium`."""
    top = argparse.ArgumentParser(
        prog="collegium", description="The platform on which a learned society lives."
    )
    verbs = top.add_subparsers(dest="verb", required=True, metavar="COMMAND")
    _add_serving(verbs)
    _add_caring(verbs)
    return top


def _verb(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, run: Command, promise: str
) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=promise, description=promise)
    verb.set_defaults(run=run)
    return verb


def _add_serving(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    verb = _verb(verbs, "serve", serve, "Serve the site and do its work for later.")
    verb.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    verb.add_argument("--port", type=port, default=8000, help="port to listen on (default: %(default)s)")
    verb.add_argument("--workers", type=count, default=2, help="web processes (default: %(default)s)")
    verb.add_argument("--certificate", default="", metavar="FILE", help="PEM of the certificate, for HTTPS")
    verb.add_argument("--key", default="", metavar="FILE", help="PEM of its key")
    verb.add_argument(
        "--metrics-port", type=port, default=0, help="port of 127.0.0.1 for /metrics (default: none)"
    )
    verb = _verb(verbs, "restart", restart, "Replace the workers of a running serve, with the code at hand.")
    verb.set_defaults(what="restart")
    which = verb.add_mutually_exclusive_group()
    for option, promise in (
        ("--all", "the edge too"),
        ("--certificate", "only read the renewed certificate"),
    ):
        which.add_argument(option, dest="what", action="store_const", const=f"restart {option}", help=promise)
    verb = _verb(verbs, "worker", worker, "Only do the work for later: one more worker, on any machine.")
    verb.add_argument("--once", action="store_true", help="do what is ready, then stop")
    verb = _verb(verbs, "demo", demo, "A whole society on this machine, to look at and to edit.")
    verb.add_argument("--port", type=port, default=8000, help="port to listen on (default: %(default)s)")
    verb = _verb(verbs, "logins", logins, "List the demo's logins: role, address, password.")
    verb.add_argument("--json", action="store_true", help="as JSON, for programs")


def _add_caring(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    from collegium.config.check import PARTS

    verb = _verb(verbs, "check", check, "Say what on this machine is well, doubtful or at fault.")
    verb.add_argument("--only", nargs="+", choices=PARTS, help="parts to look at (default: all)")
    verb.add_argument("--faults", action="store_true", help="print faults only")
    verb = _verb(verbs, "load-pack", load_pack, "Load a content pack, or bring a loaded one up to date.")
    verb.add_argument("path", type=Path, help="folder of the pack")
    verb = _verb(verbs, "import-ror", import_ror, "Import organisations from the data dump of ror.org.")
    verb.add_argument("file", type=Path, help="the dump: a JSON file of schema 2, or the ZIP that holds it")
    _verb(verbs, "build-assets", build_assets, "Make stylesheet and fonts, and collect all static files.")
    verb = _verb(verbs, "maintenance", maintenance, "Close the site to readers for a while, or open it.")
    verb.add_argument("state", choices=["on", "off"], help="on: closed to readers; off: open")
    verb.add_argument("--minutes", type=minutes, default=10, help="for how long (default: %(default)s)")
    verb = _verb(verbs, "startroom", startroom, "Begin a new room of the house: one record and its pages.")
    verb.add_argument("name", help="of the room, such as grants")
    verb.add_argument("--record", required=True, help="what it publishes, in the singular, such as grant")
    verb.add_argument("--plural", default="", help="if it is not the singular and an s")
    verb = _verb(verbs, "backup", backup, "Write database and uploads into one file, while the site runs.")
    verb.add_argument("target", type=Path, nargs="?", help="file or folder (default: BACKUP_DIR)")
    verb.add_argument("--verify", action="store_true", help="restore it in a rehearsal, and compare")
    verb = _verb(verbs, "restore", restore, "Restore a backup into an empty database and an empty storage.")
    verb.add_argument("file", type=Path, help="the backup")
    verb.add_argument("--verify", action="store_true", help="only rehearse, in a place of its own")
    verb = _verb(verbs, "manage", manage, "Any of Django's own commands: collegium manage migrate")
    verb.add_argument("rest", nargs=argparse.REMAINDER, metavar="…")


def ensure_folder(var: Path) -> None:
    """Make the folder below which an installation writes everything, unless an address says otherwise."""
    try:
        var.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise Refused(
            f"{var} cannot be made ({fault.strerror}), and all that Collegium writes goes there. "
            "Give this user the right to it, or set COLLEGIUM_VAR to another folder."
        ) from None


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. A refusal is one sentence on stderr and exit code 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collegium.config.settings.base")
    logging.basicConfig(level=logging.INFO, format="{asctime} {levelname} {name}: {message}", style="{")
    args = parser().parse_args(argv)
    try:
        ensure_folder(Path(os.environ.get("COLLEGIUM_VAR") or "var"))
        code: int = args.run(args)
    except (Refused, SettingsProblem) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return code


if __name__ == "__main__":
    sys.exit(main())
