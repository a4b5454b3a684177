from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from collegium.intake import schema


class Command(BaseCommand):
    help = "Write the schemas of content packs for editors, or tell which of the written ones are stale."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", default=Path("docs/schema"))
        parser.add_argument(
            "--check", action="store_true", help="write nothing; exit with 1 where any is stale"
        )

    def handle(self, *, folder: Path, check: bool, **options: Any) -> None:
        stale = schema.stale(folder)
        if check and stale:
            self.stderr.write(f"Stale in {folder}: {', '.join(stale)}. Run publish_schemas without --check.")
            raise SystemExit(1)
        if not check:
            schema.publish(folder)
            self.stdout.write(
                f"Written into {folder}: {len(stale)} files that were missing, superfluous or stale."
            )
