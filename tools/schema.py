"""Write the dump of all migrations anew, after one was added or squashed. Run by `make schema`."""

import os
import tempfile
from pathlib import Path


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="collegium-schema-") as folder:
        database = Path(folder) / "schema.sqlite3"
        os.environ["TEST_DATABASE_URL"] = os.environ["DATABASE_URL"] = f"sqlite:///{database}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "collegium.config.settings.test"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        from collegium.config import schema_dump

        schema_dump.write(database)
        print(f"{schema_dump.DUMP}: {schema_dump.DUMP.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
