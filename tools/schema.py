"""Write what follows from the models, after one has changed: the migrations that are missing, the dump of all
migrations, and the schemas of content packs. Run by `make schema`."""

import os
import tempfile
from pathlib import Path

SCHEMAS = Path(__file__).resolve().parents[1] / "docs" / "schema"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="collegium-schema-") as folder:
        database = Path(folder) / "schema.sqlite3"
        os.environ["TEST_DATABASE_URL"] = os.environ["DATABASE_URL"] = f"sqlite:///{database}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "collegium.config.settings.test"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("makemigrations")
        call_command("publish_schemas", str(SCHEMAS))
        call_command("migrate", verbosity=0)
        from collegium.config import schema_dump

        schema_dump.write(database)
        print(f"{schema_dump.DUMP}: {schema_dump.DUMP.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
