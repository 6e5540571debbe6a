"""Documents from strangers: each that cannot be taken is refused with a reason that its sender understands."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klean.core.files.models import StoredFile
from klean.core.files.store import checked_type, keep_file
from klean.core.rows.refusals import Refused
from klean.core.rows.validators import has_resident_number

TIMEOUT_SECONDS = 20
REFUSALS: dict[str, Promise] = {
    "document_encrypted": _("The PDF is locked with a password. Save it without one and send it again."),
    "document_active": _("The PDF runs scripts or holds other files. Print it to a new PDF and send that."),
    "document_pages": _("The PDF has more than 50 pages. Send the letter alone."),
    "document_damaged": _("The file is cut off or damaged. Send the whole file."),
    "document_unreadable": _("The file could not be read in time. Print it to a new PDF and send that."),
    "resident_number": _(
        "The document shows what looks like a resident registration number. Black it out and send it again."
    ),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """``text`` is what a computer reads: nothing of what is only pictured, which a person has to look at."""

    pages: int
    text: str
    picture_print: int | None
    text_print: int | None


def keep_document(data: bytes, *, at: datetime) -> StoredFile:
    """Keep a document that ``read_document`` takes."""
    read_document(data)
    return keep_file(data, at=at)


def read_document(data: bytes) -> Reading:
    """What the document holds; refused when it is too large, of another type, locked, active, damaged, or shows a resident number."""
    checked_type(data)
    outcome = _read_in_own_process(data)
    if "refusal" in outcome:
        raise Refused(REFUSALS[outcome["refusal"]], code=outcome["refusal"])
    reading = Reading(**outcome)
    if has_resident_number(reading.text):
        raise Refused(REFUSALS["resident_number"], code="resident_number")
    return reading


def _read_in_own_process(data: bytes) -> dict[str, Any]:
    """In a process of its own, so that a file that makes its reader loop or swell harms nobody else."""
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    try:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "klean.core.files.document_reader"],
            input=data,
            env=environment,
            capture_output=True,
            check=True,
            timeout=TIMEOUT_SECONDS,
            cwd=settings.BASE_DIR,
        )
        outcome: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return {"refusal": "document_unreadable"}
    return outcome
