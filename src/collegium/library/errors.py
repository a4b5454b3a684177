"""Why the library refuses."""

from django.utils.translation import gettext as _


class OtherIssue(ValueError):
    """The contents at hand are those of another issue."""

    def __init__(self, *, file: str, issue: str) -> None:
        self.file, self.issue = file, issue
        super().__init__(
            _(
                "The file is of %(file)s, but this is %(issue)s. Nothing was kept. Open that issue instead, "
                "or correct the volume and issue of this one."
            )
            % {"file": file, "issue": issue}
        )


class InventedWithDoi(ValueError):
    """Articles that are marked as invented carry identifiers of real ones."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _(
                "“%(title)s” has a DOI, but the issue is marked as a sample with invented articles. "
                "Nothing was kept. Take the mark off the issue, or the DOI out of the file."
            )
            % {"title": title}
        )


class Locked(ValueError):
    """Somebody has locked the issue."""

    def __init__(self) -> None:
        super().__init__(_("The issue is locked. Nothing was kept. Ask whoever locked it to open it again."))
