import re
import shutil
import subprocess
import sys
import time

import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

from collegium.look import assets
from collegium.look.fonts import CUTS

JOINED = assets.joined_stylesheet()
FONT_FACES, _, LAYERED = JOINED.partition("@layer tokens {")


def test_the_layers_are_declared_once_first_and_in_order():
    assert JOINED.startswith("@layer tokens, base, layout, components, print;\n")
    opened = [line for line in JOINED.splitlines() if line.startswith("@layer") and line.endswith("{")]
    names = [line.split()[1] for line in opened]
    assert names == sorted(names, key=assets.LAYERS.index)
    assert set(names) == set(assets.LAYERS)


def test_every_component_is_in_the_layer_of_components():
    files = list((assets.SOURCES / "components").glob("*.css"))
    assert LAYERED.count("@layer components {") == len(files)
    for file in files:
        selector = re.search(r"^[.\[][^\n{]*", file.read_text(), flags=re.MULTILINE).group().strip()
        assert selector.rstrip(",") in LAYERED


def test_nothing_but_fonts_stands_outside_the_layers():
    rules = re.findall(r"^([^\n]*)\{$", FONT_FACES, flags=re.MULTILINE)
    assert {rule.strip() for rule in rules} == {"@font-face"}


def test_braces_balance_so_that_no_file_spills_into_the_next():
    depth = 0
    for line in JOINED.splitlines():
        assert depth == 0 or not line.startswith("@layer ")
        depth += line.count("{") - line.count("}")
    assert depth == 0


def test_comments_are_left_at_home():
    assert "/*" not in JOINED


def test_the_font_urls_name_exactly_what_is_cut():
    urls = re.findall(r'url\("([^"]+)"\)', JOINED)
    assert sorted(urls) == sorted(f"fonts/{cut.name}.woff2" for cut in CUTS)


def test_an_equal_stylesheet_is_not_written_again(tmp_path):
    file = tmp_path / "look.css"
    assets.write_if_changed(file, "a {}")
    written = file.stat().st_mtime_ns
    assets.write_if_changed(file, "a {}")
    assert file.stat().st_mtime_ns == written
    assets.write_if_changed(file, "b {}")
    assert file.read_text() == "b {}"


def test_a_second_dressing_takes_well_under_a_second(look_files):
    before = {file: file.stat().st_mtime_ns for file in (look_files / "look" / "fonts").iterdir()}
    started = time.monotonic()
    assets.build_assets(look_files)
    assert time.monotonic() - started < 0.9
    woff2 = {file: stamp for file, stamp in before.items() if file.suffix == ".woff2"}
    assert len(woff2) == len(CUTS)
    assert all(file.stat().st_mtime_ns == stamp for file, stamp in woff2.items())


def test_django_hashes_the_stylesheet_and_the_fonts_it_names(look_files, tmp_path):
    shutil.copytree(look_files / "look", tmp_path / "look", ignore=shutil.ignore_patterns(".*"))
    # The sources are collected beside the joined file, and must find the fonts from where they stand.
    shutil.copytree(assets.SOURCES, tmp_path / "look" / "css")
    storage = ManifestStaticFilesStorage(location=tmp_path, base_url="/static/")
    files = [file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*") if file.is_file()]
    outcomes = {name: hashed for name, hashed, _ in storage.post_process({f: (storage, f) for f in files})}
    assert not [outcome for outcome in outcomes.values() if isinstance(outcome, Exception)]
    css = (tmp_path / outcomes["look/look.css"]).read_text()
    for name in re.findall(r'url\("([^"]+)"\)', css):
        assert re.fullmatch(r"fonts/[\w-]+\.[0-9a-f]{12}\.woff2", name)
        assert (tmp_path / "look" / name).is_file()


def test_the_command_dresses_the_folder_it_is_given(look_files):
    done = subprocess.run([sys.executable, "-m", "collegium.look.assets", str(look_files)], check=True)
    assert done.returncode == 0
    assert (look_files / "look" / "look.css").read_text() == JOINED


@pytest.mark.parametrize("arguments", [[], ["one", "two"]])
def test_the_command_says_what_it_wants(arguments, capsys):
    assert assets.main(arguments) == 2
    assert "Name one folder" in capsys.readouterr().err
