"""What the policy sets for titles that shout."""

from pydantic import PositiveInt

from screening.settings import Settings


class LoudTitleSettings(Settings):
    """A title is loud from so many exclamation marks on."""

    from_marks: PositiveInt
