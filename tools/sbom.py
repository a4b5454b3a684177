"""The bill of materials of a release: every package of `requirements/*.txt`, as CycloneDX 1.6 JSON.

`make sbom` writes it to `var/sbom.cdx.json`. It needs nothing that is not in Python.
"""

import json
import re
import tomllib
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "var" / "sbom.cdx.json"
LOCKED = {"base": "required", "s3": "optional", "dev": "excluded"}  # what the scope of each file is
PACKAGE = re.compile(
    r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)(?:\s*;[^\\]*)?((?:\s*\\\s+--hash=sha256:[0-9a-f]{64})+)"
)
HASH = re.compile(r"sha256:([0-9a-f]{64})")


def components(text: str, scope: str) -> dict[str, dict[str, Any]]:
    """The packages that the locked requirements `text` name, by their purl."""
    found = {}
    for name, version, hashes in PACKAGE.findall(text):
        purl = f"pkg:pypi/{re.sub(r'[-_.]+', '-', name).lower()}@{version}"
        found[purl] = {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": version,
            "purl": purl,
            "scope": scope,
            # Each hash is of one file that may be installed: a wheel of one platform, or the source.
            "properties": [
                {"name": "collegium:file:sha256", "value": value} for value in HASH.findall(hashes)
            ],
        }
    return found


def bill() -> dict[str, Any]:
    """The whole bill. The same requirements give the same text."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    found: dict[str, dict[str, Any]] = {}
    for name, scope in LOCKED.items():
        for purl, component in components((ROOT / "requirements" / f"{name}.txt").read_text(), scope).items():
            found.setdefault(purl, component)
    body = [found[purl] for purl in sorted(found)]
    root = f"pkg:pypi/{project['name']}@{project['version']}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, json.dumps([root, body], sort_keys=True))}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": project["name"],
                "version": project["version"],
                "purl": root,
            }
        },
        "components": body,
        "dependencies": [
            {"ref": root, "dependsOn": [one["bom-ref"] for one in body if one["scope"] != "excluded"]}
        ],
    }


def main() -> None:
    TARGET.parent.mkdir(exist_ok=True)
    text = bill()
    TARGET.write_text(json.dumps(text, indent=2) + "\n", encoding="utf-8")
    print(f"{TARGET.relative_to(ROOT)}: {len(text['components'])} packages")


if __name__ == "__main__":
    main()
