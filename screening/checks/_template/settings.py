"""What the policy sets for titles that shout."""

from pydantic import Field, PositiveInt

from screening.settings import Settings
from screening.words import N_


class LoudTitleSettings(Settings, title=N_("Loud titles")):
    """A title is loud from so many exclamation marks on."""

    from_marks: PositiveInt = Field(title=N_("Exclamation marks from"))
