"""Cells of a CSV file that a spreadsheet must not run."""

STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def plain_cell(value: object) -> str:
    """The value as text; what a spreadsheet would take for a formula begins with an apostrophe."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(STARTS_FORMULA) else text
