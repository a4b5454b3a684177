"""What goes wrong when the clock publishes."""


class PublicationFailed(Exception):
    """Some of what is scheduled could not be published or unpublished."""

    def __init__(self, failures: list[str]) -> None:
        super().__init__(f"{len(failures)} could not be published: {'; '.join(failures)}")
