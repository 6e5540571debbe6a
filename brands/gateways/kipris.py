"""KIPRIS Plus: one search by number for each kind of right, answered in XML."""

import re
from datetime import date, datetime
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, ParseError, XMLParser  # fed by ``_parsed``, which refuses a DTD

from brands.gateways.entries import Entry, Silent
from klean.core.outside.fetch import Unreachable, fetch

SERVICES = {
    "TRADEMARK": "trademarkInfoSearchService/getAdvancedSearch",
    "DESIGN": "designInfoSearchService/getAdvancedSearch",
    "PATENT": "patUtiModInfoSearchSevice/getAdvancedSearch",  # spelt so by the service
    "UTILITY_MODEL": "patUtiModInfoSearchSevice/getAdvancedSearch",
}
PARAMETERS = {
    "TRADEMARK": ("registrationNumber", "applicationNumber"),
    "DESIGN": ("registrationNumber", "applicationNumber"),
    "PATENT": ("registerNumber", "applicationNumber"),
    "UTILITY_MODEL": ("registerNumber", "applicationNumber"),
}
LIVE, PENDING = {"등록"}, {"출원", "공고", "공개", "심사중", "심사"}
LAPSED = {"소멸", "무효", "취하", "포기", "거절", "만료", "말소", "취소"}
MAX_BYTES, TIMEOUT_SECONDS = 512 * 1024, 5.0


class Kipris:
    def __init__(self, url: str, key: str) -> None:
        self.url, self.key = url.rstrip("/"), key

    def entry_of(self, kind: str, number: str, *, on: date) -> Entry | None:
        item = self._item(kind, number)
        return None if item is None else _entry(item, number, on)

    def _item(self, kind: str, number: str) -> Element | None:
        """The one item of that number; the service may answer with others that are alike."""
        is_application = number.count("-") == 2
        parameter = PARAMETERS[kind][is_application]
        query = urlencode({parameter: _digits(number), "numOfRows": 10, "pageNo": 1, "ServiceKey": self.key})
        try:
            answer = fetch(
                f"{self.url}/{SERVICES[kind]}?{query}", max_bytes=MAX_BYTES, timeout_seconds=TIMEOUT_SECONDS
            )
        except Unreachable as error:
            raise Silent(str(error)) from error
        if not answer.ok:
            raise Silent(f"the register answered {answer.status}")
        root = _parsed(answer.body)
        if root.findtext("header/resultCode") != "00" or root.findtext("header/successYN", "Y") != "Y":
            raise Silent(f"the register refused: {(root.findtext('header/resultMsg') or 'no reason')[:200]}")
        same = [item for item in root.iterfind("body/items/item") if _is_of(item, parameter, number)]
        if root.find("body") is None:
            raise Silent("the register answered without a body")
        return same[0] if same else None


def _parsed(body: bytes) -> Element:
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise Silent("the register's answer declares entities")
    parser = XMLParser()  # noqa: S314  entities were refused above
    try:
        parser.feed(body)
        root: Element = parser.close()
    except ParseError as error:
        raise Silent("the register's answer is no XML") from error
    return root


def _digits(number: str) -> str:
    """A granted right is written with the register's four zeros behind it; an application has thirteen digits."""
    digits = re.sub(r"\D", "", number.partition("유사")[0])
    return digits if len(digits) == 13 else digits + "0000"


def _is_of(item: Element, parameter: str, number: str) -> bool:
    return re.sub(r"\D", "", item.findtext(parameter) or "") == _digits(number)


def _entry(item: Element, number: str, on: date) -> Entry:
    status = item.findtext("applicationStatus") or item.findtext("registerStatus") or ""
    owner = (item.findtext("regPrivilegeName") or item.findtext("applicantName") or "").strip()
    if not owner:
        raise Silent("the register named no owner")
    return Entry(
        number=number,
        owner=owner,
        status=_status(status.strip()),
        as_of=on,
        title=(
            item.findtext("title") or item.findtext("inventionTitle") or item.findtext("articleName") or ""
        ).strip(),
        nice_classes=tuple(
            int(word) for word in re.findall(r"\d{1,2}", item.findtext("classificationCode") or "")
        ),
        registered_on=_day(item.findtext("registrationDate") or item.findtext("registerDate")),
        expires_on=_day(item.findtext("expirationDate")),
    )


def _status(word: str) -> str:
    for status, words in (("LIVE", LIVE), ("PENDING", PENDING), ("LAPSED", LAPSED)):
        if word in words:
            return status
    raise Silent(f"the register used an unknown status: {word[:50]!r}")


def _day(text: str | None) -> date | None:
    digits = re.sub(r"\D", "", text or "")
    if not digits:
        return None
    try:
        return datetime.strptime(digits, "%Y%m%d").date()  # noqa: DTZ007  a day has no zone
    except ValueError as error:
        raise Silent(f"the register wrote a date as {text!r}") from error
