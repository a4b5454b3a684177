import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.intake import located_yaml
from collegium.intake.located_yaml import Position, core_value, read_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("NO", "NO"),
        ("true", True),
        ("False", False),
        ("", None),
        ("~", None),
        ("null", None),
        ("12", 12),
        ("007", 7),
        ("-3", -3),
        ("0o17", 15),
        ("0x1F", 31),
        ("1.10", 1.1),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("2025-02-14", "2025-02-14"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("1e999", "1e999"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_scalars_mean_what_yaml_1_2_says(text, value):
    assert core_value(text) == value
    assert type(core_value(text)) is type(value)


def test_every_value_and_key_has_its_place():
    read = read_yaml("x.yaml", "events:\n  - title: One\n    zone: AoE\n  -   title: Two\n")
    assert read.value == {"events": [{"title": "One", "zone": "AoE"}, {"title": "Two"}]}
    assert read.values[("events", 0, "zone")] == Position(3, 11)
    assert read.keys[("events", 0, "zone")] == Position(3, 5)
    assert read.values[("events", 1)] == Position(4, 7)
    assert read.place(("events", 1, "zone", "city")) == Position(4, 7)


def test_quoted_numbers_stay_text_and_unquoted_ones_remember_how_they_were_written():
    read = read_yaml("x.yaml", "a: '5'\nb: 1.10\nc: 5\nd: |\n  5\n")
    assert read.value == {"a": "5", "b": 1.1, "c": 5, "d": "5\n"}
    assert read.written == {("b",): "1.10", ("c",): "5"}


def test_keys_are_always_text():
    assert read_yaml("x.yaml", "1: a\ntrue: b\n2025-02-14: c\n").value == {
        "1": "a",
        "true": "b",
        "2025-02-14": "c",
    }


def test_an_alias_repeats_what_its_anchor_holds():
    read = read_yaml("x.yaml", "a: &x [1, 2]\nb: *x\n")
    assert read.value == {"a": [1, 2], "b": [1, 2]}
    assert read.value["a"] is not read.value["b"]


@pytest.mark.parametrize(
    ("text", "line", "column", "path", "words"),
    [
        ("a: 1\nb: x: y\n", 2, 5, "", "A colon followed by a space"),
        ("a:\n\t- b\n", 2, 1, "", "Indent with spaces, not tabs"),
        ("a: 1\nb: 'open\nc: 2\n", 2, 4, "", "quotes opened here"),
        ("a: [1, 2\nb: 3\n", 2, 2, "", "bracket"),
        ("a:\n  b: 1\n c: 2\n", 3, 2, "", "does not fit those above"),
        ("a: *nobody\n", 1, 4, "", "asterisk"),
        ("a: 1\n---\nb: 2\n", 2, 1, "", "holds one only"),
        ("a: 1\nb:\n  a: 2\n  a: 3\n", 4, 3, "b.a", "first on line 3"),
        ("a: !!python/object:os.system x\n", 1, 4, "", "!!python/object:os.system"),
        ("a: 1\nb: !!set {x}\n", 2, 4, "", "Tags"),
        ("a: 1\n? [b, c]\n: 2\n", 2, 3, "", "in the place of a key"),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", 3, 3, "c", "not merged"),
        ('a: "nul\\0"\n', 1, 4, "a", "U+0000"),
        ('"\\e": x\n', 1, 1, "", "U+001B"),
        ('"\\uD800": x\n', 1, 4, "", "After a backslash"),
        ("a: b\nwords only\nc: d\n", 2, 1, "", "has no colon"),
        ("a: *\n", 1, 5, "", "none follows"),
        ("a: - b\n", 1, 4, "", "line of its own"),
        ("[" * 50_000, 1, 31, "", "30 deep"),
        ("- " * 50_000, 1, 61, "", "30 deep"),
        ("a: &a [*a]\n", 1, 4, "a[0][0]", "30 deep"),
        ("%YAML 9.0\n---\na: 1\n", 1, 1, "", "begins with %"),
        ("a: @b\n", 1, 4, "", "in quotes"),
    ],
)
def test_a_fault_tells_line_column_and_what_to_do(text, line, column, path, words):
    (issue,) = read_yaml("x.yaml", text).issues
    assert words in str(issue)
    assert (issue.file, issue.line, issue.column) == ("x.yaml", line, column)
    assert issue.path.startswith(path)


def test_laughing_aliases_are_bounded():
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    (issue,) = read_yaml("x.yaml", "\n".join(rows)).issues
    assert "more than 100,000 values" in issue.expected


def test_a_long_text_repeated_by_aliases_is_bounded(monkeypatch):
    monkeypatch.setattr(located_yaml, "MOST_CHARACTERS", 1_000)
    (issue,) = read_yaml("x.yaml", f"a: &a {'x' * 600}\nb: *a\n").issues
    assert "more than 100,000 values or" in issue.expected
    assert read_yaml("x.yaml", f"a: &a {'x' * 400}\nb: *a\n").issues == []


def test_both_of_a_key_written_twice_and_a_third_are_told():
    issues = read_yaml("x.yaml", "a: 1\na: 2\na: 3\n").issues
    assert [issue.line for issue in issues] == [2, 3]


def test_without_libyaml_the_answers_are_the_same(monkeypatch):
    import yaml

    class Slow(yaml.SafeLoader):
        yaml_implicit_resolvers = {}

    text = "a:\n  - b: no\n    c: 2025-02-14\n  - {d: '5', e: 5}\n"
    quick = read_yaml("x.yaml", text)
    monkeypatch.setattr(located_yaml, "_Loader", Slow)
    slow = read_yaml("x.yaml", text)
    assert (slow.value, slow.values, slow.keys) == (quick.value, quick.values, quick.keys)
    (issue,) = read_yaml("x.yaml", "a: 1\nb: x: y\n").issues
    assert "A colon followed by a space" in issue.expected
    (deep,) = read_yaml("x.yaml", "[" * 50_000).issues
    assert "30 deep" in deep.expected


@given(st.text(alphabet=st.sampled_from("ab:-[]{}\n \t'\"!&*#|>%@`,?0.~\\"), max_size=80))
def test_no_text_makes_it_stumble(text):
    read = read_yaml("x.yaml", text)
    assert read.broken is False or read.issues
