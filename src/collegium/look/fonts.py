"""The web fonts, cut on the machine that serves them from fonts that come as Python packages (all OFL-1.1).

A cut keeps the letters, weights and features that the look uses, as WOFF2. Beside the files stand the
licences of their families and one hidden stamp each, so that what is made already is not made again.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from importlib.metadata import version
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path

LATIN = (
    "0000-00FF,0131,0152-0153,0160-0161,0178,017D-017E,02BB-02BC,02C6,02DA,02DC,0300-0304,0308,03B1-03B4,"
    "2000-200B,2010-2015,2018-201A,201C-201E,2020-2022,2026,202F,2030,2032-2033,2039-203A,2044,20AC,2116,"
    "2122,2190-2193,2197,2212,2215,2248,2260,2264-2265,2713"
)
# The names of members: Polish, Czech, Turkish, Vietnamese and others.
LATIN_EXTENDED = (
    "0100-0130,0132-0151,0154-015F,0162-0177,0179-017C,017F-024F,0259,0300-036F,1E00-1EFF,20A9-20AB,20B9"
)
ARABIC = "0020-007E,00A0,00AB,00B7,00BB,0600-06FF,0750-077F,200C-200F,2010-2014,2026,FB50-FDFF,FE70-FEFF"
TEXT_FEATURES = (
    "kern liga calt ccmp locl mark mkmk lnum onum tnum pnum sups frac case zero"  # what the look can ask for
)
EVERY_FEATURE = "*"  # Arabic letters join by features; none may be left out

Range = float | tuple[float, float]


class FontPackageMissing(RuntimeError):
    """A package that the fonts are cut from is not installed, or lacks the file."""

    def __init__(self, package: str, file: str) -> None:
        super().__init__(
            f"The web fonts cannot be cut: {file} of the package {package.replace('_', '-')} was not found. "
            "Install what requirements/base.txt lists, then run `collegium build-assets` again."
        )


@dataclass(frozen=True)
class Cut:
    """One web font: the source, the letters kept, and the axes kept (a number pins one, a pair limits it)."""

    name: str
    package: str
    file: str
    letters: str
    axes: dict[str, Range]
    features: str = TEXT_FEATURES

    @property
    def source(self) -> Path:
        """The font file inside its package, or raise `FontPackageMissing`."""
        path = self.package_folder / "files" / self.file
        if not path.is_file():
            raise FontPackageMissing(self.package, self.file)
        return path

    @property
    def package_folder(self) -> Path:
        spec = find_spec(self.package)
        if spec is None or spec.origin is None:
            raise FontPackageMissing(self.package, self.file)
        return Path(spec.origin).parent

    def stamp(self) -> str:
        """A digest that changes with the source, the recipe and the tool."""
        recipe = json.dumps(asdict(self), sort_keys=True) + version("fonttools")
        return hashlib.sha256(recipe.encode() + self.source.read_bytes()).hexdigest()


def _newsreader(name: str, file: str, letters: str, weight: Range) -> Cut:
    return Cut(name, "fontpkg_newsreader", file, letters, {"wght": weight, "opsz": (14, 72)})


def _plex(name: str, letters: str) -> Cut:
    axes: dict[str, Range] = {"wdth": 100, "wght": (400, 600)}
    return Cut(name, "fontpkg_ibm_plex_sans", "IBMPlexSans[wdth,wght].ttf", letters, axes)


def _arabic(weight: str) -> Cut:
    file = f"IBMPlexSansArabic-{weight}.ttf"
    return Cut(
        f"plex-arabic-{weight.lower()}", "fontpkg_ibm_plex_sans_arabic", file, ARABIC, {}, EVERY_FEATURE
    )


# The dearest first, so that no long cut starts last and keeps the others waiting.
CUTS = (
    _newsreader("newsreader", "Newsreader[opsz,wght].ttf", LATIN, (400, 600)),
    _newsreader("newsreader-ext", "Newsreader[opsz,wght].ttf", LATIN_EXTENDED, (400, 600)),
    _newsreader("newsreader-italic", "Newsreader-Italic[opsz,wght].ttf", LATIN, 400),
    _plex("plex-sans", LATIN),
    _plex("plex-sans-ext", LATIN_EXTENDED),
    _arabic("Regular"),
    _arabic("Medium"),
    _arabic("SemiBold"),
)


def cut_fonts(target: Path, cuts: Iterable[Cut] = CUTS) -> list[str]:
    """Cut into `target` what is not there yet from the same sources; return the names that were cut."""
    target.mkdir(parents=True, exist_ok=True)
    wanted = list(cuts)
    due = [
        cut for cut, stamp in zip(wanted, _stamps(wanted), strict=True) if not _is_made(cut, stamp, target)
    ]
    _write_licences(wanted, target)
    if due:
        # Spawned, not forked: the caller may be a server with threads.
        with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
            list(pool.map(make, due, [target] * len(due)))
    return [cut.name for cut in due]


def lay_out_whole_fonts(target: Path, cuts: Iterable[Cut] = CUTS) -> None:
    """Lay the whole font in place of each that is not cut yet, without a stamp, so that it is cut later."""
    target.mkdir(parents=True, exist_ok=True)
    wanted = list(cuts)
    for cut, stamp in zip(wanted, _stamps(wanted), strict=True):
        if not _is_made(cut, stamp, target):
            _stamp_file(cut, target).unlink(missing_ok=True)
            _web_font(cut, target).write_bytes(cut.source.read_bytes())
    _write_licences(wanted, target)


def _stamps(cuts: Iterable[Cut]) -> list[str]:
    # All sources are read here first: what is missing is said before any process is started.
    return [cut.stamp() for cut in cuts]


def make(cut: Cut, target: Path) -> None:
    """Cut one font and stamp it. A cut that was broken off leaves no stamp, and so is made again."""
    partial = target / f".{cut.name}.{os.getpid()}.partial"
    _subset_and_limit(cut, partial)
    partial.replace(_web_font(cut, target))
    _stamp_file(cut, target).write_text(cut.stamp())


def _subset_and_limit(cut: Cut, destination: Path) -> None:
    # fontTools costs a third of a second to import: only those who cut pay it.
    from fontTools.subset import Options, Subsetter, parse_unicodes
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    options = Options(layout_features=cut.features.split())
    options.drop_tables += ["meta"]  # names the scripts of the whole font, which the cut has not
    font = TTFont(cut.source)
    # The letters go first: to limit the axes of letters that nobody will see takes most of the time.
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(cut.letters))
    subsetter.subset(font)
    if cut.axes:
        font = instantiateVariableFont(font, cut.axes)
    font.flavor = "woff2"
    font.save(destination)


def _is_made(cut: Cut, stamp: str, target: Path) -> bool:
    file = _stamp_file(cut, target)
    return _web_font(cut, target).is_file() and file.is_file() and file.read_text() == stamp


def _web_font(cut: Cut, target: Path) -> Path:
    return target / f"{cut.name}.woff2"


def _stamp_file(cut: Cut, target: Path) -> Path:
    return target / f".{cut.name}.stamp"


def _write_licences(cuts: Iterable[Cut], target: Path) -> None:
    """Lay each family's licence beside its files: the licence asks for it."""
    for folder in {cut.package_folder for cut in cuts}:
        family = folder.name.removeprefix("fontpkg_").replace("_", "-")
        (target / f"LICENCE-{family}.txt").write_bytes((folder / "LICENSE").read_bytes())
