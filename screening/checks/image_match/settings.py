"""What the policy sets for pictures."""

from typing import Annotated

from pydantic import Field, PositiveInt

from screening.settings import Settings, Share


class PictureSettings(Settings):
    """How many pictures of a listing are read, how large they may be, and for how many days one read stays fresh.

    ``look_from`` is the probability without its pictures from which a listing's pictures are matched a second time.
    """

    most: PositiveInt
    max_bytes: PositiveInt
    fresh_days: Annotated[int, Field(ge=0)]
    look_from: Share
