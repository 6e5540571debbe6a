"""What an appeal may lead to."""

# Severities of one height are other kinds of violations, none of them milder than the other.
GRAVITY = {
    "ADVICE": 0,
    "GENERAL": 1,
    "PROHIBITED": 1,
    "SERIOUS": 2,
    "TRANSACTION": 2,
    "QUALITY": 2,
    "EXTREME": 3,
}


def is_milder(severity: str, than: str) -> bool:
    """Whether this severity is below the other; one that is not known is below none, and none but advice below it."""
    return GRAVITY.get(severity, len(GRAVITY)) < GRAVITY.get(than, 1)
