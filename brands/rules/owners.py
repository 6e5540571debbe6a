"""Whether two names of a company are the same, however the form of the company is written."""

import re
import unicodedata

FORMS = re.compile(
    r"\(주\)|㈜|주식회사|유한회사|유한책임회사|합자회사|합명회사|\(유\)|\bco\b|\bltd\b|\binc\b|\bllc\b|\bcorp(oration)?\b"
    r"|\blimited\b|\bgmbh\b|\bs\.?a\.?s?\b|\bs\.?p\.?a\b|\bcompany\b",
    re.IGNORECASE,
)


def bare_name(name: str) -> str:
    """Letters and digits alone, without the words that only tell the form of the company."""
    plain = FORMS.sub(" ", unicodedata.normalize("NFKC", name.replace("㈜", "(주)")).replace(".", ". "))
    return re.sub(r"[\W_]+", "", FORMS.sub(" ", plain)).casefold()


def same_owner(one: str, other: str) -> bool:
    """Never of two names of which nothing is left."""
    return bool(bare_name(one)) and bare_name(one) == bare_name(other)
