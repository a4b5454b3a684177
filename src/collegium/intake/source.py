"""Where in a pack a part's items stand: `file.yaml`, `file.yaml#section`, `folder/*.md`."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from collegium.kit.packs import Importer


@dataclass(frozen=True)
class Source:
    """A part's source, taken apart. `section` is empty where the whole file is one item."""

    file: str
    section: str

    @property
    def is_markdown(self) -> bool:
        return self.file.endswith("/*.md")

    def reads(self, file: str) -> bool:
        """Whether `file`, a path within the pack, belongs to this source."""
        return self.file == self._pattern(file)

    def _pattern(self, file: str) -> str:
        path = PurePosixPath(file)
        return str(path.with_name("*.md")) if self.is_markdown and path.suffix == ".md" else file

    def similar_path(self, file: str) -> str:
        """What `file` would have to be called to be read from here."""
        return self.file.replace("*.md", f"{PurePosixPath(file).stem}.md")


def source_of(importer: Importer) -> Source:
    """The source of `part`. One that is none of the three kinds is a fault of the house: `ValueError`."""
    file, _, section = importer.source.partition("#")
    source = Source(file, section)
    if not source.is_markdown and not file.endswith(".yaml"):
        raise ValueError(
            f"the pack part {importer.name!r} reads {importer.source!r}, which is neither .yaml nor /*.md"
        )
    return source
