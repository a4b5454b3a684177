"""What the command line refuses."""


class Refused(Exception):
    """A command cannot do what it was asked. Its text says what happened, why, and what to do next."""
