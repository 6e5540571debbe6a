"""What an appeal may lead to."""

GRAVITY = ("ADVICE", "GENERAL", "SERIOUS", "EXTREME")


def is_milder(severity: str, than: str) -> bool:
    """Whether this severity is below the other; one that the order does not know is below none."""
    if severity not in GRAVITY:
        return False
    return than not in GRAVITY or GRAVITY.index(severity) < GRAVITY.index(than)
