"""The evidence and the words of a picture that is known."""

from screening.evidence import KnownPicture
from screening.words import N_, Message, Value, Words


class ImageMatch(KnownPicture):
    """``distance`` is in bits for the methods "pdq" and "sha256", else 1 − probability."""

    method: str
    distance: float
    reference_kind: str = ""
    transform: str = ""


def sentence(found: ImageMatch) -> Words:
    """Which picture is which known one, and how sure that is."""
    values: dict[str, Value] = {"number": found.picture + 1, "reference": found.reference}
    if found.method == "pdq":
        words = N_("Picture %(number)d matches %(reference)s (%(distance)s of 256 bits differ).")
        return Message(words, values | {"distance": round(found.distance)})
    if found.method == "sha256":
        return Message(N_("Picture %(number)d is the same file as %(reference)s."), values)
    words = N_("Part of picture %(number)d shows %(reference)s (%(percent)d%% sure).")
    return Message(words, values | {"percent": round(100 * (1 - found.distance))})
