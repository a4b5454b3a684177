"""Build the assets: join the stylesheets into one file and cut the web fonts beside it.

    python -m collegium.look.assets TARGET

leaves `look/look.css` and `look/fonts/*.woff2` under TARGET, which is meant to be one of STATICFILES_DIRS.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from collegium.look.fonts import cut_fonts, lay_out_whole_fonts

SOURCES = Path(__file__).parent / "static" / "look" / "css"
LAYERS = ("tokens", "base", "layout", "components", "print")


def build_assets(target: Path, *, cut: bool = True) -> None:
    """Write the joined stylesheet and the fonts under `target / "look"`, unless they are there already.

    Without `cut`, fonts that are not cut yet stand there whole: larger, and at once.
    """
    folder = target / "look"
    (cut_fonts if cut else lay_out_whole_fonts)(folder / "fonts")
    write_if_changed(folder / "look.css", joined_stylesheet())


def joined_stylesheet(sources: Path = SOURCES) -> str:
    """All sources as one stylesheet, each file in its layer, the layers in order."""
    parts = [f"@layer {', '.join(LAYERS)};", _font_faces(sources)]
    parts += [f"@layer {layer} {{\n{_bare(file)}\n}}" for layer, file in _files(sources)]
    return "\n".join(parts) + "\n"


def _files(sources: Path) -> Iterator[tuple[str, Path]]:
    for layer in LAYERS:
        if layer == "components":
            yield from ((layer, file) for file in sorted((sources / "components").glob("*.css")))
        else:
            yield layer, sources / f"{layer}.css"


def _font_faces(sources: Path) -> str:
    # Sources are in look/css, the joined file is in look, one level above.
    return _bare(sources / "fonts.css").replace('url("../fonts/', 'url("fonts/')


def _bare(file: Path) -> str:
    """The file without comments, indentation and empty lines."""
    without_comments = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    lines = (line.strip() for line in without_comments.splitlines())
    return "\n".join(line for line in lines if line)


def write_if_changed(file: Path, text: str) -> None:
    """Write `text` atomically. An equal file is not touched, because caches compare its age."""
    if file.is_file() and file.read_text(encoding="utf-8") == text:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(".partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(file)


def main(arguments: list[str]) -> int:
    """Build the assets in the folder named in `arguments`; 2 if there is not exactly one."""
    if len(arguments) != 1:
        sys.stderr.write("Name one folder: python -m collegium.look.assets var/look\n")
        return 2
    build_assets(Path(arguments[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
