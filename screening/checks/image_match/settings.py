"""What the policy sets for pictures."""

from typing import Annotated

from pydantic import Field, PositiveInt

from screening.settings import Settings, Share
from screening.words import N_


class PictureSettings(Settings, title=N_("Pictures")):
    """How many pictures of a listing are read, how large they may be, and for how many days one read stays fresh.

    ``second_match_from`` is the probability without its pictures from which a listing's pictures are matched again.
    """

    max_pictures: PositiveInt = Field(title=N_("Pictures per listing"))
    max_bytes: PositiveInt = Field(title=N_("Maximum file size (bytes)"))
    fresh_days: Annotated[int, Field(ge=0)] = Field(title=N_("Days until a picture is fetched again"))
    second_match_from: Share = Field(title=N_("Second match from probability"))
