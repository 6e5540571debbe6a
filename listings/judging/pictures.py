"""Pictures at their addresses: loaded side by side, and hashed."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from listings.gateways.pictures import LOCAL, NoPicture, NotNow, load_picture
from screening.images.decode import BadPicture, Limits
from screening.images.pdq import Hashed, pdq_of

AT_ONCE = 16  # addresses asked at the same time; most of the time is waiting


@dataclass(frozen=True, slots=True)
class LoadedPicture:
    """What came of loading an address: a hashed picture, a fault for good, or one that may pass."""

    address: str
    hashed: Hashed | None = None
    fault: str = ""
    not_now: str = ""


def load_pictures(addresses: Sequence[str], max_bytes: int) -> list[LoadedPicture]:
    """Load and hash the pictures side by side; no picture can fail the others."""
    limits = replace(Limits(), max_bytes=max_bytes)
    if all(address.startswith(LOCAL) for address in addresses):  # nothing to wait for
        return [_load(address, limits) for address in addresses]
    with ThreadPoolExecutor(min(AT_ONCE, len(addresses))) as pool:
        return list(pool.map(lambda address: _load(address, limits), addresses))


def _load(address: str, limits: Limits) -> LoadedPicture:
    try:
        data = load_picture(address, max_bytes=limits.max_bytes)
        return LoadedPicture(address, pdq_of(data, limits))
    except (NoPicture, BadPicture) as fault:
        return LoadedPicture(address, fault=str(fault))
    except NotNow as reason:
        return LoadedPicture(address, not_now=str(reason))
