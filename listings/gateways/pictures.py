"""Where pictures of listings come from: the seller's address, or a folder that an import has named."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from klean.core.outside.fetch import Unreachable, fetch

TIMEOUT_SECONDS = 5.0  # seconds a picture
NEVER = frozenset({400, 401, 403, 404, 405, 410, 451})
LOCAL = "file://"


class OutsideFolder(ValueError):
    """A path that leads out of the folder that it is relative to."""


class NotNow(Exception):
    """The picture could not be had this time; asking again later may help."""


class NoPicture(Exception):
    """There is no picture there, and asking again will not help."""


def load_picture(address: str, *, max_bytes: int) -> bytes:
    """The bytes at the address, at most ``max_bytes``; raises ``NotNow`` or ``NoPicture`` with the reason."""
    if address.startswith(LOCAL):
        return _read(Path(unquote(urlsplit(address).path)), max_bytes)
    try:
        answer = fetch(address, max_bytes=max_bytes, timeout_seconds=TIMEOUT_SECONDS)
    except Unreachable as failure:
        raise (NoPicture if _is_final(str(failure)) else NotNow)(str(failure)) from None
    if not answer.ok:
        raise (NoPicture if answer.status in NEVER or 300 <= answer.status < 400 else NotNow)(
            f"the address answered {answer.status}"
        )
    return answer.body


def local_address(link: str, images: Path) -> str:
    """The address of a file below ``images``, whether or not it is there; raises ``OutsideFolder``."""
    root = images.resolve()
    try:
        path = (root / link).resolve()
    except (OSError, ValueError, RuntimeError):
        path = root.parent
    if not path.is_relative_to(root):
        raise OutsideFolder(f"{link[:80]!r} leads out of the folder of the pictures")
    return path.as_uri()


def _read(path: Path, max_bytes: int) -> bytes:
    try:
        if not path.is_file():
            raise NoPicture(f"there is no file {path.name!r} in the folder of the pictures")
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise NoPicture(f"{path.name!r} cannot be read ({error.strerror})") from None
    if len(data) > max_bytes:
        raise NoPicture(f"the picture is larger than {max_bytes:,} bytes")
    return data


def _is_final(reason: str) -> bool:
    return "private address" in reason or "larger than" in reason or "only http" in reason
