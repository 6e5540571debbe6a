"""Numbers of certificates and reports, checked by form; whether they exist only their register knows."""

import re

# Electrical (HH, SU, YU …), household and children's goods (CB, B, …) by letters and digits; radio by R- or MSIP-.
KC = re.compile(
    r"(?:R-[CRS]-[A-Z0-9]{2,4}-[A-Z0-9-]{1,25}|(?:MSIP|KCC)-[A-Z0-9-]{5,30}|[A-Z]{1,2}\d{2,3}[A-Z]?\d{3,6}-\d{4,6}[A-Z]?)"
)
MAIL_ORDER = re.compile(r"(?:제\s*)?((?:19|20)\d{2})-([가-힣]{2,12})-(\d{4,6})(?:\s*호)?")


def normal_kc(text: str) -> str | None:
    """The number in capitals without spaces, None when no scheme writes it so."""
    written = re.sub(r"\s+", "", text).upper()
    return written if KC.fullmatch(written) else None


def normal_mail_order(text: str) -> str | None:
    """A mail-order report number as the register writes it, None when the form is wrong."""
    found = MAIL_ORDER.fullmatch(" ".join(text.split()))
    return f"제{found[1]}-{found[2]}-{found[3]}호" if found else None
