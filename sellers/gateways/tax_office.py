"""The National Tax Service's answers about businesses: their status, and whether number, day and name belong together."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from klean.core.outside.fetch import Unreachable, fetch
from sellers.gateways.replies import BusinessReply, Identity, Silent

MAX_NUMBERS = 100
TRIES = 3
MAX_BYTES, TIMEOUT_SECONDS = 1024 * 1024, 5.0
STATUS = {"01": "ACTIVE", "02": "SUSPENDED", "03": "CLOSED", "": "NOT_FOUND"}
VALID = {"01": "CONFIRMED", "02": "DIFFERENT"}


@dataclass(frozen=True, slots=True)
class NationalTaxService:
    url: str
    key: str

    def ask(self, identities: Sequence[Identity], *, on: date) -> dict[str, BusinessReply]:
        if len(identities) > MAX_NUMBERS:
            raise ValueError(f"at most {MAX_NUMBERS} numbers a call")
        rows = self._post("status", {"b_no": [each.number for each in identities]})
        status = {row["b_no"]: _word(STATUS, row.get("b_stt_cd")) for row in rows}
        whole = [each for each in identities if each.opened_on and each.representative]
        valid = self._authenticity(whole) if whole else {}
        return {
            each.number: BusinessReply(status[each.number], valid.get(each.number, "UNKNOWN"))
            for each in identities
            if each.number in status
        }

    def _authenticity(self, identities: Sequence[Identity]) -> dict[str, str]:
        businesses = [
            {"b_no": each.number, "start_dt": each.opened_on, "p_nm": each.representative}
            for each in identities
        ]
        rows = self._post("validate", {"businesses": businesses})
        return {row["b_no"]: _word(VALID, row.get("valid")) for row in rows}

    def _post(self, operation: str, body: dict[str, Any]) -> list[dict[str, Any]]:
        fault = Silent("never asked")
        for _try in range(TRIES):
            try:
                return self._post_once(operation, body)
            except Silent as silence:
                fault = silence
        raise fault

    def _post_once(self, operation: str, body: dict[str, Any]) -> list[dict[str, Any]]:
        query = urlencode({"serviceKey": self.key, "returnType": "JSON"})
        try:
            answer = fetch(
                f"{self.url}/{operation}?{query}",
                method="POST",
                body=json.dumps(body).encode(),
                headers={"Content-Type": "application/json", "Accept": "application/json"},
                max_bytes=MAX_BYTES,
                timeout_seconds=TIMEOUT_SECONDS,
            )
            answered = json.loads(answer.body) if answer.ok else None
        except (Unreachable, ValueError) as error:
            raise Silent(f"the tax office did not answer: {error}") from error
        rows = (
            answered.get("data")
            if isinstance(answered, dict) and answered.get("status_code") == "OK"
            else None
        )
        if not isinstance(rows, list) or not all(isinstance(row, dict) and "b_no" in row for row in rows):
            raise Silent(f"the tax office answered {answer.status} in a way that cannot be read")
        return rows


def _word(words: dict[str, str], code: Any) -> str:
    if code not in words:
        raise Silent(f"the tax office used an unknown code: {str(code)[:20]!r}")
    return words[code]
