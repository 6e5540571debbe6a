"""Tracking numbers: whoever holds one may follow it, so nobody may guess one."""

import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
GROUPS, LENGTH = 4, 5


def new_reference() -> str:
    """100 random bits in letters and digits that are not mistaken for one another, as ``XXXXX-XXXXX-XXXXX-XXXXX``."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(GROUPS))
