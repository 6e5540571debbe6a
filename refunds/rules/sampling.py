"""Which parcels chance picks for examination."""

import hashlib


def is_sampled(reference: str, percent: int) -> bool:
    """Whether chance picks this one; the same one always gets the same answer."""
    drawn = int.from_bytes(hashlib.sha256(f"examined {reference}".encode()).digest()[:8])
    return drawn % 100 < percent
