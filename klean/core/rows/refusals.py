"""The ways an action says no. Doors turn them into 409, never into 500."""

from typing import Any


class Refused(Exception):
    """A rule forbids it; ``str()`` is a sentence for the person who asked, ``code`` is for machines."""

    code = "refused"

    def __init__(self, message: Any, *, code: str = "") -> None:
        super().__init__(message)
        self.code = code or type(self).code


class IllegalStep(Refused):
    """The row's state does not lead there."""

    code = "illegal_step"


class Conflict(Refused):
    """Someone else was faster."""

    code = "conflict"
