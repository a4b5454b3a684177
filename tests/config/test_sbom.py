import hashlib
import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
spec = importlib.util.spec_from_file_location("sbom", ROOT / "tools" / "sbom.py")
sbom = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sbom)


def test_the_bill_names_every_locked_package_once_with_the_hashes_of_its_files():
    bill = sbom.bill()
    locked = set()
    for name in sbom.LOCKED:
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        lines = [line for line in text.splitlines() if "==" in line and not line.startswith(("#", " "))]
        locked |= {tuple(line.split()[0].split("==")) for line in lines}
    assert {(one["name"], one["version"]) for one in bill["components"]} == locked
    assert len(bill["components"]) == len(locked)
    assert all(one["properties"] for one in bill["components"])
    assert bill == sbom.bill()


def test_scope_says_what_is_needed_to_run():
    scopes = {one["name"].lower(): one["scope"] for one in sbom.bill()["components"]}
    assert (scopes["django"], scopes["boto3"], scopes["pytest"]) == ("required", "optional", "excluded")


def test_names_versions_extras_and_markers_are_read():
    value = hashlib.sha256(b"").hexdigest()
    text = f"Some_Thing[extra]==1.0 ; python_version < '4' \\\n    --hash=sha256:{value}\n    # via x\n"
    (component,) = sbom.components(text, "required").values()
    assert component["purl"] == "pkg:pypi/some-thing@1.0"
    assert component["properties"] == [{"name": "collegium:file:sha256", "value": value}]
