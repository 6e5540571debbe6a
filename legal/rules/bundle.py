"""The evidence bundle: a ZIP whose manifest names every file by its SHA-256, the same bytes each time it is made."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

FORMAT = "klean-evidence-bundle/1"
MANIFEST = "manifest.json"
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def canonical(value: Any) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8: one text for one value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def lines(rows: list[dict[str, Any]]) -> bytes:
    return b"".join(canonical(row) + b"\n" for row in rows)


def pack(files: Mapping[str, bytes], about: Mapping[str, Any]) -> bytes:
    """The bundle as ZIP bytes; ``about`` stands in the manifest beside the list of files."""
    listed = {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for name, data in sorted(files.items())
    }
    manifest = canonical({"format": FORMAT, "about": about, "files": listed})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        for name, data in [(MANIFEST, manifest), *sorted(files.items())]:
            entry = zipfile.ZipInfo(name, date_time=LONG_AGO)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            bundle.writestr(entry, data)
    return out.getvalue()
