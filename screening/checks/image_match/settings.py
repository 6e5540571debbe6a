"""What the policy sets for pictures."""

from typing import Annotated

from pydantic import Field, PositiveInt

from screening.settings import Settings, Share


class PictureSettings(Settings):
    """How many pictures of a listing are read, how large they may be, and for how many days one read stays fresh.

    ``second_match_from`` is the probability without its pictures from which a listing's pictures are matched again.
    """

    max_pictures: PositiveInt
    max_bytes: PositiveInt
    fresh_days: Annotated[int, Field(ge=0)]
    second_match_from: Share
