"""Korean numbers, checked by form; and the one number that must never come in."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import ean

BRN_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
RRN = re.compile(r"(?<!\d)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\s?[-–]?\s?[1-8]\d{6}(?!\d)")
IN_BOXES = re.compile(r"(?<!\d)\d(?:\s(?:[-–]\s)?\d(?!\d)){12}(?!\s?\d)")


def has_resident_number(text: str) -> bool:
    """Whether the text holds what looks like a resident registration number: a birth date and seven digits.

    Digits of full width and digits in boxes of a form, one by one, count too. Thirteen bare digits that are a valid GTIN
    (880 is Korea's) are taken for one.
    """
    plain = unicodedata.normalize("NFKC", text)
    boxed = (re.sub(r"\s", "", match[0]) for match in IN_BOXES.finditer(plain))
    return any(not ean.is_valid(match[0]) for part in (plain, *boxed) for match in RRN.finditer(part))


def refuse_resident_number(text: str) -> None:
    if has_resident_number(text):
        raise ValidationError(
            _("This looks like a resident registration number. Klean never collects it: please take it out."),
            code="resident_number",
        )


def business_number(text: str) -> str:
    """A business registration number as ten bare digits, its check digit verified."""
    digits = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(r"[1-9]\d{9}", digits):
        raise ValidationError(
            _("A business registration number has ten digits, like 116-82-00276."), code="brn_form"
        )
    numbers = [int(digit) for digit in digits]
    total = sum(w * n for w, n in zip(BRN_WEIGHTS, numbers, strict=False)) + numbers[8] * 5 // 10
    is_issued = numbers[0:3] >= [1, 0, 1] and digits[3:5] != "00" and digits[5:9] != "0000"
    if not is_issued or (10 - total % 10) % 10 != numbers[9]:
        raise ValidationError(
            _(
                "The check digit of this business registration number is wrong: please look for a typing error."
            ),
            code="brn_check",
        )
    return digits
