"""A component is a trio of one name: template, css, sample. The tests walk the folders."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template, render_to_string

from collegium.look import samples
from collegium.look.assets import SOURCES, joined_stylesheet

LOOK = Path(samples.__file__).parent
TEMPLATES = LOOK / "templates" / "look"
WEBSITE = LOOK.parent / "website" / "templates" / "look"

CSS = {file.stem for file in (SOURCES / "components").glob("*.css")}
# A name with a leading line is a piece of a component, not one by itself.
MARKUP = {file.stem for file in (TEMPLATES / "components").glob("[!_]*.html")}
SAMPLES = set(samples.component_names())

EVERY_TEMPLATE = sorted([*(LOOK / "templates").rglob("*.html"), *WEBSITE.rglob("*.html")])
COMPONENT_CSS = sorted((SOURCES / "components").glob("*.css"))
EVERY_CSS = sorted(SOURCES.rglob("*.css"))

templates = pytest.mark.parametrize("file", EVERY_TEMPLATE, ids=lambda file: file.name)
component_css = pytest.mark.parametrize("file", COMPONENT_CSS, ids=lambda file: file.stem)
every_css = pytest.mark.parametrize("file", EVERY_CSS, ids=lambda file: file.stem)


def without_comments(file):
    return re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.DOTALL)


def rendered(name):
    words = samples.WORDS | {"form": samples.sent_back()}
    return render_to_string(f"look/samples/{name}.html", {"sample": words})


def classes(html):
    return {name for found in re.findall(r'class="([^"]*)"', html) for name in found.split()}


@pytest.mark.parametrize("name", sorted(CSS | MARKUP | SAMPLES))
def test_a_component_has_all_three_parts(name):
    parts = {"css": name in CSS, "template": name in MARKUP, "sample": name in SAMPLES}
    assert parts == {"css": True, "template": True, "sample": True}


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_sample_shows_its_component(name):
    shown = classes(rendered(name))
    assert any(one == name or one.startswith(f"{name}-") for one in shown)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_class_of_a_sample_has_a_style(name):
    styled = set(re.findall(r"\.([a-z][\w-]*)", joined_stylesheet()))
    # `plain` marks a list that is no list to the eye: the base takes the dots off any list with a class.
    assert classes(rendered(name)) - styled - {"plain"} == set()


@templates
def test_a_template_has_no_inline_style_or_script(file):
    text = re.sub(r"{[%{#].*?[%}#]}", "", file.read_text(), flags=re.DOTALL)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)|<script[^>]*>[^<]", text)


@templates
def test_a_template_names_only_templates_that_exist(file):
    for name in re.findall(r'{%\s*(?:include|extends)\s+"([^"]+)"', file.read_text()):
        assert get_template(name)


@component_css
def test_a_component_draws_with_tokens_only(file):
    text = without_comments(file)
    assert not re.search(r"#[0-9a-f]{3,8}\b|\b(rgba?|hsla?|lch|oklch|lab|oklab)\(", text)
    assert not re.search(r":[^;{]*\b(black|white|red|green|blue|grey|gray)\b[^{]*;", text)
    assert "!important" not in text


@component_css
def test_a_component_selects_by_class_not_by_id(file):
    assert not re.search(r"^[^:\n]*#[a-z][\w-]*[^;\n]*\{", without_comments(file), flags=re.MULTILINE)


@every_css
def test_a_stylesheet_opens_with_its_reason_and_has_one_declaration_a_line(file):
    assert file.read_text().startswith("/* ")
    assert [line for line in without_comments(file).splitlines() if line.count(";") > 1] == []


@every_css
def test_positions_are_logical(file):
    property_or_value = (
        r"(?<![\w-])(((margin|padding|border)-)?(left|right)\s*:|(text-align|float):\s*(left|right))"
    )
    assert not re.search(property_or_value, without_comments(file))
